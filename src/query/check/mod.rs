//! What can be known to be wrong before a row is read: scopes, aggregates, types, arities, shapes.
//!
//! Takes a tree and what was given along with it (parameters, procedures), gives nothing or the
//! first error, with its place, its cause and a way out. One walk over the tree; a type is carried
//! up where it is certain, and nothing is complained of where it is not. Knows no graph: whether a
//! label exists is not its business.
//!
//! `statement` walks clauses and hands a `Scope` from one to the next, `projection` judges WITH and
//! RETURN, `grouping` what stands beside an aggregate, `patterns` what is searched, `updates` what is
//! made and changed, `expressions`, `operators` and `calls` what is computed.

mod calls;
mod expressions;
mod grouping;
mod operators;
mod patterns;
mod place;
mod procedure;
mod projection;
mod scope;
mod statement;
mod types;
mod updates;
mod walk;

use self::scope::Scope;
use crate::diag::Diagnostic;
use crate::model::ValueMap;
use crate::query::Procedures;
use crate::query::ast::Statement;

/// What a statement is given along with its text.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The parameters; `None` where they are not known yet and none is missed.
    pub parameters: Option<&'a ValueMap>,
    /// The declared procedures.
    pub procedures: &'a Procedures,
}

type Checked<T = ()> = Result<T, Diagnostic>;

/// Judges a statement; walks its tree once.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn check(statement: &Statement, context: &Context<'_>) -> Result<(), Diagnostic> {
    Check { context }
        .whole(statement, &Scope::default())
        .map(|_| ())
}

/// One run over a statement.
struct Check<'a> {
    context: &'a Context<'a>,
}
