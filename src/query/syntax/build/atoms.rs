//! The smallest parts of expressions, and all that stands in brackets of its own.

use super::literals::{quantity, text};
use super::{Builder, Built, at, boxed, lost, split_dots, unquoted};
use crate::diag::Span;
use crate::query::ast::{Expr, ExprKind, Literal, MapItem, Name, Quantifier, Statement};
use crate::query::syntax::rules::Rule;
use crate::query::syntax::tree::Part;

impl Builder<'_> {
    pub(super) fn atom(&self, pair: &Part<'_>) -> Built<Expr> {
        let span = self.span(pair);
        if pair.as_rule() == Rule::parentheses {
            let inner = self.inner_expression(pair)?;
            return Ok(at(inner.kind, span));
        }
        Ok(at(self.atom_kind(pair)?, span))
    }

    fn atom_kind(&self, pair: &Part<'_>) -> Built<ExprKind> {
        Ok(match pair.as_rule() {
            Rule::quantity => self.quantity(pair)?,
            Rule::string => literal(Literal::Text(text(pair.as_str(), self.span(pair))?)),
            Rule::true_word => literal(Literal::Bool(true)),
            Rule::false_word => literal(Literal::Bool(false)),
            Rule::null_word => literal(Literal::Null),
            Rule::parameter => self.parameter(pair).kind,
            Rule::reference => self.reference(pair)?,
            Rule::variable => ExprKind::Variable(self.name_of(pair).text),
            Rule::list => self.list(pair)?,
            Rule::map => self.map(pair)?,
            Rule::map_projection => self.map_projection(pair)?,
            Rule::path_value => ExprKind::Pattern(Box::new(self.chain_of_parts(pair)?)),
            Rule::shortest_call => ExprKind::Pattern(Box::new(self.shortest_call(pair)?)),
            Rule::case => self.case(pair)?,
            Rule::count_star => ExprKind::CountStar,
            Rule::exists_query => ExprKind::Exists(self.subquery(pair)?),
            Rule::count_query => ExprKind::Count(self.subquery(pair)?),
            Rule::collect_query => ExprKind::Collect(self.subquery(pair)?),
            Rule::quantified => self.quantified(pair)?,
            Rule::reduce => self.reduce(pair)?,
            Rule::function => self.function(pair)?,
            _ => return Err(lost(self.span(pair))),
        })
    }

    /// `n`, `n.name`.
    fn reference(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let mut end = pair.start();
        let mut pieces = split_dots(pair.as_str()).map(|piece| {
            let start = end;
            end += piece.len() + 1;
            Name {
                text: unquoted(piece),
                span: Span::new(start, start + piece.len()),
            }
        });
        let first = pieces.next().ok_or_else(|| lost(self.span(pair)))?;
        let (mut kind, mut span, mut height) = (ExprKind::Variable(first.text), first.span, 0);
        for key in pieces {
            let subject = boxed(at(kind, span));
            span = span.to(key.span);
            kind = ExprKind::Property(subject, key);
            height += 1;
        }
        self.reached(height, span)?;
        Ok(kind)
    }

    fn quantity(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let number = self.number(pair)?;
        let unit = self.part(pair, Rule::unit)?;
        let attached = pair.as_str().len()
            == self.part(pair, Rule::number)?.as_str().len() + unit.as_str().len();
        let value = quantity(&number, unit.as_str(), attached, self.span(pair))?;
        let text = self.text_of(pair).into();
        Ok(literal(Literal::Quantity { value, text }))
    }

    fn map(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let entries = pair
            .all(Rule::map_entry)
            .map(|entry| self.map_entry(&entry));
        Ok(ExprKind::Map(entries.collect::<Built<_>>()?))
    }

    fn map_entry(&self, pair: &Part<'_>) -> Built<(Name, Expr)> {
        Ok((
            self.name(pair, Rule::any_name)?,
            self.inner_expression(pair)?,
        ))
    }

    fn map_projection(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let mut parts = pair.parts();
        let subject = parts.next().ok_or_else(|| lost(self.span(pair)))?;
        let items = parts.map(|part| self.map_item(&part));
        Ok(ExprKind::Projection(
            boxed(self.atom(&subject)?),
            items.collect::<Built<_>>()?,
        ))
    }

    fn map_item(&self, pair: &Part<'_>) -> Built<MapItem> {
        Ok(match pair.as_rule() {
            Rule::all_properties => MapItem::All,
            Rule::own_property => MapItem::Property(self.name(pair, Rule::any_name)?),
            Rule::map_entry => {
                let (key, value) = self.map_entry(pair)?;
                MapItem::Entry(key, value)
            }
            _ => MapItem::Variable(self.name_of(pair)),
        })
    }

    fn case(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let branches = pair.all(Rule::case_branch).map(|branch| {
            let mut sides = self.expressions(&branch);
            let missing = || Err(lost(self.span(&branch)));
            let when = sides.next().unwrap_or_else(missing)?;
            Ok((when, sides.next().unwrap_or_else(missing)?))
        });
        Ok(ExprKind::Case {
            subject: self.optional(pair, Rule::case_subject)?.map(boxed),
            branches: branches.collect::<Built<_>>()?,
            otherwise: self.optional(pair, Rule::case_else)?.map(boxed),
        })
    }

    fn subquery(&self, pair: &Part<'_>) -> Built<Box<Statement>> {
        let statement = match pair.first(Rule::match_body) {
            Some(body) => self.match_body(&body)?,
            None => self.build_statement(&self.part(pair, Rule::statement)?)?,
        };
        Ok(Box::new(statement))
    }

    fn quantified(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let word = self.part(pair, Rule::quantifier_word)?;
        let quantifier = match word.as_str().to_ascii_lowercase().as_str() {
            "all" => Quantifier::All,
            "any" => Quantifier::Any,
            "none" => Quantifier::None,
            _ => Quantifier::Single,
        };
        Ok(ExprKind::Quantified {
            quantifier,
            name: self.name(pair, Rule::name)?,
            list: boxed(self.inner_expression(pair)?),
            filter: self.optional(pair, Rule::where_part)?.map(boxed),
        })
    }

    fn reduce(&self, pair: &Part<'_>) -> Built<ExprKind> {
        let missing = || lost(self.span(pair));
        let mut names = self.names(pair, Rule::name).into_iter();
        let parts: Vec<Expr> = self.expressions(pair).collect::<Built<_>>()?;
        let [start, list, step]: [Expr; 3] = parts.try_into().map_err(|_| missing())?;
        Ok(ExprKind::Reduce {
            total: names.next().ok_or_else(missing)?,
            start: boxed(start),
            name: names.next().ok_or_else(missing)?,
            list: boxed(list),
            step: boxed(step),
        })
    }

    fn function(&self, pair: &Part<'_>) -> Built<ExprKind> {
        Ok(ExprKind::Call {
            name: self.dotted(&self.part(pair, Rule::function_name)?),
            distinct: pair.has(Rule::kw_distinct),
            arguments: self.expressions(pair).collect::<Built<_>>()?,
        })
    }
}

fn literal(literal: Literal) -> ExprKind {
    ExprKind::Literal(literal)
}
