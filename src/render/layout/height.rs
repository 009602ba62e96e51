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
use std::collections::BTreeMap;

/// Rounds of wishing and yielding: with all pulls alike, and with those that are nearly level first.
const EVEN_ROUNDS: usize = 24;
const ROUNDS: usize = 96;

/// Rounds between which needless height is taken out, so that things do not drift apart.
const CLOSE_EVERY: usize = 12;

/// Two ends this near are set level; well below the distance of any two things.
const NEAR: f64 = 2.0;

/// How far up and down everything lies.
pub(super) struct Heights {
    /// The middle of every item.
    pub(super) items: Vec<f64>,
    /// The lower side of every box of the grid.
    pub(super) bottoms: Vec<f64>,
    /// The height of the whole.
    pub(super) total: f64,
}

/// Rounds of moving chains of things that are level with each other.
const CHAIN_ROUNDS: usize = 10;

/// Most lines at which needless height is looked for: at the end, and between rounds.
const LINES: usize = 3000;
const FEW_LINES: usize = 200;

/// Something that has a height: an item, or behind all items the lower side of a box.
type Thing = usize;

struct Yard {
    /// Room above and below the middle of each thing.
    up: Vec<f64>,
    down: Vec<f64>,
    /// What must lie above each thing, and how far; and the same downwards.
    above: Vec<Vec<(Thing, f64)>>,
    below: Vec<Vec<(Thing, f64)>>,
    /// All things, each after those above it.
    order: Vec<Thing>,
    /// What pulls at each thing: another one, how far from its middle, and how strongly.
    pulls: Vec<Vec<(Thing, f64, f64)>>,
}

