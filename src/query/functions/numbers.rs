//! Functions on numbers.

use super::Context;
use super::Function;
use super::Parameter;
use super::Types;
use super::error::bad_value;
use super::error::float;
use super::error::int;
use super::function::p;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Value;
use std::hash::BuildHasher;
use std::hash::RandomState;
use std::sync::LazyLock;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

type Outcome = Result<Value, Diagnostic>;

const NUMBER: Types = Types::NUMBER;
const FLOAT: Types = Types::FLOAT;

/// The parameter of most functions here.
const ONE: &[Parameter] = &[p("number", NUMBER)];

/// Makes the entry of a function from float to float.
const fn curve(name: &'static str, code: fn(&Context<'_>, &[Value]) -> Outcome) -> Function {
    Function::scalar(name, ONE, FLOAT, code)
}

/// The functions of this family.
pub(super) const NUMBERS: &[Function] = &[
    Function::scalar("abs", ONE, NUMBER, abs)
        .help("gives the number without its sign")
        .example("abs(-3)", "3"),
    curve("ceil", |_, a| of(a, f64::ceil))
        .help("gives the next whole number above")
        .example("ceil(0.1)", "1.0"),
    curve("ceiling", |_, a| of(a, f64::ceil))
        .help("gives the next whole number above")
        .example("ceiling(0.1)", "1.0"),
    curve("floor", |_, a| of(a, f64::floor))
        .help("gives the next whole number below")
        .example("floor(0.9)", "0.0"),
    Function::scalar(
        "round",
        &[p("number", NUMBER), p("precision", Types::INTEGER), p("mode", Types::STRING)],
        FLOAT,
        round,
    )
    .optional(2)
    .help("rounds to a number of decimals (0); mode: HALF_UP, HALF_EVEN, HALF_DOWN, UP, DOWN, CEILING, FLOOR")
    .example("round(3.14159, 2)", "3.14"),
    Function::scalar("sign", ONE, Types::INTEGER, sign)
        .help("gives -1, 0 or 1")
        .example("sign(-2.5)", "-1"),
    curve("sqrt", |_, a| of(a, f64::sqrt))
        .help("gives the square root")
        .example("sqrt(12.96)", "3.6"),
    curve("exp", |_, a| of(a, f64::exp))
        .help("gives e to the power of the number")
        .example("exp(0)", "1.0"),
    curve("log", |_, a| of(a, f64::ln))
        .help("gives the natural logarithm")
        .example("log(1)", "0.0"),
    curve("log10", |_, a| of(a, f64::log10))
        .help("gives the logarithm to base 10")
        .example("log10(1000)", "3.0"),
    Function::scalar("e", &[], FLOAT, |_, _| Ok(Value::Float(std::f64::consts::E)))
        .help("gives Euler's number")
        .example("e()", "2.718281828459045"),
    Function::scalar("pi", &[], FLOAT, |_, _| Ok(Value::Float(std::f64::consts::PI)))
        .help("gives the circle's number")
        .example("pi()", "3.141592653589793"),
    curve("sin", |_, a| of(a, f64::sin)).help("gives the sine").example("sin(0)", "0.0"),
    curve("cos", |_, a| of(a, f64::cos)).help("gives the cosine").example("cos(0)", "1.0"),
    curve("tan", |_, a| of(a, f64::tan)).help("gives the tangent").example("tan(0)", "0.0"),
    curve("cot", |_, a| of(a, |x| 1.0 / x.tan()))
        .help("gives the cotangent")
        .example("cot(0)", "1 / 0.0"),
    curve("asin", |_, a| of(a, f64::asin)).help("gives the arc sine").example("asin(0)", "0.0"),
    curve("acos", |_, a| of(a, f64::acos)).help("gives the arc cosine").example("acos(1)", "0.0"),
    curve("atan", |_, a| of(a, f64::atan)).help("gives the arc tangent").example("atan(0)", "0.0"),
    Function::scalar("atan2", &[p("y", NUMBER), p("x", NUMBER)], FLOAT, atan2)
        .help("gives the angle of a point")
        .example("atan2(0, 1)", "0.0"),
    curve("sinh", |_, a| of(a, f64::sinh)).help("gives the hyperbolic sine").example("sinh(0)", "0.0"),
    curve("cosh", |_, a| of(a, f64::cosh)).help("gives the hyperbolic cosine").example("cosh(0)", "1.0"),
    curve("tanh", |_, a| of(a, f64::tanh)).help("gives the hyperbolic tangent").example("tanh(0)", "0.0"),
    curve("haversin", |_, a| of(a, |x| (1.0 - x.cos()) / 2.0))
        .help("gives half the versine")
        .example("haversin(0)", "0.0"),
    curve("degrees", |_, a| of(a, f64::to_degrees))
        .help("turns radians into degrees")
        .example("degrees(pi())", "180.0"),
    curve("radians", |_, a| of(a, f64::to_radians))
        .help("turns degrees into radians")
        .example("radians(180)", "3.141592653589793"),
    Function::scalar("rand", &[], FLOAT, |_, _| Ok(Value::Float(random_float())))
        .help("gives a random number from 0 up to but not including 1")
        .example("0 <= rand() < 1", "true"),
    Function::scalar("randomUUID", &[], Types::STRING, |_, _| Ok(random_uuid().into()))
        .help("gives a random UUID")
        .example("size(randomUUID())", "36"),
];

