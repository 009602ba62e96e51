//! The piece of graph as an indented tree for a terminal.
//!
//! Starts where nothing comes in, follows arrows, and tells a node's inside once: where it comes
//! again it is only named. Walks each arrow of the picture once.

use super::Job;
use super::picture::Link;
use super::picture::Picture;
use super::text::Role;
use super::text::Text;
use std::io;
use std::io::Write;

/// One line to be written: an arrow into a node, or a root.
struct Step {
    node: usize,
    link: Option<usize>,
    /// What stands before the line, and before the lines below it.
    lead: String,
    below: String,
    depth: usize,
}

/// Deepest indent, so that a chain of thousands stays readable; what is deeper starts anew at the left.
const INDENT: usize = 60;

/// Writes the piece of graph as a tree.
pub(super) fn write_tree(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let picture = Picture::new(job);
    let outgoing = outgoing(&picture);
    let mut told = vec![false; picture.nodes.len()];
    if let Some(title) = &picture.title {
        write_line(job, &Text::new(Role::Head, title), out)?;
    }
    for root in roots(&picture) {
        if told.get(root) == Some(&false) {
            write_from(job, &picture, &outgoing, root, &mut told, out)?;
        }
    }
    for line in &picture.caption {
        write_line(job, &Text::new(Role::Dim, line), out)?;
    }
    Ok(())
}

fn outgoing(picture: &Picture) -> Vec<Vec<usize>> {
    let mut outgoing = vec![Vec::new(); picture.nodes.len()];
    for (at, link) in picture.links.iter().enumerate() {
        if let Some(links) = outgoing.get_mut(link.from) {
            links.push(at);
        }
    }
    outgoing
}

/// Lists all nodes, those into which nothing comes first.
fn roots(picture: &Picture) -> Vec<usize> {
    let mut entered = vec![false; picture.nodes.len()];
    for link in picture.links.iter().filter(|link| link.from != link.to) {
        if let Some(place) = entered.get_mut(link.to) {
            *place = true;
        }
    }
    let mut all: Vec<usize> = (0..picture.nodes.len()).collect();
    all.sort_by_key(|at| entered.get(*at).copied());
    all
}

fn write_from(
    job: &Job<'_>,
    picture: &Picture,
    outgoing: &[Vec<usize>],
    root: usize,
    told: &mut [bool],
    out: &mut dyn Write,
) -> io::Result<()> {
    let first = Step {
        node: root,
        link: None,
        lead: String::new(),
        below: String::new(),
        depth: 0,
    };
    let mut open = vec![first];
    while let Some(step) = open.pop() {
        let again = told.get(step.node) == Some(&true);
        let links = outgoing.get(step.node).map_or(&[][..], Vec::as_slice);
        let remark = again && !links.is_empty();
        write_line(job, &line(picture, &step, remark), out)?;
        if again {
            continue;
        }
        if let Some(place) = told.get_mut(step.node) {
            *place = true;
        }
        for (at, link) in links.iter().enumerate().rev() {
            open.extend(child(picture, &step, *link, at + 1 == links.len()));
        }
    }
    Ok(())
}

fn child(picture: &Picture, step: &Step, link: usize, last: bool) -> Option<Step> {
    let node = picture.links.get(link)?.to;
    let stem = if step.depth >= INDENT {
        ""
    } else {
        &step.below
    };
    let (branch, rest) = if last {
        ("└─ ", "   ")
    } else {
        ("├─ ", "│  ")
    };
    Some(Step {
        node,
        link: Some(link),
        lead: format!("{stem}{branch}"),
        below: format!("{stem}{rest}"),
        depth: if step.depth >= INDENT {
            1
        } else {
            step.depth + 1
        },
    })
}

fn line(picture: &Picture, step: &Step, again: bool) -> Text {
    let mut text = Text::new(Role::Dim, &step.lead);
    if let Some(link) = step.link.and_then(|link| picture.links.get(link)) {
        push_phrase(&mut text, link);
    }
    if let Some(node) = picture.nodes.get(step.node) {
        text.push(Role::Name, &node.name);
        text.push(Role::Label, &format!(" ({})", node.what));
    }
    if again {
        text.push(Role::Dim, " ↑");
    }
    text
}

fn push_phrase(text: &mut Text, link: &Link) {
    text.push(Role::Kind, &link.phrase);
    text.push(Role::Dim, if link.failure { " ⇢ " } else { " → " });
}

fn write_line(job: &Job<'_>, line: &Text, out: &mut dyn Write) -> io::Result<()> {
    let line = match job.options.width {
        Some(width) => line.cut(width),
        None => line.clone(),
    };
    writeln!(out, "{}", line.painted(job.options.painter))
}
