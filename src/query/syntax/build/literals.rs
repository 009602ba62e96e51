//! Numbers, quantities and texts as they are written.
//!
//! A grammar sees their shape; whether a number fits and an escape means something is seen here.

use super::{Builder, Built, at};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use crate::query::ast::{Expr, ExprKind, Literal};
use crate::query::syntax::rules::Rule;
use crate::query::syntax::tree::Part;
use crate::query::syntax::units::{UNITS, unit};
use std::iter::Peekable;
use std::str::Chars;
use std::sync::Arc;

/// A number without its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// May be one more than the largest integer, for a minus may stand before it.
    Int(u64),
    /// Finite.
    Float(f64),
}

/// What the most negative integer is without its sign.
const LARGEST: u64 = 1 << 63;

impl Number {
    pub(super) fn positive(self, span: Span) -> Built<Expr> {
        let literal = match self {
            Number::Float(float) => Literal::Float(float),
            Number::Int(int) => Literal::Int(i64::try_from(int).map_err(|_| overflow(span))?),
        };
        Ok(at(ExprKind::Literal(literal), span))
    }

    pub(super) fn negative(self, span: Span) -> Built<Expr> {
        let literal = match self {
            Number::Float(float) => Literal::Float(-float),
            Number::Int(LARGEST) => Literal::Int(i64::MIN),
            Number::Int(int) => Literal::Int(-i64::try_from(int).map_err(|_| overflow(span))?),
        };
        Ok(at(ExprKind::Literal(literal), span))
    }

    fn as_float(self) -> f64 {
        match self {
            Number::Float(float) => float,
            // Sizes beyond 2^53 are rounded, as every float is.
            Number::Int(int) => int as f64,
        }
    }
}

impl Builder<'_> {
    /// The number of a quantity, with or without unit.
    pub(super) fn number(&self, pair: &Part<'_>) -> Built<Number> {
        let token = self.part(pair, Rule::number)?;
        number(token.as_str(), self.span(&token))
    }
}

/// A whole number in a pattern.
pub(super) fn whole_number(text: &str, span: Span) -> Built<u64> {
    text.trim().parse().map_err(|_| overflow(span))
}

fn number(text: &str, span: Span) -> Built<Number> {
    let text = text.replace('_', "");
    let prefix = text.get(..2).map(str::to_ascii_lowercase);
    match prefix.as_deref() {
        Some("0x") => based(&text, 16, "hexadecimal digits", span),
        Some("0o") => based(&text, 8, "digits from 0 to 7", span),
        _ if text.contains(['.', 'e', 'E']) => float(&text, span),
        _ => match text.parse() {
            Ok(int) if int <= LARGEST => Ok(Number::Int(int)),
            _ => Err(overflow(span)),
        },
    }
}

fn based(text: &str, base: u32, expected: &str, span: Span) -> Built<Number> {
    let digits = text.get(2..).unwrap_or("");
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(base)) {
        return Err(
            not_a_number(text, span).expected(format!("{expected} behind `{}`", &text[..2]))
        );
    }
    match u64::from_str_radix(digits, base) {
        Ok(int) if int <= LARGEST => Ok(Number::Int(int)),
        _ => Err(overflow(span)),
    }
}

fn float(text: &str, span: Span) -> Built<Number> {
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Ok(Number::Float(float)),
        Ok(_) => Err(Diagnostic::error(
            &Code::FLOATING_POINT_OVERFLOW,
            format!("`{text}` is larger than any float"),
        )
        .at(span)
        .expected(format!("at most {:e}", f64::MAX))),
        Err(_) => Err(not_a_number(text, span)),
    }
}

fn not_a_number(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        &Code::INVALID_NUMBER_LITERAL,
        format!("`{text}` is not a number"),
    )
    .at(span)
}

fn overflow(span: Span) -> Diagnostic {
    Diagnostic::error(
        &Code::INTEGER_OVERFLOW,
        "the integer needs more than 64 bits",
    )
    .at(span)
    .expected(format!("between {} and {}", i64::MIN, i64::MAX))
}

