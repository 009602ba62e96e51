//! Numbers of a snapshot that point at nodes, edges and names, checked when they are first read.
//!
//! A snapshot opens without its arrays being read, so a broken one shows only later. Whoever walks
//! keeps side tables by the number of a node; a number that is too large must not get there. Runs
//! of edges are checked in stretches, each once; what is broken is left out and remembered.

use super::view::Hop;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

/// Edges that are checked at once: small beside a whole graph, large beside most runs.
const STRETCH: usize = 512;

/// How large the numbers of a graph may be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    pub(super) nodes: usize,
    pub(super) edges: usize,
    pub(super) names: usize,
}

/// Whether something broken was met.
#[derive(Clone, Debug, Default)]
pub(super) struct Broken(Arc<AtomicBool>);

impl Broken {
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Remembers that something is broken where it is not `sound`; gives `sound` back.
    pub(super) fn unless(&self, sound: bool) -> bool {
        if !sound {
            self.0.store(true, Ordering::Relaxed);
        }
        sound
    }
}

/// Watches over the runs of edges of one side.
#[derive(Debug)]
pub(super) struct Guard {
    bounds: Bounds,
    /// A bit for each stretch that was found sound.
    sound: Box<[AtomicU64]>,
    /// How many stretches have not been found sound.
    left: AtomicUsize,
    broken: Broken,
}

impl Guard {
    pub(super) fn new(hops: usize, bounds: Bounds, broken: Broken) -> Self {
        let words = hops.div_ceil(STRETCH).div_ceil(64);
        Self {
            bounds,
            sound: (0..words).map(|_| AtomicU64::new(0)).collect(),
            left: AtomicUsize::new(hops.div_ceil(STRETCH)),
            broken,
        }
    }

    /// Tells whether all edges were found sound, so that nobody has to look again.
    pub(super) fn is_done(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }

    /// Gives a run of edges where the stretches it lies in are sound, else nothing.
    #[inline]
    pub(super) fn run<'a>(&self, hops: &'a [Hop], from: usize, to: usize) -> &'a [Hop] {
        let Some(run) = hops.get(from..to) else {
            self.broken.unless(false);
            return &[];
        };
        let sound = run.is_empty()
            || (from / STRETCH..=(to - 1) / STRETCH).all(|stretch| self.is_sound(hops, stretch));
        if sound { run } else { &[] }
    }

    #[inline]
    fn is_sound(&self, hops: &[Hop], stretch: usize) -> bool {
        let known = self.sound.get(stretch / 64);
        known.is_some_and(|word| word.load(Ordering::Relaxed) >> (stretch % 64) & 1 == 1)
            || self.look(hops, stretch)
    }

    #[cold]
    fn look(&self, hops: &[Hop], stretch: usize) -> bool {
        let from = stretch * STRETCH;
        let part = hops.get(from..hops.len().min(from + STRETCH));
        let sound = part.is_some_and(|part| part.iter().all(|hop| self.bounds.hold(hop)));
        if sound && let Some(word) = self.sound.get(stretch / 64) {
            let bit = 1 << (stretch % 64);
            if word.fetch_or(bit, Ordering::Relaxed) & bit == 0 {
                self.left.fetch_sub(1, Ordering::Relaxed);
            }
        }
        self.broken.unless(sound)
    }
}

impl Bounds {
    fn hold(&self, hop: &Hop) -> bool {
        hop.node.index() < self.nodes
            && hop.edge.index() < self.edges
            && hop.kind.index() < self.names
    }
}
