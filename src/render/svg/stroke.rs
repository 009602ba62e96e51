//! Lines of links and the heads of their arrows, as path data.

use super::super::figure::Manner;
use super::super::layout::Piece;
use super::super::layout::Point;
use super::super::layout::Rect;
use super::super::layout::Route;
use super::super::outline::number;
use std::fmt::Write as _;

/// Length of an arrow's head, and half of its width.
pub(super) const HEAD: f64 = 8.0;
pub(super) const HEAD_HALF: f64 = 4.0;

/// Gives the line of a link as path data: a gap for the label, and short of the end by the head.
pub(super) fn line(route: &Route) -> String {
    let mut path = format!("M{} {}", number(route.start.x), number(route.start.y));
    let mut at = route.start;
    for (step, piece) in route.pieces.iter().enumerate() {
        let mut end = piece.end();
        if step + 1 == route.pieces.len() && matches!(piece, Piece::Line(_)) {
            let back = if end.x >= at.x { HEAD } else { -HEAD };
            end.x -= if (end.x - at.x).abs() > HEAD {
                back
            } else {
                0.0
            };
        }
        match piece {
            Piece::Line(_) => push_level(&mut path, at, end, route.label.as_ref()),
            Piece::Curve(_) => push_curve(&mut path, at, end),
            Piece::Loop(_) => push_loop(&mut path, at, end),
        }
        at = piece.end();
    }
    path
}

/// Draws a level line with a gap where the label lies on it.
fn push_level(path: &mut String, from: Point, to: Point, label: Option<&Rect>) {
    let on_it = |label: &&Rect| {
        let (left, right) = (from.x.min(to.x), from.x.max(to.x));
        (label.middle().y - from.y).abs() < 1.0 && left < label.right() && label.x < right
    };
    if let Some(label) = label.filter(on_it) {
        let (near, far) = if from.x <= to.x {
            (label.x, label.right())
        } else {
            (label.right(), label.x)
        };
        let _ = write!(path, "H{}M{} {}", number(near), number(far), number(to.y));
    }
    let _ = write!(path, "H{}", number(to.x));
}

fn push_curve(path: &mut String, from: Point, to: Point) {
    let middle = number((from.x + to.x) / 2.0);
    let _ = write!(
        path,
        "C{middle} {} {middle} {} {} {}",
        number(from.y),
        number(to.y),
        number(to.x),
        number(to.y)
    );
}

fn push_loop(path: &mut String, from: Point, to: Point) {
    let _ = write!(
        path,
        "C{} {} {} {} {} {}",
        number(from.x + 22.0),
        number(from.y - 22.0),
        number(to.x - 22.0),
        number(to.y - 22.0),
        number(to.x),
        number(to.y - HEAD),
    );
}

/// Gives the head of an arrow: full, or two strokes.
pub(super) fn tip(route: &Route, end: Point, manner: Manner) -> String {
    let before = match route.pieces.len() {
        0 | 1 => route.start,
        count => route.pieces.get(count - 2).map_or(route.start, Piece::end),
    };
    let (dx, dy) = match route.pieces.last() {
        Some(Piece::Loop(_)) => (0.0, HEAD),
        _ if end.x >= before.x => (HEAD, 0.0),
        _ => (-HEAD, 0.0),
    };
    let (back, side) = (
        Point {
            x: end.x - dx,
            y: end.y - dy,
        },
        HEAD_HALF / HEAD,
    );
    let one = (number(back.x + dy * side), number(back.y + dx * side));
    let other = (number(back.x - dy * side), number(back.y - dx * side));
    let close = if manner == Manner::Other { "" } else { "Z" };
    format!(
        "M{} {}L{} {}L{} {}{close}",
        one.0,
        one.1,
        number(end.x),
        number(end.y),
        other.0,
        other.1
    )
}
