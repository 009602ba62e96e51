//! Label expressions.

use super::{Builder, Built, lost};
use crate::query::ast::LabelExpr;
use crate::query::syntax::rules::{Pair, Rule, all, first};

/// Makes a bigger expression of two.
type Join = fn(Box<LabelExpr>, Box<LabelExpr>) -> LabelExpr;

impl Builder<'_> {
    /// The labels of a part that has them, before a `|` or not.
    pub(super) fn label_test(&self, pair: &Pair<'_>) -> Built<LabelExpr> {
        match first(pair, Rule::label_expression) {
            Some(either) => self.label_expression(&either),
            None => self.label_term(&self.part(pair, Rule::label_term)?),
        }
    }

    fn label_expression(&self, pair: &Pair<'_>) -> Built<LabelExpr> {
        let terms = all(pair, Rule::label_term).map(|term| self.label_term(&term));
        self.joined(pair, terms, LabelExpr::Or)
    }

    fn label_term(&self, pair: &Pair<'_>) -> Built<LabelExpr> {
        let factors = all(pair, Rule::label_factor).map(|factor| self.label_factor(&factor));
        self.joined(pair, factors, LabelExpr::And)
    }

    fn joined(
        &self,
        pair: &Pair<'_>,
        mut parts: impl Iterator<Item = Built<LabelExpr>>,
        join: Join,
    ) -> Built<LabelExpr> {
        let mut joined = parts.next().unwrap_or_else(|| Err(lost(self.span(pair))))?;
        for (count, part) in parts.enumerate() {
            self.reached(count, self.span(pair))?;
            joined = join(Box::new(joined), Box::new(part?));
        }
        Ok(joined)
    }

    fn label_factor(&self, pair: &Pair<'_>) -> Built<LabelExpr> {
        let mut made = LabelExpr::Any;
        let mut denials = 0;
        for part in pair.clone().into_inner() {
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
