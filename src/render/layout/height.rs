//! Heights: how far down everything lies, once the order in columns is known.
//!
//! In every column each thing keeps its distance from the one above. Among all placements that do,
//! one is sought in which links are level: everything wishes to be where its neighbours are; one
//! pass lets wishes yield downwards, one upwards, and the mean of both keeps all distances, too.
//! Early rounds weigh all pulls alike, later ones those more that are nearly level, so that lines
//! become straight one after the other; at the end what is nearly level is set level.

use super::Diagram;
use super::gap;
use super::grid::Grid;
use super::grid::What;
use super::route::Ports;
use super::settle;
use std::collections::BTreeMap;

/// Rounds of wishing and yielding: with all pulls alike, and with those that are nearly level first.
const EVEN_ROUNDS: usize = 24;
const ROUNDS: usize = 96;

/// Rounds between which needless height is taken out, so that things do not drift apart.
const CLOSE_EVERY: usize = 12;

/// How far up and down everything lies.
pub(super) struct Heights {
    /// The middle of every item.
    pub(super) items: Vec<f64>,
    /// The lower side of every box of the grid.
    pub(super) bottoms: Vec<f64>,
    /// The height of the whole.
    pub(super) total: f64,
}

/// Something that has a height: an item, or behind all items the lower side of a box.
pub(super) type Thing = usize;

/// What must lie above what, and what pulls at what.
pub(super) struct Yard {
    /// Room above and below the middle of each thing.
    up: Vec<f64>,
    down: Vec<f64>,
    /// What must lie above each thing, and how far; and the same downwards.
    pub(super) above: Vec<Vec<(Thing, f64)>>,
    pub(super) below: Vec<Vec<(Thing, f64)>>,
    /// All things, each after those above it.
    order: Vec<Thing>,
    /// What pulls at each thing: another one, how far from its middle, and how strongly.
    pub(super) pulls: Vec<Vec<(Thing, f64, f64)>>,
}

/// Finds the heights of everything.
pub(super) fn heights(diagram: &Diagram, grid: &Grid, ports: &Ports) -> Heights {
    let yard = Yard::new(diagram, grid, ports);
    let mut y = vec![0.0; yard.up.len()];
    yard.yield_down(&vec![f64::NEG_INFINITY; y.len()], &mut y);
    let alone: Vec<usize> = (0..y.len()).collect();
    for round in 0..ROUNDS {
        if round > 0 && round.is_multiple_of(CLOSE_EVERY) {
            yard.close_up(&alone, settle::FEW_LINES, &mut y);
        }
        yard.round(grid, &mut y, round);
    }
    yard.settle(&mut y);
    yard.tighten_boxes(grid, &mut y);
    finish(grid, &yard, y)
}

/// Moves everything so that the page begins at 0; the page itself has no lower side.
fn finish(grid: &Grid, yard: &Yard, mut y: Vec<f64>) -> Heights {
    let page = grid.items.len();
    let things = || (0..y.len()).filter(|thing| *thing != page);
    let top = things()
        .map(|thing| y[thing] - yard.up[thing])
        .fold(f64::INFINITY, f64::min);
    let bottom = things()
        .map(|thing| y[thing] + yard.down[thing])
        .fold(f64::NEG_INFINITY, f64::max);
    y.iter_mut().for_each(|y| *y -= top);
    let bottoms = y.split_off(page);
    Heights {
        items: y,
        bottoms,
        total: bottom - top,
    }
}

impl Yard {
    fn new(diagram: &Diagram, grid: &Grid, ports: &Ports) -> Yard {
        let count = grid.items.len() + grid.frames.len();
        let (up, down) = rooms(diagram, grid);
        let mut yard = Yard {
            up,
            down,
            above: vec![Vec::new(); count],
            below: vec![Vec::new(); count],
            order: Vec::new(),
            pulls: pulls(grid, ports),
        };
        yard.keep_distances(grid);
        yard.order = yard.in_order();
        yard
    }

