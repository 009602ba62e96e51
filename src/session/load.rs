//! Loading: the catalog, and every path by what it is.

use super::Session;
use super::examples;
use super::files::Disk;
use super::given;
use super::graphfile;
use super::input;
use super::input::InputBounds;
use super::mapping;
use super::parallel;
use super::settings::Opening;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Severity;
use crate::diag::nearest;
use crate::import;
use crate::import::Counts;
use crate::import::Stop;
use crate::model::Graph;
use crate::model::GraphCounts;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

/// What came from one path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The path as the user named it.
    pub path: String,
    /// Nodes and edges that came from it.
    pub counts: GraphCounts,
    /// What of it was templates.
    pub templates: Option<Counts>,
}

/// A path, read but not yet in the session's graph.
#[derive(Debug, Default)]
pub(super) struct Read {
    graphs: Vec<Graph>,
    templates: Option<Counts>,
    problems: Vec<Diagnostic>,
    findings: Vec<Diagnostic>,
    declared: BTreeSet<Arc<str>>,
}

/// Endings of files that a folder is searched for.
const ENDINGS: &[&str] = &[
    "yaml", "yml", "json", "template", "tf", "tofu", "tfvars", "tfstate", "jsonl", "ndjson",
];

/// Endings of graphs that are read line by line.
const LINES: &[&str] = &["jsonl", "ndjson"];

impl Session {
    /// Reads every path.
    pub(super) fn read_all(&self) -> Vec<Read> {
        let paths = self.opening.paths.iter();
        paths.map(|path| read(path, &self.opening)).collect()
    }

    /// Loads the catalog and what was read of every path.
    pub(super) fn take_all(&mut self, read: Vec<Read>) {
        self.revision += 1;
        self.load_catalog();
        for (path, read) in self.opening.paths.clone().into_iter().zip(read) {
            self.take(&path, read);
        }
        self.note_unknown_parameters();
    }

    /// Gives parameters of what is loaded from now on values, by name and by file.
    pub fn give(&mut self, parameters: Vec<(String, String)>, files: Vec<String>) {
        self.opening.template_parameters.extend(parameters);
        self.opening.parameter_files.extend(files);
    }

    /// Loads one more path beside what is there.
    ///
    /// # Errors
    /// Where nothing of it could be read; the list says why.
    pub fn load(&mut self, path: &str) -> Result<Loaded, Vec<Diagnostic>> {
        let read = read(path, &self.opening);
        if read.graphs.is_empty() {
            return Err(read.problems);
        }
        self.opening.paths.push(path.to_owned());
        self.take(path, read);
        self.note_unknown_parameters();
        self.pristine = None;
        self.revision += 1;
        Ok(self.loaded.last().cloned().unwrap_or_default())
    }

    /// Puts what was read into the graph.
    fn take(&mut self, path: &str, read: Read) {
        self.problems.extend(read.problems);
        self.findings.extend(read.findings);
        self.declared.extend(read.declared);
        if read.graphs.is_empty() {
            return;
        }
        let before = self.graph.counts();
        for graph in read.graphs {
            self.join(graph);
        }
        let after = self.graph.counts();
        self.loaded.push(Loaded {
            path: path.to_owned(),
            templates: read.templates,
            counts: GraphCounts {
                nodes: after.nodes.saturating_sub(before.nodes),
                edges: after.edges.saturating_sub(before.edges),
            },
        });
    }
}

/// The integration edges of one path.
#[derive(Debug, Default)]
pub struct Listed {
    /// The edges.
    pub rows: Vec<import::EdgeRow>,
    /// What could not be read, and what was odd.
    pub remarks: Vec<Diagnostic>,
    /// What came from the path; nothing where it could not be read.
    pub loaded: Option<Loaded>,
    /// What the edges are of; whoever asked says when it is taken apart.
    pub graphs: Vec<Graph>,
}

