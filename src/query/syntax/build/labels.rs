//! Label expressions.

use super::{Builder, Built, lost};
use crate::query::ast::LabelExpr;
use crate::query::syntax::rules::Rule;
use crate::query::syntax::tree::Part;

/// Makes a bigger expression of two.
type Join = fn(Box<LabelExpr>, Box<LabelExpr>) -> LabelExpr;

/// Labels of one row, as far as they were read.
#[derive(Default)]
struct Row {
    /// Any of these, and how many joins they took.
    either: Option<LabelExpr>,
    alternatives: usize,
    /// All of these, which are the last alternative, and how many joins they took.
    together: Option<LabelExpr>,
    needed: usize,
}

impl Row {
    /// Adds a label that is parted from the last one by `|`, or is needed together with it.
    fn add(&mut self, label: LabelExpr, parted: bool) {
        if !parted {
            self.needed += 1;
            self.together = joined(self.together.take(), LabelExpr::And, Some(label));
        } else {
            self.alternatives += usize::from(self.either.is_some());
            self.needed = 0;
            let last = self.together.replace(label);
            self.either = joined(self.either.take(), LabelExpr::Or, last);
        }
    }

    fn height(&self) -> usize {
        self.alternatives.max(self.needed)
    }

    fn close(self) -> Option<LabelExpr> {
        joined(self.either, LabelExpr::Or, self.together)
    }
}

fn joined(one: Option<LabelExpr>, join: Join, other: Option<LabelExpr>) -> Option<LabelExpr> {
    match (one, other) {
        (Some(one), Some(other)) => Some(join(Box::new(one), Box::new(other))),
        (one, other) => one.or(other),
    }
}

impl Builder<'_> {
    /// The labels of a part that has them, before a `|` or not.
    pub(super) fn label_test(&self, pair: &Part<'_>) -> Built<LabelExpr> {
        match pair.first(Rule::label_expression) {
            Some(either) => self.label_expression(&either),
            None => self.label_expression(&self.part(pair, Rule::label_term)?),
        }
    }

    /// Labels in a row: any of them will do, but those that no `|` parts are needed together.
    fn label_expression(&self, pair: &Part<'_>) -> Built<LabelExpr> {
        let mut row = Row::default();
        let mut last: Option<Part<'_>> = None;
        for part in pair.parts() {
            let parted = last.is_none_or(|last| last.up_to(part).contains('|'));
            last = Some(part);
            let label = match part.as_rule() {
                Rule::label_name => LabelExpr::Name(self.name_of(&part)),
                _ => self.label_group(&part)?,
            };
            row.add(label, parted);
            self.reached(row.height(), self.span(pair))?;
        }
        row.close().ok_or_else(|| lost(self.span(pair)))
    }

    fn label_group(&self, pair: &Part<'_>) -> Built<LabelExpr> {
        let mut made = LabelExpr::Any;
        let mut denials = 0;
        for part in pair.parts() {
            match part.as_rule() {
                Rule::label_not => denials += 1,
                Rule::label_expression => made = self.label_expression(&part)?,
                Rule::any_name => made = LabelExpr::Name(self.name_of(&part)),
                _ => {}
            }
        }
        if denials > 0 {
            self.reached(denials, self.span(pair))?;
        }
        Ok((0..denials).fold(made, |inner, _| LabelExpr::Not(Box::new(inner))))
    }
}
