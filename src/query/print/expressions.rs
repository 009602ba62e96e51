//! Expressions, with parentheses where an operator inside binds more loosely than the one outside.

use super::names::{Dotted, Word, quoted, variable};
use super::{joined, part};
use crate::query::ast::{
    BinaryOp, Expr, ExprKind, LabelExpr, Literal, MapItem, Name, Quantifier, UnaryOp,
};
use crate::query::syntax::LEANING;
use std::fmt::{Display, Formatter, Result, Write};

/// How strongly something binds; what binds more loosely than its place allows is put in
/// parentheses.
type Level = u8;

const NOT: Level = 3;
const COMPARISON: Level = 4;
const PREDICATE: Level = 5;
const SUM: Level = 6;
const SIGN: Level = 9;
const POSTFIX: Level = 10;
const ATOM: Level = 11;

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.kind)
    }
}

impl Display for ExprKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Literal(literal) => write!(f, "{literal}"),
            Self::Variable(name) => variable(f, name),
            Self::Parameter(name) => write!(f, "${}", Parameter(name)),
            Self::Unary(op, inner) => unary(f, *op, inner),
            Self::Binary(op, left, right) => binary(f, *op, left, right),
            Self::Chain(first, rest) => chain(f, first, rest),
            Self::Property(..)
            | Self::Index(..)
            | Self::Slice(..)
            | Self::HasLabels(..)
            | Self::IsNull(..) => self.postfix(f),
            Self::Call { .. } | Self::CountStar | Self::Quantified { .. } | Self::Reduce { .. } => {
                self.call(f)
            }
            Self::Pattern(pattern) => pattern.as_value(f),
            Self::Exists(body) => write!(f, "EXISTS {{ {body} }}"),
            Self::Count(body) => write!(f, "COUNT {{ {body} }}"),
            Self::Collect(body) => write!(f, "COLLECT {{ {body} }}"),
            _ => self.bracketed(f),
        }
    }
}

/// The name of a parameter may be a number.
struct Parameter<'a>(&'a str);

impl Display for Parameter<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if !self.0.is_empty() && self.0.chars().all(|c| c.is_ascii_digit()) {
            return f.write_str(self.0);
        }
        write!(f, "{}", Word(self.0))
    }
}

/// An expression at a place that wants a level.
struct At<'a>(&'a Expr, Level);

