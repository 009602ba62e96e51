//! Expressions: variables become slots or locals, parameters values, keys symbols.

use super::super::expr::Aggregate;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::super::expr::FunctionRef;
use super::super::expr::Give;
use super::super::expr::Key;
use super::super::expr::LabelTest;
use super::super::expr::MapEntry;
use super::Lower;
use super::Lowered;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::Value;
use crate::query::ast;
use crate::query::ast::BinaryOp;
use crate::query::functions;
use std::sync::Arc;

/// Tells `exists((a)-->(b))`, the older spelling of a pattern as a condition.
fn is_exists_of_pattern(name: &ast::Name, argument: &ast::Expr) -> bool {
    name.text.eq_ignore_ascii_case("exists") && matches!(argument.kind, ast::ExprKind::Pattern(_))
}

impl Lower<'_> {
    /// Lowers an expression.
    pub(super) fn expr(&mut self, expr: &ast::Expr) -> Lowered<Expr> {
        self.deeper(expr.span, |lower| lower.expr_kind(expr))
    }

    fn boxed(&mut self, expr: &ast::Expr) -> Lowered<Box<Expr>> {
        Ok(Box::new(self.expr(expr)?))
    }

    fn optional(&mut self, expr: Option<&ast::Expr>) -> Lowered<Option<Box<Expr>>> {
        expr.map(|expr| self.boxed(expr)).transpose()
    }

    fn all(&mut self, exprs: &[ast::Expr]) -> Lowered<Vec<Expr>> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    fn expr_kind(&mut self, expr: &ast::Expr) -> Lowered<Expr> {
        let span = expr.span;
        let kind = match &expr.kind {
            ast::ExprKind::Literal(literal) => ExprKind::Const(constant(literal)),
            ast::ExprKind::Variable(name) => return self.variable(name, span),
            ast::ExprKind::Parameter(name) => ExprKind::Const(self.parameter(name, span)?),
            ast::ExprKind::Property(subject, key) => {
                let subject = self.boxed(subject)?;
                let thing = subject.as_slot();
                if thing.is_some_and(|slot| self.scope.things.contains(&slot)) {
                    self.look_for_key(key);
                }
                ExprKind::Property(subject, self.key(key))
            }
            ast::ExprKind::Index(list, index) => {
                ExprKind::Index(self.boxed(list)?, self.boxed(index)?)
            }
            ast::ExprKind::Slice(list, from, to) => ExprKind::Slice(
                self.boxed(list)?,
                self.optional(from.as_deref())?,
                self.optional(to.as_deref())?,
            ),
            ast::ExprKind::HasLabels(subject, labels) => {
                ExprKind::HasLabels(self.boxed(subject)?, self.labels(labels, Word::Any))
            }
            ast::ExprKind::Unary(op, a) => ExprKind::Unary(*op, self.boxed(a)?),
            ast::ExprKind::Binary(op, a, b) => binary(*op, self.expr(a)?, self.expr(b)?),
            ast::ExprKind::Chain(first, rest) => return self.chain(first, rest, span),
            ast::ExprKind::IsNull(a, wanted) => ExprKind::IsNull(self.boxed(a)?, *wanted),
            ast::ExprKind::List(items) => ExprKind::List(self.all(items)?),
            ast::ExprKind::Map(entries) => ExprKind::Map(self.map(entries)?),
            ast::ExprKind::Projection(subject, items) => self.map_projection(subject, items)?,
            ast::ExprKind::Case {
                subject,
                branches,
                otherwise,
            } => self.case(subject.as_deref(), branches, otherwise.as_deref())?,
            ast::ExprKind::Call {
                name,
                distinct,
                arguments,
            } => match arguments.as_slice() {
                // A pattern is true or false by itself; as a value it is never null.
                [pattern] if is_exists_of_pattern(name, pattern) => return self.expr(pattern),
                _ => self.call(name, *distinct, arguments, span)?,
            },
            ast::ExprKind::CountStar => ExprKind::Aggregate(Box::new(Aggregate {
                function: None,
                distinct: false,
                arguments: Vec::new(),
                span,
            })),
            _ => return self.scoped(expr),
        };
        Ok(Expr::new(kind, span))
    }

    /// Lowers what brings variables or queries of its own.
    fn scoped(&mut self, expr: &ast::Expr) -> Lowered<Expr> {
        let span = expr.span;
        let kind = match &expr.kind {
            ast::ExprKind::Comprehension {
                name,
                list,
                filter,
                value,
            } => {
                let list = self.boxed(list)?;
                self.with_locals(&[name], |lower| {
                    Ok(ExprKind::Comprehension {
                        list,
                        filter: lower.optional(filter.as_deref())?,
                        value: lower.optional(value.as_deref())?,
                    })
                })?
            }
            ast::ExprKind::Quantified {
                quantifier,
                name,
                list,
                filter,
            } => {
                let list = self.boxed(list)?;
                self.with_locals(&[name], |lower| {
                    Ok(ExprKind::Quantified {
                        quantifier: *quantifier,
                        list,
                        filter: lower.optional(filter.as_deref())?,
                    })
                })?
            }
            ast::ExprKind::Reduce {
                total,
                start,
                name,
                list,
                step,
            } => {
                let (start, list) = (self.boxed(start)?, self.boxed(list)?);
                self.with_locals(&[total, name], |lower| {
                    let step = lower.boxed(step)?;
                    Ok(ExprKind::Reduce { start, list, step })
                })?
            }
            ast::ExprKind::PatternComprehension {
                pattern,
                filter,
                value,
            } => return self.pattern_comprehension(pattern, filter.as_deref(), value, span),
            ast::ExprKind::Pattern(pattern) => return self.pattern_value(pattern, span),
            ast::ExprKind::Exists(body) => return self.nested(body, Give::Exists, span),
            ast::ExprKind::Count(body) => return self.nested(body, Give::Count, span),
            ast::ExprKind::Collect(body) => return self.nested(body, Give::Collect(0), span),
            _ => ExprKind::Const(Value::Null),
        };
        Ok(Expr::new(kind, span))
    }

    fn with_locals<T>(
        &mut self,
        names: &[&ast::Name],
        f: impl FnOnce(&mut Self) -> Lowered<T>,
    ) -> Lowered<T> {
        let before = self.scope.locals.len();
        let texts = names.iter().map(|name| Arc::clone(&name.text));
        self.scope.locals.extend(texts);
        let result = f(self);
        self.scope.locals.truncate(before);
        result
    }

    /// Resolves a variable: comprehension, alias, slot.
    pub(super) fn variable(&self, name: &str, span: Span) -> Lowered<Expr> {
        if let Some(local) = self.scope.local(name) {
            return Ok(Expr::new(ExprKind::Local(local), span));
        }
        let alias = self
            .scope
            .aliases
            .iter()
            .find(|(known, _)| &**known == name);
        if let Some((_, expr)) = alias {
            return Ok(expr.clone());
        }
        match self.scope.slot(name) {
            Some(slot) => Ok(Expr::slot(slot, span)),
            None => Err(Self::undefined(name, span)),
        }
    }

    fn parameter(&self, name: &str, span: Span) -> Lowered<Value> {
        self.setting.parameters.get(name).cloned().ok_or_else(|| {
            let text = format!("no value was given for `${name}`");
            Box::new(Diagnostic::error(&Code::MISSING_PARAMETER, text).at(span))
        })
    }

    fn chain(
        &mut self,
        first: &ast::Expr,
        rest: &[(BinaryOp, ast::Expr)],
        span: Span,
    ) -> Lowered<Expr> {
        let mut left = self.expr(first)?;
        let mut whole: Option<Expr> = None;
        for (op, right) in rest {
            let right = self.expr(right)?;
            let kind = ExprKind::Binary(*op, Box::new(left), Box::new(right.clone()));
            let part = Expr::new(kind, span);
            whole = Some(match whole {
                None => part,
                Some(before) => {
                    let kind = ExprKind::Binary(BinaryOp::And, Box::new(before), Box::new(part));
                    Expr::new(kind, span)
                }
            });
            left = right;
        }
        Ok(whole.unwrap_or(left_alone(span)))
    }

    fn map(&mut self, entries: &[(ast::Name, ast::Expr)]) -> Lowered<Vec<(Arc<str>, Expr)>> {
        entries
            .iter()
            .map(|(key, value)| Ok((Arc::clone(&key.text), self.expr(value)?)))
            .collect()
    }

    fn map_projection(&mut self, subject: &ast::Expr, items: &[ast::MapItem]) -> Lowered<ExprKind> {
        let subject = self.boxed(subject)?;
        let entries = items
            .iter()
            .map(|item| {
                Ok(match item {
                    ast::MapItem::Property(key) => MapEntry::Property(self.key(key)),
                    ast::MapItem::All => MapEntry::All,
                    ast::MapItem::Entry(key, value) => {
                        MapEntry::Value(Arc::clone(&key.text), self.expr(value)?)
                    }
                    ast::MapItem::Variable(name) => {
                        let value = self.variable(&name.text, name.span)?;
                        MapEntry::Value(Arc::clone(&name.text), value)
                    }
                })
            })
            .collect::<Lowered<Vec<MapEntry>>>()?;
        Ok(ExprKind::Projection(subject, entries))
    }

    fn case(
        &mut self,
        subject: Option<&ast::Expr>,
        branches: &[(ast::Expr, ast::Expr)],
        otherwise: Option<&ast::Expr>,
    ) -> Lowered<ExprKind> {
        let subject = self.optional(subject)?;
        let branches = branches
            .iter()
            .map(|(when, then)| Ok((self.expr(when)?, self.expr(then)?)))
            .collect::<Lowered<Vec<(Expr, Expr)>>>()?;
        Ok(ExprKind::Case {
            subject,
            branches,
            otherwise: self.optional(otherwise)?,
        })
    }

    fn call(
        &mut self,
        name: &ast::Name,
        distinct: bool,
        arguments: &[ast::Expr],
        span: Span,
    ) -> Lowered<ExprKind> {
        let Some(function) = functions::find(&name.text) else {
            let text = format!("there is no function `{}`", name.text);
            let error = Diagnostic::error(&Code::UNKNOWN_FUNCTION, text);
            return Err(Box::new(error.at(name.span)));
        };
        let arguments = self.all(arguments)?;
        let function = FunctionRef(function);
        Ok(match function.0.kind {
            functions::Kind::Scalar(_) => ExprKind::Call(function, arguments),
            functions::Kind::Aggregate(_) => ExprKind::Aggregate(Box::new(Aggregate {
                function: Some(function),
                distinct,
                arguments,
                span,
            })),
        })
    }

    /// Resolves a property key.
    pub(super) fn key(&self, name: &ast::Name) -> Key {
        Key {
            symbol: self.known(&name.text),
            name: Arc::clone(&name.text),
        }
    }

    /// Lowers an expression over labels or kinds.
    pub(super) fn labels(&self, labels: &ast::LabelExpr, word: Word) -> LabelTest {
        match labels {
            ast::LabelExpr::Name(name) => {
                LabelTest::Is(self.symbol(name, word), Arc::clone(&name.text))
            }
            ast::LabelExpr::And(a, b) => LabelTest::And(
                Box::new(self.labels(a, word)),
                Box::new(self.labels(b, word)),
            ),
            ast::LabelExpr::Or(a, b) => LabelTest::Or(
                Box::new(self.labels(a, word)),
                Box::new(self.labels(b, word)),
            ),
            ast::LabelExpr::Not(a) => LabelTest::Not(Box::new(self.labels(a, word))),
            ast::LabelExpr::Any => LabelTest::Any,
        }
    }
}