/// A number in its base unit.
pub(super) fn quantity(number: &Number, word: &str, attached: bool, span: Span) -> Built<f64> {
    if let Some(unit) = unit(word) {
        return Ok(number.as_float() * unit.factor);
    }
    let units = UNITS.iter().map(|unit| unit.word);
    let near = nearest(word, units);
    if attached && near.is_none() {
        return Err(Diagnostic::error(
            &Code::INVALID_NUMBER_LITERAL,
            format!("`{word}` does not belong to a number"),
        )
        .at(span)
        .expected("digits, or a unit such as `MiB` or `days`"));
    }
    let word_span = Span::new(span.end.saturating_sub(word.len()), span.end);
    let code = if attached {
        &Code::INVALID_NUMBER_LITERAL
    } else {
        &Code::UNEXPECTED_SYNTAX
    };
    let keywords = super::super::keywords::KEYWORDS
        .iter()
        .map(|(word, _)| *word);
    Err(Diagnostic::error(code, format!("`{word}` is not a unit"))
        .at(word_span)
        .expected("an operator, a comma, a clause, or a unit such as `MiB` or `days`")
        .nearest(near.or_else(|| nearest(word, keywords).filter(|_| word.len() > 1))))
}

/// A quoted text with its escapes resolved.
pub(super) fn text(quoted: &str, span: Span) -> Built<Arc<str>> {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
    if !inner.contains('\\') {
        return Ok(inner.into());
    }
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(if c == '\\' {
            escape(&mut chars, span)?
        } else {
            c
        });
    }
    Ok(out.into())
}

fn escape(chars: &mut Peekable<Chars<'_>>, span: Span) -> Built<char> {
    Ok(match chars.next() {
        Some(same @ ('\\' | '\'' | '"' | '`' | '/')) => same,
        Some('b' | 'B') => '\u{8}',
        Some('f' | 'F') => '\u{c}',
        Some('n' | 'N') => '\n',
        Some('r' | 'R') => '\r',
        Some('t' | 'T') => '\t',
        Some('u') => code_point(chars, 4, span)?,
        Some('U') => code_point(chars, 8, span)?,
        other => return Err(wrong_escape(other.unwrap_or(' '), span)),
    })
}

fn wrong_escape(c: char, span: Span) -> Diagnostic {
    super::unexpected(format!("`\\{c}` means nothing in a text"))
        .at(span)
        .expected(r#"one of \\ \' \" \b \f \n \r \t \uXXXX \UXXXXXXXX"#)
        .help(format!("for a backslash itself write `\\\\{c}`"))
}

/// A code point; two halves of a surrogate pair make one.
fn code_point(chars: &mut Peekable<Chars<'_>>, digits: usize, span: Span) -> Built<char> {
    let wrong = || wrong_code_point(digits, span);
    let first = hex(chars, digits).ok_or_else(wrong)?;
    if !(0xD800..0xDC00).contains(&first) {
        return char::from_u32(first).ok_or_else(wrong);
    }
    let behind = (chars.next(), chars.next());
    if behind != (Some('\\'), Some('u')) {
        return Err(wrong());
    }
    let second = hex(chars, 4).ok_or_else(wrong)?;
    let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400);
    let low = low.ok_or_else(wrong)?;
    char::from_u32(0x10000 + ((first - 0xD800) << 10) + low).ok_or_else(wrong)
}

fn hex(chars: &mut Peekable<Chars<'_>>, digits: usize) -> Option<u32> {
    (0..digits).try_fold(0u32, |number, _| {
        let digit = chars.next_if(char::is_ascii_hexdigit)?.to_digit(16)?;
        number.checked_mul(16)?.checked_add(digit)
    })
}

fn wrong_code_point(digits: usize, span: Span) -> Diagnostic {
    let letter = if digits == 4 { 'u' } else { 'U' };
    Diagnostic::error(
        &Code::INVALID_UNICODE_LITERAL,
        format!("`\\{letter}` without a character's number"),
    )
    .at(span)
    .expected(format!("{digits} hexadecimal digits behind `\\{letter}`"))
}
