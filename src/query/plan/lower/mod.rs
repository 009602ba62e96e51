//! From the tree of the text to the plain plan: names become slots, one tree of operators.
//!
//! Takes a checked statement, the graph's names and the parameters; gives a plan that answers
//! rightly however slowly. What it cannot find (a label the graph has never seen) becomes a
//! condition that never holds, and a remark. Runs nothing.

mod clause;
mod conditions;
mod expr;
mod group;
mod pattern;
mod projection;
mod remarks;
mod scope;
mod subquery;
mod write;

use super::Frame;
use super::Op;
use super::Plan;
use super::expr::Expr;
use super::expr::Slot;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::GraphView;
use crate::model::Symbol;
use crate::model::ValueMap;
use crate::query::ast;
use crate::query::procedures::Procedures;
use scope::Scope;
use std::cell::RefCell;
use std::sync::Arc;

/// What a statement is lowered against.
pub(crate) struct Setting<'a> {
    /// Resolves labels, kinds and keys.
    pub graph: &'a dyn GraphView,
    /// Values of parameters.
    pub parameters: &'a ValueMap,
    /// Declared procedures.
    pub procedures: &'a Procedures,
    /// Carries along what the patterns matched, for pictures; and remarks on unknown names.
    pub piece: bool,
    /// Deepest nesting.
    pub depth: usize,
}

/// Errors of this room are rare and large, so they travel in a box.
pub(crate) type Lowered<T> = Result<T, Box<Diagnostic>>;

/// Lowers one statement.
pub(super) struct Lower<'a> {
    setting: &'a Setting<'a>,
    scope: Scope,
    notes: RefCell<Vec<Diagnostic>>,
    unknown: RefCell<Vec<Arc<str>>>,
    depth: usize,
    tracing: bool,
    columns: usize,
}

/// A plain plan and what was seen while it was made.
#[derive(Debug)]
pub(crate) struct Lowering {
    /// The plan.
    pub plan: Plan,
    /// Remarks on labels and kinds that nothing carries.
    pub notes: Vec<Diagnostic>,
    /// Labels, kinds and keys that the graph has never seen.
    pub unknown: Vec<Arc<str>>,
}

/// Makes the plain plan of a statement.
///
/// # Errors
/// Where the statement nests too deeply or names what `check` should have refused.
pub(crate) fn lower(
    statement: &ast::Statement,
    setting: &Setting<'_>,
) -> Result<Lowering, Box<Diagnostic>> {
    let mut lower = Lower {
        setting,
        scope: Scope::default(),
        notes: RefCell::default(),
        unknown: RefCell::default(),
        depth: 0,
        tracing: setting.piece,
        columns: 0,
    };
    let plan = lower.statement(statement)?;
    Ok(Lowering {
        plan,
        notes: lower.notes.into_inner(),
        unknown: lower.unknown.into_inner(),
    })
}

impl Lower<'_> {
    /// Lowers a statement in the present scope: its first frame is the present one.
    fn statement(&mut self, statement: &ast::Statement) -> Lowered<Plan> {
        if statement.unions.is_empty() {
            return self.single(&statement.first);
        }
        let outside = self.scope.clone();
        let mut union = super::Union {
            branches: vec![self.single(&statement.first)?],
            frame: Frame::new(),
        };
        for part in &statement.unions {
            self.scope = outside.clone();
            union.branches.push(self.single(&part.query)?);
        }
        let all = statement.unions.iter().all(|part| part.all);
        Ok(self.join(union, outside.names(), all))
    }

    fn join(&mut self, mut union: super::Union, frame: Frame, all: bool) -> Plan {
        let columns = union.branches[0].columns.clone();
        for branch in &mut union.branches[1..] {
            align(branch, &columns);
        }
        union.frame.clone_from(&columns);
        let traced = union.branches.iter().all(|branch| branch.trace.is_some());
        let trace = (traced && !columns.is_empty()).then_some(columns.len());
        for branch in &mut union.branches {
            move_trace(branch, columns.len(), trace.is_some());
        }
        if trace.is_some() {
            union.frame.push("trace".into());
        }
        self.scope.restart(&union.frame, columns.len());
        let mut plan = Plan {
            frame,
            columns: columns.clone(),
            trace,
            ..Plan::default()
        };
        plan.push(Op::Union(union));
        if !all {
            plan.push(Op::Distinct(columns.len()));
        }
        plan
    }

    fn single(&mut self, query: &ast::SingleQuery) -> Lowered<Plan> {
        let mut plan = Plan::default();
        for clause in &query.clauses {
            self.clause(clause, &mut plan)?;
        }
        self.scope.close(&mut plan);
        Ok(plan)
    }

    /// Runs `f` one level deeper.
    fn deeper<T>(&mut self, span: Span, f: impl FnOnce(&mut Self) -> Lowered<T>) -> Lowered<T> {
        if self.depth >= self.setting.depth {
            let text = format!("nested more than {} levels deep", self.setting.depth);
            let error = Diagnostic::error(&Code::NESTING_TOO_DEEP, text);
            return Err(Box::new(error.at(span)));
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        result
    }

    /// Looks a name up in the graph, and notes one that it has never seen.
    fn known(&self, name: &Arc<str>) -> Option<Symbol> {
        let symbol = self.setting.graph.symbol(name);
        if symbol.is_none() {
            self.unknown.borrow_mut().push(Arc::clone(name));
        }
        symbol
    }

    fn undefined(name: &str, span: Span) -> Box<Diagnostic> {
        let text = format!("`{name}` is not defined");
        Box::new(Diagnostic::error(&Code::UNDEFINED_VARIABLE, text).at(span))
    }
}

/// Puts the columns of a branch of UNION into the order of the first one.
fn align(branch: &mut Plan, columns: &[Arc<str>]) {
    if branch.columns == columns {
        return;
    }
    let places: Vec<Option<Slot>> = columns
        .iter()
        .map(|name| branch.columns.iter().position(|own| own == name))
        .collect();
    let mut items: Vec<Expr> = places
        .iter()
        .map(|place| Expr::slot(place.unwrap_or_default(), Span::default()))
        .collect();
    let mut frame = columns.to_vec();
    if let Some(trace) = branch.trace.as_mut() {
        items.push(Expr::slot(*trace, Span::default()));
        frame.push("trace".into());
        *trace = columns.len();
    }
    branch.columns = columns.to_vec();
    branch.push(Op::Project(super::Project { items, frame }));
}

/// Puts what pictures draw right behind the columns, where all branches have it.
fn move_trace(branch: &mut Plan, at: Slot, wanted: bool) {
    match branch.trace {
        Some(trace) if wanted && trace != at => {
            let mut items: Vec<Expr> = (0..at)
                .map(|slot| Expr::slot(slot, Span::default()))
                .collect();
            items.push(Expr::slot(trace, Span::default()));
            let mut frame = branch.columns.clone();
            frame.push("trace".into());
            branch.trace = Some(at);
            branch.push(Op::Project(super::Project { items, frame }));
        }
        _ => {}
    }
}
