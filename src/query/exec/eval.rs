//! Computes expressions over a row.
//!
//! Keys and labels are symbols already, so a property costs no look-up by name. AND and OR stop as
//! soon as they are decided.

use super::Exec;
use super::Run;
use super::Stop;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::Cell;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Token;
use crate::model::Value;
use crate::model::ValueMap;
use crate::query::ast::BinaryOp;
use crate::query::ops;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::ExprKind;
use crate::query::plan::expr::FunctionRef;
use crate::query::plan::expr::Key;
use crate::query::plan::expr::LabelTest;
use crate::query::plan::expr::MapEntry;
use std::borrow::Cow;
use std::sync::Arc;

/// Variables of comprehensions, outermost first.
pub(super) type Locals = Vec<Value>;

fn is_comparison(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::Less
            | BinaryOp::LessEqual
            | BinaryOp::Greater
            | BinaryOp::GreaterEqual
    )
}

/// Adds the place to an error that has none.
pub(super) fn at(span: Span) -> impl Fn(Diagnostic) -> Stop {
    move |error| match error.span {
        Some(_) => error.into(),
        None => error.at(span).into(),
    }
}

impl Exec<'_> {
    /// Computes an expression.
    pub(crate) fn value(&self, expr: &Expr, row: &[Value]) -> Run<Value> {
        self.eval(expr, row, &mut Locals::new())
    }

    /// Tells whether a condition is true; null is not.
    pub(super) fn holds(&self, condition: &Expr, row: &[Value]) -> Run<bool> {
        self.holds_with(condition, row, &mut Locals::new())
    }

    pub(super) fn holds_with(
        &self,
        condition: &Expr,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<bool> {
        if let Some(truth) = self.quickly(condition, row, locals)? {
            return Ok(truth);
        }
        match self.eval(condition, row, locals)? {
            Value::Bool(truth) => Ok(truth),
            Value::Null => Ok(false),
            other => {
                let text = format!("a condition must be BOOLEAN, not {}", other.type_name());
                let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
                Err(error.at(condition.span).into())
            }
        }
    }

    /// Decides the conditions that most rows meet (labels, comparisons) without making a value.
    fn quickly(&self, condition: &Expr, row: &[Value], locals: &mut Locals) -> Run<Option<bool>> {
        match &condition.kind {
            ExprKind::HasLabels(subject, test) => match subject.as_slot().map(|slot| &row[slot]) {
                Some(Value::Node(node)) if self.still(*node) => {
                    Ok(Some(test.holds(self.view.node_labels(*node))))
                }
                _ => Ok(None),
            },
            ExprKind::Binary(op, a, b) if is_comparison(*op) => {
                if let Some(truth) = self.by_tokens(*op, a, b, row) {
                    return Ok(Some(truth));
                }
                let (a, b) = (self.peek(a, row, locals)?, self.peek(b, row, locals)?);
                let truth = match op {
                    BinaryOp::Equal => ops::equal(&a, &b),
                    BinaryOp::NotEqual => ops::equal(&a, &b).map(|same| !same),
                    _ => ops::comparison(*op, &a, &b),
                };
                Ok(Some(truth == Some(true)))
            }
            _ => Ok(None),
        }
    }

    /// Compares two strings of the graph by their numbers, or one with a constant; `None` where it
    /// is not about strings in place.
    fn by_tokens(&self, op: BinaryOp, a: &Expr, b: &Expr, row: &[Value]) -> Option<bool> {
        let wanted = match op {
            BinaryOp::Equal => true,
            BinaryOp::NotEqual => false,
            _ => return None,
        };
        let same = match (self.token(a, row), self.token(b, row)) {
            (Some(a), Some(b)) => a == b,
            (Some(token), None) => self.view.token_text(token) == b.as_const()?.as_str()?,
            (None, Some(token)) => self.view.token_text(token) == a.as_const()?.as_str()?,
            (None, None) => return None,
        };
        Some(same == wanted)
    }

    /// Gives the string that a property is, as a number.
    fn token(&self, expr: &Expr, row: &[Value]) -> Option<Token> {
        let ExprKind::Property(subject, key) = &expr.kind else {
            return None;
        };
        match self.still?.cell(&row[subject.as_slot()?], key.symbol?)? {
            Cell::Text(token) => Some(token),
            _ => None,
        }
    }

    /// Computes what reads no comprehension's variable, without copying where it can.
    pub(super) fn settled<'v>(&self, expr: &'v Expr, row: &'v [Value]) -> Run<Cow<'v, Value>> {
        self.peek(expr, row, &mut Locals::new())
    }

    /// Tells whether a node is there; in a statement that only reads, none can be gone.
    fn still(&self, node: NodeId) -> bool {
        self.still.is_some() || self.view.has_node(node)
    }

    /// Computes an expression without copying what a slot or constant holds.
    fn peek<'v>(
        &self,
        expr: &'v Expr,
        row: &'v [Value],
        locals: &mut Locals,
    ) -> Run<Cow<'v, Value>> {
        match &expr.kind {
            ExprKind::Const(value) => Ok(Cow::Borrowed(value)),
            ExprKind::Slot(slot) => Ok(Cow::Borrowed(&row[*slot])),
            _ => Ok(Cow::Owned(self.eval(expr, row, locals)?)),
        }
    }

    /// Computes an expression.
    pub(super) fn eval(&self, expr: &Expr, row: &[Value], locals: &mut Locals) -> Run<Value> {
        match &expr.kind {
            ExprKind::Const(value) => Ok(value.clone()),
            ExprKind::Slot(slot) => Ok(row[*slot].clone()),
            ExprKind::Local(local) => Ok(locals.get(*local).cloned().unwrap_or_default()),
            ExprKind::Property(subject, key) => {
                let subject = self.peek(subject, row, locals)?;
                self.property(&subject, key).map_err(at(expr.span))
            }
            ExprKind::Binary(op, a, b) => self.binary(*op, a, b, expr.span, row, locals),
            ExprKind::Unary(op, a) => {
                let value = self.peek(a, row, locals)?;
                ops::unary(*op, &value).map_err(at(expr.span))
            }
            ExprKind::IsNull(a, wanted) => {
                let value = self.peek(a, row, locals)?;
                Ok(Value::Bool(value.is_null() == *wanted))
            }
            ExprKind::HasLabels(a, test) => {
                let value = self.peek(a, row, locals)?;
                self.has_labels(&value, test).map_err(at(expr.span))
            }
            ExprKind::Call(function, arguments) => {
                self.call(*function, arguments, expr.span, row, locals)
            }
            ExprKind::Subquery(subquery) => self.subquery(subquery, row, locals),
            ExprKind::Path(pieces) => Ok(self.path(pieces, row)),
            ExprKind::Obeys(pieces, mode) => Ok(self.obeys(pieces, *mode, row)),
            ExprKind::Trace(slots) => Ok(self.trace(slots, row)),
            ExprKind::Aggregate(_) => Ok(Value::Null),
            _ => self.compound(expr, row, locals),
        }
    }

    /// Computes what is made of several parts.
    fn compound(&self, expr: &Expr, row: &[Value], locals: &mut Locals) -> Run<Value> {
        match &expr.kind {
            ExprKind::Index(a, b) => {
                let (a, b) = (self.peek(a, row, locals)?, self.peek(b, row, locals)?);
                ops::index(&a, &b, self.view).map_err(at(expr.span))
            }
            ExprKind::Slice(list, from, to) => {
                let list = self.peek(list, row, locals)?;
                let from = self.maybe(from.as_deref(), row, locals)?;
                let to = self.maybe(to.as_deref(), row, locals)?;
                ops::slice(&list, from.as_ref(), to.as_ref()).map_err(at(expr.span))
            }
            ExprKind::List(items) => Ok(Value::list(self.all(items, row, locals)?)),
            ExprKind::Map(entries) => self.map(entries, row, locals),
            ExprKind::Projection(subject, entries) => {
                let subject = self.eval(subject, row, locals)?;
                self.map_projection(&subject, entries, expr.span, row, locals)
            }
            ExprKind::Comprehension {
                list,
                filter,
                value,
            } => {
                let list = self.eval(list, row, locals)?;
                let parts = (filter.as_deref(), value.as_deref());
                self.comprehension(list, parts, expr.span, row, locals)
            }
            ExprKind::Quantified {
                quantifier,
                list,
                filter,
            } => {
                let list = self.eval(list, row, locals)?;
                self.quantified(*quantifier, list, filter.as_deref(), expr.span, row, locals)
            }
            ExprKind::Reduce { start, list, step } => {
                let start = self.eval(start, row, locals)?;
                let list = self.eval(list, row, locals)?;
                self.reduce(start, list, step, expr.span, row, locals)
            }
            ExprKind::Case {
                subject,
                branches,
                otherwise,
            } => self.case(
                subject.as_deref(),
                branches,
                otherwise.as_deref(),
                row,
                locals,
            ),
            _ => Ok(Value::Null),
        }
    }

    fn maybe(&self, expr: Option<&Expr>, row: &[Value], locals: &mut Locals) -> Run<Option<Value>> {
        expr.map(|expr| self.eval(expr, row, locals)).transpose()
    }

    fn all(&self, exprs: &[Expr], row: &[Value], locals: &mut Locals) -> Run<Vec<Value>> {
        let mut values = Vec::with_capacity(exprs.len());
        for expr in exprs {
            values.push(self.eval(expr, row, locals)?);
        }
        Ok(values)
    }

    fn binary(
        &self,
        op: BinaryOp,
        a: &Expr,
        b: &Expr,
        span: Span,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let left = self.peek(a, row, locals)?;
        match (op, &*left) {
            (BinaryOp::And, Value::Bool(false)) => return Ok(Value::Bool(false)),
            (BinaryOp::Or, Value::Bool(true)) => return Ok(Value::Bool(true)),
            _ => {}
        }
        let right = self.peek(b, row, locals)?;
        ops::binary(op, &left, &right).map_err(at(span))
    }

    /// Gives a property by its symbol.
    pub(super) fn property(&self, subject: &Value, key: &Key) -> Result<Value, Diagnostic> {
        match (subject, key.symbol) {
            (Value::Node(node), Some(symbol)) => {
                if self.still.is_none() {
                    ops::alive(*node, self.view)?;
                }
                Ok(self.view.node_property(*node, symbol))
            }
            (Value::Edge(edge), Some(symbol)) => {
                if self.still.is_none() {
                    ops::edge_alive(*edge, self.view)?;
                }
                Ok(self.view.edge_property(*edge, symbol))
            }
            _ => ops::property(subject, &key.name, self.view),
        }
    }

    fn has_labels(&self, subject: &Value, test: &LabelTest) -> Result<Value, Diagnostic> {
        match subject {
            Value::Null => Ok(Value::Null),
            Value::Node(node) => {
                ops::alive(*node, self.view)?;
                Ok(Value::Bool(test.holds(self.view.node_labels(*node))))
            }
            Value::Edge(edge) => {
                let kind = self.view.ends(*edge).kind;
                Ok(Value::Bool(test.holds(&[kind])))
            }
            other => {
                let text = format!("labels are asked of {}", other.type_name());
                let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
                Err(error.expected("NODE or RELATIONSHIP"))
            }
        }
    }

    fn call(
        &self,
        function: FunctionRef,
        arguments: &[Expr],
        span: Span,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let context = self.functions();
        // Most functions take one or two arguments; those need no list.
        match arguments {
            [one] => {
                let one = self.peek(one, row, locals)?;
                function
                    .0
                    .call(&context, std::slice::from_ref(&*one))
                    .map_err(at(span))
            }
            _ => {
                let values = self.all(arguments, row, locals)?;
                function.0.call(&context, &values).map_err(at(span))
            }
        }
    }

    fn map(&self, entries: &[(Arc<str>, Expr)], row: &[Value], locals: &mut Locals) -> Run<Value> {
        let mut map = ValueMap::with_capacity(entries.len());
        for (key, value) in entries {
            map.insert(Arc::clone(key), self.eval(value, row, locals)?);
        }
        Ok(Value::map(map))
    }

    fn map_projection(
        &self,
        subject: &Value,
        entries: &[MapEntry],
        span: Span,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        if subject.is_null() {
            return Ok(Value::Null);
        }
        let mut map = ValueMap::new();
        for entry in entries {
            match entry {
                MapEntry::Property(key) => {
                    let value = self.property(subject, key).map_err(at(span))?;
                    map.insert(Arc::clone(&key.name), value);
                }
                MapEntry::All => map.extend(self.properties(subject)),
                MapEntry::Value(key, value) => {
                    map.insert(Arc::clone(key), self.eval(value, row, locals)?);
                }
            }
        }
        Ok(Value::map(map))
    }

    /// Gives all properties of a node, an edge or a map.
    pub(super) fn properties(&self, subject: &Value) -> ValueMap {
        let named = |properties: Vec<(Symbol, Value)>| {
            let named = properties.into_iter();
            named
                .map(|(key, value)| (Arc::from(self.view.name(key)), value))
                .collect()
        };
        match subject {
            Value::Node(node) => named(self.view.node_properties(*node)),
            Value::Edge(edge) => named(self.view.edge_properties(*edge)),
            Value::Map(map) => (**map).clone(),
            _ => ValueMap::new(),
        }
    }

    fn case(
        &self,
        subject: Option<&Expr>,
        branches: &[(Expr, Expr)],
        otherwise: Option<&Expr>,
        row: &[Value],
        locals: &mut Locals,
    ) -> Run<Value> {
        let subject = self.maybe(subject, row, locals)?;
        for (when, then) in branches {
            let chosen = match &subject {
                Some(subject) => {
                    let when = self.peek(when, row, locals)?;
                    ops::equal(subject, &when) == Some(true)
                }
                None => self.holds_with(when, row, locals)?,
            };
            if chosen {
                return self.eval(then, row, locals);
            }
        }
        Ok(self.maybe(otherwise, row, locals)?.unwrap_or_default())
    }
}
