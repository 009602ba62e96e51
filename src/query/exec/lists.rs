//! Comprehensions, quantifiers and reduce: expressions with variables of their own.

use super::Exec;
use super::Run;
use super::eval::Locals;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::Value;
use crate::query::ast::Quantifier;
use crate::query::plan::expr::Expr;
use std::sync::Arc;

/// Gives the items of a list; `None` for null.
fn items(list: Value, span: Span) -> Run<Option<Arc<Vec<Value>>>> {
    match list {
        Value::Null => Ok(None),
        Value::List(items) => Ok(Some(items)),
        other => {
            let text = format!("a list is expected here, not {}", other.type_name());
            let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
            Err(error.at(span).expected("LIST").into())
        }
    }
}

/// How many items fulfil a condition.
#[derive(Default)]
struct Tally {
    yes: usize,
    no: usize,
    open: usize,
}

impl Exec<'_> {
    pub(super) fn comprehension(
        &self,
        list: Value,
        (filter, value): (Option<&Expr>, Option<&Expr>),
        span: Span,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let Some(items) = items(list, span)? else {
            return Ok(Value::Null);
        };
        let mut kept = Vec::new();
        let depth = locals.len();
        for item in items.iter() {
            self.shared.guard.tick()?;
            locals.truncate(depth);
            locals.push(item.clone());
            let fits = match filter {
                Some(filter) => self.holds_with(filter, row, locals)?,
                None => true,
            };
            if fits {
                kept.push(match value {
                    Some(value) => self.eval(value, row, locals)?,
                    None => item.clone(),
                });
            }
        }
        locals.truncate(depth);
        Ok(Value::list(kept))
    }

    pub(super) fn quantified(
        &self,
        quantifier: Quantifier,
        list: Value,
        filter: Option<&Expr>,
        span: Span,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let Some(items) = items(list, span)? else {
            return Ok(Value::Null);
        };
        let mut tally = Tally::default();
        let depth = locals.len();
        for item in items.iter() {
            self.shared.guard.tick()?;
            locals.truncate(depth);
            locals.push(item.clone());
            let truth = match filter {
                Some(filter) => self.eval(filter, row, locals)?,
                None => Value::Bool(true),
            };
            match truth {
                Value::Bool(true) => tally.yes += 1,
                Value::Bool(false) => tally.no += 1,
                Value::Null => tally.open += 1,
                other => {
                    let text = format!("a condition must be BOOLEAN, not {}", other.type_name());
                    let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
                    return Err(error.at(filter.map_or(span, |filter| filter.span)).into());
                }
            }
        }
        locals.truncate(depth);
        Ok(tally.judge(quantifier))
    }

    pub(super) fn reduce(
        &self,
        start: Value,
        list: Value,
        step: &Expr,
        span: Span,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let Some(items) = items(list, span)? else {
            return Ok(Value::Null);
        };
        let depth = locals.len();
        let mut total = start;
        for item in items.iter() {
            self.shared.guard.tick()?;
            locals.truncate(depth);
            locals.extend([total, item.clone()]);
            total = self.eval(step, row, locals)?;
        }
        locals.truncate(depth);
        Ok(total)
    }
}

impl Tally {
    /// Judges with three values: an open condition leaves the whole open unless others decide.
    fn judge(&self, quantifier: Quantifier) -> Value {
        let (decided, answer) = match quantifier {
            Quantifier::All => (self.no > 0, self.no == 0),
            Quantifier::Any => (self.yes > 0, self.yes > 0),
            Quantifier::None => (self.yes > 0, self.yes == 0),
            Quantifier::Single => (self.yes > 1, self.yes == 1),
        };
        match decided || self.open == 0 {
            true => Value::Bool(answer),
            false => Value::Null,
        }
    }
}
