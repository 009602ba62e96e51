//! Runs updating steps for each item of a list; the rows stay as they were.

use super::Row;
use super::Run;
use super::write::Writer;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::plan::Plan;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::Slot;

impl Writer<'_> {
    pub(super) fn foreach(
        &mut self,
        list: &Expr,
        slot: Slot,
        body: &Plan,
        row: &mut Row,
    ) -> Run<()> {
        let items = match self.reader().value(list, row)? {
            Value::Null => return Ok(()),
            Value::List(items) => items,
            other => {
                let text = format!("FOREACH goes through a list, not {}", other.type_name());
                let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
                return Err(error.at(list.span).into());
            }
        };
        for item in items.iter() {
            self.shared.guard.tick()?;
            let mut inner = row.clone();
            inner[slot] = item.clone();
            self.run(body, vec![inner])?;
        }
        Ok(())
    }
}
