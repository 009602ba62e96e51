//! The geometry of layouts: nothing overlaps, everything lies in its box, lines end on nodes, and
//! they cross no more often than Graphviz's.
//!
//! `cargo test --release --test layout -- --nocapture` prints the figures.

#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may fail and say so"
)]

use archq::render::layout::{
    Diagram, Frame, Layout, Piece, Point, Rect, Route, Shape, Size, Wire, lay_out,
};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides.max(1)
    }
}

/// Makes a diagram as architectures are: mostly short ways, some hubs, some ways back, boxes.
fn invented(seed: u64, nodes: usize, links: usize, boxes: usize) -> Diagram {
    let mut dice = Dice(seed);
    let frames: Vec<Frame> = (0..boxes)
        .map(|at| Frame {
            inside: (at > 0 && dice.roll(3) == 0).then(|| dice.roll(at)),
            title: Size {
                width: 40.0 + dice.roll(80) as f64,
                height: 24.0,
            },
        })
        .collect();
    let shapes: Vec<Shape> = (0..nodes)
        .map(|at| Shape {
            size: Size {
                width: 90.0 + dice.roll(90) as f64,
                height: 46.0,
            },
            inside: (boxes > 0 && dice.roll(8) > 0)
                .then(|| (at * boxes / nodes + dice.roll(2)) % boxes),
            outline: Default::default(),
        })
        .collect();
    let links = (0..links)
        .map(|at| {
            let from = at % nodes;
            let near = 1 + dice.roll(8);
            let to = match dice.roll(12) {
                0 => dice.roll(nodes),
                1 => dice.roll(nodes / 10 + 1),
                2 => from.saturating_sub(near),
                _ => (from + near).min(nodes - 1),
            };
            Wire {
                from,
                to,
                label: Size {
                    width: 40.0 + dice.roll(60) as f64,
                    height: 16.0,
                },
            }
        })
        .collect();
    Diagram {
        nodes: shapes,
        links,
        boxes: frames,
    }
}

fn corpus() -> Vec<Diagram> {
    let mut all = Vec::new();
    for seed in 1..=8 {
        all.push(invented(
            seed,
            8 + seed as usize * 2,
            10 + seed as usize * 3,
            0,
        ));
        all.push(invented(
            seed * 31,
            10 + seed as usize * 3,
            12 + seed as usize * 3,
            1 + seed as usize / 2,
        ));
        all.push(invented(
            seed * 77,
            40 + seed as usize * 10,
            45 + seed as usize * 12,
            seed as usize,
        ));
    }
    all
}

