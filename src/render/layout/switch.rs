//! Fewer crossings by exchange: two neighbours of a column change places where that helps.
//!
//! Items that share several columns change places in all of them, and only where they are
//! neighbours in all of them; so do boxes.

use super::crossings;
use super::grid::Grid;
use super::grid::What;

/// Most rounds over all boxes.
const BOX_ROUNDS: usize = 4;

/// Most items that all tries with boxes together look at.
const BOX_WORK: usize = 3_000_000;

/// Exchanges items until a round gains nothing, at most `rounds` times.
pub(super) fn switch(grid: &mut Grid, rounds: usize) {
    for _ in 0..rounds {
        let mut gained = false;
        for column in 0..grid.columns.len() {
            for at in 1..grid.columns[column].len() {
                let (upper, lower) = (grid.columns[column][at - 1], grid.columns[column][at]);
                gained |= try_items(grid, upper, lower, column);
            }
        }
        if !gained {
            break;
        }
    }
}

fn is_title(grid: &Grid, item: usize) -> bool {
    matches!(grid.items[item].what, What::Title(_))
}

fn try_items(grid: &mut Grid, upper: usize, lower: usize, column: usize) -> bool {
    let (a, b) = (&grid.items[upper], &grid.items[lower]);
    if a.frame != b.frame || is_title(grid, upper) || is_title(grid, lower) {
        return false;
    }
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    // Each pair is looked at in the first column that it shares.
    let neighbours = |column| grid.place(upper, column) + 1 == grid.place(lower, column);
    if column != start || !(start..=end).all(neighbours) {
        return false;
    }
    if gain(grid, upper, lower, start, end) <= 0 {
        return false;
    }
    for column in start..=end {
        let at = grid.place(upper, column);
        grid.exchange(column, at);
    }
    true
}

/// Reckons how many crossings between the lines of two neighbours an exchange takes away.
fn gain(grid: &Grid, upper: usize, lower: usize, start: usize, end: usize) -> i64 {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    crossings::ends_left(grid, upper, start, &mut one);
    crossings::ends_left(grid, lower, start, &mut other);
    let left = balance(&mut one, &mut other);
    one.clear();
    other.clear();
    crossings::ends_right(grid, upper, end, &mut one);
    crossings::ends_right(grid, lower, end, &mut other);
    left + balance(&mut one, &mut other)
}

/// Counts pairs that cross as things are, less those that would after an exchange.
fn balance(upper: &mut [usize], lower: &mut [usize]) -> i64 {
    lower.sort_unstable();
    upper
        .iter()
        .map(|end| {
            let before = lower.partition_point(|other| other < end);
            let after = lower.len() - lower.partition_point(|other| other <= end);
            before as i64 - after as i64
        })
        .sum()
}

/// A box, or an item beside one.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Item(usize),
    Frame(usize),
}

/// Exchanges boxes with what is next to them, by counting anew.
pub(super) fn switch_boxes(grid: &mut Grid) {
    let mut work = BOX_WORK;
    for _ in 0..BOX_ROUNDS {
        let mut gained = false;
        for frame in 1..grid.frames.len() {
            let own = grid.frames[frame];
            if own.start <= own.end {
                gained |= try_box(grid, frame, &mut work);
            }
        }
        if !gained {
            break;
        }
    }
}

fn try_box(grid: &mut Grid, frame: usize, work: &mut usize) -> bool {
    let own = grid.frames[frame];
    let mut others: Vec<Unit> = Vec::new();
    for column in own.start..=own.end {
        let (_, end) = range(grid, Unit::Frame(frame), column);
        let Some(&below) = grid.columns[column].get(end) else {
            continue;
        };
        if let Some(unit) = sibling(grid, below, own.parent).filter(|unit| !others.contains(unit)) {
            others.push(unit);
        }
    }
    others
        .into_iter()
        .any(|other| try_units(grid, Unit::Frame(frame), other, work))
}

/// Gives the unit right below `parent` that an item belongs to.
fn sibling(grid: &Grid, item: usize, parent: usize) -> Option<Unit> {
    let frame = grid.items[item].frame;
    if frame == parent {
        return (!is_title(grid, item)).then_some(Unit::Item(item));
    }
    let way: Vec<usize> = grid.around(frame).collect();
    let at = way.iter().position(|frame| *frame == parent)?;
    way.get(at.checked_sub(1)?).map(|frame| Unit::Frame(*frame))
}

fn span(grid: &Grid, unit: Unit) -> (usize, usize) {
    match unit {
        Unit::Item(item) => (grid.items[item].start, grid.items[item].end),
        Unit::Frame(frame) => (grid.frames[frame].start, grid.frames[frame].end),
    }
}

/// Gives the places of a unit in a column that it spans, the last one excluded.
fn range(grid: &Grid, unit: Unit, column: usize) -> (usize, usize) {
    let items = &grid.columns[column];
    match unit {
        Unit::Item(item) => (grid.place(item, column), grid.place(item, column) + 1),
        Unit::Frame(frame) => {
            let inside = |item: &usize| grid.is_within(grid.items[*item].frame, frame);
            let start = items.iter().position(inside).unwrap_or(0);
            let length = items
                .iter()
                .skip(start)
                .take_while(|item| inside(item))
                .count();
            (start, start + length)
        }
    }
}

/// Puts `lower` before `upper` in all columns that both span, and back again if that gains nothing.
fn try_units(grid: &mut Grid, upper: Unit, lower: Unit, work: &mut usize) -> bool {
    let (a, b) = (span(grid, upper), span(grid, lower));
    let (start, end) = (a.0.max(b.0), a.1.min(b.1));
    let adjacent = |column| range(grid, upper, column).1 == range(grid, lower, column).0;
    if start > end || !(start..=end).all(adjacent) {
        return false;
    }
    let channels = start.saturating_sub(1)..=end;
    let cost: usize = channels
        .clone()
        .map(|column| grid.columns[column].len() * 4)
        .sum();
    let Some(left) = work.checked_sub(cost) else {
        return false;
    };
    *work = left;
    let count = |grid: &Grid| {
        channels
            .clone()
            .map(|left| crossings::in_channel(grid, left))
            .sum::<u64>()
    };
    let before = count(grid);
    exchange(grid, upper, lower, start, end);
    if count(grid) < before {
        return true;
    }
    exchange(grid, lower, upper, start, end);
    false
}

fn exchange(grid: &mut Grid, upper: Unit, lower: Unit, start: usize, end: usize) {
    for column in start..=end {
        let (from, middle) = range(grid, upper, column);
        let (_, to) = range(grid, lower, column);
        grid.columns[column][from..to].rotate_left(middle - from);
        grid.number(column);
    }
}
