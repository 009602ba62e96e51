//! A drawing that stands alone: text as text, light and dark, titles for screen readers.
//!
//! Needs nothing beside itself: no font, no picture, no script. Whatever comes from data is text,
//! and goes through `escaped`.

use super::Job;
use super::figure::Figure;
use super::figure::GLYPH;
use super::figure::MARGIN;
use super::figure::Manner;
use super::figure::look;
use super::figure::name;
use super::figure::phrase;
use super::layout::Piece;
use super::layout::Rect;
use super::outline;
use super::outline::number;
use super::picture::Link;
use super::picture::Node;
use super::picture::remarks;
use std::fmt::Write as _;
use std::io;
use std::io::Write;

mod legend;
mod paper;
mod stroke;

/// Free paper around the drawing.
const PAGE: f64 = 24.0;

/// Room for the title.
const TITLE: f64 = 34.0;

/// Writes the piece of graph as SVG.
pub(super) fn write_svg(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let figure = Figure::new(job);
    out.write_all(drawing(job, &figure, "").as_bytes())
}

/// Gives the drawing as SVG text; `prefix` keeps its ids apart from those of another one beside it.
pub(super) fn drawing(job: &Job<'_>, figure: &Figure, prefix: &str) -> String {
    let picture = &figure.picture;
    let top = if picture.title.is_some() {
        PAGE + TITLE
    } else {
        PAGE
    };
    let legend = legend::legend(figure, top + figure.layout.size.height);
    let width = (figure.layout.size.width.max(legend.width) + 2.0 * PAGE).ceil();
    let height = (legend.bottom + PAGE).ceil();
    let mut svg = paper::head(job, figure, prefix, width, height);
    paper::push_icons(figure, prefix, &mut svg);
    if let Some(title) = &picture.title {
        let _ = writeln!(
            svg,
            "<text class=\"head-line\" x=\"{PAGE}\" y=\"{}\">{}</text>",
            PAGE + 16.0,
            escaped(title)
        );
    }
    let _ = writeln!(
        svg,
        "<g id=\"{prefix}drawing\" transform=\"translate({PAGE} {top})\">"
    );
    push_boxes(figure, prefix, &mut svg);
    for (at, node) in picture.nodes.iter().enumerate() {
        if let Some(rect) = figure.layout.nodes.get(at) {
            push_node((prefix, at), node, rect, &mut svg);
        }
    }
    // A link ends at the outline of a node, and lies over the second outline of one that stands for several.
    for (at, link) in picture.links.iter().enumerate() {
        push_link(job, figure, (prefix, at), link, &mut svg);
    }
    svg.push_str("</g>\n");
    svg.push_str(&legend.svg);
    svg.push_str("</svg>\n");
    svg
}

fn push_boxes(figure: &Figure, prefix: &str, svg: &mut String) {
    let mut depths: Vec<usize> = Vec::new();
    for (at, (frame, rect)) in figure
        .picture
        .frames
        .iter()
        .zip(&figure.layout.boxes)
        .enumerate()
    {
        let depth = frame
            .parent
            .and_then(|parent| depths.get(parent))
            .map_or(0, |depth| depth + 1);
        depths.push(depth);
        let odd = if depth % 2 == 1 { " odd" } else { "" };
        let title = escaped(&frame.title);
        let _ = writeln!(
            svg,
            "<g class=\"box{odd}\" id=\"{prefix}b{at}\"><title>{title}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"8\"/><text x=\"{}\" y=\"{}\">{}</text></g>",
            number(rect.x),
            number(rect.y),
            number(rect.width),
            number(rect.height),
            number(rect.x + 12.0),
            number(rect.y + 18.0),
            escaped(&name(&frame.title)),
        );
    }
}