/// Lists the integration edges of one path, as an architecture of its own, without the catalog.
/// What could not be read and what was odd stands beside them.
#[must_use]
pub fn edges(path: &str, opening: &Opening) -> Listed {
    let read = read(path, opening);
    let loaded = read.loaded(path);
    let graphs = read.graphs.iter();
    let rows = graphs.flat_map(|graph| import::edges(graph)).collect();
    let mut remarks = read.problems;
    remarks.extend(read.findings);
    let (given, problems) = given::gather(opening);
    remarks.extend(problems);
    let declared = &read.declared;
    let unknown = given.iter().filter(|one| !declared.contains(one.name()));
    remarks.extend(unknown.map(|one| one.unknown(declared.iter().map(AsRef::as_ref))));
    Listed {
        rows,
        remarks,
        loaded,
        graphs: read.graphs,
    }
}

/// Reads a path, whatever it is.
fn read(path: &str, opening: &Opening) -> Read {
    let mut read = Read::default();
    let bounds = &opening.bounds;
    if let Some(name) = path.strip_prefix("example:") {
        match examples::find(name) {
            Some((file, text)) => {
                let source = source(file, text.as_bytes().to_vec());
                read.import(&source, &Disk::nowhere(), opening);
            }
            None => read.problems.push(no_example(name)),
        }
    } else if path == "-" {
        match input::read_stream("-", io::stdin().lock(), bounds) {
            Ok(bytes) => read.bytes("-", bytes, opening),
            Err(problem) => read.problems.push(problem),
        }
    } else if Path::new(path).is_dir() {
        read.folder(path, opening);
    } else {
        read.file(path, opening);
    }
    match opening.stop.is_set() {
        true => Read {
            problems: vec![Stop::interrupted()],
            ..Read::default()
        },
        false => read,
    }
}

impl Read {
    /// Says what came from the path, before anything else is joined to it.
    fn loaded(&self, path: &str) -> Option<Loaded> {
        let mut counts = GraphCounts::default();
        for graph in &self.graphs {
            let own = graph.counts();
            counts.nodes += own.nodes;
            counts.edges += own.edges;
        }
        (!self.graphs.is_empty()).then(|| Loaded {
            path: path.to_owned(),
            counts,
            templates: self.templates,
        })
    }

    fn file(&mut self, path: &str, opening: &Opening) {
        let place = Path::new(path);
        if has_ending(place, LINES) {
            return self.lines(path, opening);
        }
        if has_ending(place, &["archq"]) {
            return self.snapshot(path, opening.verify);
        }
        match input::read_file(place, &opening.bounds) {
            Ok(bytes) => self.bytes(path, bytes, opening),
            Err(problem) => self.problems.push(problem),
        }
    }

    fn bytes(&mut self, name: &str, bytes: Vec<u8>, opening: &Opening) {
        if graphfile::is_graph(&bytes) {
            let read = graphfile::read(name, &bytes[..], &opening.stop);
            return self.graph(read);
        }
        let files = match name {
            "-" => Disk::nowhere(),
            _ => beside(name, &opening.bounds),
        };
        self.import(&source(name, bytes), &files, opening);
    }

    fn lines(&mut self, path: &str, opening: &Opening) {
        let file = match input::open(Path::new(path)) {
            Ok(file) => file,
            Err(problem) => return self.problems.push(problem),
        };
        let read = graphfile::read(path, file, &opening.stop);
        self.graph(read);
    }

    fn snapshot(&mut self, path: &str, verify: bool) {
        let bytes = input::open(Path::new(path))
            .and_then(|file| mapping::bytes(file).map_err(|e| input::unreadable_file(path, &e)));
        let opened = bytes.and_then(|bytes| {
            let graph = match verify {
                true => Graph::open_verified(bytes),
                false => Graph::open_snapshot(bytes),
            };
            graph.map_err(|why| {
                let message = format!("cannot read `{path}`: {why}");
                Diagnostic::error(&Code::BROKEN_SYNTAX, message)
            })
        });
        match opened {
            Ok(graph) => self.graphs.push(graph),
            Err(problem) => self.problems.push(problem),
        }
    }

