//! Operators: makes a tree of a row of operands by a table of precedence.
//!
//! A chain of comparisons (`a < b <= c`) becomes one node; a long row of AND, OR or XOR becomes a
//! balanced tree, so that ten thousand alternatives do not nest ten thousand deep; a minus sign
//! before a number belongs to the number.

use super::literals::Number;
use super::{Builder, Built, at, boxed, lost};
use crate::diag::Span;
use crate::query::ast::{BinaryOp, Expr, ExprKind, Literal, UnaryOp};
use crate::query::syntax::LEANING;
use crate::query::syntax::rules::Rule;
use crate::query::syntax::scan::{MAX_DEPTH, too_deep};
use crate::query::syntax::tree::Part;
use std::iter::Peekable;

/// Where an operator stands. What stands behind a value is told by its rule, and binds so strongly.
enum Place {
    Before(UnaryOp),
    Between(BinaryOp),
    Behind(u8),
}

impl Place {
    /// How strongly it binds what stands before it; zero where nothing does.
    fn strength(&self) -> u8 {
        match self {
            Self::Before(_) => 0,
            Self::Between(op) => precedence(*op),
            Self::Behind(strength) => *strength,
        }
    }
}

/// The operator that a part is; none where it is an operand.
fn place(part: &Part<'_>) -> Option<Place> {
    Some(match part.as_rule() {
        Rule::prefix => Place::Before(unary(part.as_str())),
        Rule::null_test => Place::Behind(6),
        Rule::property | Rule::subscript => Place::Behind(11),
        Rule::label_test | Rule::item_label_test => Place::Behind(11),
        _ => Place::Between(binary(part)?),
    })
}

/// The table of precedence, loosest first.
fn precedence(op: BinaryOp) -> u8 {
    use BinaryOp::{Add, And, Contains, Divide, EndsWith, Equal, Greater, GreaterEqual, In, Less};
    use BinaryOp::{
        LessEqual, Matches, Modulo, Multiply, NotEqual, Or, Power, StartsWith, Subtract,
    };
    match op {
        Or => 1,
        BinaryOp::Xor => 2,
        And => 3,
        Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual => 5,
        StartsWith | EndsWith | Contains | Matches | In => 6,
        Add | Subtract => 7,
        Multiply | Divide | Modulo => 8,
        Power => 9,
    }
}

/// Takes the next operator, if it binds more strongly than `least`.
fn next_operator<'p>(
    parts: &mut Peekable<impl Iterator<Item = Part<'p>>>,
    least: u8,
) -> Option<(Part<'p>, Place)> {
    let place = place(parts.peek()?)?;
    if place.strength() <= least {
        return None;
    }
    parts.next().map(|part| (part, place))
}

/// An expression in the making and its height.
struct Operand {
    form: Form,
    height: usize,
}

/// What an operator further on may still change.
enum Form {
    /// Done.
    Whole(Expr),
    /// A number that may still get its sign.
    Number(Number, Span),
    /// A comparison that may still become a chain.
    Comparison(Expr, Vec<(BinaryOp, Expr)>),
    /// A row of one of AND, OR, XOR.
    Row(BinaryOp, Vec<Expr>),
}

