//! WITH and RETURN: columns, ORDER BY, SKIP, LIMIT and the WHERE behind them.

use super::place::Place;
use super::scope::Scope;
use super::statement::Columns;
use super::types::Type;
use super::walk::{any, has_aggregate};
use super::{Check, Checked, grouping};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast::{Expr, ExprKind, Literal, Projection, ProjectionItem, UnaryOp};
use crate::query::functions::Types;
use std::sync::Arc;

impl Check<'_> {
    /// Judges the body of WITH or RETURN; gives its columns.
    pub(super) fn projection(&self, part: &Projection, scope: &Scope<'_>) -> Checked<Columns> {
        let columns = self.columns(part, scope)?;
        let groups = part.items.iter().any(|item| has_aggregate(&item.expr));
        if groups {
            grouping::judge_items(part, scope)?;
        }
        if groups || part.distinct {
            self.behind_a_border(part, &columns, groups)?;
        } else {
            self.behind(part, &columns, scope)?;
        }
        for (word, bound) in [("SKIP", &part.skip), ("LIMIT", &part.limit)] {
            if let Some(bound) = bound {
                self.row_count(word, bound)?;
            }
        }
        Ok(columns)
    }

    fn columns(&self, part: &Projection, scope: &Scope<'_>) -> Checked<Columns> {
        let mut columns = Columns::default();
        if part.star {
            columns = scope.all();
        }
        let starred = columns.len();
        for item in &part.items {
            let known = self.expr(&item.expr, Place::plain(scope).with_aggregates())?;
            let name = column_name(item);
            let at = columns.get_index_of(&name);
            if at.is_some_and(|at| at >= starred || item.alias.is_some()) {
                return Err(name_conflict(&name, item));
            }
            columns.insert(name, known);
        }
        Ok(columns)
    }

    /// ORDER BY and WHERE see variables of before and columns.
    fn behind(&self, part: &Projection, columns: &Columns, scope: &Scope<'_>) -> Checked {
        let mut both = Scope::inside(scope);
        for (name, known) in columns {
            both.bind(name, *known);
        }
        for sort in &part.order {
            self.expr(&sort.expr, Place::plain(&both))?;
        }
        part.filter
            .iter()
            .try_for_each(|filter| self.filter(filter, &both))
    }

    /// Behind DISTINCT or a grouping only columns can be seen, by name or by expression.
    fn behind_a_border(&self, part: &Projection, columns: &Columns, groups: bool) -> Checked {
        if part.order.is_empty() && part.filter.is_none() {
            return Ok(());
        }
        let scope = Scope::of(columns.clone());
        let texts: Vec<String> = part
            .items
            .iter()
            .map(|item| item.expr.to_string())
            .collect();
        let place = Place::plain(&scope).with_columns(&texts);
        let sorting = if groups {
            place.with_aggregates()
        } else {
            place
        };
        for sort in &part.order {
            self.expr(&sort.expr, sorting)
                .map_err(|error| behind_border(error, groups))?;
            if groups && has_aggregate(&sort.expr) {
                grouping::judge_order(&sort.expr, part, &scope)?;
            }
        }
        if let Some(filter) = &part.filter {
            self.condition(filter, place.as_condition())
                .map_err(|error| behind_border(error, groups))?;
        }
        Ok(())
    }

    /// SKIP and LIMIT: a whole number that does not depend on a row.
    fn row_count(&self, word: &str, bound: &Expr) -> Checked {
        if any(bound, &|part| matches!(part.kind, ExprKind::Variable(_))) {
            return Err(Diagnostic::error(
                &Code::NON_CONSTANT_EXPRESSION,
                format!("{word} is the same for all rows and cannot name a variable"),
            )
            .at(bound.span)
            .expected("a number or a parameter"));
        }
        let known = self.expr(bound, Place::plain(&Scope::default()))?;
        if is_negative(bound) {
            return Err(Diagnostic::error(
                &Code::NEGATIVE_INTEGER_ARGUMENT,
                format!("{word} takes no number below zero"),
            )
            .at(bound.span));
        }
        if known.excludes(Types::INTEGER) {
            return Err(Diagnostic::error(
                &Code::INVALID_ARGUMENT_TYPE,
                format!(
                    "{word} takes an INTEGER and not a value of type {}",
                    known.of
                ),
            )
            .at(bound.span));
        }
        Ok(())
    }

    /// A condition of WHERE without aggregates.
    pub(super) fn filter(&self, filter: &Expr, scope: &Scope<'_>) -> Checked {
        self.condition(filter, Place::condition(scope))
    }

    fn condition(&self, filter: &Expr, place: Place<'_>) -> Checked {
        let known: Type = self.expr(filter, place)?;
        if known.excludes(Types::BOOLEAN) {
            return Err(Diagnostic::error(
                &Code::INVALID_ARGUMENT_TYPE,
                format!(
                    "WHERE takes a condition and not a value of type {}",
                    known.of
                ),
            )
            .at(filter.span)
            .expected("something that is true or false"));
        }
        Ok(())
    }
}

/// The name that a column gets: a variable's own, the alias, or the text.
fn column_name(item: &ProjectionItem) -> Arc<str> {
    match (&item.alias, &item.expr.kind) {
        (Some(alias), _) => Arc::clone(&alias.text),
        (None, ExprKind::Variable(name)) => Arc::clone(name),
        (None, _) => Arc::clone(&item.text),
    }
}

fn name_conflict(name: &str, item: &ProjectionItem) -> Diagnostic {
    let span = item
        .alias
        .as_ref()
        .map_or(item.expr.span, |alias| alias.span);
    Diagnostic::error(
        &Code::COLUMN_NAME_CONFLICT,
        format!("two columns are called `{name}`"),
    )
    .at(span)
    .help("give one of them another name by `AS`")
}

fn behind_border(error: Diagnostic, groups: bool) -> Diagnostic {
    if error.code != &Code::UNDEFINED_VARIABLE {
        return error;
    }
    error.help(if groups {
        "behind an aggregate only the columns can be seen; add it as a column"
    } else {
        "behind DISTINCT only the columns can be seen; add it as a column"
    })
}

fn is_negative(bound: &Expr) -> bool {
    match &bound.kind {
        ExprKind::Literal(Literal::Int(int)) => *int < 0,
        ExprKind::Unary(UnaryOp::Minus, inner) => {
            matches!(inner.kind, ExprKind::Literal(Literal::Int(int)) if int > 0)
        }
        _ => false,
    }
}

/// RETURN has to give something.
pub(super) fn judge_star(part: &Projection, columns: &Columns, span: Span) -> Checked {
    if part.star && columns.is_empty() {
        return Err(Diagnostic::error(
            &Code::NO_VARIABLES_IN_SCOPE,
            "`*` stands for all variables, and there are none",
        )
        .at(span)
        .help("give what is matched a name: `MATCH (n) RETURN *`"));
    }
    Ok(())
}

/// WITH has to name what it computes.
pub(super) fn judge_names(part: &Projection) -> Checked {
    let nameless = |item: &&ProjectionItem| {
        item.alias.is_none() && !matches!(item.expr.kind, ExprKind::Variable(_))
    };
    match part.items.iter().find(nameless) {
        None => Ok(()),
        Some(item) => Err(Diagnostic::error(
            &Code::NO_EXPRESSION_ALIAS,
            format!("`{}` needs a name in WITH", item.text),
        )
        .at(item.expr.span)
        .help(format!("write `{} AS name`", item.text))),
    }
}