fn push_node((prefix, at): (&str, usize), node: &Node, rect: &Rect, svg: &mut String) {
    let Some(look) = look(node) else {
        return;
    };
    let room = outline::room(look.shape);
    let (outer, inner) = outline::paths(look.shape, rect);
    let (pale, external) = (
        if node.pale { " pale" } else { "" },
        if look.id == "external" {
            " external"
        } else {
            ""
        },
    );
    let _ = write!(
        svg,
        "<g class=\"node c{}{pale}{external}\" id=\"{prefix}n{at}\"><title>{} ({})</title>",
        node.look,
        escaped(&node.name),
        escaped(&node.what),
    );
    if node.ids.len() > 1 {
        let _ = write!(
            svg,
            "<path class=\"o\" transform=\"translate(4 -4)\" d=\"{outer}\"/>"
        );
    }
    let _ = write!(svg, "<path class=\"o\" d=\"{outer}\"/>");
    if !inner.is_empty() {
        let _ = write!(svg, "<path class=\"i\" d=\"{inner}\"/>");
    }
    let (x, middle) = (
        rect.x + room.sides + MARGIN,
        rect.middle().y + room.top / 2.0,
    );
    match node.icon {
        Some(icon) => push_icon((prefix, icon), x, middle, svg),
        None => push_glyph(look.glyph.as_str(), x, middle, svg),
    }
    let (x, name, what) = (number(x + GLYPH + 8.0), name(&node.name), name(&node.what));
    let _ = writeln!(
        svg,
        "<text class=\"name\" x=\"{x}\" y=\"{}\">{}</text><text class=\"what\" x=\"{x}\" y=\"{}\">{}</text></g>",
        number(middle - 2.0),
        escaped(&name),
        number(middle + 13.0),
        escaped(&what),
    );
}

fn push_glyph(glyph: &str, x: f64, middle: f64, svg: &mut String) {
    let (x, y) = (number(x), number(middle - GLYPH / 2.0));
    let scale = GLYPH / 24.0;
    let _ = write!(
        svg,
        "<path class=\"g\" transform=\"translate({x} {y}) scale({scale:.3})\" d=\"{glyph}\"/>"
    );
}

fn push_icon((prefix, icon): (&str, usize), x: f64, middle: f64, svg: &mut String) {
    let (x, y) = (
        number(x - (paper::ICON - GLYPH) / 2.0),
        number(middle - paper::ICON / 2.0),
    );
    let _ = write!(svg, "<use href=\"#{prefix}i{icon}\" x=\"{x}\" y=\"{y}\"/>");
}

fn push_link(
    job: &Job<'_>,
    figure: &Figure,
    (prefix, at): (&str, usize),
    link: &Link,
    svg: &mut String,
) {
    let Some(route) = figure.layout.links.get(at) else {
        return;
    };
    let Some(end) = route.pieces.last().map(Piece::end) else {
        return;
    };
    let manner = Manner::of(&link.kind, link.failure);
    let pale = if link.pale { " pale" } else { "" };
    let ends =
        [link.from, link.to].map(|end| figure.picture.nodes.get(end).map_or("", |node| &node.name));
    let _ = write!(
        svg,
        "<g class=\"link {}{pale}\" id=\"{prefix}e{at}\"><title>{} {} {}\n{}</title><path class=\"line\" d=\"{}\"/><path class=\"tip\" d=\"{}\"/>",
        manner.class(),
        escaped(ends[0]),
        escaped(&link.phrase),
        escaped(ends[1]),
        escaped(&remarks(job.view, link).join("\n")),
        stroke::line(route),
        stroke::tip(route, end, manner),
    );
    if let Some(label) = &route.label {
        let middle = label.middle();
        let _ = write!(
            svg,
            "<text class=\"phrase\" x=\"{}\" y=\"{}\">{}</text>",
            number(middle.x),
            number(middle.y + 4.0),
            escaped(&phrase(&link.phrase)),
        );
    }
    svg.push_str("</g>\n");
}

/// Escapes text for XML; controls are written out before by whoever made the picture.
pub(super) fn escaped(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => own.push_str("&amp;"),
            '<' => own.push_str("&lt;"),
            '>' => own.push_str("&gt;"),
            '"' => own.push_str("&quot;"),
            '\'' => own.push_str("&#39;"),
            c => own.push(c),
        }
    }
    own
}
