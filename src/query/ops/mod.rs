//! What operators do with values: logic with three values, equality, order, arithmetic, access.
//!
//! Takes values and gives values, as openCypher 9 defines them; errors carry a code and words but
//! no place, which the caller knows. Knows neither the tree nor the plan, and looks at the graph
//! only for the properties of a node or a relationship.
//!
//! Three relations that are easily confused:
//!
//! | relation | answers | used by |
//! |---|---|---|
//! | [`equal`], [`compare`] | yes, no or unknown (null) | `=`, `<>`, `<`, `IN` |
//! | [`same`], [`HashKey`] | yes or no; null is the same as null, NaN as NaN | DISTINCT, grouping, joins |
//! | [`order`] | a total order over all values | ORDER BY, `min`, `max` |

mod access;
mod arithmetic;
mod bound;
mod compare;
mod equal;
mod key;
mod number;
mod order;
mod regex;
mod temporal;
mod text;
mod truth;
mod zone;

pub use access::{contains, index, property, slice};
pub use arithmetic::{add, divide, modulo, multiply, negate, power, subtract};
pub use bound::{DEEPEST_VALUE, LONGEST_LIST, LONGEST_TEXT, depth_fits};
pub use compare::{Comparison, compare, comparison};
pub use equal::equal;
pub use key::{HashKey, RowKey, hash, same};
pub use order::order;
pub use temporal::component;
pub use text::{ends_with, matches, starts_with, text_contains};
pub use truth::{and, not, or, xor};

pub(crate) use access::alive;
pub(crate) use access::edge_alive;
pub(crate) use bound::list_fits;
pub(crate) use bound::text_fits;
pub(crate) use temporal::out_of_range;
pub(crate) use text::float_text;
pub(crate) use text::plain;
pub(crate) use zone::Zone;
pub(crate) use zone::parse_offset;

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ast::BinaryOp;
use crate::query::ast::UnaryOp;

/// Applies an operator with two sides.
pub fn binary(op: BinaryOp, left: &Value, right: &Value) -> Result<Value, Diagnostic> {
    match op {
        BinaryOp::Or => or(left, right),
        BinaryOp::Xor => xor(left, right),
        BinaryOp::And => and(left, right),
        BinaryOp::Equal => Ok(truth(equal(left, right))),
        BinaryOp::NotEqual => Ok(truth(equal(left, right).map(|same| !same))),
        BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => {
            Ok(truth(comparison(op, left, right)))
        }
        BinaryOp::StartsWith => Ok(starts_with(left, right)),
        BinaryOp::EndsWith => Ok(ends_with(left, right)),
        BinaryOp::Contains => Ok(text_contains(left, right)),
        BinaryOp::Matches => matches(left, right),
        BinaryOp::In => contains(right, left),
        BinaryOp::Add => add(left, right),
        BinaryOp::Subtract => subtract(left, right),
        BinaryOp::Multiply => multiply(left, right),
        BinaryOp::Divide => divide(left, right),
        BinaryOp::Modulo => modulo(left, right),
        BinaryOp::Power => power(left, right),
    }
}

/// Applies an operator with one side.
pub fn unary(op: UnaryOp, value: &Value) -> Result<Value, Diagnostic> {
    match op {
        UnaryOp::Not => not(value),
        UnaryOp::Minus => negate(value),
        UnaryOp::Plus => arithmetic::positive(value),
    }
}

/// Makes a value of a truth; unknown becomes null.
#[must_use]
pub fn truth(known: Option<bool>) -> Value {
    known.map_or(Value::Null, Value::Bool)
}

/// The error for an operator between types it is not made for.
pub(crate) fn mismatch(symbol: &str, left: &Value, right: &Value) -> Diagnostic {
    let message = format!(
        "`{symbol}` does not work between {} and {}",
        left.type_name(),
        right.type_name()
    );
    Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, message)
}

/// The error for a value of a type that does not fit where it stands.
pub(crate) fn unfit(place: &str, expected: &str, found: &Value) -> Diagnostic {
    let message = format!("{place} must be {expected}, not {}", found.type_name());
    Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, message).expected(expected)
}
