//! Starts at nodes: all, those of a label, those with a value.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::plan::Scan;
use crate::query::plan::Source;
use crate::query::plan::estimate::indexable;

pub(super) fn push(
    scan: &Scan,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let mut give = |node: NodeId, row: &mut Row| {
        exec.shared.guard.tick()?;
        row[scan.slot] = Value::Node(node);
        next.push(exec, row)
    };
    match &scan.source {
        Source::All => exec.view.nodes().try_for_each(|node| give(node, row)),
        Source::Label(None, _) => Ok(()),
        Source::Label(Some(label), _) => {
            let mut nodes = exec.view.nodes_with_label(*label);
            nodes.try_for_each(|node| give(node, row))
        }
        Source::Property(key, value) => {
            let Some(symbol) = key.symbol else {
                return Ok(());
            };
            let value = exec.value(value, row)?;
            let indexed = match indexable(&value) {
                true => exec.view.nodes_with_property(symbol, &value),
                false => None,
            };
            match indexed {
                Some(nodes) => nodes.into_iter().try_for_each(|node| give(node, row)),
                // A value that is not indexed; the condition behind still tests it.
                None if value.is_null() => Ok(()),
                None => exec.view.nodes().try_for_each(|node| give(node, row)),
            }
        }
    }
}