impl Builder<'_> {
    /// An expression or an item.
    pub(super) fn expression(&self, pair: &Part<'_>) -> Built<Expr> {
        self.row_of_operands(pair.parts(), self.span(pair))
    }

    /// Operands and operators in the order written.
    pub(super) fn row_of_operands<'p>(
        &self,
        parts: impl Iterator<Item = Part<'p>> + Clone,
        span: Span,
    ) -> Built<Expr> {
        let is_sign = |part: &Part<'_>| part.as_rule() == Rule::prefix;
        if parts.clone().filter(is_sign).count() > MAX_DEPTH {
            return Err(too_deep(Some(span)));
        }
        let made = self.operands(&mut parts.peekable(), 0, span)?;
        let (expr, height) = made.close()?;
        self.reached(height + 1, span)?;
        Ok(expr)
    }

    /// An operand and all behind it that binds more strongly than `least`, after Pratt.
    fn operands<'p>(
        &self,
        parts: &mut Peekable<impl Iterator<Item = Part<'p>>>,
        least: u8,
        span: Span,
    ) -> Built<Operand> {
        let mut made = self.operand(parts, span)?;
        while let Some((part, place)) = next_operator(parts, least) {
            made = match place {
                Place::Between(op) => {
                    let right = self.operands(parts, precedence(op), span)?;
                    self.joined_operands(made, op, right)?
                }
                _ => self.followed(made, &part)?,
            };
        }
        Ok(made)
    }

    fn operand<'p>(
        &self,
        parts: &mut Peekable<impl Iterator<Item = Part<'p>>>,
        span: Span,
    ) -> Built<Operand> {
        let part = parts.next().ok_or_else(|| lost(span))?;
        match place(&part) {
            Some(Place::Before(op)) => {
                // NOT takes all that binds more strongly than AND, a sign what does more than `^`.
                let least = match op {
                    UnaryOp::Not => precedence(BinaryOp::And),
                    UnaryOp::Minus | UnaryOp::Plus => precedence(BinaryOp::Power),
                };
                let operand = self.operands(parts, least, span)?;
                self.signed(op, self.span(&part), operand)
            }
            _ => self.primary(&part),
        }
    }

    fn primary(&self, pair: &Part<'_>) -> Built<Operand> {
        if pair.as_rule() == Rule::quantity && !pair.has(Rule::unit) {
            let form = Form::Number(self.number(pair)?, self.span(pair));
            return Ok(Operand { form, height: 0 });
        }
        let (expr, height) = self.measured(|| self.atom(pair))?;
        let form = Form::Whole(expr);
        Ok(Operand { form, height })
    }

    fn signed(&self, op: UnaryOp, span: Span, operand: Operand) -> Built<Operand> {
        if let (Form::Number(number, at), UnaryOp::Minus) = (&operand.form, op) {
            let form = Form::Whole(number.negative(span.to(*at))?);
            return Ok(Operand { form, height: 0 });
        }
        let (inner, height) = operand.close()?;
        let span = span.to(inner.span);
        let expr = at(ExprKind::Unary(op, boxed(inner)), span);
        self.grown(Form::Whole(expr), height)
    }

    fn joined_operands(&self, left: Operand, op: BinaryOp, right: Operand) -> Built<Operand> {
        let (other, other_height) = right.close()?;
        let form = match left.form {
            Form::Comparison(first, mut rest) if is_comparison(op) => {
                rest.push((op, other));
                Form::Comparison(first, rest)
            }
            Form::Row(same, mut operands) if same == op => {
                operands.push(other);
                Form::Row(op, operands)
            }
            form => {
                let (first, height) = Operand { form, ..left }.close()?;
                return self.started(op, first, other, height.max(other_height));
            }
        };
        let height = left.height.max(other_height);
        Ok(Operand { form, height })
    }

    fn started(&self, op: BinaryOp, left: Expr, right: Expr, height: usize) -> Built<Operand> {
        let form = if is_comparison(op) {
            Form::Comparison(left, vec![(op, right)])
        } else if matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Xor) {
            Form::Row(op, vec![left, right])
        } else {
            return self.grown(Form::Whole(binary_expr(op, left, right)), height);
        };
        Ok(Operand { form, height })
    }

    fn followed(&self, operand: Operand, part: &Part<'_>) -> Built<Operand> {
        let (inner, inner_height) = operand.close()?;
        let span = inner.span.to(self.span(part));
        let inner = boxed(inner);
        let (kind, height) = self.measured(|| {
            Ok(match part.as_rule() {
                Rule::property => ExprKind::Property(inner, self.name(part, Rule::any_name)?),
                Rule::null_test => ExprKind::IsNull(inner, !part.has(Rule::not)),
                Rule::subscript => self.subscript(inner, part)?,
                _ => ExprKind::HasLabels(inner, self.label_test(part)?),
            })
        })?;
        self.grown(Form::Whole(at(kind, span)), height.max(inner_height))
    }

    /// `[0]`, `[1..]`, `[..2]`.
    fn subscript(&self, list: Box<Expr>, part: &Part<'_>) -> Built<ExprKind> {
        let mut bounds = (None, None);
        let mut dots = false;
        for piece in part.parts() {
            match (piece.as_rule(), dots) {
                (Rule::dots, _) => dots = true,
                (_, false) => bounds.0 = Some(boxed(self.expression(&piece)?)),
                (_, true) => bounds.1 = Some(boxed(self.expression(&piece)?)),
            }
        }
        match bounds {
            (from, to) if dots => Ok(ExprKind::Slice(list, from, to)),
            (Some(index), _) => Ok(ExprKind::Index(list, index)),
            _ => Err(lost(self.span(part))),
        }
    }

    /// An operand one higher than its parts.
    fn grown(&self, form: Form, height: usize) -> Built<Operand> {
        let height = height + 1;
        match &form {
            Form::Whole(expr) if height > MAX_DEPTH => Err(too_deep(Some(expr.span))),
            _ => Ok(Operand { form, height }),
        }
    }

    /// Target and key of `n.a.b` in SET and REMOVE.
    pub(super) fn property_path(&self, pair: &Part<'_>) -> Built<(Expr, crate::query::ast::Name)> {
        let path = pair
            .first(Rule::property_path)
            .ok_or_else(|| lost(self.span(pair)))?;
        let span = self.span(&path);
        match self.row_of_operands(path.parts(), span)?.kind {
            ExprKind::Property(target, key) => Ok((*target, key)),
            _ => Err(
                super::unexpected("only a property can be set or removed here")
                    .at(span)
                    .expected("`variable.key`"),
            ),
        }
    }
}

