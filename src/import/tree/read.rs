//! Chooses the reader of a text: JSON where it starts like JSON, else YAML.

use super::{At, Node, Tree, block, is_function, json, yaml};
use crate::diag::{Code, Diagnostic, Place};
use crate::import::bounds::Bounds;
use std::sync::Arc;

/// What a text holds: its documents, and what was odd about them.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The documents; one for JSON.
    pub(crate) documents: Vec<Node>,
    /// Repeated keys and the like.
    pub(crate) findings: Vec<Diagnostic>,
    /// The functions that are called anywhere, each once.
    pub(crate) functions: Vec<Arc<str>>,
}

impl Found {
    /// Notes a key where it is that of a function.
    #[inline]
    pub(super) fn note_key(&mut self, key: &Arc<str>) {
        if is_function(key) && !self.functions.contains(key) {
            self.functions.push(key.clone());
        }
    }

    /// Notes the functions of documents whose keys were not noted when they were read.
    fn noted(mut self) -> Self {
        let documents = std::mem::take(&mut self.documents);
        documents.iter().for_each(|node| self.note_keys(node));
        Self { documents, ..self }
    }

    fn note_keys(&mut self, node: &Node) {
        match &node.data {
            Tree::List(items) => items.iter().for_each(|item| self.note_keys(item)),
            Tree::Map(entries) => entries.iter().for_each(|entry| {
                self.note_key(&entry.key);
                self.note_keys(&entry.value);
            }),
            _ => {}
        }
    }
}

/// Where a text comes from: its file, and where in it the text starts.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) file: u32,
    pub(super) name: Arc<str>,
    pub(super) line: u32,
}

impl Origin {
    pub(super) fn at(&self, line: usize, column: usize) -> At {
        At {
            file: self.file,
            line: self.line + line as u32,
            column: column as u32,
        }
    }

    pub(super) fn place(&self, at: At) -> Place {
        Place {
            file: self.name.clone(),
            line: at.line,
            column: at.column,
        }
    }

    pub(super) fn repeated(&self, key: &str, at: At) -> Diagnostic {
        Diagnostic::finding(
            &Code::REPEATED_KEY,
            format!("the key `{key}` is there twice; the last one counts"),
        )
        .in_file(self.place(at))
    }

    pub(super) fn broken(&self, at: At, message: String) -> Diagnostic {
        Diagnostic::error(&Code::BROKEN_SYNTAX, message).in_file(self.place(at))
    }

    pub(super) fn too_deep(&self, at: At, bounds: &Bounds) -> Diagnostic {
        let levels = bounds.nesting;
        let message = format!("nested more than {levels} levels deep (`--max-nesting`)");
        self.too_much(at, message)
    }

    pub(super) fn too_many(&self, at: At, bounds: &Bounds) -> Diagnostic {
        let message = format!("more than {} values (`--max-values`)", bounds.values);
        self.too_much(at, message)
    }

    pub(super) fn too_much(&self, at: At, message: String) -> Diagnostic {
        Diagnostic::error(&Code::INPUT_TOO_LARGE, message).in_file(self.place(at))
    }
}

/// Reads a whole file.
///
/// # Errors
/// Where the text is neither JSON nor YAML, or over a bound.
pub(crate) fn read(
    text: &str,
    file: u32,
    name: &Arc<str>,
    bounds: &Bounds,
) -> Result<Found, Diagnostic> {
    let origin = Origin {
        file,
        name: name.clone(),
        line: 0,
    };
    read_from(text, &origin, bounds)
}

/// Reads a text that stands inside another, from the line after `at`.
///
/// # Errors
/// As `read`.
pub(crate) fn read_embedded(
    text: &str,
    at: At,
    name: &Arc<str>,
    bounds: &Bounds,
) -> Result<Found, Diagnostic> {
    let origin = Origin {
        file: at.file,
        name: name.clone(),
        line: at.line.saturating_sub(u32::from(!text.contains('\n'))),
    };
    read_from(text, &origin, bounds)
}

fn read_from(text: &str, origin: &Origin, bounds: &Bounds) -> Result<Found, Diagnostic> {
    match text.trim_start().starts_with(['{', '[']) {
        true => match json::read(text, origin, bounds) {
            // A flow mapping of YAML starts like JSON and is none.
            Err(error) if error.code == &Code::BROKEN_SYNTAX => {
                let read = yaml::read(text, origin, bounds).map_err(|_| error);
                read.map(Found::noted)
            }
            read => read,
        },
        false => match block::read(text, origin, bounds) {
            Some(found) => Ok(found.noted()),
            None => yaml::read(text, origin, bounds).map(Found::noted),
        },
    }
}
