//! What a CDK app has put out: the manifest of a `cdk.out` folder and the templates it names.

use super::constructs;
use super::load::{Paths, Read, read_document};
use crate::import::names_of_files::joined;
use crate::import::resource::Model;
use crate::import::tree::{At, Node};
use crate::import::{Bounds, Files};
use std::sync::Arc;

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
    let mut constructs = Arc::default();
    while let Some(manifest) = open.pop() {
        manifests += 1;
        if manifests > bounds.nested_stacks {
            break;
        }
        note_assets(&manifest, model, files, bounds);
        if let Some(tree) = artifacts(&manifest).find(|one| is_kind(one, "cdk:tree")) {
            // The tree of an app holds those of the assemblies inside.
            constructs = Arc::new(constructs::read(tree, model, files, bounds));
        }
        let mut inside = Vec::new();
        for artifact in artifacts(&manifest) {
            if is_kind(artifact, "aws:cloudformation:stack") {
                let read = stack(artifact, model, files, bounds);
                found.extend(read.map(|read| read.within(constructs.clone())));
            } else if let Some((folder, path)) = inner_manifest(artifact) {
                let base = model.file(folder.at);
                inside.extend(read_document(model, files, bounds, &base, &path, folder.at));
            }
        }
        open.extend(inside.into_iter().rev());
    }
    found
}

/// Notes the files that a manifest's lists of assets name by their hashes.
pub(crate) fn note_assets(manifest: &Node, model: &mut Model, files: &dyn Files, bounds: &Bounds) {
    for artifact in artifacts(manifest).filter(|one| is_kind(one, "cdk:asset-manifest")) {
        let file = artifact.get("properties").and_then(|own| own.get("file"));
        let Some((at, path)) = file.and_then(|file| Some((file.at, file.text()?))) else {
            continue;
        };
        note_list(model, files, bounds, at, path);
    }
}

/// Notes the files of the list that stands beside a template of an assembly.
pub(crate) fn note_assets_beside(
    template: &Node,
    model: &mut Model,
    files: &dyn Files,
    bounds: &Bounds,
) {
    let file = model.file(template.at);
    let Some(stem) = file.strip_suffix(".template.json") else {
        return;
    };
    let name = stem.rsplit('/').next().unwrap_or(stem);
    let list = format!("{name}.assets.json");
    if files.read(&file, &list).is_ok() {
        note_list(model, files, bounds, template.at, &list);
    }
}

fn note_list(model: &mut Model, files: &dyn Files, bounds: &Bounds, at: At, path: &str) {
    let base = model.file(at);
    let name: Arc<str> = joined(&base, path).into();
    if !model.is_new_list(&name) {
        return;
    }
    let list = read_document(model, files, bounds, &base, path, at);
    let entries = list.as_ref().and_then(|list| list.get("files"));
    for entry in entries.map_or(&[][..], Node::entries) {
        let source = entry.value.get("source").and_then(|own| own.get("path"));
        if let Some(path) = source.and_then(Node::text) {
            model.add_asset(entry.key.clone(), name.clone(), path.clone());
        }
    }
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

fn is_kind(artifact: &Node, wanted: &str) -> bool {
    let kind = artifact.get("type").and_then(Node::text);
    kind.is_some_and(|kind| &**kind == wanted)
}

/// Gives where the manifest of an inner assembly is, and what says so.
fn inner_manifest(artifact: &Node) -> Option<(&Node, String)> {
    let folder = artifact.get("properties")?.get("directoryName")?;
    let path = format!("{}/manifest.json", folder.text()?);
    is_kind(artifact, "cdk:cloud-assembly").then_some((folder, path))
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
    let paths = paths(artifact, model, files, bounds);
    super::is_template(&document).then(|| Read::named(document, name, paths))
}

/// Gives where each resource of a stack is in the construct tree; the metadata of the artifact say
/// so also where those of the template do not. They stand in the manifest or in a file beside it.
fn paths(artifact: &Node, model: &mut Model, files: &dyn Files, bounds: &Bounds) -> Paths {
    let mut paths = Paths::default();
    if let Some(metadata) = artifact.get("metadata") {
        add_paths(metadata, &mut paths);
    }
    let file = artifact.get("additionalMetadataFile");
    if let Some((at, path)) = file.and_then(|file| Some((file.at, file.text()?))) {
        let base = model.file(at);
        let more = read_document(model, files, bounds, &base, path, at);
        more.iter().for_each(|more| add_paths(more, &mut paths));
    }
    paths
}

fn add_paths(metadata: &Node, paths: &mut Paths) {
    for entry in metadata.entries() {
        let path = entry.key.trim_start_matches('/');
        let ids = entry.value.items().iter().filter_map(logical_id);
        paths.extend(ids.map(|id| (id, path.into())));
    }
}

fn logical_id(metadata: &Node) -> Option<Arc<str>> {
    let kind = metadata.get("type")?.text()?;
    let id = metadata.get("data")?.text()?;
    (&**kind == "aws:cdk:logicalId").then(|| id.clone())
}
