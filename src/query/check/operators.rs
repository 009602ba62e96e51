//! Operators: which types they take and give, as far as that is certain before the run.

use super::place::Place;
use super::types::Type;
use super::{Check, Checked};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast::{BinaryOp, Expr, UnaryOp};
use crate::query::functions::Types;

/// What can be added to and subtracted from.
const SUMS: Types = Types::NUMBER.or(Types::INSTANT).or(Types::DURATION);

/// What can be multiplied and divided.
const PRODUCTS: Types = Types::NUMBER.or(Types::DURATION);

impl Check<'_> {
    pub(super) fn unary(&self, op: UnaryOp, inner: &Expr, place: Place<'_>) -> Checked<Type> {
        if op == UnaryOp::Not {
            return self.boolean("NOT", inner, place);
        }
        let known = self.expr(inner, place.as_value())?;
        accepted(&op.to_string(), PRODUCTS, known, inner.span)?;
        Ok(known)
    }

    pub(super) fn binary(
        &self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        place: Place<'_>,
    ) -> Checked<Type> {
        use BinaryOp::{And, In, Or, Xor};
        if matches!(op, And | Or | Xor) {
            let word = op.to_string();
            self.boolean(&word, left, place)?;
            return self.boolean(&word, right, place);
        }
        let one = self.expr(left, place.as_value())?;
        let other = self.expr(right, place.as_value())?;
        if op == In {
            accepted("IN", Types::LIST, other, right.span)?;
            return Ok(Type::BOOLEAN);
        }
        arithmetic(op, (one, left.span), (other, right.span))
    }

    /// An expression that has to be true or false.
    pub(super) fn boolean(&self, word: &str, expr: &Expr, place: Place<'_>) -> Checked<Type> {
        let known = self.expr(expr, place)?;
        accepted(word, Types::BOOLEAN, known, expr.span)?;
        Ok(Type::BOOLEAN)
    }
}

fn arithmetic(op: BinaryOp, left: (Type, Span), right: (Type, Span)) -> Checked<Type> {
    let takes = match op {
        BinaryOp::Add => return Ok(sum(left.0, right.0)),
        BinaryOp::Subtract => SUMS,
        BinaryOp::Multiply | BinaryOp::Divide => PRODUCTS,
        BinaryOp::Modulo | BinaryOp::Power => Types::NUMBER,
        _ => return Ok(Type::BOOLEAN),
    };
    for (known, span) in [left, right] {
        accepted(&op.to_string(), takes, known, span)?;
    }
    Ok(number(op, left.0, right.0))
}

/// `+` joins texts and lists as well, so little is certain.
fn sum(left: Type, right: Type) -> Type {
    if is_certain(left, Types::LIST) || is_certain(right, Types::LIST) {
        return Type::of(Types::LIST);
    }
    if is_certain(left, Types::STRING) && is_certain(right, Types::STRING) {
        return Type::of(Types::STRING);
    }
    number(BinaryOp::Add, left, right)
}

fn number(op: BinaryOp, left: Type, right: Type) -> Type {
    let both = |types: Types| is_certain(left, types) && is_certain(right, types);
    match op {
        BinaryOp::Power if both(Types::NUMBER) => Type::of(Types::FLOAT),
        _ if both(Types::INTEGER) => Type::INTEGER,
        _ if both(Types::NUMBER) => Type::of(Types::NUMBER),
        _ => Type::ANY,
    }
}

/// Certainly of these types, and not only null.
fn is_certain(known: Type, types: Types) -> bool {
    known.of != Types::NULL && known.within(types)
}

fn accepted(sign: &str, takes: Types, known: Type, span: Span) -> Checked {
    if !known.excludes(takes) {
        return Ok(());
    }
    Err(Diagnostic::error(
        &Code::INVALID_ARGUMENT_TYPE,
        format!(
            "`{sign}` takes {takes} and not a value of type {}",
            known.of
        ),
    )
    .at(span))
}
