//! The desk: the only place where all rooms meet.
//!
//! Takes what the door was asked to load (the catalog, templates, folders, graphs) and the
//! settings; gives one graph and an answer per question. Reads files and walks folders; writes
//! none, prints nothing and knows no colours, no arguments and no terminal.
//!
//! ```text
//! PATH ─► load (walk, read) ─► graphfile | import ─► join ─► Graph ─► query ─► Answer
//! ```

mod catalog;
mod decode;
mod examples;
mod files;
mod given;
mod graphfile;
mod input;
mod join;
mod lists;
mod load;
mod mapping;
mod parallel;
mod questions;
mod remarks;
mod settings;

pub use decode::Decoded;
pub use decode::DecodedMap;
pub use examples::examples;
pub use graphfile::save_graph;
pub use input::InputBounds;
pub use load::Listed;
pub use load::Loaded;
pub use load::edges;
pub use settings::CatalogSource;
pub use settings::Opening;

pub use crate::import::EdgeRow;
pub use crate::query::Completeness;
pub use crate::query::Field;
pub use crate::query::Limits;
pub use crate::query::Procedure;
pub use crate::query::Procedures;
pub use crate::query::completeness;

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::import::Stop;
use crate::model::Answer;
use crate::model::Graph;
use crate::model::Value;
use crate::model::ValueMap;
use crate::query;
use crate::query::Clock;
use crate::query::Environment;
use crate::query::Prepared;
use crate::query::Query;
use crate::query::Statement;
use crate::query::verbs;
use crate::query::verbs::Mode;
use crate::query::verbs::Output;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::SystemTime;

/// An answer, and where the question wants it.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The answer.
    pub answer: Answer,
    /// What stood behind `as` and `to`, if anything did.
    pub output: Option<Output>,
}

/// How much the catalog holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CatalogCounts {
    /// Services.
    pub services: usize,
    /// Parts of services with a meaning of their own.
    pub features: usize,
    /// Facts.
    pub facts: usize,
}

/// A graph to ask, and how to ask it.
#[derive(Debug, Default)]
pub struct Session {
    opening: Opening,
    graph: Graph,
    /// The graph as it was loaded, kept from the first statement that writes.
    pristine: Option<Graph>,
    catalog: Option<CatalogCounts>,
    loaded: Vec<Loaded>,
    /// Parameters and variables of what was loaded.
    declared: BTreeSet<Arc<str>>,
    problems: Vec<Diagnostic>,
    findings: Vec<Diagnostic>,
    parameters: ValueMap,
    procedures: Procedures,
    prepared: Prepared,
    limits: Limits,
    cancel: Arc<AtomicBool>,
    revision: u64,
    rows_alone: bool,
}

impl Session {
    /// Opens a session: loads the catalog and every path. What cannot be read is listed by
    /// [`Session::problems`]; the rest is loaded all the same.
    #[must_use]
    pub fn open(opening: Opening) -> Self {
        let mut session = Self {
            opening,
            ..Self::default()
        };
        session.opening.stop = Stop::new(session.cancel());
        let read = session.read_all();
        session.take_all(read);
        session
    }

    /// Loads everything again, as it is on the disk now; what statements wrote is forgotten.
    ///
    /// # Errors
    /// Where that was interrupted; everything is then as it was.
    pub fn reload(&mut self) -> Result<(), Diagnostic> {
        let read = self.read_all();
        if self.opening.stop.is_set() {
            return Err(Stop::interrupted());
        }
        self.graph = Graph::new();
        self.prepared.forget();
        self.pristine = None;
        self.catalog = None;
        self.loaded.clear();
        self.declared.clear();
        self.problems.clear();
        self.findings.clear();
        self.take_all(read);
        Ok(())
    }

    /// Goes back to the graph as it was loaded; forgets declared procedures.
    pub fn reset(&mut self) {
        if let Some(mut pristine) = self.pristine.take() {
            pristine.number_after(&self.graph);
            self.graph = pristine;
            self.revision += 1;
        }
        self.procedures.clear();
        self.prepared.forget();
    }

    /// Answers one question with the parameters of the session.
    ///
    /// # Errors
    /// Where the question is wrong, or a bound ends it; the graph is then as it was before.
    pub fn ask(&mut self, text: &str) -> Result<Reply, Diagnostic> {
        let parameters = std::mem::take(&mut self.parameters);
        let reply = self.ask_with(text, &parameters);
        self.parameters = parameters;
        reply
    }

    /// Answers one question with parameters of its own.
    ///
    /// # Errors
    /// As [`Session::ask`].
    pub fn ask_with(&mut self, text: &str, parameters: &ValueMap) -> Result<Reply, Diagnostic> {
        let mut statement = match self.prepared.take(text) {
            Some(statement) => statement,
            None => Statement::new(query::parse(text, &self.graph)?),
        };
        let reply = self.answer(&mut statement, parameters);
        self.prepared.keep(text, statement);
        reply
    }

