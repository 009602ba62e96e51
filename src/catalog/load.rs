//! Tables from where they lie: packed into the program, or as texts that the desk has read.
//!
//! The packed form was judged when it was built and is trusted; texts are judged here, with the
//! file, the line and the nearest name of each problem. Opens no files.

use super::Catalog;
use super::schema::{
    Ambiguities, Categories, Comparisons, Constraints, Criteria, Externals, Keys, Lists, Sources,
    System, Tables, Units,
};
use super::verify::{self, Problem};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Place;
use crate::diag::Span;
use crate::diag::nearest;
use crate::model::Bytes;
use crate::model::Graph;
use crate::model::Kinds;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

/// Most problems that are reported at once.
const PROBLEMS_SHOWN: usize = 20;

/// Bytes at an address that the arrays of a snapshot want.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

/// Opens the graph of the catalog that was built in; parses nothing.
pub(super) fn packed_graph() -> Graph {
    static PACKED: &Aligned<[u8]> =
        &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/catalog.archq")));
    // The build script has written these bytes with the same model.
    Graph::open_snapshot(Bytes::built_in(&PACKED.0)).unwrap_or_default()
}

/// Reads the tables that were built in.
pub(super) fn packed() -> Tables {
    let packed = include_str!(concat!(env!("OUT_DIR"), "/catalog.json"));
    // The build script has written this text with the same types.
    serde_json::from_str(packed).unwrap_or_default()
}

/// Reads tables from texts, each with its name below the folder (`services/sqs.toml`,
/// `sources.toml`). Tables that are missing come from the catalog that was built in, services by
/// service, so that a folder may hold a few private facts only. Other files are left alone.
pub(super) fn texts(files: &[(&str, &str)]) -> Result<Catalog, Vec<Diagnostic>> {
    let mut reading = Reading::default();
    for (name, text) in files {
        reading.file(name, text);
    }
    if reading.problems.is_empty() && reading.read == 0 {
        let problem = Diagnostic::error(&Code::BAD_CATALOG, "no table of a catalog is there")
            .expected("files like `services/sqs.toml`, `sources.toml`");
        return Err(vec![problem]);
    }
    if reading.problems.is_empty() {
        reading.fill(packed());
        reading.judge(files);
    }
    match reading.problems.is_empty() {
        true => Ok(Catalog::new(reading.tables)),
        false => Err(reading.problems),
    }
}

#[derive(Default)]
struct Reading {
    tables: Tables,
    /// Files that were tables.
    read: usize,
    problems: Vec<Diagnostic>,
}

impl Reading {
    /// Reads one text; a file that is no table is left alone.
    fn file(&mut self, name: &str, text: &str) {
        let plain = name.replace('\\', "/");
        let mut parts = plain.rsplit('/');
        let last = parts.next().unwrap_or_default();
        let service = parts.next() == Some("services") && last.ends_with(".toml");
        match self.take(if service { "services" } else { last }, name, text) {
            Some(Ok(())) => self.read += 1,
            Some(Err(problem)) => self.problems.push(problem),
            None => {}
        }
    }

    /// Reads a text as the table of a name, into its place among the tables.
    fn take(&mut self, table: &str, file: &str, text: &str) -> Option<Result<(), Diagnostic>> {
        let own = &mut self.tables;
        Some(match table {
            "services" => read::<System>(file, text).map(|t| own.services.push(t)),
            "externals.toml" => read::<Externals>(file, text).map(|t| own.externals = t.externals),
            "sources.toml" => read::<Sources>(file, text).map(|t| own.sources = t.sources),
            "keys.toml" => read::<Keys>(file, text).map(|t| own.keys = t.keys),
            "units.toml" => read::<Units>(file, text).map(|t| own.units = t.units),
            "categories.toml" => {
                read::<Categories>(file, text).map(|t| own.categories = t.categories)
            }
            "lists.toml" => read::<Lists>(file, text).map(|t| own.lists = t.lists),
            "constraints.toml" => {
                read::<Constraints>(file, text).map(|t| own.constraints = t.constraints)
            }
            "comparisons.toml" => {
                read::<Comparisons>(file, text).map(|t| own.comparisons = t.comparisons)
            }
            "criteria.toml" => read::<Criteria>(file, text).map(|t| own.criteria = t.criteria),
            "ambiguous.toml" => {
                read::<Ambiguities>(file, text).map(|t| own.ambiguous = t.ambiguous)
            }
            _ => return None,
        })
    }

