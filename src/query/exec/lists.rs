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
    /// Calls `visit` with each item as the innermost local; `None` where the list is null.
    fn each_item(
        &self,
        list: Value,
        span: Span,
        locals: &mut Locals,
        visit: &mut dyn FnMut(&Value, &mut Locals) -> Run<()>,
    ) -> Run<Option<()>> {
        let Some(items) = items(list, span)? else {
            return Ok(None);
        };
        let depth = locals.len();
        for item in items.iter() {
            self.shared.guard.tick()?;
            visit(item, locals)?;
            locals.truncate(depth);
        }
        Ok(Some(()))
    }

    pub(super) fn comprehension(
        &self,
        list: Value,
        (filter, value): (Option<&Expr>, Option<&Expr>),
        span: Span,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let mut kept = Vec::new();
        let found = self.each_item(list, span, locals, &mut |item, locals| {
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
            Ok(())
        })?;
        Ok(found.map_or(Value::Null, |()| Value::list(kept)))
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
        let mut tally = Tally::default();
        let found = self.each_item(list, span, locals, &mut |item, locals| {
            locals.push(item.clone());
            let truth = match filter {
                Some(filter) => self.eval(filter, row, locals)?,
                None => Value::Bool(true),
            };
            tally.add(&truth).map_err(|error| {
                let place = filter.map_or(span, |filter| filter.span);
                error.at(place).into()
            })
        })?;
        Ok(found.map_or(Value::Null, |()| tally.judge(quantifier)))
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
        let mut total = start;
        let found = self.each_item(list, span, locals, &mut |item, locals| {
            locals.extend([std::mem::take(&mut total), item.clone()]);
            total = self.eval(step, row, locals)?;
            Ok(())
        })?;
        Ok(found.map_or(Value::Null, |()| total))
    }
}

impl Tally {
    /// Counts what a condition gave for an item.
    fn add(&mut self, truth: &Value) -> Result<(), Diagnostic> {
        match truth {
            Value::Bool(true) => self.yes += 1,
            Value::Bool(false) => self.no += 1,
            Value::Null => self.open += 1,
            other => {
                let text = format!("a condition must be BOOLEAN, not {}", other.type_name());
                return Err(Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text));
            }
        }
        Ok(())
    }

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