    fn keep_distances(&mut self, grid: &Grid) {
        let mut known: BTreeMap<(Thing, Thing), f64> = BTreeMap::new();
        for column in 0..grid.columns.len() {
            let things = things_of(grid, column);
            for pair in things.windows(2) {
                let (upper, lower) = (pair[0], pair[1]);
                let apart = self.down[upper] + distance(grid, upper, lower) + self.up[lower];
                known.entry((upper, lower)).or_insert(apart);
            }
        }
        for ((upper, lower), apart) in known {
            self.below[upper].push((lower, apart));
            self.above[lower].push((upper, apart));
        }
    }

    fn in_order(&self) -> Vec<Thing> {
        let mut missing: Vec<usize> = self.above.iter().map(Vec::len).collect();
        let mut order: Vec<Thing> = (0..missing.len())
            .filter(|thing| missing[*thing] == 0)
            .collect();
        let mut at = 0;
        while let Some(&thing) = order.get(at) {
            at += 1;
            for (next, _) in &self.below[thing] {
                missing[*next] -= 1;
                if missing[*next] == 0 {
                    order.push(*next);
                }
            }
        }
        order
    }

    fn lowest(&self, thing: Thing, y: &[f64]) -> f64 {
        self.above[thing]
            .iter()
            .map(|(upper, apart)| y[*upper] + apart)
            .fold(f64::NEG_INFINITY, f64::max)
    }

    fn highest(&self, thing: Thing, y: &[f64]) -> f64 {
        self.below[thing]
            .iter()
            .map(|(lower, apart)| y[*lower] - apart)
            .fold(f64::INFINITY, f64::min)
    }

    /// Sets everything where it wishes to be, or as far below as it must.
    fn yield_down(&self, wishes: &[f64], y: &mut [f64]) {
        for &thing in &self.order {
            let least = self.lowest(thing, y);
            let wish = wishes[thing].max(least);
            y[thing] = if wish.is_finite() {
                wish
            } else {
                self.up[thing]
            };
        }
    }

    /// Sets everything where it wishes to be, or as far above as it must.
    fn yield_up(&self, wishes: &[f64], y: &mut [f64]) {
        for &thing in self.order.iter().rev() {
            y[thing] = wishes[thing].min(self.highest(thing, y));
        }
    }

    fn round(&self, grid: &Grid, y: &mut [f64], round: usize) {
        let wishes: Vec<f64> = (0..y.len())
            .map(|thing| self.wish(grid, thing, y, round))
            .collect();
        let (mut down, mut up) = (y.to_vec(), y.to_vec());
        self.yield_down(&wishes, &mut down);
        self.yield_up(&wishes, &mut up);
        for ((y, down), up) in y.iter_mut().zip(down).zip(up) {
            *y = (down + up) / 2.0;
        }
    }

    /// Where a thing would like to be: at the weighted mean of what pulls at it; sides of boxes
    /// close to what they hold; what nothing pulls at, where it is.
    fn wish(&self, grid: &Grid, thing: Thing, y: &[f64], round: usize) -> f64 {
        if is_title(grid, thing) {
            return self.highest(thing, y);
        }
        if thing >= grid.items.len() {
            let lowest = self.lowest(thing, y);
            return if lowest.is_finite() { lowest } else { y[thing] };
        }
        let pulls = &self.pulls[thing];
        if pulls.is_empty() {
            return self.middle_of_room(thing, y);
        }
        let slack = if round < EVEN_ROUNDS {
            f64::INFINITY
        } else {
            24.0 / (round - EVEN_ROUNDS + 2) as f64
        };
        let (mut sum, mut weights) = (0.0, 0.0);
        for (other, offset, weight) in pulls {
            let wish = y[*other] + offset;
            let apart = (wish - y[thing]).abs();
            let weight = if slack.is_finite() {
                weight / (apart + slack)
            } else {
                *weight
            };
            sum += wish * weight;
            weights += weight;
        }
        sum / weights
    }

    /// Close to what is above, where there is anything.
    fn middle_of_room(&self, thing: Thing, y: &[f64]) -> f64 {
        let lowest = self.lowest(thing, y);
        if lowest.is_finite() { lowest } else { y[thing] }
    }

