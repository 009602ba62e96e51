//! What may stand at a place in a query: aggregates, patterns as conditions.

use super::Checked;
use super::scope::Scope;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;

/// Whether an aggregate may stand at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Aggregates {
    Allowed,
    Nowhere,
    /// Inside another aggregate.
    Nested,
}

/// A place of an expression.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The variables that can be seen.
    pub(super) scope: &'a Scope<'a>,
    /// Texts of columns that may be named by their expressions (ORDER BY behind a grouping).
    pub(super) columns: &'a [String],
    aggregates: Aggregates,
    /// A pattern is a condition here.
    condition: bool,
}

impl<'a> Place<'a> {
    /// A place without aggregates and patterns.
    pub(super) fn plain(scope: &'a Scope<'a>) -> Self {
        Self {
            scope,
            columns: &[],
            aggregates: Aggregates::Nowhere,
            condition: false,
        }
    }

    /// A place where a condition stands.
    pub(super) fn condition(scope: &'a Scope<'a>) -> Self {
        Self::plain(scope).as_condition()
    }

    /// The same place, for a condition.
    pub(super) fn as_condition(self) -> Self {
        Self {
            condition: true,
            ..self
        }
    }

    /// The same place, for a value.
    pub(super) fn as_value(self) -> Self {
        Self {
            condition: false,
            ..self
        }
    }

    /// The same place, with aggregates.
    pub(super) fn with_aggregates(self) -> Self {
        Self {
            aggregates: Aggregates::Allowed,
            ..self
        }
    }

    /// The same place, where columns may be named by their expressions.
    pub(super) fn with_columns(self, columns: &'a [String]) -> Self {
        Self { columns, ..self }
    }

    /// Inside an aggregate of this place.
    pub(super) fn in_aggregate(self) -> Self {
        Self {
            aggregates: Aggregates::Nested,
            columns: &[],
            ..self.as_value()
        }
    }

    /// Inside something that runs for each item of a list, with its own variables.
    pub(super) fn in_loop<'b>(self, scope: &'b Scope<'b>) -> Place<'b>
    where
        'a: 'b,
    {
        let aggregates = match self.aggregates {
            Aggregates::Nested => Aggregates::Nested,
            _ => Aggregates::Nowhere,
        };
        Place {
            scope,
            columns: self.columns,
            aggregates,
            condition: false,
        }
    }

    /// Refuses an aggregate that may not stand here.
    pub(super) fn aggregate(self, name: &str, span: Span) -> Checked {
        match self.aggregates {
            Aggregates::Allowed => Ok(()),
            Aggregates::Nested => Err(Diagnostic::error(
                &Code::NESTED_AGGREGATION,
                format!("`{name}` stands inside another aggregate"),
            )
            .at(span)
            .help("compute the inner one in a WITH before")),
            Aggregates::Nowhere => Err(Diagnostic::error(
                &Code::INVALID_AGGREGATION,
                format!("the aggregate `{name}` cannot stand here"),
            )
            .at(span)
            .expected("an aggregate as a column of WITH or RETURN")
            .help("compute it in a WITH before: `WITH …, count(*) AS n WHERE n > 1`")),
        }
    }

    /// Refuses a pattern where a value is wanted.
    pub(super) fn pattern(self, span: Span) -> Checked {
        if self.condition {
            return Ok(());
        }
        Err(
            Diagnostic::error(&Code::UNEXPECTED_SYNTAX, "a pattern is no value")
                .at(span)
                .expected("a pattern in WHERE or in `exists(…)`")
                .help("for a value write `EXISTS { … }`, `COUNT { … }` or `[(a)-->(b) | b]`"),
        )
    }
}
