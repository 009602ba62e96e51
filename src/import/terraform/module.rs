//! A Terraform module as written: its blocks sorted by what they declare, and the modules it calls.
//!
//! Nothing is evaluated here. What a folder declares is read once, however often it is called. A
//! module that is not on disk (from a registry, from git) stays one node.

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file of a module, kept for places.
#[derive(Debug)]
pub(crate) struct SourceFile {
    pub(crate) name: Arc<str>,
    /// Byte offsets at which lines start.
    lines: Vec<usize>,
}

impl SourceFile {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at + 1))
            .collect();
        Self {
            name: name.into(),
            lines,
        }
    }

    /// Gives the 1-based line of a byte offset.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.lines.partition_point(|start| *start <= offset) as u32
    }
}

/// A block with its place.
#[derive(Debug)]
pub(crate) struct Declaration {
    pub(crate) block: Block,
    pub(crate) file: Arc<SourceFile>,
    pub(crate) line: u32,
}

/// What one file declares, or all files of a folder.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// `resource` blocks by `type.name`, in the order of files and lines.
    pub(crate) resources: Vec<(String, Declaration)>,
    /// `data` blocks by `type.name`.
    pub(crate) data: Vec<(String, Declaration)>,
    /// `module` blocks by name.
    pub(crate) calls: Vec<(String, Declaration)>,
    /// `locals`.
    pub(crate) locals: BTreeMap<String, Expression>,
    /// Defaults of `variable` blocks; `None` without a default.
    pub(crate) variables: BTreeMap<String, Option<Expression>>,
    /// Values of `output` blocks.
    pub(crate) outputs: BTreeMap<String, Expression>,
    /// Values from `*.tfvars`.
    pub(crate) values: BTreeMap<String, Expression>,
    /// The block that says where the state is kept.
    pub(crate) backend: Option<Box<Block>>,
}

/// One call of a module, or the root.
#[derive(Debug, Default)]
pub(crate) struct Module {
    /// `module.a.` in front of the addresses inside; empty for the root.
    pub(crate) prefix: String,
    /// The folder as the user named it.
    pub(crate) folder: String,
    /// The module that calls this one, and the name of the call.
    pub(crate) caller: Option<(usize, String)>,
    /// What the files of the folder declare.
    pub(crate) written: Arc<Written>,
    /// Called modules that are on disk, by name of the call.
    pub(crate) children: BTreeMap<String, usize>,
    /// Values from outside; they count before those of `*.tfvars`.
    pub(crate) given: BTreeMap<String, Expression>,
}

impl Written {
    /// Adds what one file declares.
    pub(crate) fn add_blocks(&mut self, name: &str, text: &str, body: Body) {
        let file = Arc::new(SourceFile::new(name, text));
        for structure in body {
            if let Ok(block) = structure.into_block() {
                let line = block.span().map_or(1, |span| file.line(span.start));
                self.add_block(Declaration {
                    block,
                    file: file.clone(),
                    line,
                });
            }
        }
    }

    /// Adds the values of a `*.tfvars` file.
    pub(crate) fn add_values(&mut self, body: Body) {
        for structure in body {
            if let Ok(Attribute { key, value, .. }) = structure.into_attribute() {
                self.values.insert(key.as_str().to_owned(), value);
            }
        }
    }

    /// Adds what another file declares, behind what is there.
    pub(crate) fn join(&mut self, other: Self) {
        self.resources.extend(other.resources);
        self.data.extend(other.data);
        self.calls.extend(other.calls);
        self.locals.extend(other.locals);
        self.variables.extend(other.variables);
        self.outputs.extend(other.outputs);
        self.values.extend(other.values);
        self.backend = other.backend.or(self.backend.take());
    }

    /// Sorts a block in by what it declares.
    pub(crate) fn add_block(&mut self, declaration: Declaration) {
        let block = &declaration.block;
        let labels: Vec<String> = block.labels.iter().map(|l| l.as_str().to_owned()).collect();
        match (block.ident.as_str(), labels.as_slice()) {
            ("resource", [kind, name]) => {
                self.resources.push((format!("{kind}.{name}"), declaration));
            }
            ("data" | "ephemeral", [kind, name]) => {
                self.data.push((format!("{kind}.{name}"), declaration));
            }
            ("module", [name]) => self.calls.push((name.clone(), declaration)),
            ("variable", [name]) => {
                let default = attribute(&block.body, "default").cloned();
                self.variables.insert(name.clone(), default);
            }
            ("output", [name]) => {
                if let Some(value) = attribute(&block.body, "value") {
                    self.outputs.insert(name.clone(), value.clone());
                }
            }
            ("terraform", _) => {
                let mut inside = block.body.blocks();
                let backend = inside.find(|own| ["backend", "cloud"].contains(&own.ident.as_str()));
                self.backend = backend.cloned().map(Box::new).or(self.backend.take());
            }
            ("locals", _) => {
                for local in block.body.attributes() {
                    self.locals
                        .insert(local.key.as_str().to_owned(), local.value.clone());
                }
            }
            _ => {}
        }
    }

    /// Finds a declared data source by `type.name`.
    pub(crate) fn data(&self, name: &str) -> Option<&Declaration> {
        self.data
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, found)| found)
    }

    /// Finds a call of a module by name.
    pub(crate) fn call(&self, name: &str) -> Option<&Declaration> {
        self.calls
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, found)| found)
    }
}

/// Finds an attribute of a body by its name.
pub(crate) fn attribute<'b>(body: &'b Body, name: &str) -> Option<&'b Expression> {
    body.attributes()
        .find(|own| own.key.as_str() == name)
        .map(|own| &own.value)
}
