//! Finds the comparison that was written for a choice.
//!
//! A comparison speaks of its options by edges `ABOUT`; it fits names that are all among them.

use super::bound::Named;
use crate::model::Direction;
use crate::model::GraphView;
use crate::model::KindFilter;
use crate::model::NodeId;
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
