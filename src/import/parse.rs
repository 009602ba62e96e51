//! One input, read as far as it can be without the others.
//!
//! Takes bytes, gives a document that knows its format. Inputs may be parsed side by side; what
//! joins them is in `load`.

use super::bounds::Bounds;
use super::detect::{Format, foreign, format_of};
use super::terraform;
use super::tree::{self, Node, decode};
use super::{Options, Source};
use crate::diag::{Code, Diagnostic, Place};
use std::sync::Arc;

/// An input that was parsed.
#[derive(Debug)]
pub struct Parsed {
    pub(super) name: Arc<str>,
    pub(super) number: u32,
    pub(super) content: Result<Content, Diagnostic>,
    pub(super) findings: Vec<Diagnostic>,
    /// The functions that are called in it.
    pub(super) functions: Vec<Arc<str>>,
    /// Something in it says that it is meant for us, also where it is broken.
    meant: bool,
}

/// What an input holds.
#[derive(Debug)]
pub(super) enum Content {
    /// A part of a Terraform configuration, which is put together folder by folder.
    Configuration(terraform::File),
    /// A document.
    Document(Format, Node),
}

impl Parsed {
    /// Tells whether it belongs to an architecture by itself; a folder holds many files that do
    /// not.
    #[must_use]
    pub fn is_input(&self) -> bool {
        match &self.content {
            Ok(Content::Configuration(_)) => true,
            Ok(Content::Document(format, _)) => format.is_input(),
            Err(_) => self.meant,
        }
    }

    /// Tells whether an input may name it: a definition beside a template.
    #[must_use]
    pub fn may_be_named(&self) -> bool {
        let named = |format: &Format| matches!(format, Format::OpenApi | Format::StateMachine);
        matches!(&self.content, Ok(Content::Document(format, _)) if named(format))
    }
}

/// Parses one input. The number is that of the file, unique among the inputs that are joined later.
#[must_use]
pub fn parse(source: &Source, number: u32, options: &Options) -> Parsed {
    let name: Arc<str> = source.name.as_str().into();
    let is_configuration = terraform::is_configuration(source);
    let mut found = tree::Found::default();
    let content = match is_configuration {
        true => configuration(source),
        false => document(source, &name, number, &options.bounds).and_then(|read| {
            found = read;
            recognized(std::mem::take(&mut found.documents), &name)
        }),
    };
    let meant = content.is_err() && (is_configuration || names_a_type(&source.bytes));
    Parsed {
        name,
        number,
        content,
        findings: found.findings,
        functions: found.functions,
        meant,
    }
}

fn configuration(source: &Source) -> Result<Content, Diagnostic> {
    terraform::File::parse(&source.name, &source.bytes).map(Content::Configuration)
}

/// Reads the documents of a file.
fn document(
    source: &Source,
    name: &Arc<str>,
    number: u32,
    bounds: &Bounds,
) -> Result<tree::Found, Diagnostic> {
    if source.bytes.len() > bounds.file_size {
        let message = format!("more than {} bytes (`--max-file-size`)", bounds.file_size);
        return Err(Diagnostic::error(&Code::INPUT_TOO_LARGE, message).in_file(place(name, 1)));
    }
    let text = decode(&source.bytes).map_err(|(why, at)| {
        let before = source.bytes.get(..at).unwrap_or_default();
        let start = before.iter().rposition(|byte| *byte == b'\n');
        let at = Place {
            column: (at - start.map_or(0, |at| at + 1)) as u32 + 1,
            ..place(
                name,
                before.iter().filter(|byte| **byte == b'\n').count() as u32 + 1,
            )
        };
        Diagnostic::error(&Code::UNREADABLE_INPUT, why).in_file(at)
    })?;
    tree::read(&text, number, name, bounds)
}

/// Chooses among the documents of a file: the first that we know, else the first.
fn recognized(documents: Vec<Node>, name: &Arc<str>) -> Result<Content, Diagnostic> {
    let mut other = None;
    for node in documents {
        match format_of(&node) {
            Format::Other => {
                other.get_or_insert(node);
            }
            format => return Ok(Content::Document(format, node)),
        }
    }
    match other {
        Some(node) => Err(not_ours(&node, name)),
        None => {
            let empty = Diagnostic::error(&Code::NOTHING_FOUND, "an empty file");
            Err(empty.in_file(place(name, 1)))
        }
    }
}

fn not_ours(node: &Node, name: &Arc<str>) -> Diagnostic {
    let message = match foreign(node) {
        Some(what) => format!("{what}, which archq does not read"),
        None => "neither a CloudFormation template nor anything else we read".to_owned(),
    };
    Diagnostic::error(&Code::UNKNOWN_INPUT_FORMAT, message)
        .in_file(Place {
            file: name.clone(),
            line: node.at.line,
            column: node.at.column,
        })
        .expected("a CloudFormation or SAM template, what a CDK app puts out, or Terraform")
}

fn place(name: &Arc<str>, line: u32) -> Place {
    Place {
        file: name.clone(),
        line,
        column: 1,
    }
}

/// Tells whether a broken text was meant to be a template, so that its writer is told.
fn names_a_type(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let named = |word: &str| text.contains(word);
    named("AWSTemplateFormatVersion")
        || named("AWS::Serverless-2016-10-31")
        || (named("Resources") && named("AWS::"))
}