impl Operand {
    /// The expression and its height.
    fn close(self) -> Built<(Expr, usize)> {
        let height = self.height;
        Ok(match self.form {
            Form::Whole(expr) => (expr, height),
            Form::Number(number, span) => (number.positive(span)?, height),
            Form::Comparison(first, rest) => (comparison(first, rest), height + 1),
            Form::Row(op, operands) => {
                let height = height + row_height(operands.len());
                (row(op, operands), height)
            }
        })
    }
}

fn binary_expr(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    at(ExprKind::Binary(op, boxed(left), boxed(right)), span)
}

fn comparison(first: Expr, mut rest: Vec<(BinaryOp, Expr)>) -> Expr {
    if rest.len() == 1
        && let Some((op, other)) = rest.pop()
    {
        return binary_expr(op, first, other);
    }
    let end = rest.last().map_or(first.span, |(_, last)| last.span);
    let span = first.span.to(end);
    at(ExprKind::Chain(boxed(first), rest), span)
}

/// Leans to the left while short; halves what is long.
fn row(op: BinaryOp, mut operands: Vec<Expr>) -> Expr {
    if operands.len() > LEANING {
        let right = operands.split_off(operands.len().div_ceil(2));
        return binary_expr(op, row(op, operands), row(op, right));
    }
    let joined = operands
        .into_iter()
        .reduce(|left, right| binary_expr(op, left, right));
    joined.unwrap_or_else(|| at(ExprKind::Literal(Literal::Null), Span::default()))
}

/// Height of what `row` makes.
fn row_height(operands: usize) -> usize {
    if operands > LEANING {
        return 1 + row_height(operands.div_ceil(2));
    }
    operands.saturating_sub(1)
}

fn is_comparison(op: BinaryOp) -> bool {
    use BinaryOp::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    matches!(
        op,
        Equal | NotEqual | Less | LessEqual | Greater | GreaterEqual
    )
}

/// The operator before a value.
fn unary(sign: &str) -> UnaryOp {
    match sign {
        "-" => UnaryOp::Minus,
        "+" => UnaryOp::Plus,
        _ => UnaryOp::Not,
    }
}

/// The operator between two values; none where the part is an operand.
fn binary(part: &Part<'_>) -> Option<BinaryOp> {
    Some(match part.as_rule() {
        Rule::connective => match part.as_str().as_bytes().first() {
            Some(b'a' | b'A') => BinaryOp::And,
            Some(b'o' | b'O') => BinaryOp::Or,
            _ => BinaryOp::Xor,
        },
        Rule::comparison | Rule::arithmetic => signed_by(part.as_str())?,
        Rule::starts_with => BinaryOp::StartsWith,
        Rule::ends_with => BinaryOp::EndsWith,
        Rule::contains => BinaryOp::Contains,
        Rule::in_list => BinaryOp::In,
        _ => return None,
    })
}

fn signed_by(sign: &str) -> Option<BinaryOp> {
    Some(match sign {
        "=" => BinaryOp::Equal,
        "<>" => BinaryOp::NotEqual,
        "<" => BinaryOp::Less,
        "<=" => BinaryOp::LessEqual,
        ">" => BinaryOp::Greater,
        ">=" => BinaryOp::GreaterEqual,
        "=~" => BinaryOp::Matches,
        "+" => BinaryOp::Add,
        "-" => BinaryOp::Subtract,
        "*" => BinaryOp::Multiply,
        "/" => BinaryOp::Divide,
        "%" => BinaryOp::Modulo,
        "^" => BinaryOp::Power,
        _ => return None,
    })
}
