//! Makes the tree of what the grammar recognised.
//!
//! `clauses`, `patterns`, `labels`, `chain` (operators), `atoms` (everything else in expressions)
//! and `literals` (numbers and texts) are methods of one `Builder`. It trusts the grammar for the
//! shape and refuses only what a grammar cannot see: numbers out of range, wrong escapes, units,
//! operators in too long a row. Knows no scopes and no types.

mod atoms;
mod chain;
mod clauses;
mod labels;
mod lists;
mod literals;
mod patterns;

use super::rules::Rule;
use super::scan::{MAX_DEPTH, Trivia, too_deep};
use super::tree::{Part, Parts};
use super::unexpected;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast::{Expr, ExprKind, Name, Statement};
use std::cell::Cell;
use std::sync::Arc;

type Built<T> = Result<T, Diagnostic>;

/// Makes the tree of a whole question.
pub(super) fn statement(text: &str, trivia: &Trivia, parts: Parts<'_>) -> Built<Statement> {
    let builder = Builder::new(text, trivia);
    let statement = builder.build_statement(&of_rule(parts, Rule::statement, text)?)?;
    Ok(clauses::marked_standalone(statement))
}

/// Makes the tree of an expression alone.
pub(super) fn lone_expression(text: &str, trivia: &Trivia, parts: Parts<'_>) -> Built<Expr> {
    Builder::new(text, trivia).expression(&of_rule(parts, Rule::expression, text)?)
}

/// Makes a tree for one text.
struct Builder<'t> {
    text: &'t str,
    trivia: &'t Trivia,
    /// Height of the highest expression made since somebody set this to zero; see `measured`.
    height: Cell<usize>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, trivia: &'t Trivia) -> Self {
        Self {
            text,
            trivia,
            height: Cell::new(0),
        }
    }

    /// The part of a rule that the grammar says is there.
    fn part<'p>(&self, pair: &Part<'p>, rule: Rule) -> Built<Part<'p>> {
        pair.first(rule).ok_or_else(|| lost(self.span(pair)))
    }

    /// The expression in a part that may be there.
    fn optional(&self, pair: &Part<'_>, rule: Rule) -> Built<Option<Expr>> {
        pair.first(rule)
            .map(|part| self.inner_expression(&part))
            .transpose()
    }

    /// The first expression inside a part, before a `|` or not.
    fn inner_expression(&self, pair: &Part<'_>) -> Built<Expr> {
        self.expressions(pair)
            .next()
            .unwrap_or_else(|| Err(lost(self.span(pair))))
    }

    /// All expressions that stand directly in a part.
    fn expressions(&self, pair: &Part<'_>) -> impl Iterator<Item = Built<Expr>> {
        let parts = pair.parts();
        parts
            .filter(|part| matches!(part.as_rule(), Rule::expression | Rule::item))
            .map(|part| self.expression(&part))
    }

    /// The span of a pair without the blanks and comments behind it.
    fn span(&self, pair: &Part<'_>) -> Span {
        self.trivia
            .trim(self.text, Span::new(pair.start(), pair.end()))
    }

    /// The name in a part of this rule.
    fn name(&self, pair: &Part<'_>, rule: Rule) -> Built<Name> {
        Ok(self.name_of(&self.part(pair, rule)?))
    }

    /// The name that a token is.
    fn name_of(&self, token: &Part<'_>) -> Name {
        Name {
            text: unquoted(token.as_str()),
            span: self.span(token),
        }
    }

    /// All names in parts of this rule.
    fn names(&self, pair: &Part<'_>, rule: Rule) -> Vec<Name> {
        pair.all(rule).map(|token| self.name_of(&token)).collect()
    }

    /// A name with dots, each piece of which may be quoted.
    fn dotted(&self, token: &Part<'_>) -> Name {
        let pieces: Vec<_> = split_dots(token.as_str()).map(unquoted).collect();
        Name {
            text: pieces.join(".").into(),
            span: self.span(token),
        }
    }

    /// Makes something and tells its height; leaves the height of what was made before alone.
    fn measured<T>(&self, make: impl FnOnce() -> Built<T>) -> Built<(T, usize)> {
        let before = self.height.replace(0);
        let made = make();
        let height = self.height.replace(before);
        Ok((made?, height))
    }

    /// Notes the height of something that was made.
    fn reached(&self, height: usize, span: Span) -> Built<()> {
        if height > MAX_DEPTH {
            return Err(too_deep(Some(span)));
        }
        self.height.set(self.height.get().max(height));
        Ok(())
    }
}

/// Grammar and builder disagree; a test over the whole grammar shows that they do not.
fn lost(span: Span) -> Diagnostic {
    unexpected("this part of the question could not be read").at(span)
}

fn of_rule<'p>(mut parts: Parts<'p>, rule: Rule, text: &str) -> Built<Part<'p>> {
    parts
        .find(|part| part.as_rule() == rule)
        .ok_or_else(|| lost(Span::new(0, text.len())))
}

fn unquoted(text: &str) -> Arc<str> {
    let inner = text.strip_prefix('`').and_then(|t| t.strip_suffix('`'));
    match inner {
        Some(inner) if inner.contains('`') => inner.replace("``", "`").into(),
        Some(inner) => inner.into(),
        None => text.into(),
    }
}

/// Splits at dots outside of back-quotes.
fn split_dots(text: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    text.split(move |c| {
        quoted ^= c == '`';
        c == '.' && !quoted
    })
}

fn at(kind: ExprKind, span: Span) -> Expr {
    Expr { kind, span }
}

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}
