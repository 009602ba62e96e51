//! What shapes and lines mean, and what is not shown, below a drawing.

use super::super::figure::Figure;
use super::super::figure::Manner;
use super::super::layout::Rect;
use super::super::measure::width;
use super::super::outline;
use super::super::outline::number;
use super::super::schema::StyleTable;
use super::PAGE;
use super::escaped;
use super::stroke::HEAD;
use super::stroke::HEAD_HALF;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A legend, ready to be put below a drawing.
pub(super) struct Legend {
    pub(super) svg: String,
    pub(super) width: f64,
    pub(super) bottom: f64,
}

/// Least width before entries go on in the next row.
const LEAST: f64 = 560.0;
const ROW: f64 = 26.0;
const SWATCH: f64 = 30.0;

struct Pen {
    svg: String,
    x: f64,
    y: f64,
    most: f64,
    limit: f64,
}

/// Writes the legend and the caption from `top` on.
pub(super) fn legend(figure: &Figure, top: f64) -> Legend {
    let mut pen = Pen {
        svg: String::from("<g class=\"legend\">\n"),
        x: 0.0,
        y: top + 22.0,
        most: 0.0,
        limit: figure.layout.size.width.max(LEAST),
    };
    let looks: BTreeSet<usize> = figure.picture.nodes.iter().map(|node| node.look).collect();
    for look in looks {
        pen.look(look);
    }
    let manners: BTreeSet<Manner> = figure
        .picture
        .links
        .iter()
        .map(|link| Manner::of(&link.kind, link.failure))
        .collect();
    for manner in manners {
        pen.manner(manner);
    }
    for line in &figure.picture.caption {
        pen.caption(line);
    }
    pen.svg.push_str("</g>\n");
    Legend {
        svg: pen.svg,
        width: pen.most,
        bottom: if pen.most > 0.0 { pen.y + 18.0 } else { top },
    }
}

impl Pen {
    /// Makes room for an entry and gives its left side.
    fn entry(&mut self, text: &str) -> f64 {
        let wide = SWATCH + 8.0 + width(text, 11.0, false);
        if self.x > 0.0 && self.x + wide > self.limit {
            self.x = 0.0;
            self.y += ROW;
        }
        let x = self.x + PAGE;
        self.x += wide + 22.0;
        self.most = self.most.max(self.x - 22.0);
        x
    }

    fn look(&mut self, look: usize) {
        let Some(row) = StyleTable::built_in().categories.get(look) else {
            return;
        };
        let x = self.entry(&row.title);
        let rect = Rect {
            x,
            y: self.y,
            width: SWATCH,
            height: 18.0,
        };
        let (outer, inner) = outline::paths(row.shape, &rect);
        let external = if row.id == "external" {
            " external"
        } else {
            ""
        };
        let _ = write!(
            self.svg,
            "<g class=\"c{look}{external}\"><path class=\"o\" d=\"{outer}\"/>"
        );
        if !inner.is_empty() {
            let _ = write!(self.svg, "<path class=\"i\" d=\"{inner}\"/>");
        }
        self.text(x, &row.title);
    }

    fn manner(&mut self, manner: Manner) {
        let x = self.entry(manner.title());
        let (y, end) = (self.y + 9.0, x + SWATCH);
        let close = if manner == Manner::Other { "" } else { "Z" };
        let _ = write!(
            self.svg,
            "<g class=\"{}\"><path class=\"line\" d=\"M{} {y}H{}\"/><path class=\"tip\" d=\"M{b} {}L{} {y}L{b} {}{close}\"/>",
            manner.class(),
            number(x),
            number(end - HEAD),
            y - HEAD_HALF,
            number(end),
            y + HEAD_HALF,
            b = number(end - HEAD),
        );
        self.text(x, manner.title());
    }

    fn text(&mut self, x: f64, text: &str) {
        let (x, y) = (number(x + SWATCH + 8.0), number(self.y + 13.0));
        let _ = writeln!(
            self.svg,
            "<text class=\"note\" x=\"{x}\" y=\"{y}\">{}</text></g>",
            escaped(text)
        );
    }

    fn caption(&mut self, line: &str) {
        if self.most > 0.0 {
            self.y += ROW;
        }
        self.x = 0.0;
        self.most = self.most.max(width(line, 11.0, false));
        let y = number(self.y + 13.0);
        let _ = writeln!(
            self.svg,
            "<text class=\"note caption\" x=\"{PAGE}\" y=\"{y}\">{}</text>",
            escaped(line)
        );
    }
}
