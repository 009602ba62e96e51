//! Counts how often lines cross in the channel between two columns.

use super::grid::Grid;

/// Counts the crossings between column `left` and the next one, in `n log n` of its lines. The
/// upper side of a box counts as a line.
pub(super) fn in_channel(grid: &Grid, left: usize) -> u64 {
    let Some(next) = grid.columns.get(left + 1) else {
        return 0;
    };
    let mut tree = vec![0u32; next.len() + 1];
    let (mut crossings, mut seen) = (0u64, 0u64);
    let mut ends = Vec::new();
    for &item in &grid.columns[left] {
        ends.clear();
        ends_right(grid, item, left, &mut ends);
        for &end in &ends {
            crossings += seen - prefix(&tree, end + 1);
        }
        for &end in &ends {
            add(&mut tree, end);
            seen += 1;
        }
    }
    crossings
}

/// Counts all crossings.
pub(super) fn total(grid: &Grid) -> u64 {
    (0..grid.columns.len())
        .map(|left| in_channel(grid, left))
        .sum()
}

/// Lists where the lines of an item arrive in the next column.
pub(super) fn ends_right(grid: &Grid, item: usize, column: usize, ends: &mut Vec<usize>) {
    let own = &grid.items[item];
    if own.end > column {
        ends.push(grid.place(item, column + 1));
    } else {
        ends.extend(own.right.iter().map(|other| grid.place(*other, column + 1)));
    }
}

/// Lists where the lines of an item come from in the column before.
pub(super) fn ends_left(grid: &Grid, item: usize, column: usize, ends: &mut Vec<usize>) {
    let own = &grid.items[item];
    if own.start < column {
        ends.push(grid.place(item, column - 1));
    } else {
        ends.extend(own.left.iter().map(|other| grid.place(*other, column - 1)));
    }
}

fn prefix(tree: &[u32], mut count: usize) -> u64 {
    let mut sum = 0;
    while count > 0 {
        sum += u64::from(tree[count]);
        count &= count - 1;
    }
    sum
}

fn add(tree: &mut [u32], place: usize) {
    let mut at = place + 1;
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}
