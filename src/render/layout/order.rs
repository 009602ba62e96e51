//! The order within columns: sweeps to and fro put each item where its neighbours are.
//!
//! In a sweep every item of a column moves to the mean place of what it touches in the column
//! before. Items and boxes that come on from there keep their order, because their mean is their
//! own place there; so boxes stay whole and never change sides. Several beginnings are tried, the
//! best order by crossings is kept.

use super::crossings;
use super::grid::Grid;
use super::grid::What;
use super::switch;

/// Sweeps of one trial, and those without gain after which it ends.
const SWEEPS: usize = 24;
const PATIENCE: usize = 6;

/// Work of all trials together, in items; small graphs get more trials, huge ones fewer sweeps.
const WORK: usize = 400_000;
const TRIALS: usize = 12;
const SWEEPS_LEAST: usize = 4;

/// Orders all columns; gives the number of crossings that are left.
pub(super) fn order(grid: &mut Grid) -> u64 {
    let size: usize = grid.columns.iter().map(Vec::len).sum::<usize>().max(1);
    let trials = (WORK / (size * SWEEPS)).clamp(1, TRIALS);
    let sweeps = (WORK * 2 / size).clamp(SWEEPS_LEAST, SWEEPS);
    let discovery = discovery(grid);
    let mut best: Option<(u64, Vec<Vec<usize>>)> = None;
    for trial in 0..trials {
        begin(grid, &discovery, trial);
        let crossings = improve(grid, sweeps);
        if best.as_ref().is_none_or(|(least, _)| crossings < *least) {
            best = Some((crossings, grid.columns.clone()));
        }
        if crossings == 0 {
            break;
        }
    }
    let (crossings, columns) = best.unwrap_or_default();
    restore(grid, columns);
    crossings
}

fn restore(grid: &mut Grid, columns: Vec<Vec<usize>>) {
    grid.columns = columns;
    for column in 0..grid.columns.len() {
        grid.number(column);
    }
}

/// Gives every item the time at which a walk along lines first meets it, so that what hangs
/// together starts together.
fn discovery(grid: &Grid) -> Vec<f64> {
    let mut time = vec![f64::NAN; grid.items.len()];
    let mut next = 0.0;
    let mut roots: Vec<usize> = (0..grid.items.len()).collect();
    roots.sort_by_key(|item| (grid.items[*item].start, *item));
    for root in roots {
        let mut open = vec![root];
        while let Some(item) = open.pop() {
            if !time[item].is_nan() {
                continue;
            }
            time[item] = next;
            next += 1.0;
            let own = &grid.items[item];
            open.extend(own.left.iter().rev());
            open.extend(own.right.iter().rev());
        }
    }
    time
}

/// Sets the first order of a trial: by discovery, against it, or shuffled by a fixed rule.
fn begin(grid: &mut Grid, discovery: &[f64], trial: usize) {
    let mut keys: Vec<f64> = match trial {
        0 => discovery.to_vec(),
        1 => discovery.iter().map(|time| -time).collect(),
        _ => (0..discovery.len())
            .map(|item| shuffled(item, trial))
            .collect(),
    };
    let tracks = (0..keys.len()).filter(|item| matches!(grid.items[*item].what, What::Track(_)));
    for item in tracks {
        let own = &grid.items[item];
        let ends = [own.left.first(), own.right.first()];
        keys[item] = ends.iter().flatten().map(|end| keys[**end]).sum::<f64>() / 2.0;
    }
    let frames = frame_means(grid, |item| keys[item]);
    for column in 0..grid.columns.len() {
        let own: Vec<f64> = grid.columns[column]
            .iter()
            .map(|item| keys[*item])
            .collect();
        sort(grid, column, &own, &frames, false);
    }
}

/// A number between 0 and 1 that looks random and is always the same.
fn shuffled(item: usize, trial: usize) -> f64 {
    let mut x = (item as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (trial as u64).wrapping_mul(0xd1b5_4a32_d192_ed03);
    x ^= x >> 31;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 29;
    (x >> 11) as f64 / (1u64 << 53) as f64
}

/// Gives the mean key of all items of each box.
fn frame_means(grid: &Grid, key: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); grid.frames.len()];
    for (item, own) in grid.items.iter().enumerate() {
        if matches!(own.what, What::Title(_)) {
            continue;
        }
        for frame in grid.around(own.frame) {
            sums[frame].0 += key(item);
            sums[frame].1 += 1.0;
        }
    }
    sums.into_iter()
        .map(|(sum, count)| if count > 0.0 { sum / count } else { 0.0 })
        .collect()
}

/// Sweeps until nothing is gained any more; leaves the best order and gives its crossings.
fn improve(grid: &mut Grid, sweeps: usize) -> u64 {
    let mut least = crossings::total(grid);
    let mut best = grid.columns.clone();
    let mut without_gain = 0;
    for sweep in 0..sweeps {
        let forward = sweep % 2 == 0;
        sweep_all(grid, forward, sweep % 4 >= 2);
        if without_gain > 1 || sweep < 4 {
            switch::switch(grid, 2);
        }
        let crossings = crossings::total(grid);
        if crossings < least {
            (least, without_gain) = (crossings, 0);
            best.clone_from(&grid.columns);
        } else {
            without_gain += 1;
        }
        if least == 0 || without_gain > PATIENCE {
            break;
        }
    }
    restore(grid, best);
    switch::switch(grid, 12);
    switch::switch_boxes(grid);
    crossings::total(grid)
}

