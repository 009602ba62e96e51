//! Columns: every link runs at least one column to the right, and links are short.
//!
//! Starts from the longest way from the left and then moves nodes towards where most of their links
//! pull, until nothing moves or a bound is reached. Nodes without links fill the columns of their
//! box; groups that are joined with nothing outside of their box start where the box does.

use super::Diagram;
use super::acyclic::Arc;
use std::collections::BTreeMap;

/// Most rounds of moving; few graphs need more than five.
const ROUNDS: usize = 16;

/// Gives the column of every node, counted from 0.
pub(super) fn ranks(diagram: &Diagram, arcs: &[Arc]) -> Vec<usize> {
    let joined = Joined::new(diagram.nodes.len(), arcs);
    let order = joined.in_flow_order();
    let mut ranks = vec![0usize; diagram.nodes.len()];
    for &node in &order {
        ranks[node] = joined.before[node]
            .iter()
            .map(|other| ranks[*other] + 1)
            .max()
            .unwrap_or(0);
    }
    for _ in 0..ROUNDS {
        if !tighten(&joined, &order, &mut ranks) {
            break;
        }
    }
    let groups = joined.groups();
    align_groups(diagram, &groups, &mut ranks);
    place_loose(diagram, &joined, &mut ranks);
    ranks
}

struct Joined {
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
}

impl Joined {
    fn new(count: usize, arcs: &[Arc]) -> Self {
        let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for arc in arcs {
            before[arc.to].push(arc.from);
            after[arc.from].push(arc.to);
        }
        Self { before, after }
    }

    fn is_loose(&self, node: usize) -> bool {
        self.before[node].is_empty() && self.after[node].is_empty()
    }

    fn in_flow_order(&self) -> Vec<usize> {
        let mut missing: Vec<usize> = self.before.iter().map(Vec::len).collect();
        let mut order: Vec<usize> = (0..missing.len())
            .filter(|node| missing[*node] == 0)
            .collect();
        let mut at = 0;
        while let Some(&node) = order.get(at) {
            at += 1;
            for &next in &self.after[node] {
                missing[next] -= 1;
                if missing[next] == 0 {
                    order.push(next);
                }
            }
        }
        order
    }

    /// Numbers the groups of nodes that are joined with each other.
    fn groups(&self) -> Vec<usize> {
        let mut group = vec![usize::MAX; self.before.len()];
        let mut count = 0;
        for root in 0..group.len() {
            if group[root] != usize::MAX {
                continue;
            }
            group[root] = count;
            let mut open = vec![root];
            while let Some(node) = open.pop() {
                for &other in self.before[node].iter().chain(&self.after[node]) {
                    if group[other] == usize::MAX {
                        group[other] = count;
                        open.push(other);
                    }
                }
            }
            count += 1;
        }
        group
    }
}

/// Moves every node to where its links are shortest; tells whether any moved.
fn tighten(joined: &Joined, order: &[usize], ranks: &mut [usize]) -> bool {
    let mut moved = false;
    for &node in order.iter().rev() {
        let (before, after) = (&joined.before[node], &joined.after[node]);
        let lowest = before.iter().map(|other| ranks[*other] + 1).max();
        let highest = after.iter().map(|other| ranks[*other] - 1).min();
        let wanted = match (lowest, highest) {
            (Some(lowest), Some(_)) if before.len() > after.len() => lowest,
            (Some(lowest), None) => lowest,
            (_, Some(highest)) => highest,
            (None, None) => continue,
        };
        moved |= ranks[node] != wanted;
        ranks[node] = wanted;
    }
    moved
}

/// Lists the boxes around a node, innermost first.
fn boxes_of(diagram: &Diagram, node: usize) -> Vec<usize> {
    let mut way = Vec::new();
    let mut at = diagram.nodes[node].inside;
    while let Some(frame) = at.filter(|frame| *frame < diagram.boxes.len()) {
        way.push(frame);
        at = diagram.boxes[frame].inside.filter(|parent| *parent < frame);
    }
    way
}

/// Moves groups that lie wholly in a box to where the rest of the box starts, and all others to the
/// left edge.
fn align_groups(diagram: &Diagram, groups: &[usize], ranks: &mut [usize]) {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut home: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, group) in groups.iter().enumerate() {
        let start = first.entry(*group).or_insert(usize::MAX);
        *start = (*start).min(ranks[node]);
        let boxes = boxes_of(diagram, node);
        home.entry(*group)
            .and_modify(|own| own.retain(|frame| boxes.contains(frame)))
            .or_insert(boxes);
    }
    for (node, group) in groups.iter().enumerate() {
        ranks[node] -= first[group];
    }
    let mut starts: BTreeMap<usize, usize> = BTreeMap::new();
    for (node, group) in groups.iter().enumerate() {
        for frame in boxes_of(diagram, node) {
            if !home[group].contains(&frame) {
                let start = starts.entry(frame).or_insert(usize::MAX);
                *start = (*start).min(ranks[node]);
            }
        }
    }
    for (node, group) in groups.iter().enumerate() {
        let start = home[group].iter().find_map(|frame| starts.get(frame));
        ranks[node] += start.copied().unwrap_or(0);
    }
}

/// Spreads nodes without links over the columns of their box, or over as many columns as make the
/// heap about as wide as high.
fn place_loose(diagram: &Diagram, joined: &Joined, ranks: &mut [usize]) {
    let mut spans: BTreeMap<Option<usize>, (usize, usize)> = BTreeMap::new();
    let mut loose: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (node, rank) in ranks.iter().copied().enumerate() {
        let boxes = boxes_of(diagram, node);
        if joined.is_loose(node) {
            loose.entry(boxes.first().copied()).or_default().push(node);
            continue;
        }
        for frame in boxes.into_iter().map(Some).chain([None]) {
            let span = spans.entry(frame).or_insert((rank, rank));
            *span = (span.0.min(rank), span.1.max(rank));
        }
    }
    for (frame, nodes) in loose {
        let square = ((nodes.len() as f64 / 2.0).sqrt().ceil() as usize).max(1);
        let parent =
            frame.and_then(|frame| boxes_around(diagram, frame).find_map(|f| spans.get(&f)));
        let (start, columns) = match spans.get(&frame) {
            Some((start, end)) => (*start, (end - start + 1).min(square.max(2))),
            None => (parent.map_or(0, |span| span.0), square),
        };
        for (at, node) in nodes.into_iter().enumerate() {
            ranks[node] = start + at % columns;
        }
    }
}

fn boxes_around(diagram: &Diagram, frame: usize) -> impl Iterator<Item = Option<usize>> + '_ {
    let parent = |frame: usize| diagram.boxes[frame].inside.filter(|parent| *parent < frame);
    std::iter::successors(parent(frame), move |frame| parent(*frame)).map(Some)
}
