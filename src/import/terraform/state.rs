//! The state of a root module as far as other root modules read it: where it is kept, and its outputs.
//!
//! Nothing is fetched: who reads a state names the place that its `backend` block names, and that is
//! enough to know which of the loaded root modules is meant.

use super::body;
use super::eval::Evaluator;
use super::load::join;
use super::module::Written;
use super::value::{Map, Val as WrittenVal};
use crate::import::value::{Data, Val};

/// What a root module says of its state.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// The `backend` or `cloud` block, its kind around it.
    pub(crate) backend: WrittenVal,
    /// The outputs.
    pub(crate) outputs: Map,
}

impl Kept {
    /// Works out what the root of a configuration says; the outputs where they are asked for.
    pub(crate) fn read(evaluator: &Evaluator<'_>, root: &Written, asked: bool) -> Self {
        let backend = root.backend.as_ref().map(|block| {
            let label = block.labels.first();
            // The cloud is read as the backend `remote`.
            let kind = label.map_or("remote", |label| label.as_str());
            let inside = body::eval(evaluator, 0, &block.body, None);
            WrittenVal::map(Map::from_iter([(kind.into(), inside)]))
        });
        let outputs = root.outputs.iter().filter(|_| asked);
        Self {
            backend: backend.unwrap_or_default(),
            outputs: outputs
                .map(|(name, value)| (name.as_str().into(), evaluator.eval(0, value, None)))
                .collect(),
        }
    }
}

/// The same of a root module that was taken in.
#[derive(Debug)]
pub(crate) struct State {
    /// The folder of the root module.
    pub(crate) folder: String,
    /// The `backend` block, its kind around it.
    pub(crate) backend: Val,
    /// The outputs by name, a map.
    pub(crate) outputs: Val,
}

/// Where a root module without a backend keeps its state.
const LOCAL: &str = "terraform.tfstate";

/// What tells the states of one backend apart.
const PLACES: [&str; 5] = ["key", "path", "prefix", "name", "address"];

impl State {
    /// Tells whether a `terraform_remote_state` in a folder means this state: all that both say of its
    /// place is the same, and they say where it is.
    pub(crate) fn is_meant_by(&self, lookup: &Val, folder: &str) -> bool {
        let kind = lookup.get("backend").and_then(Val::as_text).unwrap_or("");
        let Some(wanted) = lookup.get("config").and_then(|own| own.items().first()) else {
            return false;
        };
        if kind == "local" {
            let path = wanted.get("path").and_then(Val::as_text);
            return path.is_some_and(|path| join(folder, path) == self.local_path());
        }
        let own = self.backend.get(kind);
        own.is_some_and(|own| agreement(wanted, own, "") == Some(true))
    }

    fn local_path(&self) -> String {
        let own = self.backend.get("local").and_then(|own| own.get("path"));
        join(&self.folder, own.and_then(Val::as_text).unwrap_or(LOCAL))
    }

    /// Gives the value of `outputs.NAME`, or what stands in it under further names.
    pub(crate) fn output(&self, path: &str) -> Option<&Val> {
        let mut names = path.strip_prefix("outputs.")?.split('.');
        let first = self.outputs.get(names.next()?);
        names.try_fold(first?, |value, name| match &value.data {
            Data::List(items) => items.get(name.parse::<usize>().ok()?),
            _ => value.get(name),
        })
    }
}

/// Compares what two say of a place: none where they contradict each other, `true` where a word that
/// tells states apart is the same. Recursion is bounded by how deep a block is written.
fn agreement(wanted: &Val, own: &Val, word: &str) -> Option<bool> {
    let (wanted, own) = (first(wanted), first(own));
    let (Some(a), Some(b)) = (wanted.as_text(), own.as_text()) else {
        let mut same = false;
        for (word, inner) in wanted.entries() {
            if let Some(own) = own.get(word) {
                same |= agreement(inner, own, word)?;
            }
        }
        return Some(same);
    };
    (a == b).then(|| PLACES.contains(&word))
}

/// Gives the only item of a block's list, the value itself of anything else.
fn first(value: &Val) -> &Val {
    match &value.data {
        Data::List(items) => items.first().unwrap_or(value),
        _ => value,
    }
}
