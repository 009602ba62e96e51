//! The keys of groups: which group a row belongs to.
//!
//! Four ways, each right for all rows: rows with the same node or edge as the row before belong to
//! the same group where the keys read nothing else; where no two nodes share the value of a key, the
//! node stands for it; one key that is a string of the graph is looked up by its number; all else by
//! its values.

use super::Exec;
use super::Row;
use super::Run;
use super::hops::HopRows;
use crate::model::Cell;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Token;
use crate::model::Value;
use crate::query::ops::RowKey;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::ExprKind;
use crate::query::plan::expr::Slot;
use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;
use rustc_hash::FxHashMap;
use std::mem::discriminant;

/// The groups so far, numbered in the order of their first rows.
pub(super) struct Keys<'p> {
    exprs: &'p [Expr],
    /// The slot that all keys read, if there is one.
    subject: Option<Slot>,
    /// What that slot held last, and the group of that row.
    last: Option<(Value, usize)>,
    known: Known,
    scratch: RowKey,
}

/// Where groups are that were added to others.
pub(super) enum Joined {
    /// All of them are new, and stand behind the others.
    Behind,
    /// Each at a place of its own.
    At(Vec<usize>),
}

enum Known {
    /// Each node is a group of its own.
    Nodes(Numbers),
    Tokens(Numbers),
    Values(IndexSet<RowKey, FxBuildHasher>),
}

impl<'p> Keys<'p> {
    pub(super) fn new(exprs: &'p [Expr]) -> Self {
        let subject = subject(exprs);
        Self {
            exprs,
            subject,
            last: None,
            known: match exprs {
                [key] if subject.is_some() && matches!(key.kind, ExprKind::Property(..)) => {
                    Known::Tokens(Numbers::default())
                }
                _ => Known::Values(IndexSet::default()),
            },
            scratch: RowKey(Vec::new()),
        }
    }

    pub(super) fn len(&self) -> usize {
        match &self.known {
            Known::Nodes(numbers) | Known::Tokens(numbers) => numbers.order.len(),
            Known::Values(keys) => keys.len(),
        }
    }

    /// Opens the one group that has no keys.
    pub(super) fn only(&mut self) {
        if let Known::Values(keys) = &mut self.known {
            keys.insert(RowKey(Vec::new()));
        }
    }

    /// Tells whether a key reads a slot.
    pub(super) fn read(&self, slot: Slot) -> bool {
        match self.subject {
            Some(subject) => subject == slot,
            None => self
                .exprs
                .iter()
                .any(|key| !key.reads_only(&|own| own != slot)),
        }
    }

    /// Gives the group of a row; a new one has the highest number.
    pub(super) fn find(&mut self, exec: &Exec<'_>, row: &Row) -> Run<usize> {
        let subject = self.subject.filter(|_| exec.still.is_some());
        let subject = subject.map(|slot| &row[slot]);
        if let (Some(subject), Some((last, group))) = (subject, &self.last)
            && is_same(subject, last)
        {
            return Ok(*group);
        }
        let group = self.look_up(exec, row)?;
        if let Some(subject) = subject {
            self.last = Some((subject.clone(), group));
        }
        Ok(group)
    }

    fn look_up(&mut self, exec: &Exec<'_>, row: &Row) -> Run<usize> {
        if self.len() == 0 {
            self.prefer_nodes(exec, row);
        }
        if let Some(group) = self.look_up_number(exec, row) {
            return Ok(group);
        }
        self.scratch.0.clear();
        for key in self.exprs {
            self.scratch.0.push(exec.value(key, row)?);
        }
        let Known::Values(keys) = &mut self.known else {
            return Ok(0);
        };
        Ok(match keys.get_index_of(&self.scratch) {
            Some(group) => group,
            None => keys.insert_full(RowKey(self.scratch.0.clone())).0,
        })
    }

    /// Lets nodes stand for the key where each has a value of its own.
    fn prefer_nodes(&mut self, exec: &Exec<'_>, row: &Row) {
        let node = self.subject.map(|slot| &row[slot]);
        if let (Known::Tokens(_), Some(Value::Node(_)), Some(key)) =
            (&self.known, node, self.exprs.first().and_then(property))
            && exec.still.is_some()
            && exec.view.is_unique(key)
        {
            self.known = Known::Nodes(Numbers::default());
        }
    }