    /// Takes what the texts do not hold from the tables that were built in.
    fn fill(&mut self, built_in: Tables) {
        let own = &mut self.tables;
        add_missing(&mut own.services, built_in.services, |service| &service.id);
        own.services.sort_by(|a, b| a.id.cmp(&b.id));
        add_missing(&mut own.sources, built_in.sources, |source| &source.key);
        add_missing(&mut own.keys, built_in.keys, |key| &key.name);
        instead(&mut own.externals, built_in.externals);
        instead(&mut own.units, built_in.units);
        instead(&mut own.categories, built_in.categories);
        instead(&mut own.lists, built_in.lists);
        instead(&mut own.constraints, built_in.constraints);
        instead(&mut own.comparisons, built_in.comparisons);
        instead(&mut own.criteria, built_in.criteria);
        instead(&mut own.ambiguous, built_in.ambiguous);
    }

    fn judge(&mut self, files: &[(&str, &str)]) {
        let kinds: Vec<&str> = Kinds::built_in()
            .kinds
            .iter()
            .map(|kind| kind.name.as_str())
            .collect();
        let problems = verify::verify(&self.tables, &kinds);
        let shown = problems.iter().take(PROBLEMS_SHOWN);
        self.problems
            .extend(shown.map(|problem| described(problem, &self.tables, &kinds, files)));
    }
}

/// Adds the rows whose name is not there yet.
fn add_missing<T>(own: &mut Vec<T>, built_in: Vec<T>, name: fn(&T) -> &String) {
    let known: BTreeSet<String> = own.iter().map(|row| name(row).clone()).collect();
    own.extend(
        built_in
            .into_iter()
            .filter(|row| !known.contains(name(row))),
    );
}

/// Takes a table as it was built in where there is no other.
fn instead<T>(own: &mut Vec<T>, built_in: Vec<T>) {
    if own.is_empty() {
        *own = built_in;
    }
}

/// Reads one text through a type.
fn read<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Diagnostic> {
    toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        said(&error.message().replace('\n', " ")).in_file(place(name, text, start))
    })
}

/// Takes what was expected, and the name that is near, out of a message of the parser.
fn said(message: &str) -> Diagnostic {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let problem = Diagnostic::error(&Code::BAD_CATALOG, what);
    if expected.is_empty() {
        return problem;
    }
    let fields = expected.split('`').skip(1).step_by(2);
    let near = what
        .split('`')
        .nth(1)
        .and_then(|wrong| nearest(wrong, fields));
    problem.nearest(near).expected(expected)
}

/// Says where a problem is: the file that names the row, and the line that holds the text.
fn described(
    problem: &Problem,
    tables: &Tables,
    kinds: &[&str],
    files: &[(&str, &str)],
) -> Diagnostic {
    let known = verify::known_names(problem.known, tables, kinds);
    let message = format!("{}: {}", problem.field, problem.message);
    let diagnostic =
        Diagnostic::error(&Code::BAD_CATALOG, message).nearest(nearest(&problem.value, known));
    match found(problem, files) {
        Some((name, text, at)) => diagnostic.in_file(place(name, text, at)),
        None => diagnostic,
    }
}

/// Finds the file of a problem and the place of its text in there; a problem of all services is
/// looked for in each.
fn found<'a>(problem: &Problem, files: &[(&'a str, &'a str)]) -> Option<(&'a str, &'a str, usize)> {
    let quoted = format!("\"{}\"", problem.value);
    let folder = format!("{}/", problem.file);
    let own = |name: &str| name.replace('\\', "/").ends_with(&problem.file);
    let mut first = None;
    for (name, text) in files.iter().copied() {
        if !own(name) && !name.contains(&folder) {
            continue;
        }
        if let Some(at) = text.find(&quoted) {
            return Some((name, text, at));
        }
        first = first.or(own(name).then_some((name, text, 0)));
    }
    first
}

/// Gives the place of a byte of a text.
fn place(name: &str, text: &str, at: usize) -> Place {
    let (line, column) = Span::new(at, at).line_column(text);
    Place {
        file: name.into(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(0),
    }
}
