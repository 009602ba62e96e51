//! Statements that were asked before: a script that asks the same text again does not pay for
//! reading and planning it again.
//!
//! Holds for one graph that nobody writes to; who writes, loads or declares says `forget`.

use super::Query;
use super::answer;
use super::answer::Environment;
use super::answer::Planned;
use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::Graph;
use rustc_hash::FxHashMap;

/// Most statements that are kept; when there are more, it starts over.
const STATEMENTS: usize = 256;

/// Longest text of a statement that is kept.
const LONGEST: usize = 16 << 10;

/// Statements by their text.
#[derive(Debug, Default)]
pub struct Prepared {
    known: FxHashMap<Box<str>, Option<Statement>>,
}

/// A statement that was understood, and its last plan.
#[derive(Debug)]
pub struct Statement {
    /// The question.
    pub query: Query,
    planned: Option<Planned>,
}

impl Prepared {
    /// Takes a statement out; `keep` puts it back.
    pub fn take(&mut self, text: &str) -> Option<Statement> {
        self.known.get_mut(text).and_then(Option::take)
    }

    /// Keeps a statement for the next time.
    pub fn keep(&mut self, text: &str, statement: Statement) {
        if let Some(place) = self.known.get_mut(text) {
            *place = Some(statement);
        } else if text.len() <= LONGEST && !statement.query.writes() {
            if self.known.len() >= STATEMENTS {
                self.known.clear();
            }
            self.known.insert(text.into(), Some(statement));
        }
    }

    /// Forgets all: the graph, or what can be called, has changed.
    pub fn forget(&mut self) {
        self.known.clear();
    }
}

impl Statement {
    /// Makes a statement that has not been planned.
    #[must_use]
    pub fn new(query: Query) -> Self {
        Self {
            query,
            planned: None,
        }
    }

    /// Runs as [`Query::run`] does, with the plan of the last time if the parameters are the same.
    ///
    /// # Errors
    /// As [`Query::run`].
    pub fn run(&mut self, graph: &mut Graph, env: &Environment<'_>) -> Result<Answer, Diagnostic> {
        let query = &self.query;
        if query.writes {
            return query.run(graph, env);
        }
        answer::run_planned(&query.statement, &mut self.planned, graph, env)
            .map_err(|error| query.place(error))
    }
}