    /// Finds the group by the number of a node or of a string; `None` where values have to decide.
    fn look_up_number(&mut self, exec: &Exec<'_>, row: &Row) -> Option<usize> {
        let found = match &mut self.known {
            Known::Values(_) => return None,
            Known::Nodes(nodes) => match self.subject.map(|slot| &row[slot]) {
                Some(Value::Node(node)) => Some(nodes.find(node.0)),
                _ => None,
            },
            Known::Tokens(tokens) => {
                let code = self.exprs.first().and_then(|key| code(exec, key, row));
                code.map(|code| tokens.find(code))
            }
        };
        if found.is_none() {
            self.spell_out(exec);
        }
        found
    }

    /// Keeps the keys by their values from now on.
    fn spell_out(&mut self, exec: &Exec<'_>) {
        if !matches!(self.known, Known::Values(_)) {
            let groups = 0..self.len();
            let keys = groups.map(|group| RowKey(vec![self.value(group, exec)]));
            self.known = Known::Values(keys.collect());
        }
    }

    /// Adds the groups of others behind its own, and tells where they are now.
    pub(super) fn join(&mut self, mut others: Self, exec: &Exec<'_>) -> Joined {
        if self.len() == 0 {
            *self = others;
            return Joined::Behind;
        }
        if others.len() > 0 && discriminant(&self.known) != discriminant(&others.known) {
            self.spell_out(exec);
            others.spell_out(exec);
        }
        match (&mut self.known, others.known) {
            (Known::Nodes(own), Known::Nodes(others))
            | (Known::Tokens(own), Known::Tokens(others)) => own.join(others),
            (Known::Values(own), Known::Values(others)) => {
                let keys = others.into_iter();
                Joined::At(keys.map(|key| own.insert_full(key).0).collect())
            }
            _ => Joined::At(Vec::new()),
        }
    }

    /// Gives the key of a group that was found by a number.
    fn value(&self, group: usize, exec: &Exec<'_>) -> Value {
        match &self.known {
            Known::Nodes(nodes) => match (
                nodes.order.get(group),
                self.exprs.first().and_then(property),
            ) {
                (Some(node), Some(key)) => exec.view.node_property(NodeId(*node), key),
                _ => Value::Null,
            },
            Known::Tokens(tokens) => match tokens.order.get(group) {
                Some(code) if *code != NULL => Value::text(exec.view.token_text(Token(*code))),
                _ => Value::Null,
            },
            Known::Values(_) => Value::Null,
        }
    }

    /// Tells whether the keys are the one property of this slot that each node has of its own.
    pub(super) fn stand_for(&self, slot: Slot) -> bool {
        matches!(self.known, Known::Nodes(_)) && self.subject == Some(slot)
    }

    /// Gives the group of a node where nodes stand for keys.
    #[inline]
    pub(super) fn find_node(&mut self, node: NodeId) -> usize {
        match &mut self.known {
            Known::Nodes(nodes) => nodes.find(node.0),
            _ => 0,
        }
    }

    /// Gives the groups of the first of many rows, as far as numbers tell them.
    pub(super) fn find_all(
        &mut self,
        exec: &Exec<'_>,
        row: &Row,
        rows: &HopRows<'_>,
    ) -> Run<Vec<usize>> {
        let differ = |key: &Expr| !key.reads_only(&|slot| !rows.fill(slot));
        if !self.exprs.iter().any(differ) {
            return Ok(vec![self.find(exec, row)?; rows.len()]);
        }
        Ok(self.find_by_number(exec, rows))
    }

    fn find_by_number(&mut self, exec: &Exec<'_>, rows: &HopRows<'_>) -> Vec<usize> {
        let (Some(slot), Some(first)) = (self.subject, self.exprs.first()) else {
            return Vec::new();
        };
        match &mut self.known {
            Known::Nodes(numbers) => {
                let nodes = rows.nodes(slot).unwrap_or_default().iter();
                nodes.map(|node| numbers.find(node.0)).collect()
            }
            Known::Tokens(numbers) => {
                let codes = property(first).map(|key| codes(exec, slot, key, rows));
                let codes = codes.unwrap_or_default().into_iter();
                codes.map(|code| numbers.find(code)).collect()
            }
            Known::Values(_) => Vec::new(),
        }
    }

    /// Adds the keys of a group to a row.
    pub(super) fn write(&self, group: usize, exec: &Exec<'_>, row: &mut Row) {
        match &self.known {
            Known::Nodes(_) | Known::Tokens(_) => row.push(self.value(group, exec)),
            Known::Values(keys) => {
                let key = keys.get_index(group).map_or(&[][..], |key| &key.0);
                row.extend_from_slice(key);
            }
        }
    }
}