    /// Draws the sides of boxes to what they hold, inner boxes first.
    fn tighten_boxes(&self, grid: &Grid, y: &mut [f64]) {
        for frame in (1..grid.frames.len()).rev() {
            let bottom = grid.items.len() + frame;
            let lowest = self.lowest(bottom, y);
            if lowest.is_finite() {
                y[bottom] = lowest;
            }
        }
        for thing in (0..grid.items.len())
            .rev()
            .filter(|thing| is_title(grid, *thing))
        {
            let highest = self.highest(thing, y);
            if highest.is_finite() {
                y[thing] = highest;
            }
        }
    }
}

fn is_title(grid: &Grid, thing: Thing) -> bool {
    grid.items
        .get(thing)
        .is_some_and(|item| matches!(item.what, What::Title(_)))
}

/// Lists the things of a column from top to bottom, with the lower sides of boxes.
fn things_of(grid: &Grid, column: usize) -> Vec<Thing> {
    let mut things = Vec::new();
    let mut inside = 0;
    for &item in &grid.columns[column] {
        let frame = grid.items[item].frame;
        while !grid.is_within(frame, inside) {
            things.push(grid.items.len() + inside);
            inside = grid.frames[inside].parent;
        }
        inside = frame;
        things.push(item);
    }
    while inside != 0 {
        things.push(grid.items.len() + inside);
        inside = grid.frames[inside].parent;
    }
    things
}

/// Gives the room above and below the middle of each thing.
fn rooms(diagram: &Diagram, grid: &Grid) -> (Vec<f64>, Vec<f64>) {
    let mut down: Vec<f64> = grid
        .items
        .iter()
        .map(|item| match item.what {
            What::Node(node) => diagram.nodes[node].size.height / 2.0,
            What::Track(link) => (diagram.links[link].label.height / 2.0).max(1.0),
            What::Title(frame) => diagram.boxes[frame].title.height / 2.0,
        })
        .collect();
    down.resize(grid.items.len() + grid.frames.len(), 0.0);
    let mut up = down.clone();
    for wire in diagram.links.iter().filter(|wire| wire.from == wire.to) {
        // Nodes come first among the items, in the order of the diagram.
        if let Some(node) = diagram.nodes.get(wire.from) {
            let first = up[wire.from] <= node.size.height / 2.0;
            up[wire.from] += if first { gap::LOOP } else { gap::LOOP_MORE };
        }
    }
    (up, down)
}

fn distance(grid: &Grid, upper: Thing, lower: Thing) -> f64 {
    let what = |thing: Thing| grid.items.get(thing).map(|item| item.what);
    match (what(upper), what(lower)) {
        (Some(What::Title(_)), Some(What::Track(_))) => gap::TRACKS,
        (Some(What::Title(_)), Some(What::Node(_))) => gap::TRACKS,
        (Some(What::Title(_)), _) | (_, None) => gap::PAD,
        (_, Some(What::Title(_))) | (None, _) => gap::BOX,
        (Some(What::Node(_)), Some(What::Node(_))) => gap::NODES,
        (Some(What::Track(_)), Some(What::Track(_))) => gap::TRACKS,
        _ => gap::TRACK,
    }
}

/// Lists what pulls at each item: tracks at the ends of their nodes and the other way round.
fn pulls(grid: &Grid, ports: &Ports) -> Vec<Vec<(Thing, f64, f64)>> {
    let mut pulls = vec![Vec::new(); grid.items.len() + grid.frames.len()];
    for (track, item) in grid.items.iter().enumerate() {
        let What::Track(link) = item.what else {
            continue;
        };
        let (out, into) = ports.of(link);
        for (node, port) in item
            .left
            .iter()
            .map(|n| (*n, out))
            .chain(item.right.iter().map(|n| (*n, into)))
        {
            pulls[track].push((node, port, 1.0));
            pulls[node].push((track, -port, 1.0));
        }
    }
    pulls
}
