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
use super::layout::Point;
use super::layout::Rect;
use super::layout::Route;
use super::outline;
use super::outline::number;
use super::picture::Link;
use super::picture::Node;
use super::picture::remarks;
use super::schema::CategoryStyle;
use super::schema::StyleTable;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::io::Write;

mod legend;

/// Free paper around the drawing.
const PAGE: f64 = 24.0;

/// Room for the title.
const TITLE: f64 = 34.0;

/// Length of an arrow's head, and half of its width.
const HEAD: f64 = 8.0;
const HEAD_HALF: f64 = 4.0;

/// Looks that no data touches: light first, then dark.
const STYLE: &str = "\
.page{fill:#fff}text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;fill:#1d212a}\
.name{font-size:13px;font-weight:600}.what,.phrase,.note{font-size:11px}.what,.note{fill:#5b6270}.head-line{font-size:18px;font-weight:600}\
.box>rect{fill:#f6f7f9;stroke:#c3c8d2}.box.odd>rect{fill:#eceff3}.box>text{font-size:13px;font-weight:600;fill:#3d4452}\
.o{stroke-width:1.4}.i,.g{fill:none;stroke-width:1.2}.g{stroke-linecap:round;stroke-linejoin:round;stroke-width:1.6}.external .o{stroke-dasharray:5 3}\
.line{fill:none;stroke:#4b5160;stroke-width:1.3}.tip{fill:#4b5160;stroke:#4b5160;stroke-linejoin:round}.phrase{fill:#3d4452;text-anchor:middle}\
.access .tip{fill:#fff}.other .line{stroke-dasharray:1.5 3;stroke-linecap:round}.other .tip{fill:none;stroke-width:1.3}\
.failure .line{stroke:#a93226;stroke-dasharray:6 3}.failure .tip{fill:#a93226;stroke:#a93226}.failure .phrase{fill:#a93226}.pale{opacity:.28}";
const DARK: &str = "\
.page{fill:#16181d}text{fill:#f2f4f8}.what,.note{fill:#a7aebb}\
.box>rect{fill:#1d2026;stroke:#3f4550}.box.odd>rect{fill:#24282f}.box>text{fill:#c8cdd7}\
.line{stroke:#a7aebb}.tip{fill:#a7aebb;stroke:#a7aebb}.phrase{fill:#c8cdd7}.access .tip{fill:#16181d}.other .tip{fill:none}\
.failure .line{stroke:#f09a8f}.failure .tip{fill:#f09a8f;stroke:#f09a8f}.failure .phrase{fill:#f09a8f}";

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
    let mut svg = head(figure, prefix, width, height);
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
    for (at, link) in picture.links.iter().enumerate() {
        push_link(job, figure, (prefix, at), link, &mut svg);
    }
    for (at, node) in picture.nodes.iter().enumerate() {
        if let Some(rect) = figure.layout.nodes.get(at) {
            push_node((prefix, at), node, rect, &mut svg);
        }
    }
    svg.push_str("</g>\n");
    svg.push_str(&legend.svg);
    svg.push_str("</svg>\n");
    svg
}

fn head(figure: &Figure, prefix: &str, width: f64, height: f64) -> String {
    let picture = &figure.picture;
    let title = picture.title.as_deref().unwrap_or("Architecture");
    let (nodes, links) = (picture.nodes.len(), picture.links.len());
    let caption = picture.caption.join("; ");
    let looks: BTreeSet<usize> = picture.nodes.iter().map(|node| node.look).collect();
    let rows = || {
        looks.iter().filter_map(|look| {
            StyleTable::built_in()
                .categories
                .get(*look)
                .map(|row| (look, row))
        })
    };
    let colours = |fill: fn(&CategoryStyle) -> &str, stroke: fn(&CategoryStyle) -> &str| {
        rows().fold(String::new(), |mut css, (look, row)| {
            let (fill, stroke) = (fill(row), stroke(row));
            let _ = write!(css, ".c{look} .o{{fill:{fill};stroke:{stroke}}}.c{look} .i,.c{look} .g{{stroke:{stroke}}}");
            css
        })
    };
    let light = colours(|row| &row.fill, |row| &row.stroke);
    let dark = colours(|row| &row.dark, |row| &row.light);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{prefix}title {prefix}desc\">\n\
         <title id=\"{prefix}title\">{}</title>\n<desc id=\"{prefix}desc\">{nodes} nodes, {links} links. {}</desc>\n\
         <style>{STYLE}{light}\n@media (prefers-color-scheme:dark){{{DARK}{dark}}}</style>\n\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n",
        escaped(title),
        escaped(&caption),
    )
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
    let scale = GLYPH / 24.0;
    let _ = writeln!(
        svg,
        "<path class=\"g\" transform=\"translate({} {}) scale({scale:.3})\" d=\"{}\"/><text class=\"name\" x=\"{}\" y=\"{}\">{}</text><text class=\"what\" x=\"{}\" y=\"{}\">{}</text></g>",
        number(x),
        number(middle - GLYPH / 2.0),
        look.glyph,
        number(x + GLYPH + 8.0),
        number(middle - 2.0),
        escaped(&name(&node.name)),
        number(x + GLYPH + 8.0),
        number(middle + 13.0),
        escaped(&name(&node.what)),
    );
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
        line(route),
        tip(route, end, manner),
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
