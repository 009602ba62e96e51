//! Keeps, for each pair of ends, the paths of a pattern that a selector asks for.

use super::Exec;
use super::Input;
use super::Next;
use super::Row;
use super::Run;
use super::paths;
use crate::model::Value;
use crate::query::ast::Selector;
use crate::query::ops::RowKey;
use crate::query::plan::Choose;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

/// A path found: its length, and the slots that hold it.
type Found = (usize, Vec<Value>);

pub(super) fn push(
    choose: &Choose,
    exec: &Exec<'_>,
    row: &mut Row,
    next: &mut Next<'_, '_>,
) -> Run<()> {
    let slots = choose.chosen.pattern.introduced();
    let mut by_ends: IndexMap<RowKey, Vec<Found>, FxBuildHasher> = IndexMap::default();
    exec.drive(&choose.body.steps, Input::One(row), &mut |row| {
        exec.shared.guard.keep(slots.len() * size_of::<Value>())?;
        let ends = [choose.ends.0, choose.ends.1].map(|slot| row[slot].clone());
        let length = match &row[choose.chosen.path] {
            Value::Path(path) => path.edges.len(),
            _ => return Ok(()),
        };
        let found = by_ends.entry(RowKey(ends.to_vec())).or_default();
        found.push((length, paths::copy(row, &slots)));
        Ok(())
    })?;
    for (_, mut found) in by_ends {
        found.sort_by_key(|(length, _)| *length);
        keep(&mut found, &choose.chosen.selector);
        for (_, values) in found {
            paths::paste(row, &slots, &values);
            next.push(exec, row)?;
        }
    }
    Ok(())
}

/// Drops what the selector does not ask for; paths come shortest first.
fn keep(found: &mut Vec<Found>, selector: &Selector) {
    let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    match selector {
        Selector::All => {}
        Selector::AnyShortest => found.truncate(1),
        Selector::Shortest(paths) | Selector::Any(paths) => found.truncate(count(*paths)),
        Selector::AllShortest => keep_groups(found, 1),
        Selector::ShortestGroups(groups) => keep_groups(found, count(*groups)),
    }
}

fn keep_groups(found: &mut Vec<Found>, groups: usize) {
    let mut lengths: Vec<usize> = found.iter().map(|(length, _)| *length).collect();
    lengths.dedup();
    lengths.truncate(groups);
    found.retain(|(length, _)| lengths.contains(length));
}
