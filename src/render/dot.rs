//! A drawing for Graphviz: left to right, boxes as clusters, looks from the style table.
//!
//! Equal input gives equal bytes. Names come in through two doors only, `quoted` and `markup`, so
//! that nothing from a template is ever read as DOT or as Graphviz's HTML.

use super::Job;
use super::picture::Link;
use super::picture::Node;
use super::picture::Picture;
use super::picture::remarks;
use super::schema::CategoryStyle;
use super::schema::Shape;
use super::schema::StyleTable;
use crate::model::Class;
use crate::model::Kinds;
use std::io;
use std::io::Write;

/// Longest name that is written into a node, in characters; the tooltip has all of it.
const NAME: usize = 44;

const QUIET: &str = "#6b7280";
const PALE: &str = "#c9ccd3";
const ALARM: &str = "#a93226";

const HEAD: &str = r##"digraph archq {
  graph [rankdir=LR, fontname="Helvetica,Arial,sans-serif", fontsize=12, fontcolor="#2b303b", bgcolor="#ffffff", pad=0.3, nodesep=0.35, ranksep=0.75, style="rounded", color="#c3c8d2", penwidth=1.2, labeljust=l, tooltip=" "];
  node [fontname="Helvetica,Arial,sans-serif", fontsize=11, fontcolor="#1d212a", penwidth=1.3, margin="0.18,0.09"];
  edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, fontcolor="#4b5160", color="#4b5160", penwidth=1.1, arrowsize=0.75, arrowhead=normal];
"##;

/// Writes the piece of graph for Graphviz.
pub(super) fn write_dot(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let picture = Picture::new(job);
    out.write_all(HEAD.as_bytes())?;
    write_caption(&picture, out)?;
    write_inside(&picture, None, out)?;
    for link in &picture.links {
        write_link(job, link, out)?;
    }
    out.write_all(b"}\n")
}

fn write_caption(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Vec::new();
    if let Some(title) = &picture.title {
        lines.push(format!(
            "<FONT POINT-SIZE=\"16\"><B>{}</B></FONT>",
            markup(title)
        ));
    }
    for line in &picture.caption {
        lines.push(format!(
            "<FONT POINT-SIZE=\"10\" COLOR=\"{QUIET}\">{}</FONT>",
            markup(line)
        ));
    }
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "  labelloc=b;\n  label=<{}>;",
        lines.join("<BR ALIGN=\"LEFT\"/>")
    )
}

/// A box whose inside is being written: where its children go on.
struct Open {
    frame: Option<usize>,
    next: usize,
}

/// Writes the nodes and boxes of the whole picture, box by box, without recursion.
fn write_inside(picture: &Picture, root: Option<usize>, out: &mut dyn Write) -> io::Result<()> {
    let mut open = vec![Open {
        frame: root,
        next: 0,
    }];
    write_nodes(picture, root, 1, out)?;
    while let Some(top) = open.last_mut() {
        let children = picture.frames.iter().enumerate().skip(top.next);
        let frame = top.frame;
        let Some((at, child)) = children
            .into_iter()
            .find(|(_, child)| child.parent == frame)
        else {
            open.pop();
            if !open.is_empty() {
                writeln!(out, "{}}}", indent(open.len()))?;
            }
            continue;
        };
        top.next = at + 1;
        let depth = open.len();
        writeln!(
            out,
            "{}subgraph cluster_{at} {{ label=<<B>{}</B>>; bgcolor=\"{}\"; margin=14; labelloc=t;",
            indent(depth),
            markup(&child.title),
            if depth % 2 == 1 { "#f7f8fa" } else { "#eef0f4" },
        )?;
        open.push(Open {
            frame: Some(at),
            next: at + 1,
        });
        write_nodes(picture, Some(at), depth + 1, out)?;
    }
    Ok(())
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}

fn write_nodes(
    picture: &Picture,
    frame: Option<usize>,
    depth: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (at, node) in picture.nodes.iter().enumerate() {
        if node.frame == frame {
            write_node(at, node, depth, out)?;
        }
    }
    Ok(())
}