    fn answer(
        &mut self,
        statement: &mut Statement,
        parameters: &ValueMap,
    ) -> Result<Reply, Diagnostic> {
        self.before(&statement.query);
        let now = Clock::at(SystemTime::now());
        let (procedures, limits, cancel) = (&self.procedures, &self.limits, &*self.cancel);
        let environment = Environment::new(parameters, procedures, limits, cancel, now)
            .with_piece(!self.rows_alone);
        let graph = &mut self.graph;
        let mode = statement
            .query
            .expanded()
            .map_or(Mode::Run, |expanded| expanded.mode);
        let mut answer = match mode {
            Mode::Run => statement.run(graph, &environment)?,
            Mode::Explain => {
                let query = &statement.query;
                explained(query, &query.plan(graph, &environment)?)
            }
            Mode::Profile => profiled(statement.query.profile(graph, &environment)?),
        };
        self.sound()?;
        let expanded = statement.query.expanded();
        let run = expanded.is_none_or(|expanded| expanded.mode == Mode::Run);
        match expanded.filter(|expanded| expanded.verb.is_some() && run) {
            Some(expanded) => verbs::remark(expanded, &mut answer, &self.graph),
            None if run && !self.rows_alone => {
                remarks::empty(&mut answer, &self.graph);
            }
            None => {}
        }
        remarks::once(&mut answer);
        Ok(Reply {
            answer,
            output: expanded.and_then(|expanded| expanded.output.clone()),
        })
    }

    /// Refuses an answer from a snapshot that turned out to be broken.
    fn sound(&self) -> Result<(), Diagnostic> {
        let graphs = self.pristine.iter().chain([&self.graph]);
        if !graphs.into_iter().any(Graph::is_broken) {
            return Ok(());
        }
        let message = "the snapshot that was loaded is broken";
        Err(Diagnostic::error(&Code::BROKEN_SYNTAX, message)
            .help("`--verify` finds out when it is opened; write it anew with `archq save`"))
    }

    /// Keeps the graph as it was loaded before the first statement that writes.
    fn before(&mut self, query: &Query) {
        if query.writes() {
            self.revision += 1;
            self.prepared.forget();
            if self.pristine.is_none() {
                self.pristine = Some(self.graph.clone());
            }
        }
    }

    /// Leaves out of answers the piece of graph and the remarks that only people and pictures want.
    pub fn want_rows_alone(&mut self) {
        self.rows_alone = true;
    }

    /// Works out a value written in the language.
    ///
    /// # Errors
    /// Where it is none.
    pub fn evaluate(&mut self, text: &str) -> Result<Value, Diagnostic> {
        let reply = self.ask(&format!("RETURN {text}"));
        let lead = "RETURN ".len();
        let reply = reply.map_err(|mut error| {
            error.span = error.span.map(|mut span| {
                span.start = span.start.saturating_sub(lead);
                span.end = span.end.saturating_sub(lead);
                span
            });
            error
        })?;
        let first = reply.answer.rows.into_iter().flatten().next();
        Ok(first.unwrap_or_default())
    }

    /// Takes back a statement that was broken off half-way.
    pub fn recover(&mut self) {
        self.graph.rollback();
    }

    /// Gives the graph.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Gives a number that changes with the graph.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Counts what the catalog holds, if there is one.
    #[must_use]
    pub fn catalog(&self) -> Option<CatalogCounts> {
        self.catalog
    }

    /// Lists what was loaded beside the catalog.
    #[must_use]
    pub fn loaded(&self) -> &[Loaded] {
        &self.loaded
    }

    /// Lists the inputs that could not be read.
    #[must_use]
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Lists what was not understood in the inputs that were read.
    #[must_use]
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Gives the parameters that every question sees.
    #[must_use]
    pub fn parameters(&self) -> &ValueMap {
        &self.parameters
    }

    /// Gives the parameters, to be changed.
    pub fn parameters_mut(&mut self) -> &mut ValueMap {
        &mut self.parameters
    }

    /// Gives the declared procedures.
    pub fn procedures_mut(&mut self) -> &mut Procedures {
        self.prepared.forget();
        &mut self.procedures
    }

    /// Gives the bounds of a question.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Gives the bounds of a question, to be changed.
    pub fn limits_mut(&mut self) -> &mut Limits {
        &mut self.limits
    }

    /// Gives the flag that stops a running question.
    #[must_use]
    pub fn cancel(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancel)
    }
}

fn explained(query: &Query, plan: &str) -> Answer {
    Answer {
        text: Some(format!("{}\n\n{plan}", query.core().trim())),
        ..Answer::default()
    }
}

fn profiled((answer, plan): (Answer, String)) -> Answer {
    Answer {
        text: Some(plan),
        ..answer
    }
}
