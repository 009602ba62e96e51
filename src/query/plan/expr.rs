//! Expressions of a plan: names have become slots, keys and labels symbols, parameters values.
//!
//! Two expressions are equal when they compute the same; where they stand in the text does not
//! count. Evaluation lives in `exec::eval`.

use super::Plan;
use crate::diag::Span;
use crate::model::Symbol;
use crate::model::Value;
use crate::query::ast::BinaryOp;
use crate::query::ast::PathMode;
use crate::query::ast::Quantifier;
use crate::query::ast::UnaryOp;
use crate::query::functions::Function;
use std::sync::Arc;

/// A place in a row.
pub(crate) type Slot = usize;

/// An expression with its place in the text.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// A property key: its name, and its symbol where the graph knows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Key {
    /// The name.
    pub name: Arc<str>,
    /// The symbol.
    pub symbol: Option<Symbol>,
}

/// A condition on labels of a node or on the kind of an edge.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LabelTest {
    /// Carries this one; `None` is a name the graph has never seen.
    Is(Option<Symbol>, Arc<str>),
    /// Both hold.
    And(Box<LabelTest>, Box<LabelTest>),
    /// One holds.
    Or(Box<LabelTest>, Box<LabelTest>),
    /// Does not hold.
    Not(Box<LabelTest>),
    /// Carries any.
    Any,
}

impl LabelTest {
    /// Tells whether the test holds for a list of labels.
    #[must_use]
    pub(crate) fn holds(&self, labels: &[Symbol]) -> bool {
        match self {
            Self::Is(Some(label), _) => labels.contains(label),
            Self::Is(None, _) => false,
            Self::And(a, b) => a.holds(labels) && b.holds(labels),
            Self::Or(a, b) => a.holds(labels) || b.holds(labels),
            Self::Not(a) => !a.holds(labels),
            Self::Any => !labels.is_empty(),
        }
    }
}

/// A function of the language; equal by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FunctionRef(pub &'static Function);

impl PartialEq for FunctionRef {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

/// One aggregate: a function over the rows of a group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Aggregate {
    /// The function; `None` is `count(*)`.
    pub function: Option<FunctionRef>,
    /// Counts equal arguments once.
    pub distinct: bool,
    /// The arguments.
    pub arguments: Vec<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// What an expression makes of the rows of a subquery.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Give {
    /// Whether there is one.
    Exists,
    /// How many there are.
    Count,
    /// A slot of each, as a list.
    Collect(Slot),
    /// A slot of the first, null where there is none.
    First(Slot),
}

/// A query inside an expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Subquery {
    /// What is run, in a frame of its own.
    pub body: Plan,
    /// What it sees of the row outside.
    pub imports: Vec<(Expr, Slot)>,
    /// What becomes of its rows.
    pub give: Give,
}

/// A piece of a named path, in the order walked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum PathPiece {
    /// A slot that holds a node.
    Node(Slot),
    /// A slot that holds an edge or a list of edges.
    Edges(Slot),
}

/// An entry of a map projection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MapEntry {
    /// One property of the subject.
    Property(Key),
    /// All properties of the subject.
    All,
    /// A value of its own.
    Value(Arc<str>, Expr),
}

/// What an expression computes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExprKind {
    /// A value that is known.
    Const(Value),
    /// A slot of the row.
    Slot(Slot),
    /// A variable of an enclosing comprehension, counted from the outermost.
    Local(usize),
    /// `expression.key`.
    Property(Box<Expr>, Key),
    /// `expression[index]`.
    Index(Box<Expr>, Box<Expr>),
    /// `expression[from..to]`.
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `expression:Label`.
    HasLabels(Box<Expr>, LabelTest),
    /// An operator with one side.
    Unary(UnaryOp, Box<Expr>),
    /// An operator with two sides.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `IS NULL` (true), `IS NOT NULL` (false).
    IsNull(Box<Expr>, bool),
    /// A list.
    List(Vec<Expr>),
    /// A map.
    Map(Vec<(Arc<str>, Expr)>),
    /// A map projection.
    Projection(Box<Expr>, Vec<MapEntry>),
    /// `[x IN list WHERE filter | value]`; the variable is the next local.
    Comprehension {
        /// The list.
        list: Box<Expr>,
        /// The condition.
        filter: Option<Box<Expr>>,
        /// What each item becomes.
        value: Option<Box<Expr>>,
    },
    /// `all(x IN list WHERE filter)` and its kin; the variable is the next local.
    Quantified {
        /// Which one.
        quantifier: Quantifier,
        /// The list.
        list: Box<Expr>,
        /// The condition.
        filter: Option<Box<Expr>>,
    },
    /// `reduce(total = start, x IN list | step)`; the next two locals are total and item.
    Reduce {
        /// The first total.
        start: Box<Expr>,
        /// The list.
        list: Box<Expr>,
        /// The next total.
        step: Box<Expr>,
    },
    /// CASE.
    Case {
        /// The subject of the simple form.
        subject: Option<Box<Expr>>,
        /// Conditions (or values) and results.
        branches: Vec<(Expr, Expr)>,
        /// ELSE.
        otherwise: Option<Box<Expr>>,
    },
    /// A function of values.
    Call(FunctionRef, Vec<Expr>),
    /// An aggregate; only until the projection it stands in has been lowered.
    Aggregate(Box<Aggregate>),
    /// A query inside.
    Subquery(Box<Subquery>),
    /// A path made of the slots of a pattern.
    Path(Vec<PathPiece>),
    /// Whether the path made of the slots repeats no node, as a mode asks.
    Obeys(Vec<PathPiece>, PathMode),
    /// All graph things that the slots hold, flat; what pictures draw.
    Trace(Vec<Slot>),
}

