//! What is wrong with the geometry of a layout, in words.

use super::graphviz::{Stroke, cross, strokes};
use archq::render::layout::{Diagram, Layout, Point, Rect, Route};

fn touches(stroke: (Point, Point), rect: &Rect) -> bool {
    let corners = [
        (rect.x, rect.y),
        (rect.right(), rect.y),
        (rect.right(), rect.bottom()),
        (rect.x, rect.bottom()),
    ];
    let corners = corners.map(|(x, y)| Point { x, y });
    let inside = |p: Point| {
        p.x > rect.x + 0.01
            && p.x < rect.right() - 0.01
            && p.y > rect.y + 0.01
            && p.y < rect.bottom() - 0.01
    };
    inside(stroke.0)
        || inside(stroke.1)
        || (0..4).any(|at| cross(stroke, (corners[at], corners[(at + 1) % 4])))
}

fn is_within(diagram: &Diagram, inside: Option<usize>, frame: usize) -> bool {
    let mut at = inside;
    while let Some(own) = at {
        if own == frame {
            return true;
        }
        at = diagram.boxes[own].inside;
    }
    false
}

/// Lists what overlaps, leaves its box, or ends beside its node; nothing where all is well.
pub(crate) fn faults(diagram: &Diagram, layout: &Layout) -> Vec<String> {
    let mut faults = Vec::new();
    nodes(layout, &mut faults);
    labels(layout, &mut faults);
    links(diagram, layout, &mut faults);
    boxes(diagram, layout, &mut faults);
    faults
}

fn nodes(layout: &Layout, faults: &mut Vec<String>) {
    for (at, one) in layout.nodes.iter().enumerate() {
        let others = layout.nodes.iter().enumerate().skip(at + 1);
        for (other, _) in others.filter(|(_, other)| one.overlaps(other)) {
            faults.push(format!("nodes {at} and {other} overlap"));
        }
    }
}

fn labels(layout: &Layout, faults: &mut Vec<String>) {
    let page = Rect {
        width: layout.size.width,
        height: layout.size.height,
        ..Rect::default()
    };
    let lines: Vec<Vec<Stroke>> = layout.links.iter().map(strokes).collect();
    let all: Vec<(usize, &Rect)> = layout
        .links
        .iter()
        .enumerate()
        .filter_map(|(at, link)| Some((at, link.label.as_ref()?)))
        .collect();
    for (at, (link, label)) in all.iter().enumerate() {
        if !page.holds(label) {
            faults.push(format!("the label of link {link} leaves the page"));
        }
        if all[at + 1..].iter().any(|(_, other)| label.overlaps(other)) {
            faults.push(format!("the label of link {link} overlaps another"));
        }
        if layout.nodes.iter().any(|node| label.overlaps(node)) {
            faults.push(format!("the label of link {link} lies on a node"));
        }
        let others = lines.iter().enumerate().filter(|(other, _)| other != link);
        for (other, line) in others {
            if line.iter().any(|stroke| touches(*stroke, label)) {
                faults.push(format!("link {other} crosses the label of link {link}"));
            }
        }
    }
}

fn links(diagram: &Diagram, layout: &Layout, faults: &mut Vec<String>) {
    for (at, (wire, route)) in diagram.links.iter().zip(&layout.links).enumerate() {
        if !is_on(route.start, &layout.nodes[wire.from]) {
            faults.push(format!("link {at} starts beside its node"));
        }
        if !end(route).is_some_and(|end| is_on(end, &layout.nodes[wire.to])) {
            faults.push(format!("link {at} ends beside its node"));
        }
        let line = strokes(route);
        let others = layout.nodes.iter().enumerate();
        for (other, node) in others.filter(|(other, _)| *other != wire.from && *other != wire.to) {
            if line.iter().any(|stroke| touches(*stroke, node)) {
                faults.push(format!("link {at} crosses node {other}"));
            }
        }
    }
}

fn end(route: &Route) -> Option<Point> {
    route.pieces.last().map(|piece| piece.end())
}

/// Tells whether a point lies on the outline of a node: near its left or right side, or on its upper one.
fn is_on(point: Point, rect: &Rect) -> bool {
    const STANDS_BACK: f64 = 10.5;
    let side = (point.x - rect.x).abs().min((point.x - rect.right()).abs());
    let level = side < STANDS_BACK && point.y > rect.y && point.y < rect.bottom();
    level || (point.y - rect.y).abs() < 0.1
}

fn boxes(diagram: &Diagram, layout: &Layout, faults: &mut Vec<String>) {
    for (at, frame) in layout
        .boxes
        .iter()
        .enumerate()
        .filter(|(_, frame)| frame.width > 0.0)
    {
        for (place, (node, rect)) in diagram.nodes.iter().zip(&layout.nodes).enumerate() {
            match is_within(diagram, node.inside, at) {
                true if !frame.holds(rect) => faults.push(format!("node {place} leaves box {at}")),
                false if frame.overlaps(rect) => {
                    faults.push(format!(
                        "node {place} lies in box {at}, which is not its own"
                    ));
                }
                _ => {}
            }
        }
        let others = layout.boxes.iter().enumerate().skip(at + 1);
        for (other, rect) in others.filter(|(_, rect)| rect.width > 0.0) {
            match is_within(diagram, diagram.boxes[other].inside, at) {
                true if !frame.holds(rect) => faults.push(format!("box {other} leaves box {at}")),
                false if frame.overlaps(rect) => {
                    faults.push(format!("boxes {at} and {other} overlap"))
                }
                _ => {}
            }
        }
    }
}