/// The slot that is all that keys read; each is the slot or a property of what it holds.
fn subject(keys: &[Expr]) -> Option<Slot> {
    let slot = |key: &Expr| match &key.kind {
        ExprKind::Slot(slot) => Some(*slot),
        ExprKind::Property(subject, _) => subject.as_slot(),
        _ => None,
    };
    let first = keys.first().and_then(slot)?;
    keys.iter()
        .all(|key| slot(key) == Some(first))
        .then_some(first)
}

/// The key of a property.
fn property(expr: &Expr) -> Option<Symbol> {
    match &expr.kind {
        ExprKind::Property(_, key) => key.symbol,
        _ => None,
    }
}

fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Node(a), Value::Node(b)) => a == b,
        (Value::Edge(a), Value::Edge(b)) => a == b,
        _ => false,
    }
}

/// The number of a string, or that of null.
type Code = u32;

const NULL: Code = u32::MAX;

/// Reads a property of a slot of many rows, up to the first that is neither a string nor null.
fn codes(exec: &Exec<'_>, slot: Slot, key: Symbol, rows: &HopRows<'_>) -> Vec<Code> {
    let Some(still) = exec.still else {
        return Vec::new();
    };
    if let Some((edges, column)) = rows.edges(slot).zip(still.edge_column(key)) {
        let cells = edges.iter().map(|edge| column.at(edge.index()));
        return cells.map_while(code_of).collect();
    }
    if let Some((nodes, column)) = rows.nodes(slot).zip(still.node_column(key)) {
        let cells = nodes.iter().map(|node| column.at(node.index()));
        return cells.map_while(code_of).collect();
    }
    Vec::new()
}

#[inline]
fn code_of(cell: Cell) -> Option<Code> {
    match cell {
        Cell::Text(token) => Some(token.0),
        Cell::Null => Some(NULL),
        _ => None,
    }
}

/// Reads a key that is a string of the graph, or null; `None` for any other.
fn code(exec: &Exec<'_>, key: &Expr, row: &Row) -> Option<Code> {
    let ExprKind::Property(subject, key) = &key.kind else {
        return None;
    };
    code_of(exec.still?.cell(&row[subject.as_slot()?], key.symbol?)?)
}

/// Groups by a number. Numbers often come in ascending order; as long as they do, the list of them is
/// all that is needed.
#[derive(Default)]
struct Numbers {
    order: Vec<Code>,
    places: Option<Places>,
}

/// Where the group of each number is.
#[derive(Default)]
struct Places {
    few: FxHashMap<Code, u32>,
    /// The group, plus one, of each number below some bound.
    dense: Vec<u32>,
}

/// Groups up to which a hash table is used.
const FEW: usize = 1024;

/// Highest number that is looked up in a list.
const HIGHEST: usize = 1 << 26;

impl Numbers {
    #[inline]
    fn find(&mut self, code: Code) -> usize {
        if self.places.is_none() {
            let ascends = self.order.last().is_none_or(|last| *last < code);
            if ascends {
                self.order.push(code);
                return self.order.len() - 1;
            }
            if let Ok(group) = self.order.binary_search(&code) {
                return group;
            }
        }
        self.find_place(code)
    }

    fn find_place(&mut self, code: Code) -> usize {
        let order = &mut self.order;
        let places = self.places.get_or_insert_with(|| {
            let mut places = Places::default();
            for (group, code) in order.iter().enumerate() {
                places.insert(*code, group);
            }
            places
        });
        let known = places.get(code);
        known.unwrap_or_else(|| {
            order.push(code);
            places.insert(code, order.len() - 1);
            order.len() - 1
        })
    }
}

impl Numbers {
    /// Adds others behind its own; as long as all ascend, there are none that both have.
    fn join(&mut self, others: Self) -> Joined {
        let ascend = self.places.is_none()
            && others.places.is_none()
            && self.order.last() < others.order.first();
        if ascend {
            self.order.extend(others.order);
            return Joined::Behind;
        }
        let codes = others.order.into_iter();
        Joined::At(codes.map(|code| self.find(code)).collect())
    }
}

impl Places {
    fn get(&self, code: Code) -> Option<usize> {
        let dense = self.dense.get(code as usize).filter(|group| **group > 0);
        match dense {
            Some(group) => Some(*group as usize - 1),
            None => self.few.get(&code).map(|group| *group as usize),
        }
    }

    fn insert(&mut self, code: Code, group: usize) {
        let at = code as usize;
        if group < FEW || at > HIGHEST {
            self.few.insert(code, group as u32);
            return;
        }
        if self.dense.len() <= at {
            self.dense.resize((at + 1).next_power_of_two(), 0);
        }
        self.dense[at] = group as u32 + 1;
    }
}