/// Finds the heights of everything.
pub(super) fn heights(diagram: &Diagram, grid: &Grid, ports: &Ports) -> Heights {
    let yard = Yard::new(diagram, grid, ports);
    let mut y = vec![0.0; yard.up.len()];
    yard.yield_down(&vec![f64::NEG_INFINITY; y.len()], &mut y);
    let alone: Vec<usize> = (0..y.len()).collect();
    for round in 0..ROUNDS {
        if round > 0 && round % CLOSE_EVERY == 0 {
            yard.close_up(&alone, FEW_LINES, &mut y);
        }
        yard.round(grid, &mut y, round);
    }
    for _ in 0..CHAIN_ROUNDS {
        let chains = yard.set_level(&mut y);
        yard.move_chains(&chains, &mut y);
    }
    let chains = yard.set_level(&mut y);
    yard.close_up(&chains, LINES, &mut y);
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

    /// Sets level what is nearly so: chains of things whose ends nearly meet move by less than the
    /// least distance. Gives the chain of every thing.
    fn set_level(&self, y: &mut [f64]) -> Vec<usize> {
        let mut chain_of = vec![usize::MAX; y.len()];
        for root in 0..y.len() {
            if chain_of[root] != usize::MAX {
                continue;
            }
            let chain = self.chain(root, y, &mut chain_of);
            let mean = chain
                .iter()
                .map(|(thing, offset)| y[*thing] - offset)
                .sum::<f64>()
                / chain.len() as f64;
            if chain
                .iter()
                .all(|(thing, offset)| (mean + offset - y[*thing]).abs() < NEAR)
            {
                for (thing, offset) in chain {
                    y[thing] = mean + offset;
                }
            }
        }
        chain_of
    }

    /// Moves each chain as one to where most of its links to others are shortest, as far as there
    /// is room.
    fn move_chains(&self, chains: &[usize], y: &mut [f64]) {
        let mut members: Vec<Vec<Thing>> = vec![Vec::new(); y.len()];
        for (thing, chain) in chains.iter().enumerate() {
            members[*chain].push(thing);
        }
        for (chain, members) in members.iter().enumerate() {
            let outside = |thing: &Thing| chains[*thing] != chain;
            let mut wishes: Vec<f64> = Vec::new();
            let (mut up, mut down) = (f64::INFINITY, f64::INFINITY);
            for &thing in members {
                let pulls = self.pulls[thing].iter().filter(|pull| outside(&pull.0));
                wishes.extend(pulls.map(|(other, apart, _)| y[*other] + apart - y[thing]));
                for (upper, apart) in self.above[thing].iter().filter(|other| outside(&other.0)) {
                    up = up.min(y[thing] - y[*upper] - apart);
                }
                for (lower, apart) in self.below[thing].iter().filter(|other| outside(&other.0)) {
                    down = down.min(y[*lower] - y[thing] - apart);
                }
            }
            let by = shortest(&mut wishes).clamp(-up.max(0.0), down.max(0.0));
            members.iter().for_each(|thing| y[*thing] += by);
        }
    }

    /// Takes out needless height: what lies below a line moves up as one, as far as all distances
    /// allow, for at most so many lines from top to bottom. Chains stay whole, links only get shorter.
    fn close_up(&self, chains: &[usize], most: usize, y: &mut [f64]) {
        let mut top = vec![f64::INFINITY; y.len()];
        for (thing, chain) in chains.iter().enumerate() {
            top[*chain] = top[*chain].min(y[thing]);
        }
        let mut key: Vec<f64> = chains.iter().map(|chain| top[*chain]).collect();
        let mut lines: Vec<f64> = key.clone();
        lines.sort_by(f64::total_cmp);
        lines.dedup();
        let step = lines.len().div_ceil(most).max(1);
        let mut moved = 0.0;
        for line in lines.into_iter().step_by(step).skip(1) {
            let line = line - moved;
            let (room, longest) = self.room_at(line - 1e-9, &key, y);
            // Where nothing is in the way, links decide how far.
            let room = if room.is_finite() { room } else { longest };
            if room > NEAR {
                let below = |thing: &Thing| key[*thing] > line - 1e-9;
                for thing in (0..y.len()).filter(below).collect::<Vec<_>>() {
                    y[thing] -= room;
                    key[thing] -= room;
                }
                moved += room;
            }
        }
    }

    /// Gives how far everything below a line can move up, and how far it can so that every link
    /// across the line gets shorter.
    fn room_at(&self, line: f64, key: &[f64], y: &[f64]) -> (f64, f64) {
        let (mut room, mut longest) = (f64::INFINITY, f64::INFINITY);
        for lower in (0..y.len()).filter(|lower| key[*lower] > line) {
            for (upper, apart) in self.above[lower]
                .iter()
                .filter(|(upper, _)| key[*upper] <= line)
            {
                room = room.min(y[lower] - y[*upper] - apart);
            }
            for (upper, apart, _) in self.pulls[lower].iter().filter(|pull| key[pull.0] <= line) {
                longest = longest.min(y[lower] - y[*upper] - apart);
            }
        }
        (room, if longest.is_finite() { longest } else { 0.0 })
    }

    /// Collects the things that are nearly level with `root`, and how far from it each would lie.
    fn chain(&self, root: Thing, y: &[f64], chain_of: &mut [usize]) -> Vec<(Thing, f64)> {
        let mut chain = vec![(root, 0.0)];
        chain_of[root] = root;
        let mut at = 0;
        while let Some(&(thing, offset)) = chain.get(at) {
            at += 1;
            for (other, apart, _) in &self.pulls[thing] {
                // The pull says that the thing wishes to lie `apart` below the other.
                if chain_of[*other] == usize::MAX && (y[*other] + apart - y[thing]).abs() < NEAR {
                    chain_of[*other] = root;
                    chain.push((*other, offset - apart));
                }
            }
        }
        chain
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

/// Gives the smallest move after which the wishes are met best: as many lie above as below.
fn shortest(wishes: &mut [f64]) -> f64 {
    wishes.sort_by(f64::total_cmp);
    let upper = wishes.len() / 2;
    let lower = wishes.len().saturating_sub(1) / 2;
    match (wishes.get(lower), wishes.get(upper)) {
        (Some(low), Some(high)) => 0.0f64.clamp(*low, *high),
        _ => 0.0,
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
