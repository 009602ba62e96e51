//! The geometry of layouts: nothing overlaps, everything lies in its box, lines end on nodes, and
//! they cross no more often than Graphviz's.
//!
//! `cargo test --release --test layout -- --nocapture` prints the figures.

#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may fail and say so"
)]

#[path = "layout/graphviz.rs"]
mod graphviz;
#[path = "layout/judge.rs"]
mod judge;

use archq::render::layout::{Diagram, Frame, Layout, Shape, Size, Wire, lay_out};
use graphviz::{crossings, graphviz, strokes};
use std::time::Instant;

fn judge(diagram: &Diagram, layout: &Layout) {
    let faults = judge::faults(diagram, layout);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

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
