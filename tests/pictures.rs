//! The geometry of real pictures: the examples of this repository, and any folder of templates.
//!
//! `ARCHQ_TEMPLATES=DIR cargo test --release --test pictures -- --ignored --nocapture` draws whatever
//! lies in DIR, each entry as an architecture of its own, and prints what it found and how often lines
//! cross here and with Graphviz.

#![allow(
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test may fail and say so"
)]

#[path = "layout/graphviz.rs"]
mod graphviz;
#[path = "layout/judge.rs"]
mod judge;

use archq::model::Answer;
use archq::render::layout::{Diagram, Layout};
use archq::render::{FORMATS, Format, Group, Options, architecture, laid_out, render};
use archq::session::{Opening, Session};
use graphviz::{crossings, graphviz, strokes};
use std::fs;
use std::path::{Path, PathBuf};

/// Lists the entries of a folder, in order.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

fn own() -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["data/examples", "tests/import"];
    folders
        .iter()
        .flat_map(|folder| entries(&here.join(folder)))
        .collect()
}

fn opened(path: &Path) -> (Session, Answer) {
    let session = Session::open(Opening {
        paths: vec![path.display().to_string()],
        ..Opening::default()
    });
    let piece = architecture(session.graph());
    let answer = Answer {
        piece,
        ..Answer::default()
    };
    (session, answer)
}

/// The ways in which every architecture is drawn.
fn ways() -> Vec<Options<'static>> {
    let usual = Options::default;
    let (mut glue, mut boxes, mut networks, mut few) = (usual(), usual(), usual(), usual());
    glue.picture.glue = true;
    boxes.picture.group = Group::Category;
    networks.picture.group = Group::Vpc;
    few.picture.gather = Some(2);
    few.picture.depth = Some(1);
    vec![usual(), glue, boxes, networks, few]
}

#[test]
fn nothing_overlaps_in_our_own_examples() {
    let mut pictures = 0;
    for path in own() {
        let (session, answer) = opened(&path);
        for options in ways() {
            let (diagram, layout) = laid_out(&answer, session.graph(), &options);
            let faults = judge::faults(&diagram, &layout);
            assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
            pictures += usize::from(!diagram.nodes.is_empty());
        }
    }
    assert!(pictures > 40, "only {pictures} pictures");
}

/// Writes an architecture in a format.
fn drawn((session, answer): &(Session, Answer), format: &Format) -> Vec<u8> {
    let mut out = Vec::new();
    let graph = session.graph();
    let notes = render(answer, graph, *format, &Options::default(), &mut out);
    assert_eq!(notes.expect("a vector takes everything"), []);
    out
}

#[test]
fn our_own_examples_are_drawn_in_every_format_and_alike_each_time() {
    for path in own() {
        let opened = [opened(&path), opened(&path)];
        for format in FORMATS
            .iter()
            .filter(|format| format.picture && !format.binary)
        {
            let [one, other] = [0, 1].map(|at| drawn(&opened[at], format));
            assert!(one == other, "{}: {}", path.display(), format.name);
            if ["svg", "drawio", "graphml"].contains(&format.name) {
                let text = String::from_utf8(one).expect("text");
                roxmltree::Document::parse(&text).expect("XML");
            }
        }
    }
}

#[cfg(feature = "png")]
#[test]
fn pixels_are_alike_each_time() {
    let opened = opened(&own().swap_remove(0));
    let format = Format::named("png").expect("a format");
    let one = drawn(&opened, &format);
    assert!(one.starts_with(b"\x89PNG") && one == drawn(&opened, &format));
}

#[derive(Default)]
struct Tally {
    pictures: usize,
    nodes: usize,
    links: usize,
    largest: usize,
    faults: usize,
    here: usize,
    dot: usize,
}

impl Tally {
    fn add(&mut self, path: &Path, diagram: &Diagram, layout: &Layout) {
        self.pictures += 1;
        self.nodes += diagram.nodes.len();
        self.links += diagram.links.len();
        self.largest = self.largest.max(diagram.nodes.len());
        let faults = judge::faults(diagram, layout);
        self.faults += faults.len();
        for fault in faults {
            eprintln!("{}: {fault}", path.display());
        }
    }

    fn compare(&mut self, diagram: &Diagram, layout: &Layout) {
        if let Some(theirs) = graphviz(diagram) {
            let ours: Vec<_> = layout.links.iter().map(strokes).collect();
            self.here += crossings(&ours);
            self.dot += crossings(&theirs);
        }
    }
}

#[test]
#[ignore = "draws the folder that ARCHQ_TEMPLATES names"]
fn nothing_overlaps_in_a_folder_of_templates() {
    let folder = std::env::var_os("ARCHQ_TEMPLATES").expect("ARCHQ_TEMPLATES=DIR");
    let mut tally = Tally::default();
    for path in entries(Path::new(&folder)) {
        let (session, answer) = opened(&path);
        for (at, options) in ways().iter().enumerate() {
            let (diagram, layout) = laid_out(&answer, session.graph(), options);
            if diagram.nodes.is_empty() {
                continue;
            }
            tally.add(&path, &diagram, &layout);
            if at == 0 {
                tally.compare(&diagram, &layout);
            }
        }
    }
    let Tally {
        pictures,
        nodes,
        links,
        largest,
        faults,
        here,
        dot,
    } = tally;
    eprintln!(
        "{pictures} pictures, {nodes} nodes, {links} links, {largest} nodes in the largest, {faults} faults"
    );
    eprintln!("crossings in the usual pictures: {here} here, {dot} with dot");
    assert_eq!(faults, 0);
}
