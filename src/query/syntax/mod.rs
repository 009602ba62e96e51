//! Text to tree: takes the text of a core query, gives its AST or one diagnostic.
//!
//! The road: `scan` looks at brackets and comments once and refuses what is too long or nested too
//! deeply, comments become blanks, the grammar (`grammar/*.pest`) recognises, `tree` lists the parts,
//! `build` makes the tree of the language of them and reads numbers and texts, `error` and `hints` put
//! a refusal into the user's words. Time grows with the length of the text: no rule of the grammar
//! reads a nested part twice, and the depth is bounded.
//!
//! This is the only user of pest's rules and pairs. It knows nothing of graphs, of functions, of
//! scopes and types (`check` does), nor of verb lines (`verbs` does).

mod build;
mod error;
mod expected;
mod hints;
mod human;
mod keywords;
mod rules;
mod scan;
mod tree;
mod units;

pub use keywords::{KEYWORDS, is_reserved};
pub use scan::{MAX_DEPTH, MAX_TEXT};
pub use units::{UNITS, Unit, unit};

use self::rules::Rule;
use self::scan::Trivia;
use self::tree::{Parts, Tree};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::query::ast::{Expr, Statement};
use std::thread;

/// Operands of one AND, OR or XOR up to which the tree leans to the left, as it is written; a longer
/// row is balanced.
pub(crate) const LEANING: usize = 16;

/// Nesting up to which a text is read on the caller's own stack.
const SHALLOW: usize = 12;

/// Stack of the thread that reads a deeper one: what the bound on nesting can need, and more.
const DEEP_STACK: usize = 128 << 20;

/// Reads a core query; costs time in proportion to the length of the text.
///
/// # Errors
/// Where the text is no query: the furthest place that could be read, and what could stand there.
pub fn parse(text: &str) -> Result<Statement, Diagnostic> {
    read(text, Rule::question, build::statement)
}

/// Reads an expression that stands alone, such as the condition of a verb line.
///
/// # Errors
/// Where the text is no expression.
pub fn parse_expression(text: &str) -> Result<Expr, Diagnostic> {
    read(text, Rule::lone_expression, build::lone_expression)
}

/// Tells whether the text could become a query by writing on: it ends inside brackets, a quoted
/// text, a comment or a clause.
#[must_use]
pub fn is_incomplete(text: &str) -> bool {
    match scan::scan(text) {
        Ok(trivia) if trivia.open => true,
        Ok(trivia) => match on_own_stack(text, &trivia, Rule::question, build::statement) {
            Err(diagnostic) => diagnostic
                .span
                .is_some_and(|span| span.start >= trivia.end_of_words),
            Ok(_) => false,
        },
        Err(_) => false,
    }
}

type Build<T> = fn(&str, &Trivia, Parts<'_>) -> Result<T, Diagnostic>;

fn read<T: Send>(text: &str, rule: Rule, build: Build<T>) -> Result<T, Diagnostic> {
    let trivia = scan::scan(text)?;
    on_own_stack(text, &trivia, rule, build)
}

fn on_own_stack<T: Send>(
    text: &str,
    trivia: &Trivia,
    rule: Rule,
    build: Build<T>,
) -> Result<T, Diagnostic> {
    if trivia.depth <= SHALLOW {
        return recognise(text, trivia, rule, build);
    }
    thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(DEEP_STACK)
            .spawn_scoped(scope, || recognise(text, trivia, rule, build))
            .ok()
            .and_then(|reader| reader.join().ok())
            .unwrap_or_else(|| Err(scan::too_deep(None)))
    })
}

fn recognise<T>(text: &str, trivia: &Trivia, rule: Rule, build: Build<T>) -> Result<T, Diagnostic> {
    let plain = trivia.without_comments(text);
    match rules::parse(rule, &plain) {
        Ok(pairs) => build(text, trivia, Tree::new(&plain, pairs).parts()),
        Err(refusal) => Err(error::explain(text, trivia, &refusal)),
    }
}

/// A diagnostic for a text that the grammar refuses.
fn unexpected(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&Code::UNEXPECTED_SYNTAX, message)
}
