//! The same diagram laid out by Graphviz, and how often lines cross.

use archq::render::layout::{Diagram, Piece, Point, Route};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A straight piece of a line.
pub(crate) type Stroke = (Point, Point);

/// Gives a route as short straight strokes.
pub(crate) fn strokes(route: &Route) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    let mut at = route.start;
    for piece in &route.pieces {
        let end = piece.end();
        match piece {
            Piece::Line(_) => strokes.push((at, end)),
            Piece::Loop(_) => {}
            Piece::Curve(_) => {
                // Level at both ends: the inner points of the curve lie half way across.
                let curve = |t: f64| {
                    let (x, y) = (1.5 * t * (1.0 - t) + t * t * t, t * t * (3.0 - 2.0 * t));
                    Point {
                        x: at.x + (end.x - at.x) * x,
                        y: at.y + (end.y - at.y) * y,
                    }
                };
                for step in 0..10 {
                    strokes.push((
                        curve(f64::from(step) / 10.0),
                        curve(f64::from(step + 1) / 10.0),
                    ));
                }
            }
        }
        at = end;
    }
    strokes
}

fn side(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

pub(crate) fn cross(one: (Point, Point), other: (Point, Point)) -> bool {
    let apart = |a: f64, b: f64, c: f64, d: f64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
    if apart(one.0.x, one.1.x, other.0.x, other.1.x)
        || apart(one.0.y, one.1.y, other.0.y, other.1.y)
    {
        return false;
    }
    let (a, b) = (side(one.0, one.1, other.0), side(one.0, one.1, other.1));
    let (c, d) = (side(other.0, other.1, one.0), side(other.0, other.1, one.1));
    a * b < -1e-9 && c * d < -1e-9
}

/// Counts how often lines cross each other.
pub(crate) fn crossings(lines: &[Vec<Stroke>]) -> usize {
    let mut count = 0;
    for (at, one) in lines.iter().enumerate() {
        for other in &lines[at + 1..] {
            count += one
                .iter()
                .map(|a| other.iter().filter(|b| cross(*a, **b)).count())
                .sum::<usize>();
        }
    }
    count
}

/// Draws a diagram with Graphviz, if it is there, and gives its lines; loops are not for it.
pub(crate) fn graphviz(diagram: &Diagram) -> Option<Vec<Vec<(Point, Point)>>> {
    let mut dot = String::from(
        "digraph g { rankdir=LR; nodesep=0.35; ranksep=0.75; node [shape=box, fixedsize=true, label=\"\"];\n",
    );
    push_box(diagram, None, &mut dot);
    for (at, wire) in diagram.links.iter().enumerate() {
        let letters = "x".repeat((wire.label.width / 7.0) as usize);
        dot.push_str(&format!(
            "n{} -> n{} [label=\"{letters}\", fontsize=11, id=e{at}];\n",
            wire.from, wire.to
        ));
    }
    dot.push('}');
    let mut child = Command::new("dot")
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut input = child.stdin.take()?;
    let feeder = std::thread::spawn(move || input.write_all(dot.as_bytes()));
    let output = child.wait_with_output().ok()?;
    feeder.join().ok()?.ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(
        text.lines()
            .filter(|line| line.starts_with("edge "))
            .map(spline)
            .collect(),
    )
}

fn push_box(diagram: &Diagram, inside: Option<usize>, dot: &mut String) {
    for (at, node) in diagram
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.inside == inside)
    {
        dot.push_str(&format!(
            "n{at} [width={}, height={}];\n",
            node.size.width / 72.0,
            node.size.height / 72.0
        ));
    }
    for (at, _) in diagram
        .boxes
        .iter()
        .enumerate()
        .filter(|(_, frame)| frame.inside == inside)
    {
        dot.push_str(&format!("subgraph cluster_{at} {{ label=\"box\";\n"));
        push_box(diagram, Some(at), dot);
        dot.push_str("}\n");
    }
}

/// Reads a spline of `-Tplain`: `edge tail head n x y …`.
fn spline(line: &str) -> Vec<(Point, Point)> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let count: usize = words[3].parse().expect("a number of points");
    let numbers: Vec<f64> = words[4..4 + count * 2]
        .iter()
        .map(|word| word.parse().expect("a number"))
        .collect();
    let points: Vec<Point> = numbers
        .chunks(2)
        .map(|pair| Point {
            x: pair[0],
            y: pair[1],
        })
        .collect();
    let mut strokes = Vec::new();
    for curve in points.windows(4).step_by(3) {
        let at = |t: f64| {
            let s = 1.0 - t;
            let mix = |f: fn(&Point) -> f64| {
                f(&curve[0]) * s * s * s
                    + 3.0 * f(&curve[1]) * s * s * t
                    + 3.0 * f(&curve[2]) * s * t * t
                    + f(&curve[3]) * t * t * t
            };
            Point {
                x: mix(|p| p.x),
                y: mix(|p| p.y),
            }
        };
        strokes.extend(
            (0..10).map(|step| (at(f64::from(step) / 10.0), at(f64::from(step + 1) / 10.0))),
        );
    }
    strokes
}
