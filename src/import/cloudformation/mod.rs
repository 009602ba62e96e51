//! CloudFormation and SAM templates: from nodes to evaluated resources of the model.
//!
//! Takes documents, gives resources; knows intrinsic functions, parameters, conditions and nested
//! stacks. Does not know what a type or a property means: that is `data/types`.

mod assembly;
mod conditions;
mod constructs;
mod evaluate;
mod exports;
mod includes;
mod load;
mod loops;
mod parameters;
mod sam;
mod template;

pub(crate) use assembly::{inner_manifests, note_assets, note_assets_beside, templates_of};
pub(crate) use load::{Read, load, nested_files};
pub(crate) use template::Templates;

use super::tree::Node;

/// Tells whether a document is a template.
pub(crate) fn is_template(node: &Node) -> bool {
    let resources = node.get("Resources").map_or(&[][..], Node::entries);
    let looks_typed = resources
        .iter()
        .any(|entry| entry.key.starts_with("Fn::ForEach") || entry.value.get("Type").is_some());
    looks_typed
        || node.get("AWSTemplateFormatVersion").is_some()
        || (node.get("Transform").is_some() && node.get("Resources").is_some())
}