/// Gives a route as short straight strokes.
fn strokes(route: &Route) -> Vec<(Point, Point)> {
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

fn cross(one: (Point, Point), other: (Point, Point)) -> bool {
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

fn crossings(lines: &[Vec<(Point, Point)>]) -> usize {
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

fn judge(diagram: &Diagram, layout: &Layout) {
    let nodes = &layout.nodes;
    for (at, one) in nodes.iter().enumerate() {
        for other in &nodes[at + 1..] {
            assert!(!one.overlaps(other), "nodes overlap: {one:?} {other:?}");
        }
    }
    let labels: Vec<(usize, &Rect)> = layout
        .links
        .iter()
        .enumerate()
        .filter_map(|(at, link)| Some((at, link.label.as_ref()?)))
        .collect();
    let page = Rect {
        x: 0.0,
        y: 0.0,
        width: layout.size.width,
        height: layout.size.height,
    };
    for (at, (link, label)) in labels.iter().enumerate() {
        assert!(page.holds(label), "a label leaves the page: {label:?}");
        assert!(
            !labels[at + 1..]
                .iter()
                .any(|(_, other)| label.overlaps(other)),
            "labels overlap"
        );
        assert!(
            !nodes.iter().any(|node| label.overlaps(node)),
            "a label lies on a node"
        );
        for (other, route) in layout
            .links
            .iter()
            .enumerate()
            .filter(|(other, _)| other != link)
        {
            let crossed = strokes(route)
                .into_iter()
                .any(|stroke| touches(stroke, label));
            assert!(!crossed, "link {other} crosses the label of {link}");
        }
    }
    for (wire, route) in diagram.links.iter().zip(&layout.links) {
        let on = |point: Point, rect: &Rect| {
            let level = (point.x - rect.x).abs().min((point.x - rect.right()).abs()) < 2.5;
            (level && point.y > rect.y && point.y < rect.bottom()) || (point.y - rect.y).abs() < 0.1
        };
        assert!(
            on(route.start, &nodes[wire.from]),
            "a link starts beside its node"
        );
        let end = route.pieces.last().expect("a link has pieces").end();
        assert!(on(end, &nodes[wire.to]), "a link ends beside its node");
        for (at, node) in nodes
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != wire.from && *at != wire.to)
        {
            assert!(
                !strokes(route)
                    .into_iter()
                    .any(|stroke| touches(stroke, node)),
                "a link crosses node {at}"
            );
        }
    }
    judge_boxes(diagram, layout);
}

fn judge_boxes(diagram: &Diagram, layout: &Layout) {
    for (at, frame) in layout.boxes.iter().enumerate() {
        if frame.width == 0.0 {
            continue;
        }
        for (node, rect) in diagram.nodes.iter().zip(&layout.nodes) {
            match is_within(diagram, node.inside, at) {
                true => assert!(frame.holds(rect), "a node leaves its box"),
                false => assert!(
                    !frame.overlaps(rect),
                    "a node lies in a box that is not its own"
                ),
            }
        }
        for (other, rect) in layout
            .boxes
            .iter()
            .enumerate()
            .skip(at + 1)
            .filter(|(_, rect)| rect.width > 0.0)
        {
            match is_within(diagram, diagram.boxes[other].inside, at) {
                true => assert!(frame.holds(rect), "a box leaves its parent"),
                false => assert!(!frame.overlaps(rect), "boxes overlap"),
            }
        }
    }
}

#[test]
fn nothing_overlaps_and_everything_lies_in_its_box() {
    for diagram in corpus() {
        judge(&diagram, &lay_out(&diagram));
    }
}

#[test]
fn the_same_diagram_gives_the_same_layout() {
    for diagram in corpus() {
        assert_eq!(lay_out(&diagram), lay_out(&diagram));
    }
}

#[test]
fn odd_diagrams_are_no_trouble() {
    let node = Shape {
        size: Size {
            width: 90.0,
            height: 46.0,
        },
        inside: Some(7),
        outline: Default::default(),
    };
    let wire = |from, to| Wire {
        from,
        to,
        label: Size::default(),
    };
    let frame = |inside| Frame {
        inside,
        title: Size {
            width: 10.0,
            height: 20.0,
        },
    };
    let odd = Diagram {
        nodes: vec![
            node,
            Shape {
                inside: Some(0),
                ..node
            },
        ],
        links: vec![
            wire(0, 0),
            wire(0, 1),
            wire(1, 0),
            wire(0, 9),
            wire(1, 1),
            wire(0, 1),
        ],
        boxes: vec![frame(None), frame(Some(5)), frame(Some(2))],
    };
    let layout = lay_out(&odd);
    assert_eq!(layout.links.len(), 6);
    assert!(layout.links[3].pieces.is_empty());
    assert_eq!(lay_out(&Diagram::default()).nodes.len(), 0);
    let alone = Diagram {
        nodes: vec![node; 30],
        ..Diagram::default()
    };
    judge(&alone, &lay_out(&alone));
}

/// Makes stacks as teams write them: ways within a stack, a few from one to another.
fn stacks(count: usize, each: usize, between: usize) -> Diagram {
    let mut dice = Dice(9);
    let mut diagram = Diagram::default();
    let label = Size {
        width: 70.0,
        height: 16.0,
    };
    for stack in 0..count {
        diagram.boxes.push(Frame {
            inside: None,
            title: Size {
                width: 60.0,
                height: 24.0,
            },
        });
        let size = Size {
            width: 120.0,
            height: 46.0,
        };
        diagram.nodes.extend(vec![
            Shape {
                size,
                inside: Some(stack),
                outline: Default::default()
            };
            each
        ]);
        for node in 1..each {
            let before = if dice.roll(6) == 0 {
                dice.roll(node)
            } else {
                node.saturating_sub(1 + dice.roll(4))
            };
            diagram.links.push(Wire {
                from: stack * each + before,
                to: stack * each + node,
                label,
            });
        }
    }
    let total = count * each;
    diagram.links.extend((0..between).map(|_| Wire {
        from: dice.roll(total),
        to: dice.roll(total),
        label,
    }));
    diagram
}

#[test]
fn a_thousand_nodes_with_boxes_take_well_under_a_second() {
    let count = if cfg!(debug_assertions) { 10 } else { 60 };
    let diagram = stacks(count, 17, count * 2);
    let start = Instant::now();
    let layout = lay_out(&diagram);
    let took = start.elapsed();
    eprintln!(
        "{} nodes, {count} boxes: {took:?}, {} crossings, {:?}",
        diagram.nodes.len(),
        layout.crossings,
        layout.size
    );
    assert!(cfg!(debug_assertions) || took.as_millis() < 900, "{took:?}");
}

#[test]
fn a_long_chain_is_a_straight_line() {
    let diagram = stacks(1, 1, 0);
    let chain = Diagram {
        nodes: vec![diagram.nodes[0]; 1500],
        links: (1..1500)
            .map(|at| Wire {
                from: at - 1,
                to: at,
                label: Size::default(),
            })
            .collect(),
        boxes: diagram.boxes,
    };
    let layout = lay_out(&chain);
    assert_eq!(layout.crossings, 0);
    assert!(
        layout
            .nodes
            .windows(2)
            .all(|pair| (pair[0].y - pair[1].y).abs() < 0.01)
    );
}

/// Draws a diagram with Graphviz, if it is there, and gives its lines.
fn graphviz(diagram: &Diagram) -> Option<Vec<Vec<(Point, Point)>>> {
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

#[test]
fn lines_cross_no_more_often_than_with_graphviz() {
    let (mut ours, mut theirs) = (0, 0);
    for mut diagram in corpus() {
        diagram.links.retain(|wire| wire.from != wire.to);
        let Some(lines) = graphviz(&diagram) else {
            eprintln!("left out: Graphviz is not installed");
            return;
        };
        let own: Vec<_> = lay_out(&diagram).links.iter().map(strokes).collect();
        let (a, b) = (crossings(&own), crossings(&lines));
        eprintln!(
            "{} nodes, {} links, {} boxes: {a} here, {b} with dot",
            diagram.nodes.len(),
            diagram.links.len(),
            diagram.boxes.len()
        );
        ours += a;
        theirs += b;
    }
    eprintln!(
        "crossings: {ours} here, {theirs} with dot, ratio {:.2}",
        ours as f64 / theirs as f64
    );
    assert!(ours <= theirs, "{ours} crossings here, {theirs} with dot");
}
