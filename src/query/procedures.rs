//! Procedures declared by tables: a call gives the rows whose inputs equal the arguments.
//!
//! Takes names, types and rows from whoever declares them (a script over `batch`); knows no
//! procedure of its own and runs no code.

use crate::model::Value;
use indexmap::IndexMap;

/// A column of a procedure: its name and its type as written (`INTEGER?`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The type as openCypher writes it; a `?` behind it allows null.
    pub kind: String,
}

impl Field {
    /// Makes a field.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: kind.into(),
        }
    }
}

/// One declared procedure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Procedure {
    /// The dotted name.
    pub name: String,
    /// What it is called with.
    pub inputs: Vec<Field>,
    /// What it gives.
    pub outputs: Vec<Field>,
    /// Rows: the inputs, then the outputs.
    pub rows: Vec<Vec<Value>>,
}

impl Procedure {
    /// Finds an output by name.
    #[must_use]
    pub fn output(&self, name: &str) -> Option<usize> {
        self.outputs.iter().position(|field| field.name == name)
    }
}

/// All declared procedures, by name.
#[derive(Clone, Debug, Default)]
pub struct Procedures {
    known: IndexMap<String, Procedure>,
}

impl Procedures {
    /// Makes an empty list.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a procedure; one of the same name is replaced.
    pub fn declare(&mut self, procedure: Procedure) {
        self.known.insert(procedure.name.clone(), procedure);
    }

    /// Finds a procedure.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Procedure> {
        self.known.get(name)
    }

    /// Lists all procedures in the order they were declared.
    pub fn iter(&self) -> impl Iterator<Item = &Procedure> {
        self.known.values()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.known.clear();
    }
}