impl Display for At<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if level(&self.0.kind) < self.1 {
            write!(f, "({})", self.0)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

impl Expr {
    /// As the subject of `.key`.
    pub(super) fn as_subject(&self) -> impl Display {
        At(self, POSTFIX)
    }
}

fn level(kind: &ExprKind) -> Level {
    match kind {
        ExprKind::Unary(UnaryOp::Not, _) => NOT,
        ExprKind::Unary(..) => SIGN,
        ExprKind::Literal(Literal::Int(int)) if *int < 0 => SIGN,
        ExprKind::Literal(Literal::Float(float)) if float.is_sign_negative() => SIGN,
        ExprKind::Binary(op, ..) => operator(*op).1,
        ExprKind::Chain(..) => COMPARISON,
        ExprKind::IsNull(..) => PREDICATE,
        ExprKind::Property(..) | ExprKind::Index(..) | ExprKind::Slice(..) => POSTFIX,
        // `|` would end an item of a list.
        ExprKind::HasLabels(_, labels) if has_or(labels) => 0,
        ExprKind::HasLabels(..) => POSTFIX,
        _ => ATOM,
    }
}

/// The level of what stands before labels: labels behind labels would be read as more of them.
fn before_labels(subject: &Expr) -> Level {
    match subject.kind {
        ExprKind::HasLabels(..) => POSTFIX + 1,
        _ => POSTFIX,
    }
}

fn has_or(labels: &LabelExpr) -> bool {
    match labels {
        LabelExpr::Or(..) => true,
        LabelExpr::And(left, right) => has_or(left) || has_or(right),
        LabelExpr::Not(inner) => has_or(inner),
        LabelExpr::Name(_) | LabelExpr::Any => false,
    }
}

fn operator(op: BinaryOp) -> (&'static str, Level) {
    match op {
        BinaryOp::Or => ("OR", 0),
        BinaryOp::Xor => ("XOR", 1),
        BinaryOp::And => ("AND", 2),
        BinaryOp::Equal => ("=", COMPARISON),
        BinaryOp::NotEqual => ("<>", COMPARISON),
        BinaryOp::Less => ("<", COMPARISON),
        BinaryOp::LessEqual => ("<=", COMPARISON),
        BinaryOp::Greater => (">", COMPARISON),
        BinaryOp::GreaterEqual => (">=", COMPARISON),
        BinaryOp::StartsWith => ("STARTS WITH", PREDICATE),
        BinaryOp::EndsWith => ("ENDS WITH", PREDICATE),
        BinaryOp::Contains => ("CONTAINS", PREDICATE),
        BinaryOp::Matches => ("=~", PREDICATE),
        BinaryOp::In => ("IN", PREDICATE),
        BinaryOp::Add => ("+", SUM),
        BinaryOp::Subtract => ("-", SUM),
        BinaryOp::Multiply => ("*", 7),
        BinaryOp::Divide => ("/", 7),
        BinaryOp::Modulo => ("%", 7),
        BinaryOp::Power => ("^", 8),
    }
}

fn unary(f: &mut Formatter<'_>, op: UnaryOp, inner: &Expr) -> Result {
    match op {
        UnaryOp::Not => write!(f, "NOT {}", At(inner, NOT)),
        // Signs in a row stand apart; with parentheses they would be nested twice as deep.
        _ if level(&inner.kind) == SIGN => write!(f, "{op} {inner}"),
        UnaryOp::Plus => write!(f, "+{}", At(inner, POSTFIX)),
        // A minus before a bare number would belong to the number.
        UnaryOp::Minus if matches!(inner.kind, ExprKind::Literal(_)) => write!(f, "-({inner})"),
        UnaryOp::Minus => write!(f, "-{}", At(inner, POSTFIX)),
    }
}

/// Operators lean to the left; comparisons in a row would be a chain, and a row that is too long
/// would be balanced.
fn binary(f: &mut Formatter<'_>, op: BinaryOp, left: &Expr, right: &Expr) -> Result {
    let (sign, level) = operator(op);
    let full = is_row(op) && row(left, op) >= LEANING;
    let least = if level == COMPARISON || full {
        level + 1
    } else {
        level
    };
    // `(a:A) - [1]` begins like a pattern.
    let like_pattern = op == BinaryOp::Subtract && matches!(right.kind, ExprKind::List(_));
    let right = At(right, if like_pattern { ATOM + 1 } else { level + 1 });
    write!(f, "{} {sign} {right}", At(left, least))
}

fn is_row(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Or | BinaryOp::Xor | BinaryOp::And)
}

/// How many operands of an operator an expression is printed as, without parentheses.
fn row(expr: &Expr, op: BinaryOp) -> usize {
    match &expr.kind {
        ExprKind::Binary(same, left, _) if *same == op => match row(left, op) {
            full if full >= LEANING => 2,
            operands => operands + 1,
        },
        _ => 1,
    }
}

fn chain(f: &mut Formatter<'_>, first: &Expr, rest: &[(BinaryOp, Expr)]) -> Result {
    write!(f, "{}", At(first, COMPARISON + 1))?;
    rest.iter()
        .try_for_each(|(op, other)| write!(f, " {} {}", operator(*op).0, At(other, COMPARISON + 1)))
}

impl ExprKind {
    fn postfix(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Property(subject, key) => {
                write!(f, "{}.{}", At(subject, POSTFIX), Word(&key.text))
            }
            Self::Index(list, index) => write!(f, "{}[{index}]", At(list, POSTFIX)),
            Self::Slice(list, from, to) => {
                write!(f, "{}[", At(list, POSTFIX))?;
                part(f, "", from.as_ref())?;
                f.write_str("..")?;
                part(f, "", to.as_ref())?;
                f.write_str("]")
            }
            Self::HasLabels(subject, labels) if has_or(labels) => {
                write!(f, "({}:{labels})", At(subject, before_labels(subject)))
            }
            Self::HasLabels(subject, labels) => {
                write!(f, "{}:{labels}", At(subject, before_labels(subject)))
            }
            Self::IsNull(subject, is_null) => {
                let test = if *is_null { "IS NULL" } else { "IS NOT NULL" };
                write!(f, "{} {test}", At(subject, PREDICATE))
            }
            _ => Ok(()),
        }
    }

    fn call(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::CountStar => f.write_str("count(*)"),
            Self::Call {
                name,
                distinct,
                arguments,
            } => {
                let distinct = if *distinct { "DISTINCT " } else { "" };
                write!(f, "{}({distinct}", Dotted(&name.text))?;
                joined(f, arguments, ", ")?;
                f.write_str(")")
            }
            Self::Quantified {
                quantifier,
                name,
                list,
                filter,
            } => {
                write!(f, "{quantifier}({name} IN {list}")?;
                part(f, " WHERE ", filter.as_ref())?;
                f.write_str(")")
            }
            Self::Reduce {
                total,
                start,
                name,
                list,
                step,
            } => write!(f, "reduce({total} = {start}, {name} IN {list} | {step})"),
            _ => Ok(()),
        }
    }

    fn bracketed(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::List(items) => list(f, items),
            Self::Map(entries) => {
                f.write_str("{")?;
                for (count, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if count > 0 { ", " } else { "" })?;
                    entry(f, key, value)?;
                }
                f.write_str("}")
            }
            Self::Projection(subject, items) => projection(f, subject, items),
            Self::Comprehension {
                name,
                list,
                filter,
                value,
            } => {
                write!(f, "[{name} IN {list}")?;
                part(f, " WHERE ", filter.as_ref())?;
                part(f, " | ", value.as_ref())?;
                f.write_str("]")
            }
            Self::PatternComprehension {
                pattern,
                filter,
                value,
            } => {
                write!(f, "[{pattern}")?;
                part(f, " WHERE ", filter.as_ref())?;
                write!(f, " | {value}]")
            }
            Self::Case {
                subject,
                branches,
                otherwise,
            } => case(f, subject.as_deref(), branches, otherwise.as_deref()),
            _ => Ok(()),
        }
    }
}

