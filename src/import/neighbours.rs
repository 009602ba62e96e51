//! Documents that stand beside a template: read once, kept for the next rule that asks.

use super::Files;
use super::bounds::Bounds;
use super::candidate::Subject;
use super::embedded;
use super::names_of_files::joined;
use super::path::Hit;
use super::resource::Model;
use super::tree::{self, At, Node, decode};
use super::value::{Data, Val};
use crate::diag::{Code, Diagnostic, Place};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Evaluates a document as if it stood in a stack.
pub(crate) type Evaluate<'a> = dyn Fn(u32, &Node) -> Val + 'a;

/// Reads and keeps documents.
pub(crate) struct Neighbours<'a> {
    files: &'a dyn Files,
    bounds: &'a Bounds,
    evaluate: &'a Evaluate<'a>,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// Names of files read here; their numbers follow those of the model.
    names: Vec<Arc<str>>,
    documents: FxHashMap<(u32, Arc<str>), Option<Rc<Node>>>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Neighbours<'a> {
    /// Makes an empty store.
    pub(crate) fn new(
        files: &'a dyn Files,
        bounds: &'a Bounds,
        evaluate: &'a Evaluate<'a>,
    ) -> Self {
        Self {
            files,
            bounds,
            evaluate,
            state: RefCell::default(),
        }
    }

    /// Gives the document that a property holds, as a map, as text, or as the path of a file.
    pub(crate) fn document(
        &self,
        model: &Model,
        subject: Subject<'_>,
        hit: &Hit<'_>,
    ) -> Option<Val> {
        let document = match &hit.value.data {
            Data::Map(_) => match address(&hit.value) {
                Some(key) => self.read_file(model, &key, hit.value.at, subject.resource.stack),
                None => Some(hit.value.clone().into_owned()),
            },
            Data::Text(path) if !path.contains(['\n', '{']) => {
                self.read_file(model, path, hit.value.at, subject.resource.stack)
            }
            Data::Text(_) | Data::Concat(_) => embedded::document(&hit.value),
            _ => None,
        }?;
        let substitutions = subject.properties.get("DefinitionSubstitutions");
        Some(match substitutions {
            Some(map) => substitute(document, map),
            None => document,
        })
    }

    fn read_file(&self, model: &Model, path: &Arc<str>, at: At, stack: u32) -> Option<Val> {
        if model.asset(path).is_none() && (path.contains("://") || path.is_empty()) {
            return None;
        }
        let key = (at.file, path.clone());
        let known = self.state.borrow().documents.get(&key).cloned();
        let node = match known {
            Some(node) => node,
            None => {
                let node = self.read(model, path, at).map(Rc::new);
                self.state.borrow_mut().documents.insert(key, node.clone());
                node
            }
        };
        node.map(|node| (self.evaluate)(stack, &node))
    }

    fn read(&self, model: &Model, path: &str, at: At) -> Option<Node> {
        let (base, path) = match model.asset(path) {
            Some((list, path)) => (list.clone(), &**path),
            None => (model.file(at), path),
        };
        if let Some(document) = model.kept(&joined(&base, path)) {
            return Some(document.clone());
        }
        let bytes = match self.files.read(&base, path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("`{path}` cannot be read: {error}");
                self.note(
                    Diagnostic::finding(&Code::MISSING_FILE, message),
                    model.place(at),
                );
                return None;
            }
        };
        let number = {
            let mut state = self.state.borrow_mut();
            state.names.push(joined(&base, path).into());
            model.files.len() + state.names.len() - 1
        };
        let name: Arc<str> = joined(&base, path).into();
        let read = decode(&bytes)
            .map_err(|(why, _)| Diagnostic::finding(&Code::ODD_SHAPE, format!("`{path}` is {why}")))
            .and_then(|text| tree::read(&text, number as u32, &name, self.bounds));
        match read {
            Ok(found) => found.documents.into_iter().next(),
            Err(error) => {
                let finding = Diagnostic::finding(error.code, error.message);
                let place = error.place.map_or_else(|| model.place(at), |place| *place);
                self.note(finding, place);
                None
            }
        }
    }

    fn note(&self, finding: Diagnostic, place: Place) {
        self.state
            .borrow_mut()
            .diagnostics
            .push(finding.in_file(place));
    }

    /// Gives the files and findings to the model.
    pub(crate) fn finish(self) -> (Vec<Arc<str>>, Vec<Diagnostic>) {
        let state = self.state.into_inner();
        (state.names, state.diagnostics)
    }
}

/// Gives where an object in a bucket is said to be.
fn address(value: &Val) -> Option<Arc<str>> {
    let part = |name: &str| value.get(name)?.rendered();
    Some(format!("s3://{}/{}", part("Bucket")?, part("Key")?).into())
}

/// Puts values in the place of `${name}` in every text of a document.
fn substitute(document: Val, values: &Val) -> Val {
    let data = match document.data {
        Data::Text(text) if text.contains("${") => return filled(&text, document.at, values),
        Data::List(items) => Data::List(
            items
                .into_iter()
                .map(|item| substitute(item, values))
                .collect(),
        ),
        Data::Map(entries) => Data::Map(
            entries
                .into_iter()
                .map(|(key, value)| (key, substitute(value, values)))
                .collect(),
        ),
        data => data,
    };
    Val::new(document.at, data)
}

fn filled(text: &str, at: At, values: &Val) -> Val {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, behind)) = after.split_once('}') else {
            break;
        };
        parts.push(Val::text(at, before));
        match values.get(name) {
            Some(value) => parts.push(value.clone()),
            None => parts.push(Val::new(at, Data::Open(format!("${{{name}}}").into()))),
        }
        rest = behind;
    }
    parts.push(Val::text(at, rest));
    let mut joined = Val::concat(at, parts);
    joined.at = at;
    joined
}
