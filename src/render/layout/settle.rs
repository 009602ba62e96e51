//! The last touches to heights: what is nearly level becomes level, chains move as one, needless
//! height goes.
//!
//! Everything here keeps the distances that `height` has set up.

use super::height::Thing;
use super::height::Yard;

/// Two ends this near are set level; well below the distance of any two things.
const NEAR: f64 = 2.0;

/// Rounds of moving chains of things that are level with each other.
const CHAIN_ROUNDS: usize = 10;

/// Most lines at which needless height is looked for: at the end, and between rounds.
const LINES: usize = 3000;
pub(super) const FEW_LINES: usize = 200;

impl Yard {
    /// Sets things level, moves chains of them, and takes needless height out.
    pub(super) fn settle(&self, y: &mut [f64]) {
        for _ in 0..CHAIN_ROUNDS {
            let chains = self.set_level(y);
            self.move_chains(&chains, y);
        }
        let chains = self.set_level(y);
        self.close_up(&chains, LINES, y);
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
    pub(super) fn close_up(&self, chains: &[usize], most: usize, y: &mut [f64]) {
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
