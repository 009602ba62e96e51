//! The desk: the only place where all rooms meet.
//!
//! Takes what the door was asked to load (the catalog, templates, folders, graphs) and the
//! settings; gives one graph and an answer per question. Reads files and walks folders; writes
//! none, prints nothing and knows no colours, no arguments and no terminal.
//!
//! ```text
//! PATH ─► input (walk, read) ─► graphfile | import ─► join ─► Graph ─► query ─► Answer
//! ```

mod decode;
mod graphfile;
mod input;
mod settings;
mod standin;

pub use decode::Decoded;
pub use decode::DecodedMap;
pub use graphfile::save as save_graph;
pub use input::InputBounds;
pub use settings::CatalogSource;
pub use settings::Opening;
pub use standin::Field;
pub use standin::Limits;
pub use standin::Procedure;
pub use standin::Procedures;

use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::Graph;
use crate::model::GraphCounts;
use crate::model::ValueMap;
use standin as query;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;

/// One PATH that was loaded, and how much it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// The path as the user named it.
    pub path: String,
    /// Nodes and edges that came from it.
    pub counts: GraphCounts,
}

/// A graph to ask, and how to ask it.
#[derive(Debug, Default)]
pub struct Session {
    opening: Opening,
    graph: Graph,
    /// The graph as it was loaded, kept from the first statement that writes.
    pristine: Option<Graph>,
    loaded: Vec<Loaded>,
    problems: Vec<Diagnostic>,
    findings: Vec<Diagnostic>,
    parameters: ValueMap,
    procedures: Procedures,
    limits: Limits,
    cancel: Arc<AtomicBool>,
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
        session.load_all();
        session
    }

    fn load_all(&mut self) {
        for path in self.opening.paths.clone() {
            self.load_path(&path);
        }
    }

    /// Loads one more path into the graph.
    ///
    /// # Errors
    /// Where nothing of it could be read.
    pub fn load(&mut self, path: &str) -> Result<Loaded, Diagnostic> {
        self.load_path(path);
        self.opening.paths.push(path.to_owned());
        match self.loaded.last() {
            Some(loaded) if loaded.path == path => Ok(loaded.clone()),
            _ => Err(self.problems.pop().unwrap_or_else(|| input::nothing(path))),
        }
    }

    fn load_path(&mut self, path: &str) {
        let before = self.graph.counts();
        let read = input::gather(path, &self.opening.bounds);
        self.problems.extend(read.problems);
        let mut any = false;
        for input in read.inputs {
            match self.load_input(&input) {
                Ok(()) => any = true,
                Err(problem) => self.problems.push(problem),
            }
        }
        if any {
            self.loaded.push(Loaded {
                path: path.to_owned(),
                counts: grown(before, self.graph.counts()),
            });
        }
    }

    fn load_input(&mut self, input: &input::Input) -> Result<(), Diagnostic> {
        graphfile::read(input, &mut self.graph)
    }

    /// Loads everything again, as it is on the disk now; statements that wrote are forgotten.
    pub fn reload(&mut self) {
        self.graph = Graph::new();
        self.pristine = None;
        self.loaded.clear();
        self.problems.clear();
        self.findings.clear();
        self.load_all();
    }

    /// Goes back to the graph as it was loaded; forgets declared procedures.
    pub fn reset(&mut self) {
        if let Some(pristine) = self.pristine.take() {
            self.graph = pristine;
        }
        self.procedures.clear();
    }

    /// Answers one question.
    ///
    /// # Errors
    /// Where the question is wrong, or a bound ends it; the graph is then as it was before.
    pub fn ask(&mut self, text: &str) -> Result<Answer, Diagnostic> {
        let parameters = std::mem::take(&mut self.parameters);
        let answer = self.ask_with(text, &parameters);
        self.parameters = parameters;
        answer
    }

    /// Answers one question with parameters of its own.
    ///
    /// # Errors
    /// As [`Session::ask`].
    pub fn ask_with(&mut self, text: &str, parameters: &ValueMap) -> Result<Answer, Diagnostic> {
        self.cancel.store(false, Ordering::Relaxed);
        let parsed = query::parse(text, &self.graph)?;
        if parsed.writes() && self.pristine.is_none() {
            self.pristine = Some(self.graph.clone());
        }
        let environment = query::Environment {
            parameters,
            procedures: &self.procedures,
            limits: &self.limits,
            cancel: &self.cancel,
        };
        parsed.run(&mut self.graph, &environment)
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

    /// Lists what was loaded.
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
    pub fn parameters_mut(&mut self) -> &mut ValueMap {
        &mut self.parameters
    }

    /// Gives the declared procedures.
    pub fn procedures_mut(&mut self) -> &mut Procedures {
        &mut self.procedures
    }

    /// Gives the bounds of a question.
    pub fn limits_mut(&mut self) -> &mut Limits {
        &mut self.limits
    }

    /// Gives the flag that stops a running question.
    #[must_use]
    pub fn cancel(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancel)
    }
}

fn grown(before: GraphCounts, after: GraphCounts) -> GraphCounts {
    GraphCounts {
        nodes: after.nodes.saturating_sub(before.nodes),
        edges: after.edges.saturating_sub(before.edges),
    }
}
