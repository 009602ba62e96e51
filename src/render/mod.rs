//! Answers as text and pictures: tables for people, encodings for machines, drawings of the piece
//! of graph that a question touched.
//!
//! Takes an answer and the graph that was asked, writes to whatever it is handed. Opens no file,
//! knows no colour (roles of text go to the door's painter) and no service (looks are rows of
//! `data/style.toml`). Every format is one file here and one line in `FORMATS`.

mod base64;
mod cells;
mod csv;
mod dot;
mod drawio;
mod figure;
mod graphml;
mod html;
mod icons;
pub mod json;
pub mod layout;
mod markdown;
mod measure;
mod mermaid;
mod options;
mod outline;
mod picture;
#[cfg(feature = "png")]
mod png;
mod schema;
mod style;
mod svg;
mod table;
mod text;
mod tree;
mod value;
mod xml;

pub use figure::laid_out;
pub use icons::Icons;
pub use options::Group;
pub use options::Options;
pub use options::PictureOptions;
pub use options::Theme;
pub use picture::architecture;
pub use schema::CategoryStyle;
pub use schema::Shape;
pub use schema::StyleTable;
pub use schema::UnitStyle;
pub use text::Painter;
pub use text::Role;
pub use text::Text;

use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::GraphView;
use std::cell::RefCell;
use std::fmt;
use std::io;
use std::io::Write;
use std::path::Path;

/// What a writer of a format is handed.
struct Job<'a> {
    answer: &'a Answer,
    view: &'a dyn GraphView,
    options: &'a Options<'a>,
    /// What is to be said beside what is written.
    notes: &'a RefCell<Vec<Diagnostic>>,
}

impl Job<'_> {
    /// Keeps a remark for whoever reads the picture; twice the same is said once.
    fn note(&self, note: Diagnostic) {
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
}

type Writer = fn(&Job<'_>, &mut dyn Write) -> io::Result<()>;

/// A way to write an answer.
#[derive(Clone, Copy)]
pub struct Format {
    /// The name that `--format` takes.
    pub name: &'static str,
    /// Endings of file names that mean this format, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether it draws the piece of graph and not the rows.
    pub picture: bool,
    /// Whether a program reads it: never cut, coloured or decorated.
    pub machine: bool,
    /// Whether it is no text, and so nothing for a terminal.
    pub binary: bool,
    /// One line of help.
    pub help: &'static str,
    write: Writer,
}

/// All formats, the one for a terminal first, the one for a pipe second.
pub const FORMATS: &[Format] = &[
    Format::TABLE,
    Format::PLAIN,
    rows(
        "json",
        &["json"],
        true,
        "one JSON array with an object for each row",
        json::write_array,
    ),
    rows(
        "jsonl",
        &["jsonl", "ndjson"],
        true,
        "one JSON object a line for each row",
        json::write_lines,
    ),
    rows(
        "csv",
        &["csv"],
        true,
        "comma-separated values (RFC 4180)",
        csv::write_csv,
    ),
    rows(
        "tsv",
        &["tsv"],
        true,
        "tab-separated values, with tabs and line breaks escaped",
        csv::write_tsv,
    ),
    rows(
        "markdown",
        &["md", "markdown"],
        false,
        "a table for documents and pull requests",
        markdown::write_markdown,
    ),
    picture(
        "tree",
        &[],
        "the piece of graph as an indented tree",
        tree::write_tree,
    ),
    picture(
        "svg",
        &["svg"],
        "a drawing that stands alone",
        svg::write_svg,
    ),
    #[cfg(feature = "png")]
    Format {
        binary: true,
        ..picture(
            "png",
            &["png"],
            "the same drawing as pixels, with its font in it",
            png::write_png,
        )
    },
    picture(
        "dot",
        &["dot", "gv"],
        "a drawing for Graphviz",
        dot::write_dot,
    ),
    picture(
        "html",
        &["html", "htm"],
        "a page to explore: pan, zoom, search, reasons",
        html::write_html,
    ),
    picture(
        "mermaid",
        &["mmd", "mermaid"],
        "a flowchart for pull requests",
        mermaid::write_mermaid,
    ),
    picture(
        "drawio",
        &["drawio"],
        "a drawing to touch up in draw.io",
        drawio::write_drawio,
    ),
    picture(
        "graphml",
        &["graphml"],
        "the piece of graph for other graph programs",
        graphml::write_graphml,
    ),
];

const fn rows(
    name: &'static str,
    extensions: &'static [&'static str],
    machine: bool,
    help: &'static str,
    write: Writer,
) -> Format {
    Format {
        name,
        extensions,
        picture: false,
        machine,
        binary: false,
        help,
        write,
    }
}

const fn picture(
    name: &'static str,
    extensions: &'static [&'static str],
    help: &'static str,
    write: Writer,
) -> Format {
    Format {
        name,
        extensions,
        picture: true,
        machine: false,
        binary: false,
        help,
        write,
    }
}

impl Format {
    /// The format where nothing else is asked for and a person reads at a terminal.
    pub const TABLE: Format = rows(
        "table",
        &["txt"],
        false,
        "aligned columns for a terminal",
        table::write_table,
    );
    /// The format where nothing else is asked for and the output goes elsewhere.
    pub const PLAIN: Format = rows(
        "plain",
        &[],
        false,
        "tab-separated text without decoration",
        csv::write_plain,
    );

    /// Finds a format by its name, without regard to case.
    #[must_use]
    pub fn named(name: &str) -> Option<Format> {
        FORMATS
            .iter()
            .find(|format| format.name.eq_ignore_ascii_case(name))
            .copied()
    }

    /// Finds the format that a file's name asks for.
    #[must_use]
    pub fn of_file(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?;
        let fits = |format: &&Format| {
            format
                .extensions
                .iter()
                .any(|e| e.eq_ignore_ascii_case(ending))
        };
        FORMATS.iter().find(fits).copied()
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Writes an answer in a format; `view` is the graph that was asked. Rows cost their own size,
/// pictures the size of the piece. Gives what is to be said beside it: that a picture had to be
/// made smaller, that no font has a letter.
///
/// # Errors
/// Where `out` fails.
pub fn render(
    answer: &Answer,
    view: &dyn GraphView,
    format: Format,
    options: &Options<'_>,
    out: &mut dyn Write,
) -> io::Result<Vec<Diagnostic>> {
    let notes = RefCell::default();
    let job = Job {
        answer,
        view,
        options,
        notes: &notes,
    };
    if format.picture {
        options
            .picture
            .icons
            .refused()
            .iter()
            .cloned()
            .for_each(|warning| job.note(warning));
    }
    (format.write)(&job, out)?;
    Ok(notes.into_inner())
}
