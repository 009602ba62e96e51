//! Stands in for `query` until it can parse and run.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::Graph;
use crate::model::GraphView;
use crate::model::Value;
use crate::model::ValueMap;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The bounds of one question.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Longest time.
    pub time: Option<Duration>,
    /// Most rows.
    pub rows: usize,
    /// Most bytes.
    pub memory: usize,
    /// Most paths.
    pub paths: usize,
    /// Deepest nesting.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Some(Duration::from_secs(60)),
            rows: 5_000_000,
            memory: 2 << 30,
            paths: 50_000_000,
            depth: 1_000,
        }
    }
}

/// A column of a procedure.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: String,
}

/// A procedure.
#[derive(Clone, Debug, Default)]
pub struct Procedure {
    /// The name.
    pub name: String,
    /// Inputs.
    pub inputs: Vec<Field>,
    /// Outputs.
    pub outputs: Vec<Field>,
    /// Rows.
    pub rows: Vec<Vec<Value>>,
}

/// All procedures.
#[derive(Debug, Default)]
pub struct Procedures;

impl Procedures {
    /// Adds one.
    pub fn declare(&mut self, _: Procedure) {}
    /// Forgets all.
    pub fn clear(&mut self) {}
}

pub(super) struct Query;

pub(super) struct Environment<'a> {
    pub(super) parameters: &'a ValueMap,
    pub(super) procedures: &'a Procedures,
    pub(super) limits: &'a Limits,
    pub(super) cancel: &'a AtomicBool,
}

pub(super) fn parse(_: &str, _: &dyn GraphView) -> Result<Query, Diagnostic> {
    Err(Diagnostic::error(
        &Code::UNSUPPORTED,
        "questions are not answered yet",
    ))
}

impl Query {
    pub(super) fn writes(&self) -> bool {
        false
    }

    pub(super) fn run(&self, _: &mut Graph, env: &Environment<'_>) -> Result<Answer, Diagnostic> {
        let _ = (env.parameters, env.procedures, env.limits, env.cancel);
        Ok(Answer::default())
    }
}
