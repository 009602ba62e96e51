//! The grid: columns, and in each the items that take room there.
//!
//! An item is a node (one even column), the track of a link (all columns between its ends) or the
//! title of a box (all columns of the box, always first in it). Items know what they touch to the
//! left and to the right.

use super::Diagram;
use super::acyclic::Arc;

/// What an item stands for, by place in the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Node(usize),
    Track(usize),
    Title(usize),
}

/// Something that takes room in columns `start..=end`.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) what: What,
    /// The box it lies in, as `Frame` in this grid; 0 is the page.
    pub(super) frame: usize,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Items in column `start - 1` that it touches.
    pub(super) left: Vec<usize>,
    /// Items in column `end + 1` that it touches.
    pub(super) right: Vec<usize>,
    /// Place of the first of its places in `Grid::place`.
    first: usize,
}

/// A box in the grid; the first one is the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) parent: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All items, by column.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    pub(super) items: Vec<Item>,
    pub(super) frames: Vec<Span>,
    /// The items of each column from top to bottom.
    pub(super) columns: Vec<Vec<usize>>,
    /// Where in its columns each item stands.
    place: Vec<u32>,
    /// Boxes of each column, outer ones first.
    pub(super) open: Vec<Vec<usize>>,
    /// Links as the columns see them, by their item.
    pub(super) arcs: Vec<Arc>,
}

impl Grid {
    /// Makes the grid; every column holds its items in the order of the diagram.
    pub(super) fn new(diagram: &Diagram, arcs: &[Arc], ranks: &[usize]) -> Grid {
        let frames = spans(diagram, ranks);
        let mut grid = Grid {
            items: Vec::new(),
            columns: Vec::new(),
            place: Vec::new(),
            open: Vec::new(),
            arcs: arcs.to_vec(),
            frames,
        };
        for (node, shape) in diagram.nodes.iter().enumerate() {
            let rank = ranks[node] * 2;
            grid.add(
                What::Node(node),
                own_frame(diagram, shape.inside),
                rank,
                rank,
            );
        }
        for arc in arcs {
            grid.add_track(ranks, *arc);
        }
        for frame in 1..grid.frames.len() {
            let Span { start, end, .. } = grid.frames[frame];
            if start <= end {
                grid.add(What::Title(frame - 1), frame, start, end);
            }
        }
        grid.fill();
        grid
    }

    fn add(&mut self, what: What, frame: usize, start: usize, end: usize) -> usize {
        let first = self
            .items
            .last()
            .map_or(0, |item| item.first + item.end - item.start + 1);
        self.items.push(Item {
            what,
            frame,
            start,
            end,
            left: Vec::new(),
            right: Vec::new(),
            first,
        });
        self.items.len() - 1
    }

    fn add_track(&mut self, ranks: &[usize], arc: Arc) {
        let (start, end) = (ranks[arc.from] * 2 + 1, ranks[arc.to] * 2 - 1);
        let frame = self.frame_of_track(arc, start, end);
        let item = self.add(What::Track(arc.link), frame, start, end);
        self.items[item].left.push(arc.from);
        self.items[item].right.push(arc.to);
        self.items[arc.from].right.push(item);
        self.items[arc.to].left.push(item);
    }

    /// Finds the innermost box of either end that the whole track can lie in: its columns reach as
    /// far, and it is left or entered through its side.
    fn frame_of_track(&self, arc: Arc, start: usize, end: usize) -> usize {
        let from: Vec<usize> = self.around(self.items[arc.from].frame).collect();
        let to: Vec<usize> = self.around(self.items[arc.to].frame).collect();
        let common = from
            .iter()
            .copied()
            .find(|frame| to.contains(frame))
            .unwrap_or(0);
        let fits = |frame: &&usize| {
            let span = self.frames[**frame];
            span.start <= start && end <= span.end
        };
        let out = from.iter().take_while(|frame| **frame != common).find(fits);
        let into = to.iter().take_while(|frame| **frame != common).find(fits);
        out.or(into).copied().unwrap_or(common)
    }

    /// Lists a box and those around it, up to the page.
    pub(super) fn around(&self, frame: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(frame), |frame| {
            (*frame != 0).then(|| self.frames[*frame].parent)
        })
    }

    fn fill(&mut self) {
        let count = self
            .items
            .iter()
            .map(|item| item.end + 1)
            .max()
            .unwrap_or(0);
        self.columns = vec![Vec::new(); count];
        for (at, item) in self.items.iter().enumerate() {
            for column in item.start..=item.end {
                self.columns[column].push(at);
            }
        }
        self.open = vec![Vec::new(); count];
        for (at, frame) in self.frames.iter().enumerate().skip(1) {
            for column in frame.start..=frame.end.min(count.saturating_sub(1)) {
                self.open[column].push(at);
            }
        }
        let places = self
            .items
            .last()
            .map_or(0, |item| item.first + item.end - item.start + 1);
        self.place = vec![0; places];
        for column in 0..count {
            self.number(column);
        }
    }

    /// Writes down where the items of a column stand, after its order has changed.
    pub(super) fn number(&mut self, column: usize) {
        for (at, &item) in self.columns[column].iter().enumerate() {
            let own = &self.items[item];
            self.place[own.first + column - own.start] = at as u32;
        }
    }

    /// Exchanges an item of a column with the next one.
    pub(super) fn exchange(&mut self, column: usize, at: usize) {
        self.columns[column].swap(at, at + 1);
        for at in [at, at + 1] {
            let item = self.columns[column][at];
            let own = &self.items[item];
            self.place[own.first + column - own.start] = at as u32;
        }
    }

    /// Gives where an item stands in a column that it spans.
    pub(super) fn place(&self, item: usize, column: usize) -> usize {
        let own = &self.items[item];
        self.place[own.first + column - own.start] as usize
    }

    /// Tells whether a box is this one or lies in it.
    pub(super) fn is_within(&self, frame: usize, outer: usize) -> bool {
        let mut at = frame;
        while at != outer && at != 0 {
            at = self.frames[at].parent;
        }
        at == outer
    }
}

/// Gives the box of a node as the grid counts: the page is 0.
fn own_frame(diagram: &Diagram, inside: Option<usize>) -> usize {
    inside
        .filter(|frame| *frame < diagram.boxes.len())
        .map_or(0, |frame| frame + 1)
}

/// Gives parent and columns of every box; an empty box ends before it starts.
fn spans(diagram: &Diagram, ranks: &[usize]) -> Vec<Span> {
    let mut frames = vec![Span {
        parent: 0,
        start: 0,
        end: usize::MAX,
    }];
    for (at, frame) in diagram.boxes.iter().enumerate() {
        let parent = frame
            .inside
            .filter(|parent| *parent < at)
            .map_or(0, |parent| parent + 1);
        frames.push(Span {
            parent,
            start: usize::MAX,
            end: 0,
        });
    }
    for (node, shape) in diagram.nodes.iter().enumerate() {
        let mut at = own_frame(diagram, shape.inside);
        while at != 0 {
            let frame = &mut frames[at];
            frame.start = frame.start.min(ranks[node] * 2);
            frame.end = frame.end.max(ranks[node] * 2);
            at = frame.parent;
        }
    }
    frames
}
