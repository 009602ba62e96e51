//! Sets and removes properties and labels.

use super::Row;
use super::Run;
use super::Stop;
use super::write::Writer;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::GraphView;
use crate::model::Symbol;
use crate::model::Value;
use crate::model::ValueMap;
use crate::query::plan::SetOp;
use crate::query::plan::expr::Expr;
use crate::query::plan::expr::Key;

/// A node or an edge that is there.
#[derive(Clone, Copy)]
enum Thing {
    Node(crate::model::NodeId),
    Edge(crate::model::EdgeId),
}

impl Writer<'_> {
    /// Applies changes for one row, one after the other. A target that is null is left out, and the
    /// value that it would get is not looked at.
    pub(super) fn set(&mut self, items: &[SetOp], row: &Row) -> Run<()> {
        for item in items {
            self.shared.guard.tick()?;
            match item {
                SetOp::Property { target, key, value } => {
                    if let Some(thing) = self.target(target, row)? {
                        let span = value.span;
                        let value = self.reader().value(value, row)?;
                        storable(&value, span)?;
                        let key = self.intern(key);
                        self.put(thing, key, value);
                    }
                }
                SetOp::Properties { target, add, value } => {
                    self.set_all(target, *add, value, row)?;
                }
                SetOp::AddLabels { target, labels } => self.label(target, labels, true, row)?,
                SetOp::RemoveLabels { target, labels } => {
                    self.label(target, labels, false, row)?;
                }
            }
        }
        Ok(())
    }

    fn target(&self, target: &Expr, row: &Row) -> Run<Option<Thing>> {
        let thing = match self.reader().value(target, row)? {
            Value::Null => return Ok(None),
            Value::Node(node) if self.graph.has_node(node) => Thing::Node(node),
            Value::Edge(edge) if self.graph.has_edge(edge) => Thing::Edge(edge),
            Value::Node(_) | Value::Edge(_) => return Err(deleted(target.span)),
            other => {
                let text = format!(
                    "properties are set on a node or relationship, not on {}",
                    other.type_name()
                );
                let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
                return Err(error.at(target.span).into());
            }
        };
        Ok(Some(thing))
    }

    fn put(&mut self, thing: Thing, key: Symbol, value: Value) {
        match thing {
            Thing::Node(node) => self.graph.set_node_property(node, key, value),
            Thing::Edge(edge) => self.graph.set_edge_property(edge, key, value),
        };
    }

    fn set_all(&mut self, target: &Expr, add: bool, value: &Expr, row: &Row) -> Run<()> {
        let Some(thing) = self.target(target, row)? else {
            return Ok(());
        };
        let span = value.span;
        let map: ValueMap = match self.reader().value(value, row)? {
            Value::Null if add => return Ok(()),
            Value::Null => ValueMap::new(),
            value @ (Value::Map(_) | Value::Node(_) | Value::Edge(_)) => {
                self.reader().properties(&value)
            }
            other => {
                let text = format!("properties are a map, not {}", other.type_name());
                let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
                return Err(error.at(span).into());
            }
        };
        for value in map.values() {
            storable(value, span)?;
        }
        if !add {
            self.clear(thing, &map);
        }
        for (key, value) in map {
            let key = self.graph.intern(&key);
            self.put(thing, key, value);
        }
        Ok(())
    }

    /// Removes the properties that a map does not name.
    fn clear(&mut self, thing: Thing, map: &ValueMap) {
        let own = match thing {
            Thing::Node(node) => self.graph.node_properties(node),
            Thing::Edge(edge) => self.graph.edge_properties(edge),
        };
        for (key, _) in own {
            if !map.contains_key(self.graph.name(key)) {
                self.put(thing, key, Value::Null);
            }
        }
    }

    fn label(&mut self, target: &Expr, labels: &[Key], add: bool, row: &Row) -> Run<()> {
        match self.target(target, row)? {
            None => Ok(()),
            Some(Thing::Node(node)) => {
                for label in labels {
                    let label = self.intern(label);
                    match add {
                        true => self.graph.add_label(node, label),
                        false => self.graph.remove_label(node, label),
                    };
                }
                Ok(())
            }
            Some(Thing::Edge(_)) => {
                let text = "a relationship has no labels to set";
                let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
                Err(error.at(target.span).into())
            }
        }
    }
}

fn deleted(span: Span) -> Stop {
    let text = "this has been deleted";
    let error = Diagnostic::error(&Code::DELETED_ENTITY_ACCESS, text);
    error.at(span).into()
}

/// Refuses values that a property cannot hold when a query sets it.
pub(super) fn storable(value: &Value, span: Span) -> Run<()> {
    let fits = match value {
        Value::Map(_) | Value::Node(_) | Value::Edge(_) | Value::Path(_) => false,
        Value::List(items) => items.iter().all(|item| {
            !matches!(
                item,
                Value::Map(_) | Value::Node(_) | Value::Edge(_) | Value::Path(_) | Value::Null
            )
        }),
        _ => true,
    };
    if fits {
        return Ok(());
    }
    let text = match value {
        Value::List(_) => "a property cannot hold a list of such items".to_owned(),
        other => format!("a property cannot hold {}", other.type_name()),
    };
    let error = Diagnostic::error(&Code::INVALID_PROPERTY_TYPE, text);
    Err(error
        .at(span)
        .expected("a number, string, boolean, temporal value or a list of these")
        .into())
}
