//! A picture with places: what SVG, HTML and draw.io share.
//!
//! Measures names and phrases, has them laid out, and keeps what a writer needs to draw.

use super::Job;
use super::layout::Diagram;
use super::layout::Frame;
use super::layout::Layout;
use super::layout::Shape;
use super::layout::Size;
use super::layout::Wire;
use super::layout::lay_out;
use super::measure::short;
use super::measure::width;
use super::options::Options;
use super::outline;
use super::picture::Node;
use super::picture::Picture;
use super::schema::CategoryStyle;
use super::schema::StyleTable;
use crate::model::Answer;
use crate::model::Class;
use crate::model::GraphView;
use crate::model::Kinds;
use std::cell::RefCell;

/// Sizes of text.
pub(super) const NAME_SIZE: f64 = 13.0;
pub(super) const WHAT_SIZE: f64 = 11.0;
pub(super) const PHRASE_SIZE: f64 = 11.0;
pub(super) const TITLE_SIZE: f64 = 13.0;

/// Longest texts that are written into a drawing, in characters.
const NAME_MOST: usize = 34;
const PHRASE_MOST: usize = 30;

/// Side of a glyph, and the distance around it.
pub(super) const GLYPH: f64 = 22.0;
pub(super) const MARGIN: f64 = 11.0;

const NODE_HEIGHT: f64 = 46.0;
const NODE_LEAST: f64 = 90.0;

/// A picture whose parts have places.
pub(super) struct Figure {
    pub(super) picture: Picture,
    pub(super) layout: Layout,
}

/// Gives what is laid out for the picture of an answer, and where everything of it lies: for whoever
/// judges pictures.
#[must_use]
pub fn laid_out(answer: &Answer, view: &dyn GraphView, options: &Options<'_>) -> (Diagram, Layout) {
    let picture = Picture::new(&Job {
        answer,
        view,
        options,
        notes: &RefCell::default(),
    });
    let diagram = diagram(&picture);
    let layout = lay_out(&diagram);
    (diagram, layout)
}

impl Figure {
    /// Makes the picture of an answer and lays it out.
    pub(super) fn new(job: &Job<'_>) -> Figure {
        let picture = Picture::new(job);
        let layout = lay_out(&diagram(&picture));
        Figure { picture, layout }
    }
}

fn diagram(picture: &Picture) -> Diagram {
    let nodes = picture.nodes.iter().map(|node| Shape {
        size: node_size(node),
        inside: node.frame,
        outline: look(node).map_or_else(Default::default, |look| outline::sides(look.shape)),
    });
    let links = picture.links.iter().map(|link| Wire {
        from: link.from,
        to: link.to,
        label: text_size(&phrase(&link.phrase), PHRASE_SIZE, false, 12.0, 16.0),
    });
    let boxes = picture.frames.iter().map(|frame| Frame {
        inside: frame.parent,
        title: text_size(&name(&frame.title), TITLE_SIZE, true, 0.0, 24.0),
    });
    Diagram {
        nodes: nodes.collect(),
        links: links.collect(),
        boxes: boxes.collect(),
    }
}

fn text_size(text: &str, size: f64, bold: bool, margin: f64, height: f64) -> Size {
    Size {
        width: (width(text, size, bold) + margin).ceil(),
        height,
    }
}

fn node_size(node: &Node) -> Size {
    let room = look(node).map_or_else(Default::default, |look| outline::room(look.shape));
    let text =
        width(&name(&node.name), NAME_SIZE, true).max(width(&name(&node.what), WHAT_SIZE, false));
    let width = MARGIN + GLYPH + 8.0 + text + MARGIN + room.sides * 2.0;
    Size {
        width: width.max(NODE_LEAST).ceil(),
        height: NODE_HEIGHT + room.top,
    }
}

/// Gives the row of the style table for a node.
pub(super) fn look(node: &Node) -> Option<&'static CategoryStyle> {
    StyleTable::built_in().categories.get(node.look)
}

/// Gives a name as it is written into a drawing.
pub(super) fn name(text: &str) -> String {
    short(text, NAME_MOST)
}

/// Gives a phrase as it is written beside a line.
pub(super) fn phrase(text: &str) -> String {
    short(text, PHRASE_MOST)
}

/// The manners of a line, which tell without colour what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Manner {
    /// Something moves.
    Flow,
    /// Somebody may.
    Access,
    /// Something stands on, lies in or looks at something.
    Other,
    /// Only when something went wrong.
    Failure,
}

impl Manner {
    /// Gives the manner of a kind of edge.
    pub(super) fn of(kind: &str, failure: bool) -> Manner {
        if failure {
            return Manner::Failure;
        }
        match Kinds::built_in().get(kind).map(|kind| kind.class) {
            Some(Class::Flow) | None => Manner::Flow,
            Some(Class::Access | Class::Permission) => Manner::Access,
            Some(_) => Manner::Other,
        }
    }

    /// Names the manner for a style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Manner::Flow => "flow",
            Manner::Access => "access",
            Manner::Other => "other",
            Manner::Failure => "failure",
        }
    }

    /// Says in a legend what the manner means.
    pub(super) fn title(self) -> &'static str {
        match self {
            Manner::Flow => "request, event or data",
            Manner::Access => "permission or protection",
            Manner::Other => "placement, capacity, observation",
            Manner::Failure => "when something fails",
        }
    }
}