fn sweep_all(grid: &mut Grid, forward: bool, turn_ties: bool) {
    let count = grid.columns.len();
    for step in 1..count {
        let column = if forward { step } else { count - 1 - step };
        sweep_one(grid, column, forward, turn_ties);
    }
}

/// Orders one column by the one before it in the direction of the sweep.
fn sweep_one(grid: &mut Grid, column: usize, forward: bool, turn_ties: bool) {
    let fixed = if forward { column - 1 } else { column + 1 };
    let scale = grid.columns[fixed].len() as f64 / grid.columns[column].len().max(1) as f64;
    let mut ends = Vec::new();
    let mut keys = vec![(0.0, false); grid.columns[column].len()];
    for &item in &grid.columns[column] {
        ends.clear();
        if forward {
            crossings::ends_left(grid, item, column, &mut ends);
        } else {
            crossings::ends_right(grid, item, column, &mut ends);
        }
        let place = grid.place(item, column);
        keys[place] = match ends.len() {
            0 => (place as f64 * scale, false),
            count => (ends.iter().sum::<usize>() as f64 / count as f64, true),
        };
    }
    let frames = frame_keys(grid, column, fixed, &keys);
    let keys: Vec<f64> = keys.into_iter().map(|(key, _)| key).collect();
    sort(grid, column, &keys, &frames, turn_ties);
}

/// Gives the key of every box in a column: the mean place of its items in the fixed column where it
/// was there, too, else the mean key of its items that touch anything.
fn frame_keys(grid: &Grid, column: usize, fixed: usize, keys: &[(f64, bool)]) -> Vec<f64> {
    let mut held = vec![(0.0, 0.0); grid.frames.len()];
    let mut drawn = held.clone();
    let mut loose = held.clone();
    let add = |sums: &mut Vec<(f64, f64)>, frame: usize, key: f64| {
        for frame in grid.around(frame) {
            sums[frame].0 += key;
            sums[frame].1 += 1.0;
        }
    };
    for (at, item) in grid.columns[fixed].iter().enumerate() {
        add(&mut held, grid.items[*item].frame, at as f64);
    }
    for (at, item) in grid.columns[column].iter().enumerate() {
        let (key, touches) = keys[at];
        let is_title = matches!(grid.items[*item].what, What::Title(_));
        let sums = if touches && !is_title {
            &mut drawn
        } else {
            &mut loose
        };
        add(sums, grid.items[*item].frame, key);
    }
    let mean = |sum: (f64, f64)| (sum.1 > 0.0).then(|| sum.0 / sum.1);
    (0..held.len())
        .map(|at| {
            mean(held[at])
                .or(mean(drawn[at]))
                .or(mean(loose[at]))
                .unwrap_or(0.0)
        })
        .collect()
}

/// One child of a box in a column.
#[derive(Clone, Copy)]
struct Child {
    parent: usize,
    key: f64,
    tie: isize,
    item: Option<usize>,
    frame: usize,
}

/// Sorts a column by the keys of its places and of boxes, box by box; a title is first in its box.
fn sort(grid: &mut Grid, column: usize, keys: &[f64], frame_keys: &[f64], turn_ties: bool) {
    let mut first = vec![usize::MAX; grid.frames.len()];
    let mut children = Vec::with_capacity(grid.columns[column].len());
    for (at, &item) in grid.columns[column].iter().enumerate() {
        let own = &grid.items[item];
        let is_title = matches!(own.what, What::Title(_));
        let tie = if turn_ties {
            -(at as isize)
        } else {
            at as isize
        };
        let key = if is_title {
            f64::NEG_INFINITY
        } else {
            keys[at]
        };
        children.push(Child {
            parent: own.frame,
            key,
            tie,
            item: Some(item),
            frame: own.frame,
        });
        first[own.frame] = first[own.frame].min(at);
    }
    for &frame in &grid.open[column] {
        let tie = first[frame] as isize;
        let tie = if turn_ties { -tie } else { tie };
        let parent = grid.frames[frame].parent;
        children.push(Child {
            parent,
            key: frame_keys[frame],
            tie,
            item: None,
            frame,
        });
    }
    children.sort_by(|a, b| {
        a.parent
            .cmp(&b.parent)
            .then(a.key.total_cmp(&b.key))
            .then(a.tie.cmp(&b.tie))
    });
    grid.columns[column] = flatten(&children);
    grid.number(column);
}

/// Walks the sorted children from the page inwards.
fn flatten(children: &[Child]) -> Vec<usize> {
    let of = |frame: usize| {
        let start = children.partition_point(|child| child.parent < frame);
        let end = children.partition_point(|child| child.parent <= frame);
        start..end
    };
    let mut order = Vec::with_capacity(children.len());
    let mut open = vec![of(0)];
    while let Some(range) = open.last_mut() {
        match range.next().map(|at| children[at]) {
            None => drop(open.pop()),
            Some(Child {
                item: Some(item), ..
            }) => order.push(item),
            Some(child) => open.push(of(child.frame)),
        }
    }
    order
}
