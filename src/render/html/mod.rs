//! One offline page: the drawing with pan, zoom, search and the reasons behind everything.
//!
//! The page asks nobody for anything and runs only its own script: a content-security policy names
//! the script and the styles by their hashes. Data lies in a block of JSON that is never run, and
//! gets into the page as text.

mod data;
mod hash;

use super::Job;
use super::figure::Figure;
use super::options::Options;
use super::options::Theme;
use super::svg::drawing;
use super::svg::escaped;
use std::io;
use std::io::Write;

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// What is other on dark paper.
const DARK: &str = ":root{--paper:#16181d;--ink:#f2f4f8;--quiet:#a7aebb;--line:#3f4550;--bar:#1d2026;--mark:#6fb6e8}";

/// Most nodes of a piece of which a second drawing, with glue, is put into the page.
const WITH_GLUE: usize = 600;

/// A drawing and the data behind it.
struct Leaf {
    svg: String,
    style: String,
    data: String,
}

/// Writes the piece of graph as a page.
pub(super) fn write_html(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut leaves = vec![leaf(job, "a")];
    if let Some(options) = with_glue(job) {
        leaves.push(leaf(
            &Job {
                options: &options,
                ..*job
            },
            "b",
        ));
    }
    let title = job
        .options
        .picture
        .title
        .as_deref()
        .unwrap_or("Architecture");
    write_head(job, &leaves, title, out)?;
    for (at, leaf) in leaves.iter().enumerate() {
        let hidden = if at == 0 { "" } else { " hidden" };
        writeln!(out, "<div class=\"leaf\"{hidden}>{}</div>", leaf.svg)?;
    }
    let data: Vec<&str> = leaves.iter().map(|leaf| leaf.data.as_str()).collect();
    writeln!(
        out,
        "</main><aside id=\"panel\" aria-live=\"polite\"></aside>"
    )?;
    writeln!(
        out,
        "<script type=\"application/json\" id=\"data\">[{}]</script>",
        data.join(",")
    )?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body></html>")
}

/// Gives options that draw glue, where the picture hides any and is not too large.
fn with_glue<'a>(job: &Job<'a>) -> Option<Options<'a>> {
    let hides = |node| {
        let role = job.view.get(node, "role");
        matches!(role.as_str(), Some("glue" | "part"))
    };
    let piece = &job.answer.piece.nodes;
    let wanted = !job.options.picture.glue
        && piece.len() <= WITH_GLUE
        && piece.iter().any(|node| hides(*node));
    wanted.then(|| {
        let mut options = job.options.clone();
        options.picture.glue = true;
        options
    })
}

fn leaf(job: &Job<'_>, prefix: &str) -> Leaf {
    let figure = Figure::new(job);
    let svg = drawing(job, &figure, prefix);
    let style = between(&svg, "<style>", "</style>").to_owned();
    Leaf {
        style,
        data: data::data(job, &figure),
        svg,
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start)
        .and_then(|(_, rest)| rest.split_once(end))
        .map_or("", |(inner, _)| inner)
}

/// Gives the style of the page for a paper.
fn style(theme: Theme) -> String {
    match theme {
        Theme::Auto => format!("{STYLE}@media (prefers-color-scheme:dark){{{DARK}}}"),
        Theme::Light => format!("{STYLE}:root{{color-scheme:light}}"),
        Theme::Dark => format!("{STYLE}{DARK}:root{{color-scheme:dark}}"),
    }
}

fn write_head(job: &Job<'_>, leaves: &[Leaf], title: &str, out: &mut dyn Write) -> io::Result<()> {
    let picture = &job.options.picture;
    let style = style(picture.theme);
    // Icons are data of the file's own; nothing else may be a picture.
    let images = match picture.icons.is_empty() {
        true => "",
        false => "img-src data:; ",
    };
    let mut styles = vec![hash::source(&style)];
    styles.extend(leaves.iter().map(|leaf| hash::source(&leaf.style)));
    let glue = match leaves.len() {
        1 => "",
        _ => "<label><input type=\"checkbox\" id=\"glue\"> glue</label>",
    };
    let title = escaped(&super::text::harmless(title));
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; {images}script-src {}; style-src {}; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\n<style>{style}</style></head>\n\
         <body><header><h1>{title}</h1><input id=\"search\" type=\"search\" placeholder=\"search (/)\" aria-label=\"search\" autocomplete=\"off\">\
         <button id=\"fit\" title=\"show all (0)\">fit</button><button id=\"in\" title=\"closer (+)\">+</button><button id=\"out\" title=\"farther (-)\">−</button>\
         <label><input type=\"checkbox\" id=\"boxes\" checked> boxes</label>{glue}<span id=\"kinds\"></span></header>\n<main id=\"stage\">",
        hash::source(SCRIPT),
        styles.join(" "),
    )
}
