//! Prints expressions of a plan, near to how they are written.

use super::Printer;
use super::name;
use crate::model::Value;
use crate::query::ast::BinaryOp;
use crate::query::ast::Quantifier;
use crate::query::ast::UnaryOp;
use crate::query::plan::Frame;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::ExprKind;
use crate::query::plan::expr::Give;
use crate::query::plan::expr::LabelTest;
use crate::query::plan::expr::MapEntry;

/// Longest text of a constant that is printed whole, in characters.
const SHOWN: usize = 40;

impl Printer<'_> {
    pub(super) fn expr(&self, expr: &Expr, frame: &Frame) -> String {
        let show = |expr: &Expr| self.expr(expr, frame);
        let list = |exprs: &[Expr]| exprs.iter().map(show).collect::<Vec<_>>().join(", ");
        match &expr.kind {
            ExprKind::Const(value) => constant(value),
            ExprKind::Slot(slot) => name(frame, *slot),
            ExprKind::Local(local) => format!("${local}"),
            ExprKind::Property(subject, key) => format!("{}.{}", show(subject), key.name),
            ExprKind::Index(a, b) => format!("{}[{}]", show(a), show(b)),
            ExprKind::Slice(a, from, to) => {
                let part = |part: &Option<Box<Expr>>| part.as_deref().map(show).unwrap_or_default();
                format!("{}[{}..{}]", show(a), part(from), part(to))
            }
            ExprKind::HasLabels(a, test) => format!("{}:{}", show(a), labels(test)),
            ExprKind::Unary(op, a) => match op {
                UnaryOp::Not => format!("NOT {}", show(a)),
                UnaryOp::Minus => format!("-{}", show(a)),
                UnaryOp::Plus => format!("+{}", show(a)),
            },
            ExprKind::Binary(op, a, b) => {
                let (a, b) = (self.operand(a, frame), self.operand(b, frame));
                format!("{a} {} {b}", sign(*op))
            }
            ExprKind::IsNull(a, true) => format!("{} IS NULL", show(a)),
            ExprKind::IsNull(a, false) => format!("{} IS NOT NULL", show(a)),
            ExprKind::List(items) => format!("[{}]", list(items)),
            ExprKind::Map(entries) => {
                let entries = entries.iter().map(|(key, v)| format!("{key}: {}", show(v)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            ExprKind::Projection(subject, entries) => {
                let entries = entries.iter().map(|entry| match entry {
                    MapEntry::Property(key) => format!(".{}", key.name),
                    MapEntry::All => ".*".to_owned(),
                    MapEntry::Value(key, value) => format!("{key}: {}", show(value)),
                });
                let entries = entries.collect::<Vec<_>>().join(", ");
                format!("{} {{{entries}}}", show(subject))
            }
            ExprKind::Comprehension { list, .. } => format!("[… IN {} …]", show(list)),
            ExprKind::Quantified {
                quantifier, list, ..
            } => format!("{}(… IN {} …)", quantified(*quantifier), show(list)),
            ExprKind::Reduce { list, .. } => format!("reduce(… IN {} …)", show(list)),
            ExprKind::Case { .. } => "CASE … END".to_owned(),
            ExprKind::Call(function, arguments) => {
                format!("{}({})", function.0.name, list(arguments))
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, frame),
            ExprKind::Subquery(subquery) => match subquery.give {
                Give::Exists => "EXISTS {…}".to_owned(),
                Give::Count => "COUNT {…}".to_owned(),
                Give::Collect(_) => "COLLECT {…}".to_owned(),
                Give::First(_) => "first of {…}".to_owned(),
            },
            ExprKind::Path(_) => "path".to_owned(),
            ExprKind::Obeys(_, mode) => format!("path is {mode:?}"),
            ExprKind::Trace(_) => "what was matched".to_owned(),
        }
    }

    fn operand(&self, expr: &Expr, frame: &Frame) -> String {
        match expr.kind {
            ExprKind::Binary(..) | ExprKind::Unary(UnaryOp::Not, _) => {
                format!("({})", self.expr(expr, frame))
            }
            _ => self.expr(expr, frame),
        }
    }
}

fn constant(value: &Value) -> String {
    let text = match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Text(text) => format!("'{text}'"),
        Value::List(items) => {
            let items = items.iter().take(SHOWN).map(constant);
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        other => format!("a {}", other.type_name().to_lowercase()),
    };
    match text.chars().count() > SHOWN {
        true => text.chars().take(SHOWN).chain("…".chars()).collect(),
        false => text,
    }
}

fn labels(test: &LabelTest) -> String {
    match test {
        LabelTest::Is(_, name) => name.to_string(),
        LabelTest::And(a, b) => format!("{}&{}", labels(a), labels(b)),
        LabelTest::Or(a, b) => format!("({}|{})", labels(a), labels(b)),
        LabelTest::Not(a) => format!("!{}", labels(a)),
        LabelTest::Any => "%".to_owned(),
    }
}

fn quantified(quantifier: Quantifier) -> &'static str {
    match quantifier {
        Quantifier::All => "all",
        Quantifier::Any => "any",
        Quantifier::None => "none",
        Quantifier::Single => "single",
    }
}

fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Or => "OR",
        BinaryOp::Xor => "XOR",
        BinaryOp::And => "AND",
        BinaryOp::Equal => "=",
        BinaryOp::NotEqual => "<>",
        BinaryOp::Less => "<",
        BinaryOp::LessEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::StartsWith => "STARTS WITH",
        BinaryOp::EndsWith => "ENDS WITH",
        BinaryOp::Contains => "CONTAINS",
        BinaryOp::Matches => "=~",
        BinaryOp::In => "IN",
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::Power => "^",
    }
}
