//! Expressions: variables, patterns and queries inside; gives what is known of the value.

use super::place::Place;
use super::scope::Scope;
use super::statement::Purpose;
use super::types::Type;
use super::{Check, Checked};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use crate::query::ast::{Expr, ExprKind, Literal, MapItem, Name, Pattern, Selector, Statement};
use crate::query::functions::Types;

impl Check<'_> {
    /// Judges an expression.
    pub(super) fn expr(&self, expr: &Expr, place: Place<'_>) -> Checked<Type> {
        if !place.columns.is_empty() && place.columns.contains(&expr.to_string()) {
            return Ok(Type::ANY);
        }
        match &expr.kind {
            ExprKind::Literal(literal) => Ok(literal_type(literal)),
            ExprKind::Variable(name) => place.scope.find(name, expr.span),
            ExprKind::Parameter(name) => self.parameter(name, expr.span),
            ExprKind::Unary(op, inner) => self.unary(*op, inner, place),
            ExprKind::Binary(op, left, right) => self.binary(*op, left, right, place),
            ExprKind::Chain(first, rest) => {
                self.expr(first, place.as_value())?;
                for (_, other) in rest {
                    self.expr(other, place.as_value())?;
                }
                Ok(Type::BOOLEAN)
            }
            ExprKind::Call {
                name,
                distinct,
                arguments,
            } => self.call(name, *distinct, arguments, place),
            ExprKind::CountStar => {
                place.aggregate("count(*)", expr.span)?;
                Ok(Type::INTEGER)
            }
            ExprKind::Pattern(pattern) => self.pattern_value(pattern, expr.span, place),
            ExprKind::Exists(body) => self.query(body, Purpose::Test, Type::BOOLEAN, place),
            ExprKind::Count(body) => self.query(body, Purpose::Test, Type::INTEGER, place),
            ExprKind::Collect(body) => {
                self.query(body, Purpose::Value, Type::of(Types::LIST), place)
            }
            ExprKind::Case {
                subject,
                branches,
                otherwise,
            } => self.case(subject.as_deref(), branches, otherwise.as_deref(), place),
            _ => self.composed_value(expr, place.as_value()),
        }
    }

    fn composed_value(&self, expr: &Expr, place: Place<'_>) -> Checked<Type> {
        match &expr.kind {
            ExprKind::Property(subject, key) => self.property(subject, key, place),
            ExprKind::Index(list, index) => {
                self.expr(list, place)?;
                self.expr(index, place)?;
                Ok(Type::ANY)
            }
            ExprKind::Slice(list, from, to) => {
                let known = self.expr(list, place)?;
                for bound in from.iter().chain(to) {
                    self.expr(bound, place)?;
                }
                Ok(Type::list(known.items))
            }
            ExprKind::HasLabels(subject, _) => self.has_labels(subject, place),
            ExprKind::IsNull(inner, _) => {
                self.expr(inner, place)?;
                Ok(Type::BOOLEAN)
            }
            ExprKind::List(items) => {
                let mut known = Types::NULL;
                for item in items {
                    known = known.or(self.expr(item, place)?.of);
                }
                Ok(Type::list(known))
            }
            ExprKind::Map(entries) => {
                for (_, value) in entries {
                    self.expr(value, place)?;
                }
                Ok(Type::of(Types::MAP))
            }
            ExprKind::Projection(subject, items) => self.map_projection(subject, items, place),
            _ => self.looping_value(expr, place),
        }
    }

    fn looping_value(&self, expr: &Expr, place: Place<'_>) -> Checked<Type> {
        match &expr.kind {
            ExprKind::Comprehension {
                name,
                list,
                filter,
                value,
            } => {
                let item = self.walked(list, place)?.item();
                let scope = Scope::with(place.scope, name, item);
                let inside = place.in_loop(&scope);
                self.optional_condition(filter.as_deref(), inside)?;
                let made = value.as_deref().map(|value| self.expr(value, inside));
                Ok(Type::list(made.transpose()?.unwrap_or(item).of))
            }
            ExprKind::Quantified {
                name, list, filter, ..
            } => {
                let item = self.walked(list, place)?.item();
                let scope = Scope::with(place.scope, name, item);
                self.optional_condition(filter.as_deref(), place.in_loop(&scope))?;
                Ok(Type::BOOLEAN)
            }
            ExprKind::Reduce {
                total,
                start,
                name,
                list,
                step,
            } => {
                self.expr(start, place)?;
                let item = self.walked(list, place)?.item();
                let outer = Scope::with(place.scope, total, Type::ANY);
                let scope = Scope::with(&outer, name, item);
                self.expr(step, place.in_loop(&scope))?;
                Ok(Type::ANY)
            }
            ExprKind::PatternComprehension {
                pattern,
                filter,
                value,
            } => {
                let scope = self.own_pattern(pattern, place.scope)?;
                let inside = place.in_loop(&scope);
                self.optional_condition(filter.as_deref(), inside)?;
                Ok(Type::list(self.expr(value, inside)?.of))
            }
            _ => Ok(Type::ANY),
        }
    }

    fn optional_condition(&self, filter: Option<&Expr>, place: Place<'_>) -> Checked {
        match filter {
            Some(filter) => self
                .boolean("WHERE", filter, place.as_condition())
                .map(|_| ()),
            None => Ok(()),
        }
    }

    /// A list that is walked item by item.
    fn walked(&self, list: &Expr, place: Place<'_>) -> Checked<Type> {
        let known = self.expr(list, place)?;
        if known.excludes(Types::LIST) {
            return Err(Diagnostic::error(
                &Code::INVALID_ARGUMENT_TYPE,
                format!("`IN` walks a list and not a value of type {}", known.of),
            )
            .at(list.span));
        }
        Ok(known)
    }

    fn parameter(&self, name: &str, span: Span) -> Checked<Type> {
        let Some(given) = self.context.parameters else {
            return Ok(Type::ANY);
        };
        if given.contains_key(name) {
            return Ok(Type::ANY);
        }
        let near = nearest(name, given.keys().map(AsRef::as_ref));
        Err(Diagnostic::error(
            &Code::MISSING_PARAMETER,
            format!("the parameter `${name}` was not given"),
        )
        .at(span)
        .nearest(near))
    }

    /// `subject.key`.
    fn property(&self, subject: &Expr, key: &Name, place: Place<'_>) -> Checked<Type> {
        const HOLDERS: Types = Types::NODE
            .or(Types::RELATIONSHIP)
            .or(Types::MAP)
            .or(Types::INSTANT)
            .or(Types::DURATION);
        let known = self.expr(subject, place)?;
        if !known.excludes(HOLDERS) {
            return Ok(Type::ANY);
        }
        let code = if known.excludes(Types::PATH) {
            &Code::COMPILE_TYPE_INVALID_ARGUMENT_TYPE
        } else {
            &Code::INVALID_ARGUMENT_TYPE
        };
        let message = format!(
            "a value of type {} has no property `{}`",
            known.of, key.text
        );
        Err(Diagnostic::error(code, message)
            .at(subject.span)
            .expected("a node, a relationship, a map or a temporal value before `.`"))
    }

    fn has_labels(&self, subject: &Expr, place: Place<'_>) -> Checked<Type> {
        let known = self.expr(subject, place)?;
        if known.excludes(Types::NODE.or(Types::RELATIONSHIP)) {
            return Err(Diagnostic::error(
                &Code::INVALID_ARGUMENT_TYPE,
                format!("a value of type {} has no labels", known.of),
            )
            .at(subject.span)
            .expected("a node or a relationship before `:`"));
        }
        Ok(Type::BOOLEAN)
    }

    fn map_projection(&self, subject: &Expr, items: &[MapItem], place: Place<'_>) -> Checked<Type> {
        self.expr(subject, place)?;
        for item in items {
            match item {
                MapItem::Entry(_, value) => {
                    self.expr(value, place)?;
                }
                MapItem::Variable(name) => {
                    place.scope.find(&name.text, name.span)?;
                }
                MapItem::Property(_) | MapItem::All => {}
            }
        }
        Ok(Type::of(Types::MAP))
    }

    fn case(
        &self,
        subject: Option<&Expr>,
        branches: &[(Expr, Expr)],
        otherwise: Option<&Expr>,
        place: Place<'_>,
    ) -> Checked<Type> {
        let value = place.as_value();
        let condition = if subject.is_some() {
            value
        } else {
            place.as_condition()
        };
        if let Some(subject) = subject {
            self.expr(subject, value)?;
        }
        let mut known = Types::NULL;
        for (when, then) in branches {
            self.expr(when, condition)?;
            known = known.or(self.expr(then, value)?.of);
        }
        if let Some(otherwise) = otherwise {
            known = known.or(self.expr(otherwise, value)?.of);
        }
        Ok(Type::of(known))
    }

    fn pattern_value(&self, pattern: &Pattern, span: Span, place: Place<'_>) -> Checked<Type> {
        let known = match pattern.selector {
            Selector::AnyShortest => Type::PATH,
            Selector::AllShortest => Type::list(Types::PATH),
            _ => {
                place.pattern(span)?;
                Type::BOOLEAN
            }
        };
        if known == Type::BOOLEAN {
            self.condition_pattern(pattern, place.scope)?;
        } else {
            self.own_pattern(pattern, place.scope)?;
        }
        // As a condition a path counts as "there is one".
        Ok(if known == Type::PATH {
            Type::ANY
        } else {
            known
        })
    }

    /// A query inside: sees everything around it.
    fn query(
        &self,
        body: &Statement,
        purpose: Purpose,
        known: Type,
        place: Place<'_>,
    ) -> Checked<Type> {
        self.statement(body, place.scope, purpose)?;
        Ok(known)
    }
}

fn literal_type(literal: &Literal) -> Type {
    Type::of(match literal {
        Literal::Null => Types::NULL,
        Literal::Bool(_) => Types::BOOLEAN,
        Literal::Int(_) => Types::INTEGER,
        Literal::Float(_) | Literal::Quantity { .. } => Types::FLOAT,
        Literal::Text(_) => Types::STRING,
    })
}
