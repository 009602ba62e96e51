//! Tables from where they lie: packed into the program, or as texts that the desk has read.
//!
//! The packed form was judged when it was built and is trusted; texts are judged here, with the
//! file, the line and the nearest name of each problem. Opens no files.

use super::Catalog;
use super::schema::{
    Ambiguities, Categories, Comparisons, Constraints, Criteria, Externals, Keys, Lists, Sources,
    System, Tables, Units,
};
use super::verify::{self, Known, Problem};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Place;
use crate::diag::Span;
use crate::diag::nearest;
use crate::model::Kinds;
use serde::de::DeserializeOwned;

/// Most problems that are reported at once.
const PROBLEMS_SHOWN: usize = 20;

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
    fn file(&mut self, name: &str, text: &str) {
        let plain = name.replace('\\', "/");
        let mut parts = plain.rsplit('/');
        let last = parts.next().unwrap_or_default();
        let tables = &mut self.tables;
        let read = match (parts.next(), last) {
            (Some("services"), _) if last.ends_with(".toml") => {
                table::<System>(name, text).map(|t| tables.services.push(t))
            }
            (_, "externals.toml") => {
                table::<Externals>(name, text).map(|t| tables.externals = t.externals)
            }
            (_, "sources.toml") => table::<Sources>(name, text).map(|t| tables.sources = t.sources),
            (_, "keys.toml") => table::<Keys>(name, text).map(|t| tables.keys = t.keys),
            (_, "units.toml") => table::<Units>(name, text).map(|t| tables.units = t.units),
            (_, "categories.toml") => {
                table::<Categories>(name, text).map(|t| tables.categories = t.categories)
            }
            (_, "lists.toml") => table::<Lists>(name, text).map(|t| tables.lists = t.lists),
            (_, "constraints.toml") => {
                table::<Constraints>(name, text).map(|t| tables.constraints = t.constraints)
            }
            (_, "comparisons.toml") => {
                table::<Comparisons>(name, text).map(|t| tables.comparisons = t.comparisons)
            }
            (_, "criteria.toml") => {
                table::<Criteria>(name, text).map(|t| tables.criteria = t.criteria)
            }
            (_, "ambiguous.toml") => {
                table::<Ambiguities>(name, text).map(|t| tables.ambiguous = t.ambiguous)
            }
            _ => return,
        };
        match read {
            Ok(()) => self.read += 1,
            Err(problem) => self.problems.push(problem),
        }
    }

    /// Takes what the texts do not hold from the tables that were built in.
    fn fill(&mut self, built_in: Tables) {
        let own = &mut self.tables;
        let known: Vec<String> = own.services.iter().map(|s| s.id.clone()).collect();
        let missing = built_in
            .services
            .into_iter()
            .filter(|s| !known.contains(&s.id));
        own.services.extend(missing);
        own.services.sort_by(|a, b| a.id.cmp(&b.id));
        instead(&mut own.externals, built_in.externals);
        let known: Vec<String> = own.sources.iter().map(|s| s.key.clone()).collect();
        let missing = built_in
            .sources
            .into_iter()
            .filter(|s| !known.contains(&s.key));
        own.sources.extend(missing);
        let known: Vec<String> = own.keys.iter().map(|k| k.name.clone()).collect();
        own.keys.extend(
            built_in
                .keys
                .into_iter()
                .filter(|k| !known.contains(&k.name)),
        );
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
        let described = problems.iter().take(PROBLEMS_SHOWN);
        let described: Vec<Diagnostic> = described
            .map(|problem| described_in(problem, &self.tables, &kinds, files))
            .collect();
        self.problems.extend(described);
    }
}

fn instead<T>(own: &mut Vec<T>, built_in: Vec<T>) {
    if own.is_empty() {
        *own = built_in;
    }
}

/// Reads one text through a type.
fn table<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Diagnostic> {
    toml::from_str(text).map_err(|error| {
        // The message may name what it expected behind a comma.
        let message = error.message().replace('\n', " ");
        let (what, expected) = match message.split_once(", expected ") {
            Some((what, expected)) => (what, Some(expected)),
            None => (message.as_str(), None),
        };
        let start = error.span().map_or(0, |span| span.start);
        let (line, column) = Span::new(start, start).line_column(text);
        let mut problem =
            Diagnostic::error(&Code::BAD_CATALOG, what).in_file(place(name, line, column));
        if let Some(expected) = expected {
            let fields = || expected.split('`').skip(1).step_by(2);
            problem = match what.split('`').nth(1) {
                Some(wrong) => problem.nearest(nearest(wrong, fields())),
                None => problem,
            };
            problem = problem.expected(expected);
        }
        problem
    })
}

/// Says where a problem is: the file that names the row, and the line that holds the text.
fn described_in(
    problem: &Problem,
    tables: &Tables,
    kinds: &[&str],
    files: &[(&str, &str)],
) -> Diagnostic {
    let message = format!("{}: {}", problem.field, problem.message);
    let diagnostic = Diagnostic::error(&Code::BAD_CATALOG, message)
        .nearest(nearest(&problem.value, known(problem.known, tables, kinds)));
    let same = |name: &str| name.replace('\\', "/").ends_with(&problem.file);
    let quoted = format!("\"{}\"", problem.value);
    let within = |name: &str| same(name) || name.contains(&format!("{}/", problem.file));
    let found = files
        .iter()
        .filter(|(name, _)| within(name))
        .find_map(|(name, text)| text.find(&quoted).map(|at| (name, text, at)))
        .or_else(|| {
            files
                .iter()
                .find(|(name, _)| same(name))
                .map(|(name, text)| (name, text, 0))
        });
    match found {
        Some((name, text, at)) => {
            let (line, column) = Span::new(at, at).line_column(text);
            diagnostic.in_file(place(name, line, column))
        }
        None => diagnostic,
    }
}

fn place(name: &str, line: usize, column: usize) -> Place {
    Place {
        file: name.into(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(0),
    }
}

/// Lists what a name could have been.
fn known<'a>(known: Known, tables: &'a Tables, kinds: &[&'a str]) -> Vec<&'a str> {
    match known {
        Known::Systems => verify::systems(tables).map(|s| s.id.as_str()).collect(),
        Known::Kinds => kinds.to_vec(),
        Known::Sources => tables.sources.iter().map(|s| s.key.as_str()).collect(),
        Known::Keys => tables.keys.iter().map(|k| k.name.as_str()).collect(),
        Known::Units => tables.units.iter().map(|u| u.name.as_str()).collect(),
        Known::Categories => tables.categories.iter().map(|c| c.id.as_str()).collect(),
        Known::Lists => tables.lists.iter().map(|l| l.id.as_str()).collect(),
        Known::Facts => {
            let facts = verify::systems(tables).flat_map(|s| &s.facts);
            facts.map(|f| f.id.as_str()).collect()
        }
        Known::Nothing => Vec::new(),
    }
}
