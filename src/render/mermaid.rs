//! A flowchart for pull requests, within what Mermaid and GitHub will draw.
//!
//! Labels are written letter by letter: what is not plainly text goes as an entity, so that no name
//! is read as a directive, a comment or HTML. A picture that is too large is drawn in a coarser way,
//! and says so.

use super::Job;
use super::figure::Manner;
use super::figure::look;
use super::measure::short;
use super::options::Options;
use super::picture::Link;
use super::picture::Node;
use super::picture::Picture;
use super::schema::Shape;
use super::schema::StyleTable;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::io::Write;

/// What Mermaid draws at most unless it is told otherwise.
const EDGES: usize = 500;
const CHARACTERS: usize = 50_000;

/// Longest text of a node, in characters.
const NAME: usize = 60;

/// From how many on alike nodes become one where a picture is too large.
const ALIKE: usize = 3;

/// Writes the piece of graph for Mermaid.
pub(super) fn write_mermaid(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(fitting(job).as_bytes())
}

/// Gives the finest text that is within the bounds; the last resort leaves links out.
fn fitting(job: &Job<'_>) -> String {
    let mut note = None;
    for (coarse, remark) in coarser(job.options) {
        let picture = Picture::new(&Job {
            options: &coarse,
            ..*job
        });
        let text = flowchart(&picture, remark.or(note), EDGES);
        if picture.links.len() <= EDGES && text.chars().count() <= CHARACTERS {
            return text;
        }
        note = remark;
    }
    last_resort(job)
}

/// Lists the options as they are and ever coarser ones, with the remark that each deserves.
fn coarser<'a>(options: &Options<'a>) -> Vec<(Options<'a>, Option<&'static str>)> {
    let mut steps = vec![(options.clone(), None)];
    let mut alike = options.clone();
    alike.picture.gather = Some(options.picture.gather.map_or(ALIKE, |from| from.min(ALIKE)));
    steps.push((
        alike.clone(),
        Some("too large to draw in full: alike resources are one node"),
    ));
    for depth in [1, 0] {
        let mut boxes = alike.clone();
        boxes.picture.depth = Some(options.picture.depth.map_or(depth, |own| own.min(depth)));
        steps.push((
            boxes,
            Some("too large to draw in full: boxes are one node each"),
        ));
    }
    steps
}

fn last_resort(job: &Job<'_>) -> String {
    let remark = Some("too large to draw: only a part is shown");
    let coarsest = coarser(job.options)
        .pop()
        .map_or_else(|| job.options.clone(), |step| step.0);
    let mut picture = Picture::new(&Job {
        options: &coarsest,
        ..*job
    });
    let mut edges = EDGES.min(picture.links.len());
    loop {
        let text = flowchart(&picture, remark, edges);
        if text.chars().count() <= CHARACTERS || picture.nodes.len() < 2 {
            return text;
        }
        edges /= 2;
        let nodes = picture.nodes.len() / 2;
        picture.nodes.truncate(nodes);
        picture
            .links
            .retain(|link| link.from < nodes && link.to < nodes);
    }
}

fn flowchart(picture: &Picture, remark: Option<&str>, edges: usize) -> String {
    let mut text = String::new();
    let mut title: Vec<&str> = picture.title.as_deref().into_iter().collect();
    title.extend(picture.caption.iter().map(String::as_str));
    title.extend(remark);
    if !title.is_empty() {
        let _ = writeln!(text, "---\ntitle: \"{}\"\n---", plain(&title.join(" - ")));
    }
    text.push_str("flowchart LR\n");
    push_inside(picture, &mut text);
    for link in picture.links.iter().take(edges) {
        push_link(link, &mut text);
    }
    push_classes(picture, &mut text);
    text
}

