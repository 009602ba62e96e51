//! Finds the comparison that was written for a choice.
//!
//! A comparison speaks of its options by edges `ABOUT`; it fits names that are all among them. An
//! option that is no system of its own is found by what it is called, or by the end of that.

use super::bound::Named;
use crate::model::Direction;
use crate::model::GraphView;
use crate::model::KindFilter;
use crate::model::NodeId;
use crate::model::Value;
use crate::query::names::fold;
use std::collections::BTreeSet;

/// Finds the comparison with fewest options beside these; looks at the comparisons of the first.
pub(super) fn find(names: &[Named], graph: &dyn GraphView) -> Option<NodeId> {
    let nodes = names.iter().filter_map(|named| named.nodes.first());
    let wanted: BTreeSet<NodeId> = nodes.copied().collect();
    let about = [graph.symbol("ABOUT")?];
    let comparison = graph.symbol("Comparison")?;
    let guides = graph
        .hops(*wanted.first()?, Direction::In, KindFilter::Only(&about))
        .map(|hop| hop.node)
        .filter(|node| graph.has_label(*node, comparison));
    let fits = guides.filter_map(|guide| {
        let hops = graph.hops(guide, Direction::Out, KindFilter::Only(&about));
        let options: BTreeSet<NodeId> = hops.map(|hop| hop.node).collect();
        options
            .is_superset(&wanted)
            .then_some((options.len(), guide))
    });
    fits.min().map(|(_, guide)| guide)
}

/// Finds the one comparison whose options are called so, whole or by their ends: `Lambda image vs
/// ECS`; looks at all comparisons. One text is no choice.
pub(super) fn of_options(texts: &[&str], graph: &dyn GraphView) -> Option<NodeId> {
    if texts.len() < 2 {
        return None;
    }
    let wanted: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let mut guides = graph
        .nodes_with_label(graph.symbol("Comparison")?)
        .filter(|guide| has_options(&graph.get(*guide, "options"), &wanted));
    let guide = guides.next()?;
    guides.next().is_none().then_some(guide)
}

/// Tells whether each of some folded texts is an option of its own.
fn has_options(options: &Value, wanted: &[String]) -> bool {
    let options = options.as_list().unwrap_or(&[]).iter();
    let mut options: Vec<String> = options.filter_map(|o| o.as_str().map(fold)).collect();
    wanted.iter().all(|text| {
        let same = |option: &String| {
            let text = text.strip_suffix('s').unwrap_or(text);
            option.strip_suffix('s').unwrap_or(option).ends_with(text)
        };
        let found = options.iter().position(same);
        found.map(|at| options.remove(at)).is_some()
    })
}
