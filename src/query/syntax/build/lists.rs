//! Square brackets: a list, a list made from a list, or a list made from a pattern.
//!
//! The grammar reads all three as items with a tail; which one it is shows in the first item, so
//! nothing is read twice.

use super::{Builder, Built, boxed, lost, split_dots, unexpected};
use crate::diag::Span;
use crate::query::ast::{Expr, ExprKind, Name};
use crate::query::syntax::rules::Rule;
use crate::query::syntax::tree::Part;

impl Builder<'_> {
    pub(super) fn list(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let items: Vec<Part<'_>> = pair.all(Rule::item).collect();
        let tail = pair.has(Rule::list_where) || pair.has(Rule::list_value);
        if let [only] = items.as_slice() {
            let parts: Vec<Part<'_>> = only.parts().take(3).collect();
            let is_path = |part: &Part<'_>| part.as_rule() == Rule::path_value;
            match parts.as_slice() {
                [name, sign, ..] if is_name(name) && sign.as_rule() == Rule::in_list => {
                    return self.comprehension(pair, only);
                }
                [path] if tail && is_path(path) => {
                    return self.pattern_comprehension(pair, None, path);
                }
                [name, sign, path]
                    if tail && is_name(name) && sign.as_str() == "=" && is_path(path) =>
                {
                    let name = self.name_of(name);
                    return self.pattern_comprehension(pair, Some(name), path);
                }
                _ => {}
            }
        }
        if tail {
            return Err(self.wrong_tail(pair));
        }
        let items = items.iter().map(|item| self.expression(item));
        Ok(ExprKind::List(items.collect::<Built<Vec<Expr>>>()?))
    }

    /// `[x IN xs WHERE x > 1 | x * 2]`; `head` is `x IN xs`.
    fn comprehension(&self, pair: &Part<'_>, head: &Part<'_>) -> Built<ExprKind> {
        let mut parts = head.parts();
        let variable = parts.next().ok_or_else(|| lost(self.span(head)))?;
        let list = parts.skip(1);
        let start = list.clone().next().map(|part| self.span(&part));
        let span = start.map_or(self.span(head), |start| start.to(self.span(head)));
        Ok(ExprKind::Comprehension {
            name: self.name_of(&variable),
            list: boxed(
                self.row_of_operands(list, Span::new(start.map_or(0, |s| s.start), span.end))?,
            ),
            filter: self.optional(pair, Rule::list_where)?.map(boxed),
            value: self.optional(pair, Rule::list_value)?.map(boxed),
        })
    }

    /// `[p = (a)-->(b) WHERE a.x = 1 | b.name]`.
    fn pattern_comprehension(
        &self,
        pair: &Part<'_>,
        name: Option<Name>,
        path: &Part<'_>,
    ) -> Built<ExprKind> {
        let Some(value) = pair.first(Rule::list_value) else {
            return Err(
                unexpected("a list made from a pattern needs a value for each match")
                    .at(self.span(path))
                    .expected("`[(a)-->(b) | b.name]`"),
            );
        };
        let mut pattern = self.chain_of_parts(path)?;
        if let Some(name) = &name {
            pattern.span = name.span.to(pattern.span);
        }
        pattern.name = name;
        Ok(ExprKind::PatternComprehension {
            pattern: Box::new(pattern),
            filter: self.optional(pair, Rule::list_where)?.map(boxed),
            value: boxed(self.inner_expression(&value)?),
        })
    }

    fn wrong_tail(&self, pair: &Part<'_>) -> crate::diag::Diagnostic {
        let tail = pair
            .first(Rule::list_where)
            .or_else(|| pair.first(Rule::list_value));
        let span = tail.map_or(self.span(pair), |tail| self.span(&tail));
        unexpected("only a list made from a list or from a pattern has WHERE and `|`")
            .at(span)
            .expected("`[x IN list WHERE condition | value]` or `[(a)-->(b) | value]`")
    }
}

/// Tells whether a part is a variable and not a property of one.
fn is_name(part: &Part<'_>) -> bool {
    part.as_rule() == Rule::reference && split_dots(part.as_str()).nth(1).is_none()
}
