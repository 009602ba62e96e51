//! Statements and clauses.

use super::{Builder, Built, lost};
use crate::diag::Span;
use crate::query::ast::{
    Clause, ClauseKind, Match, ProcedureCall, Projection, ProjectionItem, RemoveItem, SetItem,
    SingleQuery, SortItem, Statement, Union, Yield,
};
use crate::query::syntax::rules::Rule;
use crate::query::syntax::tree::Part;

/// A call that is all of the statement yields all its outputs; only the outermost statement knows.
pub(super) fn marked_standalone(mut statement: Statement) -> Statement {
    if let ([only], true) = (
        statement.first.clauses.as_mut_slice(),
        statement.unions.is_empty(),
    ) && let ClauseKind::Call(call) = &mut only.kind
    {
        call.standalone = true;
    }
    statement
}

impl Builder<'_> {
    pub(super) fn build_statement(&self, pair: &Part<'_>) -> Built<Statement> {
        let mut queries = pair.all(Rule::single_query);
        let first = queries.next().ok_or_else(|| lost(self.span(pair)))?;
        let mut unions = Vec::new();
        for (word, query) in pair.all(Rule::union).zip(queries) {
            unions.push(Union {
                all: word.has(Rule::kw_all),
                span: self.span(&word),
                query: self.single_query(&query)?,
            });
        }
        Ok(Statement {
            first: self.single_query(&first)?,
            unions,
        })
    }

    fn single_query(&self, pair: &Part<'_>) -> Built<SingleQuery> {
        let clauses = pair.parts();
        let clauses: Built<Vec<Clause>> = clauses.map(|clause| self.clause(&clause)).collect();
        Ok(SingleQuery {
            clauses: clauses?,
            span: self.span(pair),
        })
    }

    fn clause(&self, pair: &Part<'_>) -> Built<Clause> {
        Ok(Clause {
            kind: self.clause_kind(pair)?,
            span: self.span(pair),
        })
    }

    fn clause_kind(&self, pair: &Part<'_>) -> Built<ClauseKind> {
        Ok(match pair.as_rule() {
            Rule::match_clause => ClauseKind::Match(self.match_clause(pair)?),
            Rule::unwind_clause => ClauseKind::Unwind {
                list: self.inner_expression(pair)?,
                name: self.name(pair, Rule::any_name)?,
            },
            Rule::with_clause => ClauseKind::With(self.projection(pair)?),
            Rule::return_clause => ClauseKind::Return(self.projection(pair)?),
            Rule::create_clause => ClauseKind::Create(self.patterns(pair)?),
            Rule::merge_clause => self.merge_clause(pair)?,
            Rule::set_clause => ClauseKind::Set(self.set_items(pair)?),
            Rule::remove_clause => ClauseKind::Remove(self.remove_items(pair)?),
            Rule::delete_clause => ClauseKind::Delete {
                detach: pair.has(Rule::kw_detach),
                targets: self.expressions(pair).collect::<Built<_>>()?,
            },
            Rule::call_clause => ClauseKind::Call(self.procedure_call(pair)?),
            Rule::subquery_clause => ClauseKind::Subquery {
                imports: pair
                    .first(Rule::imports)
                    .map(|names| self.names(&names, Rule::name)),
                body: Box::new(self.build_statement(&self.part(pair, Rule::statement)?)?),
            },
            _ => self.foreach_clause(pair)?,
        })
    }

    fn match_clause(&self, pair: &Part<'_>) -> Built<Match> {
        Ok(Match {
            optional: pair.has(Rule::kw_optional),
            patterns: self.patterns(pair)?,
            filter: self.optional(pair, Rule::where_part)?,
        })
    }

    /// The body of `EXISTS { (a)-->(b) }`: a MATCH without the word.
    pub(super) fn match_body(&self, pair: &Part<'_>) -> Built<Statement> {
        let span = self.span(pair);
        let clause = Clause {
            kind: ClauseKind::Match(self.match_clause(pair)?),
            span,
        };
        Ok(Statement {
            first: SingleQuery {
                clauses: vec![clause],
                span,
            },
            unions: Vec::new(),
        })
    }

    fn projection(&self, pair: &Part<'_>) -> Built<Projection> {
        let items = pair
            .all(Rule::projection_item)
            .map(|item| self.projection_item(&item));
        let order = pair.first(Rule::order_part);
        let order = order.map_or(Ok(Vec::new()), |order| self.sort_items(&order))?;
        Ok(Projection {
            distinct: pair.has(Rule::kw_distinct),
            star: pair.has(Rule::star),
            items: items.collect::<Built<_>>()?,
            order,
            skip: self.optional(pair, Rule::skip_part)?,
            limit: self.optional(pair, Rule::limit_part)?,
            filter: self.optional(pair, Rule::where_part)?,
        })
    }

    fn projection_item(&self, pair: &Part<'_>) -> Built<ProjectionItem> {
        let expression = self.part(pair, Rule::expression)?;
        let Span { start, end } = self.span(&expression);
        Ok(ProjectionItem {
            expr: self.expression(&expression)?,
            alias: pair.first(Rule::any_name).map(|name| self.name_of(&name)),
            text: self.text.get(start..end).unwrap_or("").into(),
        })
    }

    fn sort_items(&self, pair: &Part<'_>) -> Built<Vec<SortItem>> {
        let items = pair.all(Rule::sort_item);
        items
            .map(|item| {
                Ok(SortItem {
                    expr: self.inner_expression(&item)?,
                    descending: item.has(Rule::descending),
                })
            })
            .collect()
    }

    fn merge_clause(&self, pair: &Part<'_>) -> Built<ClauseKind> {
        let (mut on_create, mut on_match) = (Vec::new(), Vec::new());
        for action in pair.all(Rule::merge_action) {
            let items = self.set_items(&self.part(&action, Rule::set_clause)?)?;
            if action.has(Rule::kw_create) {
                on_create.extend(items);
            } else {
                on_match.extend(items);
            }
        }
        Ok(ClauseKind::Merge {
            pattern: self.pattern(&self.part(pair, Rule::pattern)?)?,
            on_create,
            on_match,
        })
    }

    fn set_items(&self, pair: &Part<'_>) -> Built<Vec<SetItem>> {
        let items = pair.parts();
        items
            .filter(|item| item.as_rule() != Rule::kw_set)
            .map(|item| self.set_item(&item))
            .collect()
    }

    fn set_item(&self, pair: &Part<'_>) -> Built<SetItem> {
        Ok(match pair.as_rule() {
            Rule::set_labels => SetItem::Labels {
                target: self.name(pair, Rule::name)?,
                labels: self.names(&self.part(pair, Rule::label_list)?, Rule::any_name),
            },
            Rule::set_property => {
                let (target, key) = self.property_path(pair)?;
                let value = self.inner_expression(pair)?;
                SetItem::Property { target, key, value }
            }
            rule => SetItem::Properties {
                target: self.name(pair, Rule::name)?,
                add: rule == Rule::set_add,
                value: self.inner_expression(pair)?,
            },
        })
    }

    fn remove_items(&self, pair: &Part<'_>) -> Built<Vec<RemoveItem>> {
        let items = pair.parts();
        items
            .filter(|item| item.as_rule() != Rule::kw_remove)
            .map(|item| self.remove_item(&item))
            .collect()
    }

    fn remove_item(&self, pair: &Part<'_>) -> Built<RemoveItem> {
        if pair.as_rule() == Rule::remove_property {
            let (target, key) = self.property_path(pair)?;
            return Ok(RemoveItem::Property { target, key });
        }
        Ok(RemoveItem::Labels {
            target: self.name(pair, Rule::name)?,
            labels: self.names(&self.part(pair, Rule::label_list)?, Rule::any_name),
        })
    }

    fn procedure_call(&self, pair: &Part<'_>) -> Built<ProcedureCall> {
        let arguments = pair.first(Rule::call_arguments);
        let arguments = arguments.map(|part| self.expressions(&part).collect::<Built<_>>());
        let yields = pair.first(Rule::yield_part);
        Ok(ProcedureCall {
            name: self.dotted(&self.part(pair, Rule::dotted_name)?),
            arguments: arguments.transpose()?,
            yields: yields.map(|part| self.yield_part(&part)).transpose()?,
            standalone: false,
        })
    }

    fn yield_part(&self, pair: &Part<'_>) -> Built<Yield> {
        let items = pair.all(Rule::yield_item).map(|item| {
            let mut names = self.names(&item, Rule::any_name).into_iter();
            let field = names.next().ok_or_else(|| lost(self.span(&item)))?;
            Ok((field, names.next()))
        });
        Ok(Yield {
            star: pair.has(Rule::star),
            items: items.collect::<Built<_>>()?,
            filter: self.optional(pair, Rule::where_part)?,
        })
    }

    fn foreach_clause(&self, pair: &Part<'_>) -> Built<ClauseKind> {
        let skipped = [Rule::kw_foreach, Rule::name, Rule::kw_in, Rule::item];
        let body = pair.parts();
        Ok(ClauseKind::Foreach {
            name: self.name(pair, Rule::name)?,
            list: self.inner_expression(pair)?,
            body: body
                .filter(|part| !skipped.contains(&part.as_rule()))
                .map(|part| self.clause(&part))
                .collect::<Built<_>>()?,
        })
    }
}