fn of(arguments: &[Value], apply: fn(f64) -> f64) -> Outcome {
    Ok(Value::Float(apply(float(arguments, 0))))
}

fn abs(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    match arguments[0] {
        Value::Int(int) => int.checked_abs().map(Value::Int).ok_or_else(|| {
            let message = format!("`abs({int})` does not fit a 64-bit integer");
            Diagnostic::error(&Code::ARITHMETIC_INTEGER_OVERFLOW, message)
        }),
        _ => of(arguments, f64::abs),
    }
}

fn sign(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let number = float(arguments, 0);
    let sign = i64::from(number > 0.0) - i64::from(number < 0.0);
    Ok(Value::Int(sign))
}

fn atan2(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Float(float(arguments, 0).atan2(float(arguments, 1))))
}

/// Decimals that a double can have at all.
const MOST_DECIMALS: i64 = 308;

fn round(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let number = float(arguments, 0);
    let precision = if arguments.len() > 1 {
        int(arguments, 1)
    } else {
        0
    };
    if precision < 0 {
        return Err(bad_value(format!(
            "the precision of `round()` is negative: `{precision}`"
        )));
    }
    let mode = arguments.get(2).and_then(Value::as_str);
    let factor = 10_f64.powi(precision.min(MOST_DECIMALS) as i32);
    let scaled = number * factor;
    if !scaled.is_finite() || scaled.abs() >= 9.0e15 {
        return Ok(Value::Float(number));
    }
    let scaled = if precision > 0 { tidy(scaled) } else { scaled };
    let whole = match (mode.unwrap_or("HALF_UP"), precision, mode) {
        // Without decimals and mode a half goes up, also below zero.
        ("HALF_UP", 0, None) => half_goes_up(scaled),
        (mode, ..) => round_by(scaled, mode)?,
    };
    Ok(Value::Float(whole / factor))
}

/// Rounds to the nearest whole number, a half upwards. Adding a half and cutting off would be wrong for
/// the number just below a half, since that sum is rounded, too.
fn half_goes_up(number: f64) -> f64 {
    let below = number.floor();
    if number - below >= 0.5 {
        below + 1.0
    } else {
        below
    }
}

/// Takes away the last digits, in which the multiplication has left its error.
fn tidy(scaled: f64) -> f64 {
    let near = (scaled * 2.0).round() / 2.0;
    if (scaled - near).abs() <= scaled.abs() * 4.0 * f64::EPSILON {
        near
    } else {
        scaled
    }
}

fn round_by(number: f64, mode: &str) -> Result<f64, Diagnostic> {
    Ok(match mode.to_uppercase().as_str() {
        "HALF_UP" => number.round(),
        "HALF_EVEN" => number.round_ties_even(),
        "HALF_DOWN" => (number.abs() - 0.5).ceil().copysign(number),
        "UP" => number.abs().ceil().copysign(number),
        "DOWN" => number.trunc(),
        "CEILING" => number.ceil(),
        "FLOOR" => number.floor(),
        _ => {
            let message = format!("`{mode}` is no way to round");
            return Err(bad_value(message)
                .expected("HALF_UP, HALF_EVEN, HALF_DOWN, UP, DOWN, CEILING or FLOOR"));
        }
    })
}

static STATE: LazyLock<AtomicU64> = LazyLock::new(|| {
    // The seed of the standard library's hash maps is random in every process.
    AtomicU64::new(RandomState::new().hash_one(0))
});

/// Gives 64 random bits (splitmix64). Not for secrets.
fn random_bits() -> u64 {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut z = STATE.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn random_float() -> f64 {
    (random_bits() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Gives a UUID of version 4.
fn random_uuid() -> String {
    let (high, low) = (random_bits(), random_bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xFFFF,
        high & 0xFFF,
        0x8000 | (low >> 48) & 0x3FFF,
        low & 0xFFFF_FFFF_FFFF,
    )
}
