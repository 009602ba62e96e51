//! Widths: where columns begin and end, and the sides of boxes between them.

use super::Diagram;
use super::gap;
use super::grid::Grid;
use super::grid::What;
use super::height::Heights;
use super::route::Ports;

/// Where columns lie from left to right.
pub(super) struct Columns {
    /// Left and right side of each column.
    pub(super) sides: Vec<(f64, f64)>,
    /// The sides with the boxes that begin and end there: where channels end.
    pub(super) outer: Vec<(f64, f64)>,
    /// Left and right side of every box of the grid.
    pub(super) frames: Vec<(f64, f64)>,
    /// The width of the whole.
    pub(super) total: f64,
}

/// Reckons the columns.
pub(super) fn columns(diagram: &Diagram, grid: &Grid, ports: &Ports, heights: &Heights) -> Columns {
    let (left_levels, right_levels) = levels(grid);
    let (left_pads, right_pads) = (
        pads(grid, &left_levels, true),
        pads(grid, &right_levels, false),
    );
    let mut widths = widths(diagram, grid);
    widen_for_titles(diagram, grid, &mut widths);
    let (mut sides, mut outer) = (Vec::new(), Vec::new());
    let mut x = 0.0;
    for (column, width) in widths.iter().enumerate() {
        let left = x + left_pads[column];
        let right = left + width;
        sides.push((left, right));
        outer.push((x, right + right_pads[column]));
        x = right + right_pads[column] + channel(grid, ports, heights, column);
    }
    let frames = (0..grid.frames.len())
        .map(|frame| {
            let span = grid.frames[frame];
            match (frame, sides.get(span.start), sides.get(span.end)) {
                (1.., Some(first), Some(last)) => (
                    first.0 - left_levels[frame] as f64 * gap::PAD,
                    last.1 + right_levels[frame] as f64 * gap::PAD,
                ),
                _ => (0.0, 0.0),
            }
        })
        .collect();
    let total = outer.last().map_or(0.0, |outer| outer.1);
    Columns {
        sides,
        outer,
        frames,
        total,
    }
}

/// Gives how many boxes begin (end) at the same column inside of each box, itself counted.
fn levels(grid: &Grid) -> (Vec<usize>, Vec<usize>) {
    let (mut left, mut right) = (vec![1; grid.frames.len()], vec![1; grid.frames.len()]);
    for frame in (1..grid.frames.len()).rev() {
        let own = grid.frames[frame];
        let parent = grid.frames[own.parent];
        if own.start > own.end {
            continue;
        }
        if own.start == parent.start {
            left[own.parent] = left[own.parent].max(left[frame] + 1);
        }
        if own.end == parent.end {
            right[own.parent] = right[own.parent].max(right[frame] + 1);
        }
    }
    (left, right)
}

fn pads(grid: &Grid, levels: &[usize], at_start: bool) -> Vec<f64> {
    let mut pads = vec![0.0f64; grid.columns.len()];
    for (frame, level) in levels.iter().enumerate().skip(1) {
        let own = grid.frames[frame];
        let column = if at_start { own.start } else { own.end };
        if let Some(pad) = pads.get_mut(column).filter(|_| own.start <= own.end) {
            *pad = pad.max(*level as f64 * gap::PAD + gap::BOX / 2.0);
        }
    }
    pads
}

fn widths(diagram: &Diagram, grid: &Grid) -> Vec<f64> {
    let mut widths = vec![0.0f64; grid.columns.len()];
    for arc in &grid.arcs {
        let column = label_column(diagram, grid, *arc);
        widths[column] = widths[column].max(diagram.links[arc.link].label.width);
    }
    for (item, own) in grid.items.iter().enumerate() {
        if let What::Node(node) = own.what {
            let label = self_label(diagram, item);
            widths[own.start] = widths[own.start]
                .max(diagram.nodes[node].size.width)
                .max(label);
        }
    }
    widths
}

/// Gives the width of the label of a node's link to itself.
fn self_label(diagram: &Diagram, node: usize) -> f64 {
    let own = |wire: &&super::Wire| wire.from == node && wire.to == node;
    diagram
        .links
        .iter()
        .find(own)
        .map_or(0.0, |wire| wire.label.width)
}

/// The column in which the label of a link lies: the one next to where it starts.
pub(super) fn label_column(diagram: &Diagram, grid: &Grid, arc: super::acyclic::Arc) -> usize {
    let turned = diagram.links[arc.link].from != arc.from;
    match turned {
        false => grid.items[arc.from].start + 1,
        true => grid.items[arc.to].start - 1,
    }
}

/// Makes the last column of a box wider where its title needs more than the columns give.
fn widen_for_titles(diagram: &Diagram, grid: &Grid, widths: &mut [f64]) {
    for (at, frame) in diagram.boxes.iter().enumerate().rev() {
        let span = grid.frames[at + 1];
        if span.start > span.end {
            continue;
        }
        let given: f64 = widths[span.start..=span.end].iter().sum::<f64>()
            + (span.end - span.start) as f64 * gap::CHANNEL;
        let missing = frame.title.width - given;
        if missing > 0.0 {
            widths[span.end] += missing;
        }
    }
}

/// Gives the width of the channel right of a column: wider where lines climb far.
fn channel(grid: &Grid, ports: &Ports, heights: &Heights, column: usize) -> f64 {
    if column + 1 >= grid.columns.len() {
        return 0.0;
    }
    let climb = grid
        .items
        .iter()
        .enumerate()
        .filter_map(|(item, own)| match own.what {
            What::Track(link) => Some((item, own, ports.of(link))),
            _ => None,
        })
        .flat_map(|(item, own, (out, into))| {
            let begins = (own.start == column + 1).then(|| {
                own.left
                    .first()
                    .map(|node| heights.items[*node] + out - heights.items[item])
            });
            let ends = (own.end == column).then(|| {
                own.right
                    .first()
                    .map(|node| heights.items[*node] + into - heights.items[item])
            });
            [begins.flatten(), ends.flatten()]
        })
        .flatten()
        .fold(0.0f64, |most, climb| most.max(climb.abs()));
    (gap::CHANNEL * 0.6 + climb * gap::CHANNEL_CLIMB).clamp(gap::CHANNEL, gap::CHANNEL_MOST)
}
