//! A layered layout of our own: left to right, boxes in boxes, labels that nothing crosses.
//!
//! Takes sizes and who is joined with whom (`Diagram`), gives rectangles and routes (`Layout`);
//! knows nothing of graphs, services or formats. The same diagram gives the same layout.
//!
//! The way: cycles are opened (`acyclic`), nodes get columns (`rank`), every link becomes a track
//! through the columns between its ends and every box a title that spans its columns (`grid`), the
//! order within columns is chosen for few crossings (`order`, `switch`, counted by `crossings`),
//! then heights (`height`, `settle`), widths (`width`) and lines (`route`) follow.
//!
//! Node columns are even and label columns odd. A link's label lies on its own track in an odd
//! column, so it takes room like a node. Tracks, titles and boxes keep their order to each other in
//! all columns that they share, so links cross only in the channels between columns, and boxes are
//! rectangles that hold theirs and nothing else. Time grows with the columns that links span, times
//! a logarithm.

mod acyclic;
mod crossings;
mod grid;
mod height;
mod order;
mod rank;
mod route;
mod settle;
mod switch;
mod width;

use grid::Grid;

/// What is to be laid out.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    /// The nodes.
    pub nodes: Vec<Shape>,
    /// The links, by place of their ends among the nodes; ends that are not there are left out.
    pub links: Vec<Wire>,
    /// The boxes; a parent stands before its children.
    pub boxes: Vec<Frame>,
}

/// A node to be placed.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Size.
    pub size: Size,
    /// The box it lies in.
    pub inside: Option<usize>,
    /// How far the outline stands back from the sides at half of the way from the middle to a
    /// corner; links end on it.
    pub outline: Outline,
}

/// How far the left and right sides of a shape stand back, as seen by a link that ends there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outline {
    /// At the middle of the left side.
    pub left: f64,
    /// At the corners of the left side.
    pub left_corner: f64,
    /// At the middle of the right side.
    pub right: f64,
    /// At the corners of the right side.
    pub right_corner: f64,
}

/// A link to be routed.
#[derive(Clone, Copy, Debug)]
pub struct Wire {
    /// Where it starts.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Room for its label; nothing where both are zero.
    pub label: Size,
}

/// A box to be drawn around nodes.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// The box it lies in.
    pub inside: Option<usize>,
    /// Room for its title.
    pub title: Size,
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A point; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A rectangle by its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left side.
    pub x: f64,
    /// Upper side.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Rect {
    /// Gives the right side.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// Gives the lower side.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Gives the point in the middle.
    #[must_use]
    pub fn middle(&self) -> Point {
        Point {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }

    /// Tells whether two rectangles share more than a side.
    #[must_use]
    pub fn overlaps(&self, other: &Rect) -> bool {
        let slack = 1e-6;
        self.x + slack < other.right()
            && other.x + slack < self.right()
            && self.y + slack < other.bottom()
            && other.y + slack < self.bottom()
    }

    /// Tells whether another rectangle lies inside.
    #[must_use]
    pub fn holds(&self, other: &Rect) -> bool {
        let slack = 1e-6;
        self.x <= other.x + slack
            && self.y <= other.y + slack
            && other.right() <= self.right() + slack
            && other.bottom() <= self.bottom() + slack
    }
}

/// One piece of a route, from the end of the one before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// A straight line.
    Line(Point),
    /// An S that leaves and arrives level.
    Curve(Point),
    /// A loop over the upper side of a node.
    Loop(Point),
}

impl Piece {
    /// Gives where the piece ends.
    #[must_use]
    pub fn end(&self) -> Point {
        match self {
            Piece::Line(point) | Piece::Curve(point) | Piece::Loop(point) => *point,
        }
    }
}

/// The line of a link, from its start to its end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Where it starts.
    pub start: Point,
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Where its label lies, centred on the line; the line has a gap there.
    pub label: Option<Rect>,
}

/// Where everything lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Size of the whole.
    pub size: Size,
    /// The nodes, as in the diagram.
    pub nodes: Vec<Rect>,
    /// The links, as in the diagram; a link without ends has an empty route.
    pub links: Vec<Route>,
    /// The boxes, as in the diagram.
    pub boxes: Vec<Rect>,
    /// How often links cross each other or the upper side of a box.
    pub crossings: u64,
}

/// Distances between things, in the unit of the sizes.
mod gap {
    /// Between two nodes in a column.
    pub(super) const NODES: f64 = 24.0;
    /// Between a link and a node in a column.
    pub(super) const TRACK: f64 = 14.0;
    /// Between two links in a column.
    pub(super) const TRACKS: f64 = 5.0;
    /// Between a box and what is outside.
    pub(super) const BOX: f64 = 18.0;
    /// Between a box and what is inside.
    pub(super) const PAD: f64 = 14.0;
    /// Width of the channel between two columns, and what a climb in it adds.
    pub(super) const CHANNEL: f64 = 26.0;
    pub(super) const CHANNEL_CLIMB: f64 = 0.16;
    pub(super) const CHANNEL_MOST: f64 = 90.0;
    /// Room over a node that has a link to itself.
    pub(super) const LOOP: f64 = 34.0;
    /// Room for each further one.
    pub(super) const LOOP_MORE: f64 = 18.0;
    /// Between two ends on one side of a node.
    pub(super) const PORTS: f64 = 9.0;
}

/// Lays a diagram out.
#[must_use]
pub fn lay_out(diagram: &Diagram) -> Layout {
    if diagram.nodes.is_empty() {
        return Layout {
            links: vec![Route::default(); diagram.links.len()],
            boxes: vec![Rect::default(); diagram.boxes.len()],
            ..Layout::default()
        };
    }
    let flow = acyclic::open_cycles(diagram);
    let ranks = rank::ranks(diagram, &flow);
    let mut grid = Grid::new(diagram, &flow, &ranks);
    let crossings = order::order(&mut grid);
    let ports = route::Ports::new(diagram, &grid);
    let heights = height::heights(diagram, &grid, &ports);
    let columns = width::columns(diagram, &grid, &ports, &heights);
    route::draw(diagram, &grid, &ports, &heights, &columns, crossings)
}
