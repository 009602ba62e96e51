//! Makes nodes and edges.

use super::Row;
use super::Run;
use super::set::storable;
use super::write::Writer;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Value;
use crate::query::plan::Create;
use crate::query::plan::NewPart;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::Key;
use crate::query::plan::expr::Slot;

impl Writer<'_> {
    /// Makes the parts that the row does not hold yet, in the order written.
    pub(super) fn create(&mut self, create: &Create, row: &mut Row) -> Run<()> {
        for part in &create.parts {
            self.shared.guard.tick()?;
            match part {
                NewPart::Node {
                    slot,
                    labels,
                    properties,
                } => {
                    let properties = self.new_properties(properties.as_ref(), row)?;
                    let labels: Vec<Symbol> = labels.iter().map(|key| self.intern(key)).collect();
                    let node = self.graph.add_node(&labels, properties);
                    row[*slot] = Value::Node(node);
                }
                NewPart::Edge {
                    slot,
                    kind,
                    from,
                    to,
                    properties,
                } => {
                    let properties = self.new_properties(properties.as_ref(), row)?;
                    let (from, to) = (end(row, *from)?, end(row, *to)?);
                    let kind = self.intern(kind);
                    let edge = self.graph.add_edge(kind, from, to, properties);
                    row[*slot] = Value::Edge(edge.ok_or_else(gone)?);
                }
            }
        }
        for (slot, path) in &create.paths {
            row[*slot] = self.reader().value(path, row)?;
        }
        Ok(())
    }

    pub(super) fn intern(&mut self, key: &Key) -> Symbol {
        match key.symbol {
            Some(symbol) => symbol,
            None => self.graph.intern(&key.name),
        }
    }

    fn new_properties(
        &mut self,
        properties: Option<&Expr>,
        row: &Row,
    ) -> Run<Vec<(Symbol, Value)>> {
        let Some(expr) = properties else {
            return Ok(Vec::new());
        };
        let map = match self.reader().value(expr, row)? {
            Value::Map(map) => map,
            Value::Null => return Ok(Vec::new()),
            other => return Err(no_map(&other, expr.span)),
        };
        let mut list = Vec::with_capacity(map.len());
        for (key, value) in map.iter() {
            storable(value, expr.span)?;
            list.push((self.graph.intern(key), value.clone()));
        }
        Ok(list)
    }
}

fn no_map(value: &Value, span: Span) -> super::Stop {
    let text = format!("properties are a map, not {}", value.type_name());
    let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
    error.at(span).expected("MAP").into()
}

fn end(row: &Row, slot: Slot) -> Run<NodeId> {
    match &row[slot] {
        Value::Node(node) => Ok(*node),
        other => {
            let text = format!(
                "a relationship joins nodes, and this end is {}",
                other.type_name()
            );
            Err(Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text).into())
        }
    }
}

fn gone() -> Diagnostic {
    let text = "a relationship cannot join a node that has been deleted";
    Diagnostic::error(&Code::DELETED_ENTITY_ACCESS, text)
}
