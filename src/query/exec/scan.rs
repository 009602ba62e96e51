//! Starts at nodes: all, those of a label, those with a value.

use super::Exec;
use super::Next;
use super::Row;
use super::Run;
use super::nodes::RUN;
use crate::model::GraphView;
use crate::model::Nodes;
use crate::model::Value;
use crate::query::plan::Scan;
use crate::query::plan::Source;
use crate::query::plan::estimate::indexable;
use crate::query::plan::expr::Slot;

pub(super) fn push(
    scan: &Scan,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    match &scan.source {
        Source::All => give(scan.slot, exec.view.nodes(), exec, row, next),
        Source::Label(None, _) => Ok(()),
        Source::Label(Some(label), _) => give(
            scan.slot,
            exec.view.nodes_with_label(*label),
            exec,
            row,
            next,
        ),
        Source::Property { key, value, .. } => {
            let Some(symbol) = key.symbol else {
                return Ok(());
            };
            let value = exec.value(value, row)?;
            let indexed = match indexable(&value) {
                true => exec.view.nodes_with_property(symbol, &value),
                false => None,
            };
            match indexed {
                Some(nodes) => {
                    let nodes = Nodes::Found(nodes.into_iter());
                    give(scan.slot, nodes, exec, row, next)
                }
                // A value that is not indexed; the condition behind still tests it.
                None if value.is_null() => Ok(()),
                None => give(scan.slot, exec.view.nodes(), exec, row, next),
            }
        }
    }
}

/// Gives all nodes of a scan whose value is not asked for.
pub(super) fn nodes<'g>(scan: &Scan, view: &'g dyn GraphView) -> Option<Nodes<'g>> {
    match &scan.source {
        Source::All => Some(view.nodes()),
        Source::Label(label, _) => label.map(|label| view.nodes_with_label(label)),
        Source::Property { .. } => None,
    }
}

/// Gives a row for each node, in runs where the next step takes them so. Runs get longer, for the
/// first rows may be all that is wanted.
pub(super) fn give(
    slot: Slot,
    mut nodes: Nodes<'_>,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    if !next.takes_nodes(exec) {
        return nodes.try_for_each(|node| {
            exec.shared.guard.tick()?;
            row[slot] = Value::Node(node);
            next.push(exec, row)
        });
    }
    let mut run = Vec::new();
    let mut length = 16;
    loop {
        run.clear();
        nodes.move_to(&mut run, length);
        if run.is_empty() {
            return Ok(());
        }
        exec.shared.guard.tick()?;
        next.push_nodes(exec, row, slot, &mut run)?;
        length = (length * 4).min(RUN);
    }
}
