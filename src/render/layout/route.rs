//! Lines: from the side of one node through the channels and along the track to the side of another.

use super::Diagram;
use super::Layout;
use super::Outline;
use super::Piece;
use super::Point;
use super::Rect;
use super::Route;
use super::Size;
use super::acyclic::Arc;
use super::gap;
use super::grid::Grid;
use super::grid::What;
use super::height::Heights;
use super::width::Columns;
use super::width::label_column;

/// Share of a node's side that links may end on.
const SIDE: f64 = 0.6;

/// Where links end on the sides of nodes, as distances from the middle, by place of the link.
pub(super) struct Ports {
    ends: Vec<(f64, f64)>,
}

impl Ports {
    /// Spreads the ends on each side in the order of their tracks.
    pub(super) fn new(diagram: &Diagram, grid: &Grid) -> Ports {
        let mut ends = vec![(0.0, 0.0); diagram.links.len()];
        for item in &grid.items {
            let What::Node(node) = item.what else {
                continue;
            };
            let height = diagram.nodes[node].size.height * SIDE;
            for (offset, link) in spread(grid, &item.right, item.start + 1, height) {
                ends[link].0 = offset;
            }
            for (offset, link) in spread(grid, &item.left, item.start.wrapping_sub(1), height) {
                ends[link].1 = offset;
            }
        }
        Ports { ends }
    }

    /// Gives the distances for the left and the right end of a link as the columns see it.
    pub(super) fn of(&self, link: usize) -> (f64, f64) {
        self.ends.get(link).copied().unwrap_or_default()
    }
}

fn spread(grid: &Grid, tracks: &[usize], column: usize, height: f64) -> Vec<(f64, usize)> {
    let mut tracks = tracks.to_vec();
    tracks.sort_by_key(|track| grid.place(*track, column));
    let step = match tracks.len() {
        0 | 1 => 0.0,
        count => gap::PORTS.min(height / (count - 1) as f64),
    };
    let first = -step * tracks.len().saturating_sub(1) as f64 / 2.0;
    tracks
        .into_iter()
        .enumerate()
        .filter_map(|(at, track)| match grid.items[track].what {
            What::Track(link) => Some((first + step * at as f64, link)),
            _ => None,
        })
        .collect()
}

/// Puts everything together.
pub(super) fn draw(
    diagram: &Diagram,
    grid: &Grid,
    ports: &Ports,
    heights: &Heights,
    columns: &Columns,
    crossings: u64,
) -> Layout {
    let mut layout = Layout {
        size: Size {
            width: columns.total,
            height: heights.total,
        },
        nodes: vec![Rect::default(); diagram.nodes.len()],
        links: vec![Route::default(); diagram.links.len()],
        boxes: vec![Rect::default(); diagram.boxes.len()],
        crossings,
    };
    for (at, item) in grid.items.iter().enumerate() {
        match item.what {
            What::Node(node) => {
                layout.nodes[node] = node_rect(
                    diagram.nodes[node].size,
                    heights.items[at],
                    columns.sides[item.start],
                );
            }
            What::Title(frame) => {
                layout.boxes[frame] = box_rect(diagram, heights, columns, at, frame);
            }
            What::Track(_) => {}
        }
    }
    let maker = Maker {
        diagram,
        grid,
        ports,
        heights,
        columns,
        nodes: &layout.nodes,
    };
    let routes: Vec<(usize, Route)> = grid
        .arcs
        .iter()
        .enumerate()
        .map(|(at, arc)| (arc.link, maker.route(diagram.nodes.len() + at, *arc)))
        .chain(loops(diagram, &layout.nodes))
        .collect();
    for (link, route) in routes {
        layout.links[link] = route;
    }
    layout
}

fn node_rect(size: Size, middle: f64, column: (f64, f64)) -> Rect {
    Rect {
        x: (column.0 + column.1 - size.width) / 2.0,
        y: middle - size.height / 2.0,
        width: size.width,
        height: size.height,
    }
}

fn box_rect(
    diagram: &Diagram,
    heights: &Heights,
    columns: &Columns,
    title: usize,
    frame: usize,
) -> Rect {
    let top = heights.items[title] - diagram.boxes[frame].title.height / 2.0;
    let (left, right) = columns.frames[frame + 1];
    Rect {
        x: left,
        y: top,
        width: right - left,
        height: heights.bottoms[frame + 1] - top,
    }
}

struct Maker<'a> {
    diagram: &'a Diagram,
    grid: &'a Grid,
    ports: &'a Ports,
    heights: &'a Heights,
    columns: &'a Columns,
    nodes: &'a [Rect],
}

