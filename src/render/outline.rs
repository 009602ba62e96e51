//! Outlines of nodes as paths, and where links meet them.

use super::layout::Outline;
use super::layout::Rect;
use super::schema::Shape;
use std::fmt::Write as _;

/// How far corners are cut, sides pointed, sheets folded.
const CUT: f64 = 10.0;
/// How far the ends of cylinders bulge.
const BULGE: f64 = 6.0;
/// How far a leaning box leans.
const LEAN: f64 = 8.0;

/// What an outline takes from the room of a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Room {
    /// At the left and the right.
    pub(super) sides: f64,
    /// At the top.
    pub(super) top: f64,
}

/// Gives the room that an outline takes.
pub(super) fn room(shape: Shape) -> Room {
    let (sides, top) = match shape {
        Shape::Box | Shape::Note => (0.0, 0.0),
        Shape::Cylinder => (0.0, BULGE),
        Shape::Folder => (0.0, 3.0),
        Shape::Pipe | Shape::Tag | Shape::Pill | Shape::Cloud => (BULGE, 0.0),
        Shape::Slant => (LEAN / 2.0 + 2.0, 0.0),
        Shape::Hexagon | Shape::Notch | Shape::Octagon => (CUT - 2.0, 0.0),
    };
    Room { sides, top }
}

/// Tells how far the sides stand back where links end.
pub(super) fn sides(shape: Shape) -> Outline {
    let even = |middle, corner| Outline {
        left: middle,
        left_corner: corner,
        right: middle,
        right_corner: corner,
    };
    match shape {
        Shape::Hexagon => even(0.0, CUT),
        Shape::Pipe => even(0.0, BULGE / 2.0),
        Shape::Slant => even(LEAN / 2.0, LEAN / 2.0),
        Shape::Notch => Outline {
            left: CUT,
            left_corner: 0.0,
            right: 0.0,
            right_corner: CUT,
        },
        Shape::Pill | Shape::Cloud => even(0.0, 7.0),
        _ => Outline::default(),
    }
}

/// Gives the closed outline, and lines inside of it, as path data.
pub(super) fn paths(shape: Shape, rect: &Rect) -> (String, String) {
    let (l, t, r, b) = (rect.x, rect.y, rect.right(), rect.bottom());
    let m = rect.middle().y;
    let cut = CUT.min(rect.height * 0.3);
    match shape {
        Shape::Box => (rounded(rect, 9.0f64.min(rect.height * 0.2)), String::new()),
        Shape::Pill => (rounded(rect, rect.height / 2.0), String::new()),
        Shape::Cloud => (
            rounded(rect, rect.height / 2.0),
            rounded(&shrunk(rect, 3.0), rect.height / 2.0 - 3.0),
        ),
        Shape::Cylinder => cylinder(rect),
        Shape::Pipe => pipe(rect),
        Shape::Hexagon => (
            polygon(&[
                (l + cut, t),
                (r - cut, t),
                (r, m),
                (r - cut, b),
                (l + cut, b),
                (l, m),
            ]),
            String::new(),
        ),
        Shape::Folder => (
            polygon(&[
                (l, t),
                (l + 22.0, t),
                (l + 27.0, t + 5.0),
                (r, t + 5.0),
                (r, b),
                (l, b),
            ]),
            String::new(),
        ),
        Shape::Octagon => (
            polygon(&[
                (l + cut, t),
                (r - cut, t),
                (r, t + cut),
                (r, b - cut),
                (r - cut, b),
                (l + cut, b),
                (l, b - cut),
                (l, t + cut),
            ]),
            String::new(),
        ),
        Shape::Note => (
            polygon(&[(l, t), (r - cut, t), (r, t + cut), (r, b), (l, b)]),
            line(&[(r - cut, t), (r - cut, t + cut), (r, t + cut)]),
        ),
        Shape::Slant => (
            polygon(&[(l + LEAN, t), (r, t), (r - LEAN, b), (l, b)]),
            String::new(),
        ),
        Shape::Notch => (
            polygon(&[
                (l, t),
                (r - cut, t),
                (r, m),
                (r - cut, b),
                (l, b),
                (l + cut, m),
            ]),
            String::new(),
        ),
        Shape::Tag => (rounded(rect, 3.0), line(&[(l + 5.0, t), (l + 5.0, b)])),
    }
}

fn shrunk(rect: &Rect, by: f64) -> Rect {
    Rect {
        x: rect.x + by,
        y: rect.y + by,
        width: rect.width - 2.0 * by,
        height: rect.height - 2.0 * by,
    }
}

/// Writes a number with at most one decimal.
pub(super) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    // A negative zero is a zero.
    format!("{}", if tenths == 0.0 { 0.0 } else { tenths })
}

fn line(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let _ = write!(
            path,
            "{}{} {}",
            if at == 0 { 'M' } else { 'L' },
            number(*x),
            number(*y)
        );
    }
    path
}

fn polygon(points: &[(f64, f64)]) -> String {
    line(points) + "Z"
}

/// Gives a rectangle with round corners as path data.
pub(super) fn rounded(rect: &Rect, radius: f64) -> String {
    let radius = radius.min(rect.width / 2.0).min(rect.height / 2.0);
    let (w, h) = (rect.width - 2.0 * radius, rect.height - 2.0 * radius);
    let (w, h, q) = (number(w), number(h), number(radius));
    format!(
        "M{} {}h{w}a{q} {q} 0 0 1 {q} {q}v{h}a{q} {q} 0 0 1 -{q} {q}h-{w}a{q} {q} 0 0 1 -{q} -{q}v-{h}a{q} {q} 0 0 1 {q} -{q}Z",
        number(rect.x + radius),
        number(rect.y),
    )
}

fn cylinder(rect: &Rect) -> (String, String) {
    let (w, q) = (number(rect.width / 2.0), number(BULGE));
    let (l, r) = (number(rect.x), number(rect.right()));
    let (t, b) = (number(rect.y + BULGE), number(rect.bottom() - BULGE));
    (
        format!("M{l} {t}A{w} {q} 0 0 1 {r} {t}V{b}A{w} {q} 0 0 1 {l} {b}Z"),
        format!("M{l} {t}A{w} {q} 0 0 0 {r} {t}"),
    )
}

fn pipe(rect: &Rect) -> (String, String) {
    let (h, q) = (number(rect.height / 2.0), number(BULGE));
    let (t, b) = (number(rect.y), number(rect.bottom()));
    let (l, r) = (number(rect.x + BULGE), number(rect.right() - BULGE));
    (
        format!("M{l} {t}H{r}A{q} {h} 0 0 1 {r} {b}H{l}A{q} {h} 0 0 1 {l} {t}Z"),
        format!("M{r} {t}A{q} {h} 0 0 0 {r} {b}"),
    )
}
