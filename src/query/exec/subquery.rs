//! Queries inside expressions: EXISTS, COUNT, COLLECT, and patterns as values.

use super::Exec;
use super::Input;
use super::Row;
use super::Run;
use super::eval::Locals;
use crate::model::Value;
use crate::query::plan::Plan;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::Give;
use crate::query::plan::expr::Slot;
use crate::query::plan::expr::Subquery;

impl Exec<'_> {
    /// Gives the row that an inner plan starts from.
    pub(super) fn inner_row(
        &self,
        body: &Plan,
        imports: &[(Expr, Slot)],
        row: &[Value],
    ) -> Run<Row> {
        self.inner_row_with(body, imports, row, &mut Locals::new())
    }

    fn inner_row_with(
        &self,
        body: &Plan,
        imports: &[(Expr, Slot)],
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Row> {
        let mut inner = vec![Value::Null; body.frame.len()];
        for (expr, slot) in imports {
            inner[*slot] = self.eval(expr, row, locals)?;
        }
        Ok(inner)
    }

    /// Computes what becomes of the rows of a subquery.
    pub(super) fn subquery(
        &self,
        subquery: &Subquery,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let mut inner = self.inner_row_with(&subquery.body, &subquery.imports, row, locals)?;
        let steps = &subquery.body.steps;
        match subquery.give {
            Give::Exists => Ok(Value::Bool(self.any(steps, &mut inner)?)),
            Give::Count => {
                let mut count = 0;
                self.drive(steps, Input::One(&mut inner), &mut |_| {
                    count += 1;
                    Ok(())
                })?;
                Ok(Value::Int(count))
            }
            Give::Collect(slot) => {
                let mut items = Vec::new();
                self.drive(steps, Input::One(&mut inner), &mut |inner| {
                    self.shared.guard.keep(size_of::<Value>())?;
                    items.push(inner[slot].clone());
                    Ok(())
                })?;
                Ok(Value::list(items))
            }
            Give::First(slot) => {
                let mut first = None;
                self.drive(steps, Input::One(&mut inner), &mut |inner| {
                    first.get_or_insert_with(|| inner[slot].clone());
                    Ok(())
                })?;
                Ok(first.unwrap_or_default())
            }
        }
    }
}