/// Calls a function with each direct part of an expression, shared or to be changed: `iter` or
/// `iter_mut` says which.
macro_rules! each_part {
    ($kind:expr, $f:expr, $iter:ident) => {
        match $kind {
            ExprKind::Const(_)
            | ExprKind::Slot(_)
            | ExprKind::Local(_)
            | ExprKind::Path(_)
            | ExprKind::Obeys(..)
            | ExprKind::Trace(_) => {}
            ExprKind::Property(a, _) | ExprKind::HasLabels(a, _) => $f(a),
            ExprKind::Unary(_, a) | ExprKind::IsNull(a, _) => $f(a),
            ExprKind::Index(a, b) | ExprKind::Binary(_, a, b) => {
                $f(a);
                $f(b);
            }
            ExprKind::Slice(a, from, to) => {
                $f(a);
                from.$iter().chain(to).for_each(|part| $f(part));
            }
            ExprKind::List(items) | ExprKind::Call(_, items) => items.$iter().for_each($f),
            ExprKind::Map(entries) => entries.$iter().for_each(|(_, value)| $f(value)),
            ExprKind::Projection(subject, entries) => {
                $f(subject);
                for entry in entries {
                    if let MapEntry::Value(_, value) = entry {
                        $f(value);
                    }
                }
            }
            ExprKind::Comprehension {
                list,
                filter,
                value,
            } => {
                $f(list);
                filter.$iter().chain(value).for_each(|part| $f(part));
            }
            ExprKind::Quantified { list, filter, .. } => {
                $f(list);
                filter.$iter().for_each(|part| $f(part));
            }
            ExprKind::Reduce { start, list, step } => {
                $f(start);
                $f(list);
                $f(step);
            }
            ExprKind::Case {
                subject,
                branches,
                otherwise,
            } => {
                subject.$iter().for_each(|part| $f(part));
                for (when, then) in branches {
                    $f(when);
                    $f(then);
                }
                otherwise.$iter().for_each(|part| $f(part));
            }
            ExprKind::Aggregate(aggregate) => aggregate.arguments.$iter().for_each($f),
            ExprKind::Subquery(subquery) => {
                subquery.imports.$iter().for_each(|(expr, _)| $f(expr));
            }
        }
    };
}

impl Expr {
    /// Makes an expression.
    #[must_use]
    pub(crate) fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// Makes a slot of the row.
    #[must_use]
    pub(crate) fn slot(slot: Slot, span: Span) -> Self {
        Self::new(ExprKind::Slot(slot), span)
    }

    /// Makes a constant.
    #[must_use]
    pub(crate) fn constant(value: Value, span: Span) -> Self {
        Self::new(ExprKind::Const(value), span)
    }

    /// Gives the slot where the expression is nothing but one.
    #[must_use]
    pub(crate) fn as_slot(&self) -> Option<Slot> {
        match self.kind {
            ExprKind::Slot(slot) => Some(slot),
            _ => None,
        }
    }

    /// Gives the value where the expression is a constant.
    #[must_use]
    pub(crate) fn as_const(&self) -> Option<&Value> {
        match &self.kind {
            ExprKind::Const(value) => Some(value),
            _ => None,
        }
    }

    /// Calls `f` with each direct part; the bodies of subqueries are not parts.
    pub(crate) fn each(&self, f: &mut dyn FnMut(&Expr)) {
        each_part!(&self.kind, f, iter);
    }

    /// Calls `f` with each direct part, to be changed in place.
    pub(crate) fn each_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        each_part!(&mut self.kind, f, iter_mut);
    }

    /// Calls `f` with each slot that the expression reads. Soft ones (for pictures) only if `soft`.
    pub(crate) fn each_slot(&self, soft: bool, f: &mut dyn FnMut(Slot)) {
        match &self.kind {
            ExprKind::Slot(slot) => f(*slot),
            ExprKind::Path(pieces) | ExprKind::Obeys(pieces, _) => {
                pieces.iter().for_each(|piece| match piece {
                    PathPiece::Node(slot) | PathPiece::Edges(slot) => f(*slot),
                });
            }
            ExprKind::Trace(slots) if soft => slots.iter().for_each(|slot| f(*slot)),
            _ => self.each(&mut |part| part.each_slot(soft, f)),
        }
    }

    /// Tells whether the expression reads only slots for which `known` holds.
    pub(crate) fn reads_only(&self, known: &dyn Fn(Slot) -> bool) -> bool {
        let mut only = true;
        self.each_slot(true, &mut |slot| only = only && known(slot));
        only
    }

    /// Tells whether a subquery stands in the expression.
    pub(crate) fn has_subquery(&self) -> bool {
        let mut found = matches!(self.kind, ExprKind::Subquery(_));
        self.each(&mut |part| found = found || part.has_subquery());
        found
    }

    /// Tells whether an aggregate stands in the expression.
    #[must_use]
    pub(crate) fn has_aggregate(&self) -> bool {
        if matches!(self.kind, ExprKind::Aggregate(_)) {
            return true;
        }
        let mut found = false;
        self.each(&mut |part| found |= part.has_aggregate());
        found
    }

    /// Splits `a AND b AND c` into its parts.
    pub(crate) fn conjuncts(self, into: &mut Vec<Expr>) {
        match self.kind {
            ExprKind::Binary(BinaryOp::And, a, b) => {
                a.conjuncts(into);
                b.conjuncts(into);
            }
            _ => into.push(self),
        }
    }
}
