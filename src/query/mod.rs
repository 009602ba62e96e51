//! The language: text to tree, tree to plan, plan to answer.
//!
//! The life of a question: a line that does not begin like a core query is a verb and becomes one
//! (`verbs`); the text becomes a tree (`syntax`); what can be known to be wrong without a row is
//! refused (`check`); the tree becomes a plan (`plan`), the plan better plans (`plan::passes`), the
//! last plan rows (`exec`). The desk makes two calls: [`parse`] and [`Query::run`].

mod answer;
pub mod ast;
pub mod check;
mod complete;
mod exec;
pub mod functions;
mod limits;
pub mod manual;
pub mod names;
pub mod ops;
mod plan;
mod prepared;
mod print;
mod procedures;
pub mod syntax;
pub mod verbs;

pub use answer::Environment;
pub use complete::Completeness;
pub use complete::completeness;
pub use functions::Clock;
pub use limits::Limits;
pub use prepared::Prepared;
pub use prepared::Statement;
pub use procedures::Field;
pub use procedures::Procedure;
pub use procedures::Procedures;

use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::Graph;
use crate::model::GraphView;
use ast::ClauseKind;
use names::Names;
use verbs::Expanded;

/// A question that was understood and can be run.
#[derive(Debug)]
pub struct Query {
    core: String,
    expanded: Option<Expanded>,
    statement: ast::Statement,
    writes: bool,
}

/// Words that begin a core query; a line that begins with another may be a verb.
const STARTS: &[&str] = &[
    "match", "optional", "unwind", "with", "return", "create", "merge", "set", "remove", "delete",
    "detach", "call", "foreach",
];

/// Parses a core query or a verb line; `graph` resolves the names of verb lines. Walks the graph
/// once for those, and not at all for core queries.
///
/// # Errors
/// Where the text is neither; the place is in `text`.
pub fn parse(text: &str, graph: &dyn GraphView) -> Result<Query, Diagnostic> {
    if begins_like_core(text)
        && let Ok(query) = parse_core(text)
    {
        return Ok(query);
    }
    let expanded = verbs::expand(text, graph, &Names::new(graph)).transpose()?;
    let core = expanded
        .as_ref()
        .map_or(text, |expanded| expanded.core.as_str())
        .to_owned();
    let statement = match (syntax::parse(&core), &expanded) {
        (Ok(statement), _) => statement,
        (Err(error), None) => return Err(error),
        (Err(error), Some(expanded)) => return Err(expanded.in_question(error)),
    };
    Ok(Query {
        writes: writes(&statement),
        core,
        expanded,
        statement,
    })
}

/// Parses a core query alone, without a look at verbs.
///
/// # Errors
/// Where the text is no core query.
pub fn parse_core(text: &str) -> Result<Query, Diagnostic> {
    let statement = syntax::parse(text)?;
    Ok(Query {
        writes: writes(&statement),
        core: text.to_owned(),
        expanded: None,
        statement,
    })
}

fn begins_like_core(text: &str) -> bool {
    let word: String = text
        .trim_start()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    STARTS.iter().any(|start| word.eq_ignore_ascii_case(start))
        || text.trim_start().starts_with("//")
}

impl Query {
    /// Tells whether running it may change the graph.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.writes
    }

    /// Gives the core query that it stands for.
    #[must_use]
    pub fn core(&self) -> &str {
        &self.core
    }

    /// Gives what a verb line, `explain …` or `… as svg` said beside the core query.
    #[must_use]
    pub fn expanded(&self) -> Option<&Expanded> {
        self.expanded.as_ref()
    }

    /// Runs on a graph. A statement that fails leaves the graph as it was.
    ///
    /// # Errors
    /// What the language calls an error, a bound on time or memory, an interruption.
    pub fn run(&self, graph: &mut Graph, env: &Environment<'_>) -> Result<Answer, Diagnostic> {
        answer::run(&self.statement, self.writes, graph, env).map_err(|error| self.place(error))
    }

    /// Gives the plan as text, with the rows that each step is expected to give.
    ///
    /// # Errors
    /// As `run`, as far as they are known before the first row.
    pub fn plan(&self, graph: &dyn GraphView, env: &Environment<'_>) -> Result<String, Diagnostic> {
        answer::explain(&self.statement, graph, env).map_err(|error| self.place(error))
    }

    /// Runs, and gives the plan with the rows and the time of each step beside the answer.
    ///
    /// # Errors
    /// As `run`.
    pub fn profile(
        &self,
        graph: &mut Graph,
        env: &Environment<'_>,
    ) -> Result<(Answer, String), Diagnostic> {
        answer::profile(&self.statement, self.writes, graph, env).map_err(|error| self.place(error))
    }

    /// Moves an error to the words that the person typed.
    fn place(&self, error: Diagnostic) -> Diagnostic {
        match &self.expanded {
            Some(expanded) => expanded.in_question(error),
            None => error,
        }
    }
}

/// Lists the rewritings of plans by name, each with what it does, in the order they run.
pub fn passes() -> impl Iterator<Item = (&'static str, &'static str)> {
    plan::passes::PASSES
        .iter()
        .map(|pass| (pass.name, pass.about))
}

fn writes(statement: &ast::Statement) -> bool {
    let queries =
        std::iter::once(&statement.first).chain(statement.unions.iter().map(|u| &u.query));
    queries
        .flat_map(|query| &query.clauses)
        .any(|clause| match &clause.kind {
            ClauseKind::Create(_)
            | ClauseKind::Merge { .. }
            | ClauseKind::Set(_)
            | ClauseKind::Remove(_)
            | ClauseKind::Delete { .. }
            | ClauseKind::Foreach { .. } => true,
            ClauseKind::Subquery { body, .. } => writes(body),
            _ => false,
        })
}