    fn graph(&mut self, read: Result<graphfile::Read, Diagnostic>) {
        match read {
            Ok(read) => {
                self.graphs.push(read.graph);
                self.findings.extend(read.findings);
                self.problems.extend(read.problem);
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    /// Reads all inputs of a folder as one architecture; a file that is something else than an
    /// input is passed over.
    fn folder(&mut self, path: &str, opening: &Opening) {
        let bounds = &opening.bounds;
        let wanted = |file: &Path| has_ending(file, ENDINGS);
        let (found, problems) = input::walk(Path::new(path), bounds, wanted);
        self.problems.extend(problems);
        let (graphs, files): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|file| has_ending(file, LINES));
        for file in graphs {
            self.lines(&file.display().to_string(), opening);
        }
        let parsed = self.parse(&files, opening);
        if parsed.iter().any(import::Parsed::is_input) {
            self.assemble(parsed, &beside(path, bounds), opening);
        } else if self.graphs.is_empty() && self.problems.is_empty() {
            self.problems.push(input::nothing(path));
        }
    }

    /// Reads and parses files side by side; keeps what is an input and what one may name.
    fn parse(&mut self, files: &[PathBuf], opening: &Opening) -> Vec<import::Parsed> {
        let options = options(opening);
        let parsed = parallel::each(files.len(), |number| {
            let file = files.get(number)?;
            let bytes = match input::read_file(file, &opening.bounds) {
                Ok(bytes) => bytes,
                Err(problem) => return Some(Err(problem)),
            };
            let source = source(&file.display().to_string(), bytes);
            let parsed = import::parse(&source, number as u32, &options);
            (parsed.is_input() || parsed.may_be_named()).then_some(Ok(parsed))
        });
        let (parsed, problems): (Vec<_>, Vec<_>) =
            parsed.into_iter().flatten().partition(Result::is_ok);
        self.problems
            .extend(problems.into_iter().filter_map(Result::err));
        parsed.into_iter().flatten().collect()
    }

    fn import(&mut self, source: &import::Source, files: &Disk, opening: &Opening) {
        let parsed = import::parse(source, 0, &options(opening));
        self.assemble(vec![parsed], files, opening);
    }

    fn assemble(&mut self, parsed: Vec<import::Parsed>, files: &Disk, opening: &Opening) {
        let inputs = parsed.len();
        let imported = import::assemble(parsed, files, &options(opening));
        let (errors, remarks): (Vec<_>, Vec<_>) = imported
            .diagnostics
            .into_iter()
            .partition(|diagnostic| diagnostic.severity == Severity::Error);
        if errors.len() < inputs {
            self.graphs.push(imported.graph);
            self.templates = Some(imported.counts);
        }
        self.problems.extend(errors);
        self.findings.extend(remarks);
        self.declared.extend(imported.parameters);
    }
}

/// Gives the settings of an import.
fn options(opening: &Opening) -> import::Options {
    let mut options = import::Options {
        parameters: given::gather(opening).0,
        ..import::Options::default()
    };
    options.bounds = opening.bounds.templates.clone();
    options.bounds.file_size = usize::try_from(opening.bounds.file_size).unwrap_or(usize::MAX);
    options.bounds.stop = opening.stop.clone();
    options
}

fn beside(path: &str, bounds: &InputBounds) -> Disk {
    Disk::beside(Path::new(path), bounds.file_size)
}

fn source(name: &str, bytes: Vec<u8>) -> import::Source {
    import::Source {
        name: name.to_owned(),
        bytes,
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.iter().any(|e| e.eq_ignore_ascii_case(ending)))
}

fn no_example(name: &str) -> Diagnostic {
    let names: Vec<&str> = examples::examples().collect();
    let near = nearest(name, names.iter().copied()).map(|name| format!("example:{name}"));
    Diagnostic::error(
        &Code::NOTHING_FOUND,
        format!("there is no example `{name}`"),
    )
    .nearest(near.as_deref())
    .help(format!("examples are {}", names.join(", ")))
}
