//! The paper of a drawing: its head, its colours, and the icons that nodes share.

use super::super::Job;
use super::super::figure::Figure;
use super::super::options::Theme;
use super::super::picture::counted;
use super::super::schema::CategoryStyle;
use super::super::schema::StyleTable;
use super::escaped;
use std::collections::BTreeSet;
use std::fmt::Write as _;

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

/// Opens a drawing: size, titles for who cannot see it, colours, paper.
pub(super) fn head(
    job: &Job<'_>,
    figure: &Figure,
    prefix: &str,
    width: f64,
    height: f64,
) -> String {
    let picture = &figure.picture;
    let title = picture.title.as_deref().unwrap_or("Architecture");
    let nodes = counted(picture.nodes.len(), "node");
    let links = counted(picture.links.len(), "link");
    let caption = picture.caption.join("; ");
    let colours = colours(figure, job.options.picture.theme);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{prefix}title {prefix}desc\">\n\
         <title id=\"{prefix}title\">{}</title>\n<desc id=\"{prefix}desc\">{nodes}, {links}. {}</desc>\n\
         <style>{STYLE}{colours}</style>\n\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n",
        escaped(title),
        escaped(&caption),
    )
}

/// Gives the colours of what is drawn, for the paper that was chosen.
fn colours(figure: &Figure, theme: Theme) -> String {
    let looks: BTreeSet<usize> = figure.picture.nodes.iter().map(|node| node.look).collect();
    let rows = || {
        looks.iter().filter_map(|look| {
            StyleTable::built_in()
                .categories
                .get(*look)
                .map(|row| (look, row))
        })
    };
    let css = |fill: fn(&CategoryStyle) -> &str, stroke: fn(&CategoryStyle) -> &str| {
        rows().fold(String::new(), |mut own, (look, row)| {
            let (fill, stroke) = (fill(row), stroke(row));
            let _ = write!(own, ".c{look} .o{{fill:{fill};stroke:{stroke}}}.c{look} .i,.c{look} .g{{stroke:{stroke}}}");
            own
        })
    };
    let light = css(|row| &row.fill, |row| &row.stroke);
    let dark = format!("{DARK}{}", css(|row| &row.dark, |row| &row.light));
    match theme {
        Theme::Auto => format!("{light}\n@media (prefers-color-scheme:dark){{{dark}}}"),
        Theme::Light => light,
        Theme::Dark => format!("{light}{dark}"),
    }
}

/// Side of an icon.
pub(super) const ICON: f64 = 28.0;

/// Writes every icon once; nodes only point at it.
pub(super) fn push_icons(figure: &Figure, prefix: &str, svg: &mut String) {
    let icons = &figure.picture.icons;
    if icons.is_empty() {
        return;
    }
    svg.push_str("<defs>\n");
    for (at, icon) in icons.iter().enumerate() {
        let _ = writeln!(
            svg,
            "<image id=\"{prefix}i{at}\" width=\"{ICON}\" height=\"{ICON}\" href=\"{icon}\"/>"
        );
    }
    svg.push_str("</defs>\n");
}