/// `[x IN xs]` alone would be a list made from a list.
fn list(f: &mut Formatter<'_>, items: &[Expr]) -> Result {
    f.write_str("[")?;
    match items {
        [only] if matches!(leftmost(only), Some((BinaryOp::In, _))) => write!(f, "({only})")?,
        _ => joined(f, items, ", ")?,
    }
    f.write_str("]")
}

/// The operator that stands directly behind the first variable of an expression.
fn leftmost(expr: &Expr) -> Option<(BinaryOp, &Expr)> {
    match &expr.kind {
        ExprKind::Binary(op, left, right) => match left.kind {
            ExprKind::Variable(_) => Some((*op, right)),
            _ => leftmost(left),
        },
        ExprKind::IsNull(inner, _) => leftmost(inner),
        ExprKind::Chain(first, _) => leftmost(first),
        _ => None,
    }
}

fn entry(f: &mut Formatter<'_>, key: &Name, value: &Expr) -> Result {
    write!(f, "{}: {value}", Word(&key.text))
}

fn projection(f: &mut Formatter<'_>, subject: &Expr, items: &[MapItem]) -> Result {
    match &subject.kind {
        // `count {` would begin a subquery.
        ExprKind::Variable(name) => quoted_word(f, name)?,
        _ => write!(f, "{}", At(subject, ATOM))?,
    }
    f.write_str(" {")?;
    joined(f, items, ", ")?;
    f.write_str("}")
}

fn quoted_word(f: &mut Formatter<'_>, name: &str) -> Result {
    let subqueries = ["exists", "count", "collect"];
    let is_subquery = |word: &&str| word.eq_ignore_ascii_case(name);
    if subqueries.iter().any(is_subquery) {
        return quoted(f, name);
    }
    variable(f, name)
}

impl Display for MapItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Property(key) => write!(f, ".{}", Word(&key.text)),
            Self::All => f.write_str(".*"),
            Self::Entry(key, value) => entry(f, key, value),
            Self::Variable(name) => write!(f, "{name}"),
        }
    }
}

fn case(
    f: &mut Formatter<'_>,
    subject: Option<&Expr>,
    branches: &[(Expr, Expr)],
    otherwise: Option<&Expr>,
) -> Result {
    f.write_str("CASE")?;
    part(f, " ", subject)?;
    for (when, then) in branches {
        write!(f, " WHEN {when} THEN {then}")?;
    }
    part(f, " ELSE ", otherwise)?;
    f.write_str(" END")
}

impl Display for Quantifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::All => "all",
            Self::Any => "any",
            Self::None => "none",
            Self::Single => "single",
        })
    }
}

impl Display for BinaryOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(operator(*self).0)
    }
}

impl Display for UnaryOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Not => "NOT",
            Self::Minus => "-",
            Self::Plus => "+",
        })
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(yes) => write!(f, "{yes}"),
            Self::Int(int) => write!(f, "{int}"),
            Self::Float(float) => write!(f, "{float:?}"),
            Self::Text(text) => text_literal(f, text),
            Self::Quantity { text, .. } => f.write_str(text),
        }
    }
}

fn text_literal(f: &mut Formatter<'_>, text: &str) -> Result {
    f.write_char('\'')?;
    for c in text.chars() {
        match c {
            '\'' => f.write_str("\\'")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c.is_control() => write!(f, "\\u{:04X}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('\'')
}
