//! What a CDK app has put out: the manifest of a `cdk.out` folder and the templates it names.

use super::load::{Paths, Read, read_document};
use crate::import::names_of_files::joined;
use crate::import::resource::Model;
use crate::import::tree::Node;
use crate::import::{Bounds, Files};

/// Reads the templates of a manifest, those of nested assemblies with them, in their order.
pub(crate) fn templates_of(
    manifest: Node,
    model: &mut Model,
    files: &dyn Files,
    bounds: &Bounds,
) -> Vec<Read> {
    let mut open = vec![manifest];
    let mut found = Vec::new();
    let mut manifests = 0;
    while let Some(manifest) = open.pop() {
        manifests += 1;
        if manifests > bounds.nested_stacks {
            break;
        }
        let mut inside = Vec::new();
        for artifact in artifacts(&manifest) {
            if is_stack(artifact) {
                found.extend(stack(artifact, model, files, bounds));
            } else if let Some((folder, path)) = inner_manifest(artifact) {
                let base = model.file(folder.at);
                inside.extend(read_document(model, files, bounds, &base, &path, folder.at));
            }
        }
        open.extend(inside.into_iter().rev());
    }
    found
}

/// Lists the manifests of the assemblies inside one, as paths.
pub(crate) fn inner_manifests(manifest: &Node, model: &Model) -> Vec<String> {
    let inner = artifacts(manifest).filter_map(inner_manifest);
    inner
        .map(|(folder, path)| joined(&model.file(folder.at), &path))
        .collect()
}

fn artifacts(manifest: &Node) -> impl Iterator<Item = &Node> {
    let artifacts = manifest.get("artifacts").map_or(&[][..], Node::entries);
    artifacts.iter().map(|artifact| &artifact.value)
}

fn is_stack(artifact: &Node) -> bool {
    let kind = artifact.get("type").and_then(Node::text);
    kind.is_some_and(|kind| &**kind == "aws:cloudformation:stack")
}

/// Gives where the manifest of an inner assembly is, and what says so.
fn inner_manifest(artifact: &Node) -> Option<(&Node, String)> {
    let kind = artifact.get("type")?.text()?;
    let folder = artifact.get("properties")?.get("directoryName")?;
    let path = format!("{}/manifest.json", folder.text()?);
    (&**kind == "cdk:cloud-assembly").then_some((folder, path))
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
    super::is_template(&document).then(|| Read::named(document, name, paths(artifact)))
}

/// Gives where each resource of a stack is in the construct tree; the metadata of the artifact say
/// so also where those of the template do not.
fn paths(artifact: &Node) -> Paths {
    let metadata = artifact.get("metadata").map_or(&[][..], Node::entries);
    let mut paths = Paths::default();
    for entry in metadata {
        let path = entry.key.trim_start_matches('/');
        let ids = entry.value.items().iter().filter_map(logical_id);
        paths.extend(ids.map(|id| (id, path.into())));
    }
    paths
}

fn logical_id(metadata: &Node) -> Option<std::sync::Arc<str>> {
    let kind = metadata.get("type")?.text()?;
    let id = metadata.get("data")?.text()?;
    (&**kind == "aws:cdk:logicalId").then(|| id.clone())
}