impl Maker<'_> {
    /// Draws the line of a link; tracks stand behind the nodes among the items, link by link.
    fn route(&self, track: usize, arc: Arc) -> Route {
        let (out, into) = self.ports.of(arc.link);
        let item = &self.grid.items[track];
        let level = self.heights.items[track];
        let (from, to) = (self.nodes[arc.from], self.nodes[arc.to]);
        let start_y = from.middle().y + out;
        let end_y = to.middle().y + into;
        let start = Point {
            x: from.right() - stand_back(self.diagram.nodes[arc.from].outline, from, out, false),
            y: start_y,
        };
        let end = Point {
            x: to.x + stand_back(self.diagram.nodes[arc.to].outline, to, into, true),
            y: end_y,
        };
        let outer = &self.columns.outer;
        let mut line = Line::new(start);
        line.to(outer[item.start - 1].1);
        line.climb(outer[item.start].0, level);
        line.to(outer[item.end].1);
        line.climb(outer[item.end + 1].0, end_y);
        line.to(end.x);
        let turned = self.diagram.links[arc.link].from != arc.from;
        Route {
            label: self.label(arc, level),
            ..if turned { line.turned() } else { line.route }
        }
    }

    fn label(&self, arc: Arc, level: f64) -> Option<Rect> {
        let size = self.diagram.links[arc.link].label;
        if size.width <= 0.0 {
            return None;
        }
        let column = self.columns.sides[label_column(self.diagram, self.grid, arc)];
        Some(node_rect(size, level, column))
    }
}

/// A line in the making.
struct Line {
    route: Route,
    at: Point,
}

impl Line {
    fn new(start: Point) -> Line {
        Line {
            route: Route {
                start,
                ..Route::default()
            },
            at: start,
        }
    }

    /// Goes level to `x`; longer where it went level before.
    fn to(&mut self, x: f64) {
        if (x - self.at.x).abs() < 1e-9 {
            return;
        }
        self.at.x = x;
        match self.route.pieces.last_mut() {
            Some(Piece::Line(end)) => *end = self.at,
            _ => self.route.pieces.push(Piece::Line(self.at)),
        }
    }

    /// Goes to `x` at another height.
    fn climb(&mut self, x: f64, y: f64) {
        if (y - self.at.y).abs() < 0.05 {
            return self.to(x);
        }
        self.at = Point { x, y };
        self.route.pieces.push(Piece::Curve(self.at));
    }

    /// Gives the line from its end to its start.
    fn turned(self) -> Route {
        let mut points: Vec<Point> = vec![self.route.start];
        points.extend(self.route.pieces.iter().map(Piece::end));
        let pieces = self.route.pieces.iter().zip(&points).rev();
        Route {
            start: self.at,
            pieces: pieces
                .map(|(piece, before)| match piece {
                    Piece::Line(_) => Piece::Line(*before),
                    Piece::Curve(_) => Piece::Curve(*before),
                    Piece::Loop(_) => Piece::Loop(*before),
                })
                .collect(),
            label: None,
        }
    }
}

/// Gives how far the outline stands back from the side at a distance from the middle.
fn stand_back(outline: Outline, rect: Rect, offset: f64, left: bool) -> f64 {
    let (middle, corner) = match left {
        true => (outline.left, outline.left_corner),
        false => (outline.right, outline.right_corner),
    };
    let share = (offset.abs() / (rect.height / 2.0).max(1e-9)).min(1.0);
    middle + (corner - middle) * share
}

/// Draws links from a node to itself over its upper side, the labels of several above each other.
fn loops(diagram: &Diagram, nodes: &[Rect]) -> Vec<(usize, Route)> {
    let mut made = Vec::new();
    let mut count = vec![0usize; nodes.len()];
    for (link, wire) in diagram
        .links
        .iter()
        .enumerate()
        .filter(|(_, wire)| wire.from == wire.to)
    {
        if let (Some(node), Some(count)) = (nodes.get(wire.from), count.get_mut(wire.from)) {
            made.push((link, loop_over(node, wire.label, *count)));
            *count += 1;
        }
    }
    made
}

fn loop_over(node: &Rect, size: Size, others: usize) -> Route {
    let middle = node.middle().x;
    let label = Rect {
        x: middle - size.width / 2.0,
        y: node.y - gap::LOOP + 1.0 - gap::LOOP_MORE * others as f64,
        width: size.width,
        height: size.height,
    };
    Route {
        start: Point {
            x: middle + 12.0,
            y: node.y,
        },
        pieces: vec![Piece::Loop(Point {
            x: middle - 12.0,
            y: node.y,
        })],
        label: (size.width > 0.0).then_some(label),
    }
}
