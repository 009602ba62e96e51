//! A drawing to be touched up in draw.io: shapes that can be edited, boxes as groups, links that
//! stay attached.
//!
//! Text is written as text (`html=0`), so that a name is never read as markup.

use super::Job;
use super::figure::Figure;
use super::figure::Manner;
use super::figure::look;
use super::layout::Piece;
use super::layout::Point;
use super::layout::Rect;
use super::outline::number;
use super::picture::Link;
use super::picture::Node;
use super::picture::remarks;
use super::schema::Shape;
use super::xml::attribute;
use std::io;
use std::io::Write;

const HEAD: &str = "<mxfile host=\"archq\"><diagram id=\"archq\" name=\"Architecture\"><mxGraphModel grid=\"0\" page=\"0\" math=\"0\" shadow=\"0\"><root>\n<mxCell id=\"0\"/>\n<mxCell id=\"1\" parent=\"0\"/>\n";
const FOOT: &str = "</root></mxGraphModel></diagram></mxfile>\n";

/// Writes the piece of graph for draw.io.
pub(super) fn write_drawio(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let figure = Figure::new(job);
    out.write_all(HEAD.as_bytes())?;
    for at in 0..figure.picture.frames.len() {
        write_box(&figure, at, out)?;
    }
    for (at, node) in figure.picture.nodes.iter().enumerate() {
        write_node(&figure, at, node, out)?;
    }
    for (at, link) in figure.picture.links.iter().enumerate() {
        write_link(job, &figure, at, link, out)?;
    }
    write_caption(&figure, out)?;
    out.write_all(FOOT.as_bytes())
}

/// Gives the cell and the corner that places inside of a box count from.
fn parent(figure: &Figure, frame: Option<usize>) -> (String, Point) {
    let rect = frame.and_then(|frame| figure.layout.boxes.get(frame));
    match (frame, rect) {
        (Some(frame), Some(rect)) => (
            format!("b{frame}"),
            Point {
                x: rect.x,
                y: rect.y,
            },
        ),
        _ => ("1".to_owned(), Point::default()),
    }
}

fn geometry(rect: &Rect, corner: Point) -> String {
    format!(
        "<mxGeometry x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" as=\"geometry\"/>",
        number(rect.x - corner.x),
        number(rect.y - corner.y),
        number(rect.width),
        number(rect.height),
    )
}

fn write_box(figure: &Figure, at: usize, out: &mut dyn Write) -> io::Result<()> {
    let (Some(frame), Some(rect)) = (figure.picture.frames.get(at), figure.layout.boxes.get(at))
    else {
        return Ok(());
    };
    let (cell, corner) = parent(figure, frame.parent);
    writeln!(
        out,
        "<mxCell id=\"b{at}\" value=\"{}\" style=\"html=0;rounded=1;absoluteArcSize=1;arcSize=16;container=1;collapsible=0;recursiveResize=0;align=left;verticalAlign=top;spacingLeft=8;fontStyle=1;fillColor=#f6f7f9;strokeColor=#c3c8d2;fontColor=#3d4452;\" vertex=\"1\" parent=\"{cell}\">{}</mxCell>",
        attribute(&frame.title),
        geometry(rect, corner),
    )
}

fn write_node(figure: &Figure, at: usize, node: &Node, out: &mut dyn Write) -> io::Result<()> {
    let (Some(look), Some(rect)) = (look(node), figure.layout.nodes.get(at)) else {
        return Ok(());
    };
    let (cell, corner) = parent(figure, node.frame);
    let pale = if node.pale {
        "opacity=30;textOpacity=30;"
    } else {
        ""
    };
    writeln!(
        out,
        "<mxCell id=\"n{at}\" value=\"{}&#10;{}\" style=\"html=0;{}whiteSpace=wrap;fillColor={};strokeColor={};fontColor=#1d212a;{pale}\" vertex=\"1\" parent=\"{cell}\">{}</mxCell>",
        attribute(&node.name),
        attribute(&node.what),
        shape(look.shape),
        look.fill,
        look.stroke,
        geometry(rect, corner),
    )
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Box => "rounded=1;absoluteArcSize=1;arcSize=18;",
        Shape::Pill => "rounded=1;arcSize=50;dashed=1;",
        Shape::Cloud => "shape=ext;double=1;rounded=1;arcSize=50;",
        Shape::Cylinder => "shape=cylinder3;boundedLbl=1;backgroundOutline=1;size=6;",
        Shape::Pipe => "shape=mxgraph.flowchart.direct_data;",
        Shape::Hexagon => "shape=hexagon;perimeter=hexagonPerimeter2;fixedSize=1;size=10;",
        Shape::Folder => "shape=folder;tabWidth=22;tabHeight=5;tabPosition=left;",
        Shape::Octagon => "shape=mxgraph.basic.octagon2;dx=10;",
        Shape::Note => "shape=note;size=10;",
        Shape::Slant => "shape=parallelogram;perimeter=parallelogramPerimeter;fixedSize=1;size=8;",
        Shape::Notch => "shape=step;perimeter=stepPerimeter;fixedSize=1;size=10;",
        Shape::Tag => "shape=process;size=0.04;",
    }
}

fn write_link(
    job: &Job<'_>,
    figure: &Figure,
    at: usize,
    link: &Link,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(route) = figure.layout.links.get(at) else {
        return Ok(());
    };
    let manner = match Manner::of(&link.kind, link.failure) {
        Manner::Flow => "endFill=1;strokeColor=#4b5160;",
        Manner::Access => "endFill=0;strokeColor=#4b5160;",
        Manner::Other => "dashed=1;dashPattern=1 3;endArrow=open;strokeColor=#4b5160;",
        Manner::Failure => "dashed=1;endFill=1;strokeColor=#a93226;fontColor=#a93226;",
    };
    let pale = if link.pale {
        "opacity=30;textOpacity=30;"
    } else {
        ""
    };
    let ends = route.pieces.len().saturating_sub(1);
    let points: String = route
        .pieces
        .iter()
        .map(Piece::end)
        .take(ends)
        .map(point)
        .collect();
    writeln!(
        out,
        "<UserObject id=\"e{at}\" label=\"{}\" tooltip=\"{}\"><mxCell style=\"html=0;edgeStyle=none;rounded=1;endArrow=block;endSize=5;fontSize=11;labelBackgroundColor=default;{manner}{pale}\" edge=\"1\" parent=\"1\" source=\"n{}\" target=\"n{}\"><mxGeometry relative=\"1\" as=\"geometry\"><Array as=\"points\">{points}</Array></mxGeometry></mxCell></UserObject>",
        attribute(&link.phrase),
        attribute(&remarks(job.view, link).join("\n")),
        link.from,
        link.to,
    )
}

fn point(point: Point) -> String {
    format!(
        "<mxPoint x=\"{}\" y=\"{}\"/>",
        number(point.x),
        number(point.y)
    )
}

fn write_caption(figure: &Figure, out: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<&str> = figure
        .picture
        .title
        .iter()
        .chain(&figure.picture.caption)
        .map(String::as_str)
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let rect = Rect {
        x: 0.0,
        y: figure.layout.size.height + 16.0,
        width: 500.0,
        height: 18.0 * lines.len() as f64,
    };
    writeln!(
        out,
        "<mxCell id=\"caption\" value=\"{}\" style=\"text;html=0;align=left;verticalAlign=top;fontColor=#5b6270;\" vertex=\"1\" parent=\"1\">{}</mxCell>",
        attribute(&lines.join("\n")),
        geometry(&rect, Point::default()),
    )
}
