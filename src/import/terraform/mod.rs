//! Terraform and OpenTofu: configurations in HCL or JSON, plans and states, to resources.
//!
//! Takes the files of a root module and a way to read the files it names; gives each `resource`,
//! `data` and `module` that is not on disk with its arguments worked out as far as possible.
//! Knows nothing of AWS but the data sources that are documents: what a resource means is said by
//! rows of `data/types/terraform/`.

mod body;
mod cost;
mod declared;
mod decode;
mod eval;
mod file;
mod folders;
mod functions;
mod given;
mod heredocs;
mod json;
mod load;
mod lookups;
mod loops;
mod module;
mod policy;
mod repeated;
mod resources;
mod shown;
mod state;
mod template;
mod value;

pub(crate) use file::File;
pub(crate) use given::variables;
pub(crate) use lookups::resolve;
pub(crate) use resources::take_in;
pub(crate) use shown::take_in as take_in_shown;

use super::Source;

/// Tells by its ending whether a file belongs to a configuration.
pub(crate) fn is_named_like_one(name: &str) -> bool {
    let own = name.rsplit('/').next().unwrap_or(name);
    let values = own == "terraform.tfvars" || own.ends_with(".auto.tfvars");
    own.ends_with(".tf") || own.ends_with(".tf.json") || own.ends_with(".tofu") || values
}

/// Words that open a configuration.
const BLOCKS: &[&str] = &[
    "resource",
    "data",
    "module",
    "variable",
    "output",
    "locals",
    "provider",
    "terraform",
];

/// Tells whether a source is part of a configuration, by its name or its first words.
pub(crate) fn is_configuration(source: &Source) -> bool {
    if is_named_like_one(&source.name) {
        return true;
    }
    // So begins what is JSON, and nothing of a configuration.
    if source.bytes.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    let text = String::from_utf8_lossy(source.bytes.get(..4_096).unwrap_or(&source.bytes));
    let first = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty() && !line.starts_with('#') && !line.starts_with("//"));
    let first = first.unwrap_or("");
    let word = first.split([' ', '"', '{']).next().unwrap_or("");
    BLOCKS.contains(&word) && first.ends_with('{')
}