fn write_node(at: usize, node: &Node, depth: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(look) = StyleTable::built_in().categories.get(node.look) else {
        return Ok(());
    };
    let (fill, stroke, ink, quiet) = match node.pale {
        true => ("#ffffff", PALE, PALE, PALE),
        false => (&*look.fill, &*look.stroke, "#1d212a", QUIET),
    };
    let peripheries = if node.ids.len() > 1 {
        ", peripheries=2"
    } else {
        ""
    };
    writeln!(
        out,
        "{}n{at} [{}, fillcolor=\"{fill}\", color=\"{stroke}\"{peripheries}, tooltip={}, label=<<FONT COLOR=\"{ink}\"><B>{}</B></FONT><BR/><FONT POINT-SIZE=\"9\" COLOR=\"{quiet}\">{}</FONT>>];",
        indent(depth),
        outline(look),
        quoted(&format!("{} ({})", node.name, node.what)),
        markup(&short(&node.name)),
        markup(&node.what),
    )
}

/// Gives shape and style of a node in Graphviz's words.
fn outline(look: &CategoryStyle) -> &'static str {
    match look.shape {
        Shape::Box => r#"shape=box, style="rounded,filled""#,
        Shape::Pill => r#"shape=box, style="rounded,filled,dashed""#,
        Shape::Cylinder => r#"shape=cylinder, style="filled""#,
        Shape::Pipe => r#"shape=cds, style="filled""#,
        Shape::Hexagon => r#"shape=hexagon, style="filled""#,
        Shape::Folder => r#"shape=folder, style="filled""#,
        Shape::Octagon => r#"shape=octagon, style="filled""#,
        Shape::Note => r#"shape=note, style="filled""#,
        Shape::Slant => r#"shape=parallelogram, style="filled""#,
        Shape::Notch => r#"shape=component, style="filled""#,
        Shape::Cloud => r#"shape=ellipse, style="filled""#,
        Shape::Tag => r#"shape=tab, style="filled""#,
    }
}

fn write_link(job: &Job<'_>, link: &Link, out: &mut dyn Write) -> io::Result<()> {
    let manner = match (link.pale, link.failure) {
        (true, _) => format!(", color=\"{PALE}\", fontcolor=\"{PALE}\""),
        (false, true) => format!(", style=dashed, color=\"{ALARM}\", fontcolor=\"{ALARM}\""),
        (false, false) => head_of(&link.kind).to_owned(),
    };
    let remarks = quoted(&remarks(job.view, link).join("\n"));
    writeln!(
        out,
        "  n{} -> n{} [label={}{manner}, tooltip={remarks}, labeltooltip={remarks}];",
        link.from,
        link.to,
        quoted(&format!(" {} ", link.phrase)),
    )
}

/// Tells the classes apart without colour: what moves has a full head, who may has an open one, what
/// only lies there has dots.
fn head_of(kind: &str) -> &'static str {
    match Kinds::built_in().get(kind).map(|kind| kind.class) {
        Some(Class::Flow) | None => "",
        Some(Class::Access | Class::Permission) => ", arrowhead=onormal",
        Some(_) => ", arrowhead=vee, style=dotted",
    }
}

/// Writes a string of DOT: quotes and backslashes escaped, so that no escape of Graphviz works, and
/// ampersands, so that no entity does.
fn quoted(text: &str) -> String {
    let mut own = String::with_capacity(text.len() + 2);
    own.push('"');
    for c in text.chars() {
        match c {
            '"' => own.push_str("\\\""),
            '\\' => own.push_str("\\\\"),
            '&' => own.push_str("&amp;"),
            '\n' => own.push_str("\\n"),
            c => own.push(c),
        }
    }
    own.push('"');
    own
}

/// Writes text of Graphviz's HTML; an empty one is a space, which Graphviz insists on.
fn markup(text: &str) -> String {
    if text.is_empty() {
        return " ".to_owned();
    }
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}
