//! The construct tree of a CDK app: which construct each resource stands for.
//!
//! Takes the tree that a manifest names, which may be in several files that point to each other. Gives
//! names of classes by paths; knows nothing of templates. A tree that is missing or odd is a finding.

use super::load::read_document;
use crate::diag::Code;
use crate::import::resource::Model;
use crate::import::tree::Node;
use crate::import::{Bounds, Files};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The classes of constructs, by the paths of the resources that they stand for.
pub(crate) type Constructs = FxHashMap<Arc<str>, Arc<str>>;

/// What a construct calls the one resource that it is made for.
const MADE_FOR: [&str; 2] = ["Resource", "Default"];

/// Reads the tree that an artifact of a manifest names.
pub(super) fn read(
    artifact: &Node,
    model: &mut Model,
    files: &dyn Files,
    bounds: &Bounds,
) -> Constructs {
    let file = artifact.get("properties").and_then(|own| own.get("file"));
    let Some((at, path)) = file.and_then(|file| Some((file.at, file.text()?.clone()))) else {
        return Constructs::default();
    };
    let base = model.file(at);
    let mut forest = Forest {
        found: Constructs::default(),
        waiting: vec![Place { path, tree: None }],
    };
    let mut seen = FxHashSet::default();
    let mut documents = FxHashMap::default();
    while let Some(place) = forest.waiting.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        if !documents.contains_key(&place.path) {
            if documents.len() >= bounds.includes {
                let message = "the construct tree is in too many files (`--max-includes`)";
                model.note(&Code::CUT_AT_BOUND, at, message.to_owned());
                break;
            }
            let document = read_document(model, files, bounds, &base, &place.path, at);
            documents.insert(place.path.clone(), document);
        }
        let document = documents.get(&place.path).and_then(Option::as_ref);
        match document.map(|document| root(document, place.tree.as_deref())) {
            Some(Some(root)) => forest.add(root, None),
            Some(None) => {
                let message = format!("`{}` is no construct tree", place.path);
                model.note(&Code::ODD_SHAPE, at, message);
            }
            None => {}
        }
    }
    forest.found
}

/// Finds a tree in a file: the only one, or one of many.
fn root<'n>(document: &'n Node, tree: Option<&str>) -> Option<&'n Node> {
    let root = match tree {
        Some(id) => document.get("forest")?.get(id)?,
        None => document.get("tree")?,
    };
    root.get("id").map(|_| root)
}

/// Where a part of the tree is: a file beside the manifest, and a tree in it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    path: Arc<str>,
    tree: Option<Arc<str>>,
}

/// What was found, and where there is more.
struct Forest {
    found: Constructs,
    waiting: Vec<Place>,
}

impl Forest {
    /// Adds a node and those below it, no deeper than documents are.
    fn add(&mut self, node: &Node, above: Option<&Arc<str>>) {
        if let Some(path) = text(node, "fileName") {
            let tree = text(node, "treeId").cloned();
            let path = path.clone();
            self.waiting.push(Place { path, tree });
            return;
        }
        let class = node.get("constructInfo").and_then(|own| text(own, "fqn"));
        self.add_resource(node, class, above);
        let children = node.get("children").map_or(&[][..], Node::entries);
        children
            .iter()
            .for_each(|child| self.add(&child.value, class));
    }

    fn add_resource(&mut self, node: &Node, own: Option<&Arc<str>>, above: Option<&Arc<str>>) {
        let attributes = node.get("attributes");
        let is_resource =
            attributes.is_some_and(|a| a.get("aws:cdk:cloudformation:type").is_some());
        let Some(path) = text(node, "path").filter(|_| is_resource) else {
            return;
        };
        let name = path.rsplit('/').next().unwrap_or(path);
        let stands_for = match MADE_FOR.contains(&name) {
            true => above.or(own),
            false => own,
        };
        if let Some(class) = stands_for {
            self.found.insert(path.clone(), class.clone());
        }
    }
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n Arc<str>> {
    node.get(key).and_then(Node::text)
}