/// Writes nodes box by box, without recursion.
fn push_inside(picture: &Picture, text: &mut String) {
    let mut open: Vec<(Option<usize>, usize)> = vec![(None, 0)];
    push_nodes(picture, None, 1, text);
    while let Some((frame, next)) = open.last().copied() {
        let child = (next..picture.frames.len())
            .find(|at| picture.frames.get(*at).map(|f| f.parent) == Some(frame));
        let depth = open.len();
        match child {
            None => {
                open.pop();
                if depth > 1 {
                    let _ = writeln!(text, "{}end", "  ".repeat(depth - 1));
                }
            }
            Some(at) => {
                if let Some(top) = open.last_mut() {
                    top.1 = at + 1;
                }
                let title = picture.frames.get(at).map_or("", |frame| &frame.title);
                let _ = writeln!(
                    text,
                    "{}subgraph b{at}[\"{}\"]",
                    "  ".repeat(depth),
                    label(title)
                );
                // A box does not take the direction from what is around it.
                let _ = writeln!(text, "{}direction LR", "  ".repeat(depth + 1));
                push_nodes(picture, Some(at), depth + 1, text);
                open.push((Some(at), at + 1));
            }
        }
    }
}

fn push_nodes(picture: &Picture, frame: Option<usize>, depth: usize, text: &mut String) {
    for (at, node) in picture
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| node.frame == frame)
    {
        let (open, close) = brackets(node);
        let class = if node.pale {
            "pale".to_owned()
        } else {
            format!("c{}", node.look)
        };
        let _ = writeln!(
            text,
            "{}n{at}{open}\"{}<br/>{}\"{close}:::{class}",
            "  ".repeat(depth),
            label(&node.name),
            label(&node.what),
        );
    }
}

fn brackets(node: &Node) -> (&'static str, &'static str) {
    match look(node).map_or(Shape::Box, |look| look.shape) {
        Shape::Box => ("(", ")"),
        Shape::Pill | Shape::Cloud => ("([", "])"),
        Shape::Cylinder => ("[(", ")]"),
        Shape::Pipe | Shape::Tag => ("[[", "]]"),
        Shape::Hexagon | Shape::Octagon => ("{{", "}}"),
        Shape::Folder => ("[", "]"),
        Shape::Note | Shape::Notch => (">", "]"),
        Shape::Slant => ("[/", "/]"),
    }
}

fn push_link(link: &Link, text: &mut String) {
    let arrow = match Manner::of(&link.kind, link.failure) {
        Manner::Flow | Manner::Access => "-->",
        Manner::Other | Manner::Failure => "-.->",
    };
    let _ = writeln!(
        text,
        "  n{} {arrow}|\"{}\"| n{}",
        link.from,
        label(&link.phrase),
        link.to
    );
}

fn push_classes(picture: &Picture, text: &mut String) {
    let looks: BTreeSet<usize> = picture
        .nodes
        .iter()
        .filter(|node| !node.pale)
        .map(|node| node.look)
        .collect();
    for look in looks {
        if let Some(row) = StyleTable::built_in().categories.get(look) {
            let dashed = if row.id == "external" {
                ",stroke-dasharray:5 3"
            } else {
                ""
            };
            let _ = writeln!(
                text,
                "  classDef c{look} fill:{},stroke:{},color:#1d212a{dashed}",
                row.fill, row.stroke
            );
        }
    }
    if picture.nodes.iter().any(|node| node.pale) {
        text.push_str("  classDef pale fill:#fff,stroke:#c9ccd3,color:#9aa0ab\n");
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || " .,_/+×…-".contains(c)
}

/// Writes text for a label in quotes.
fn label(text: &str) -> String {
    let text = short(text, NAME);
    if text.trim().is_empty() {
        return "#160;".to_owned();
    }
    text.chars().fold(String::new(), |mut own, c| {
        match is_plain(c) {
            true => own.push(c),
            false => drop(write!(own, "#{};", u32::from(c))),
        }
        own
    })
}

/// Writes text where no entities are read.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if is_plain(c) || "():;".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect()
}