/// What a name in a label expression may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A label of a node.
    Label,
    /// A kind of edge.
    Kind,
    /// Either.
    Any,
}

/// Makes an operation; `n:A OR n:B` becomes one test of labels.
fn binary(op: BinaryOp, a: Expr, b: Expr) -> ExprKind {
    match (op, a.kind, b.kind) {
        (BinaryOp::Or, ExprKind::HasLabels(x, first), ExprKind::HasLabels(y, second)) if x == y => {
            ExprKind::HasLabels(x, LabelTest::Or(Box::new(first), Box::new(second)))
        }
        (op, left, right) => {
            let left = Expr::new(left, a.span);
            let right = Expr::new(right, b.span);
            ExprKind::Binary(op, Box::new(left), Box::new(right))
        }
    }
}

fn left_alone(span: Span) -> Expr {
    Expr::constant(Value::Null, span)
}

fn constant(literal: &ast::Literal) -> Value {
    match literal {
        ast::Literal::Null => Value::Null,
        ast::Literal::Bool(value) => Value::Bool(*value),
        ast::Literal::Int(value) => Value::Int(*value),
        ast::Literal::Float(value) => Value::Float(*value),
        ast::Literal::Text(value) => Value::Text(Arc::clone(value)),
        ast::Literal::Quantity { value, .. } => quantity(*value),
    }
}

/// A quantity is an integer where it is whole, so that it compares and prints as one.
fn quantity(value: f64) -> Value {
    if value == value.trunc() && value.abs() < 9.0e15 {
        Value::Int(value as i64)
    } else {
        Value::Float(value)
    }
}
