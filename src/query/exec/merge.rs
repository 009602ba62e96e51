//! Finds a pattern, or makes it where there is none.
//!
//! Row by row: what one row made, the next one finds.

use super::Input;
use super::Row;
use super::Run;
use super::write::Writer;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::plan::Merge;
use crate::query::plan::NewPart;

impl Writer<'_> {
    pub(super) fn merge(&mut self, merge: &Merge, rows: Vec<Row>) -> Run<Vec<Row>> {
        let mut all = Vec::new();
        for mut row in rows {
            self.no_nulls(merge, &row)?;
            let found = self.find(merge, &mut row)?;
            if found.is_empty() {
                self.ends_are_there(merge, &row)?;
                self.create(&merge.make, &mut row)?;
                self.set(&merge.on_create, &row)?;
                all.push(row);
                continue;
            }
            for row in found {
                self.set(&merge.on_match, &row)?;
                all.push(row);
            }
        }
        Ok(all)
    }

    fn find(&self, merge: &Merge, row: &mut Row) -> Run<Vec<Row>> {
        let mut found = Vec::new();
        let reader = self.reader();
        reader.drive(&merge.find.steps, Input::One(row), &mut |row| {
            let bytes = size_of::<Row>() + row.len() * size_of::<Value>();
            self.shared.guard.keep(bytes)?;
            found.push(row.clone());
            Ok(())
        })?;
        Ok(found)
    }

    /// A pattern with a null property could never be found again.
    fn no_nulls(&self, merge: &Merge, row: &Row) -> Run<()> {
        for expr in &merge.maps {
            let Value::Map(map) = self.reader().value(expr, row)? else {
                continue;
            };
            if let Some((key, _)) = map.iter().find(|(_, value)| value.is_null()) {
                let text = format!("MERGE cannot use null for `{key}`");
                let error = Diagnostic::error(&Code::MERGE_READ_OWN_WRITES, text);
                return Err(error.at(expr.span).into());
            }
        }
        Ok(())
    }

    /// A relationship cannot be made at a node that is null.
    fn ends_are_there(&self, merge: &Merge, row: &Row) -> Run<()> {
        let made: Vec<usize> = merge
            .make
            .parts
            .iter()
            .filter_map(|part| match part {
                NewPart::Node { slot, .. } => Some(*slot),
                NewPart::Edge { .. } => None,
            })
            .collect();
        for part in &merge.make.parts {
            let NewPart::Edge { from, to, .. } = part else {
                continue;
            };
            for end in [from, to] {
                if !made.contains(end) && row[*end].is_null() {
                    let text = "MERGE cannot make a relationship at a node that is null";
                    return Err(Diagnostic::error(&Code::INVALID_ARGUMENT_VALUE, text).into());
                }
            }
        }
        Ok(())
    }
}
