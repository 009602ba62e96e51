//! Removes nodes and edges.
//!
//! Edges go first, so that `DELETE a, r, b` works in any order; a node that still has edges waits,
//! and is an error only if it has some when the statement ends.

use super::Row;
use super::Run;
use super::Stop;
use super::write::Writer;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::plan::expr::Expr;

impl Writer<'_> {
    pub(super) fn delete(&mut self, targets: &[Expr], detach: bool, rows: &[Row]) -> Run<()> {
        let mut nodes: Vec<NodeId> = Vec::new();
        for row in rows {
            for target in targets {
                self.shared.guard.tick()?;
                let value = self.reader().value(target, row)?;
                self.remove(&value, target.span, &mut nodes)?;
            }
        }
        for node in nodes {
            if detach {
                self.graph.detach_node(node);
            } else if !self.graph.remove_node(node) {
                self.doomed.push(node);
            }
        }
        Ok(())
    }

    /// Removes an edge, and notes nodes for later.
    fn remove(&mut self, value: &Value, span: Span, nodes: &mut Vec<NodeId>) -> Run<()> {
        match value {
            Value::Null => {}
            Value::Node(node) => nodes.push(*node),
            Value::Edge(edge) => {
                self.graph.remove_edge(*edge);
            }
            Value::Path(path) => {
                for edge in &path.edges {
                    self.graph.remove_edge(*edge);
                }
                nodes.extend(&path.nodes);
            }
            other => return Err(not_a_thing(other, span)),
        }
        Ok(())
    }

    /// Removes the nodes that waited for their edges to go.
    pub(crate) fn settle(&mut self) -> Run<()> {
        for node in std::mem::take(&mut self.doomed) {
            if !self.graph.remove_node(node) && self.graph.is_connected(node) {
                let text = "a node that still has relationships cannot be deleted";
                let error = Diagnostic::error(&Code::DELETE_CONNECTED_NODE, text);
                return Err(error.help("DETACH DELETE removes them, too").into());
            }
        }
        Ok(())
    }
}

fn not_a_thing(value: &Value, span: Span) -> Stop {
    let text = format!(
        "DELETE takes nodes, relationships and paths, not {}",
        value.type_name()
    );
    let error = Diagnostic::error(&Code::TYPE_INVALID_ARGUMENT_TYPE, text);
    error.at(span).into()
}
