//! What a CDK app has put out: the manifest of a `cdk.out` folder and the templates it names.

use super::load::{Read, read_document};
use crate::import::resource::Model;
use crate::import::tree::Node;
use crate::import::{Bounds, Files};

/// Reads the templates of a manifest, those of nested assemblies with them.
pub(crate) fn templates_of(
    manifest: &Node,
    model: &mut Model,
    files: &dyn Files,
    bounds: &Bounds,
) -> Vec<Read> {
    let mut open = vec![manifest.clone()];
    let mut found = Vec::new();
    let mut manifests = 0;
    while let Some(manifest) = open.pop() {
        manifests += 1;
        if manifests > bounds.nested_stacks {
            break;
        }
        for artifact in manifest.get("artifacts").map_or(&[][..], Node::entries) {
            let kind = artifact.value.get("type").and_then(Node::text);
            match kind.map(AsRef::as_ref) {
                Some("aws:cloudformation:stack") => {
                    found.extend(stack(&artifact.value, model, files, bounds));
                }
                Some("cdk:cloud-assembly") => {
                    open.extend(inner(&artifact.value, model, files, bounds));
                }
                _ => {}
            }
        }
    }
    found
}

fn stack(artifact: &Node, model: &mut Model, files: &dyn Files, bounds: &Bounds) -> Option<Read> {
    let properties = artifact.get("properties")?;
    let file = properties.get("templateFile")?;
    let base = model.file(file.at);
    let document = read_document(model, files, bounds, &base, file.text()?, file.at)?;
    let name = properties
        .get("stackName")
        .or_else(|| artifact.get("displayName"));
    let name = name.and_then(Node::text).cloned();
    super::is_template(&document).then(|| Read::named(document, name))
}

fn inner(artifact: &Node, model: &mut Model, files: &dyn Files, bounds: &Bounds) -> Option<Node> {
    let folder = artifact.get("properties")?.get("directoryName")?;
    let path = format!("{}/manifest.json", folder.text()?);
    let base = model.file(folder.at);
    read_document(model, files, bounds, &base, &path, folder.at)
}
