//! Templates to a graph: reads what people have and finds the integrations that are really there.
//!
//! Takes bytes and a way to read the files beside them, gives a graph and what was odd on the way.
//! A document becomes nodes (`tree`), nodes become evaluated resources (`cloudformation`,
//! `terraform`), rows of `data/types` turn their properties into links (`rules`, with `hooks` for
//! documents and policies), and `apply` makes the graph. What comes after the resources knows no input
//! language. Deliberately unknown here: the catalog, the language of questions, and the file system.
//!
//! Modules name only those below them, from the ground up: `value` and `resource` (what was read),
//! `schema` and `types` (the rows), `path` and `when` (a row's look at a value), `endpoint`, `finder`
//! and `search` (from a value to the ends of an edge), the readers (`action`, `policy`, `openapi`,
//! `states` …) behind `hooks`, then what makes links (`rules`, `access`, `passing`, `evidence`,
//! `mentions`), and `load`, which calls them in order.

mod access;
mod action;
mod apply;
mod arn;
mod bounds;
mod candidate;
mod cloudformation;
mod connector;
mod detect;
mod edges;
mod embedded;
mod endpoint;
mod evidence;
mod finder;
mod given;
mod given_files;
mod grants;
mod hash;
mod hooks;
mod link;
mod load;
mod make;
mod meaning;
mod mentions;
mod names;
mod names_of_files;
mod needs;
mod neighbours;
mod openapi;
mod outside;
mod parse;
mod passed;
mod passing;
mod path;
mod policy;
mod resource;
mod rights;
mod rules;
mod schema;
mod search;
mod spoken;
mod states;
mod terraform;
mod tree;
mod types;
mod value;
mod when;

pub use bounds::{Bounds, Stop};
pub use edges::{EdgeRow, EndRow, edges};
pub use given::Given;
pub use given_files::read_given;
pub use load::{assemble, import};
pub use parse::{Parsed, parse};

use crate::diag::Diagnostic;
use crate::model::Graph;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

/// One input: its name as the user sees it, and what it holds.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The path, or `-`.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Reads files that an input names; the only way from here to a file.
pub trait Files {
    /// Reads the file that `base` names as `relative`, a path beside it.
    ///
    /// # Errors
    /// Where there is no such file, or it must not be read.
    fn read(&self, base: &str, relative: &str) -> io::Result<Vec<u8>>;

    /// Lists the names of the files in a folder, named as sources name theirs.
    ///
    /// # Errors
    /// Where there is no such folder, or folders are not to be had.
    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        Err(io::Error::new(io::ErrorKind::Unsupported, folder))
    }
}

/// Settings of an import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Values for parameters and variables; the last one of a name counts.
    pub parameters: Vec<Given>,
    /// How much of an input is taken.
    pub bounds: Bounds,
}

/// What was read.
#[derive(Debug)]
pub struct Imported {
    /// Resources, stacks, ends outside, and the edges between them.
    pub graph: Graph,
    /// Inputs that could not be read (errors) and what was odd in the others (findings).
    pub diagnostics: Vec<Diagnostic>,
    /// Names of parameters and variables that can be given values.
    pub parameters: BTreeSet<Arc<str>>,
    /// The line that each load ends with.
    pub counts: Counts,
}

/// What was read, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Resources that the inputs declare.
    pub resources: usize,
    /// Integration edges.
    pub edges: usize,
    /// Resources that are looked through.
    pub glue: usize,
    /// Resources whose type no rule knows.
    pub unknown: usize,
    /// Findings.
    pub findings: usize,
}
