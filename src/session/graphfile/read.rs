//! Reading a graph: blocks on all processors, put together in their order.

use super::blocks::Blocks;
use super::line::Fault;
use super::part::Part;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Place;
use crate::diag::Severity;
use crate::import::Stop;
use crate::model::Dangling;
use crate::model::FrozenBuilder;
use crate::model::Graph;
use std::collections::BTreeMap;
use std::io;
use std::sync::Condvar;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::thread;

/// Most threads that read one file; putting together is one thread's work.
const THREADS: usize = 8;

/// Parts that wait to be put together, before the threads that read wait, too.
const BACKLOG: usize = 4;

/// Most findings of one file that are told one by one.
const FINDINGS_SHOWN: usize = 100;

/// A graph that was read, and what is odd about it.
#[derive(Debug)]
pub(in crate::session) struct Read {
    pub(in crate::session) graph: Graph,
    pub(in crate::session) findings: Vec<Diagnostic>,
    /// The first line that was left out, if one was.
    pub(in crate::session) problem: Option<Diagnostic>,
}

/// Reads a graph; a line that cannot be read is a finding. Once `stop` is set, what was read so far
/// is given.
///
/// # Errors
/// Where the stream fails, or no line of it can be read.
pub(in crate::session) fn read<'n>(
    name: &'n str,
    input: impl io::Read + Send,
    stop: &'n Stop,
) -> Result<Read, Diagnostic> {
    let mut blocks = Blocks::new(input);
    let first = blocks.next().map_err(|error| failed(name, &error))?;
    let mut whole = Whole::new(name);
    if let Some(block) = first {
        whole.add(Part::of(&block));
    }
    if !blocks.is_done() {
        whole = Desk::new(blocks, whole, stop).work()?;
    }
    whole.finish()
}

/// What was put together so far.
struct Whole<'n> {
    name: &'n str,
    builder: FrozenBuilder,
    /// The part that comes next.
    next: usize,
    /// Lines of the parts so far.
    lines: u32,
    /// Nodes and relationships that were taken.
    taken: usize,
    findings: Vec<Diagnostic>,
    /// Findings beyond those that are told.
    untold: usize,
    /// Lines that were left out.
    left_out: usize,
}

impl<'n> Whole<'n> {
    fn new(name: &'n str) -> Self {
        Self {
            name,
            builder: FrozenBuilder::new(),
            next: 0,
            lines: 0,
            taken: 0,
            findings: Vec::new(),
            untold: 0,
            left_out: 0,
        }
    }

    fn add(&mut self, part: Part) {
        self.next += 1;
        self.taken += part.batch.node_count() + part.batch.edge_count();
        let mut faults = part.faults;
        for duplicate in self.builder.absorb(part.batch) {
            let line = part.node_lines.get(duplicate.at).copied().unwrap_or(0);
            let text = format!(
                "the id `{}` is there twice; the first is kept",
                duplicate.id
            );
            faults.push((line, text.into()));
        }
        faults.sort_by_key(|(line, _)| *line);
        self.left_out += faults.len();
        for (line, fault) in faults {
            self.find(|name, before| left_out(name, before + line + 1, &fault));
        }
        self.lines += part.lines;
    }

    fn find(&mut self, finding: impl FnOnce(&str, u32) -> Diagnostic) {
        if self.findings.len() < FINDINGS_SHOWN {
            self.findings.push(finding(self.name, self.lines));
        } else {
            self.untold += 1;
        }
    }

    fn finish(mut self) -> Result<Read, Diagnostic> {
        let mut problem = self.problem();
        if self.taken == 0
            && let Some(problem) = problem
        {
            return Err(problem);
        }
        problem = problem.map(|problem| problem.help(left(self.left_out)));
        let (graph, dangling) = std::mem::take(&mut self.builder).finish();
        for end in dangling {
            self.find(|name, _| nobody(name, &end));
        }
        if self.untold > 0 {
            let text = format!("`{}` has {} more findings", self.name, self.untold);
            self.findings
                .push(Diagnostic::finding(&Code::BROKEN_SYNTAX, text));
        }
        Ok(Read {
            graph,
            findings: self.findings,
            problem,
        })
    }

    /// Gives the first line that was left out as a problem of the file.
    fn problem(&self) -> Option<Diagnostic> {
        let first = self.findings.first().filter(|_| self.left_out > 0)?;
        let mut problem = first.clone();
        problem.severity = Severity::Error;
        Some(problem)
    }
}

/// Where the threads that read one file meet.
struct Desk<'n, R> {
    name: &'n str,
    blocks: Mutex<Blocks<R>>,
    parts: Mutex<Parts<'n>>,
    /// Told whenever a part was put to the others.
    put: Condvar,
    stop: &'n Stop,
}

struct Parts<'n> {
    waiting: BTreeMap<usize, Part>,
    /// Away while a thread puts a part to it.
    whole: Option<Whole<'n>>,
    failed: Option<Diagnostic>,
}

impl<'n, R: io::Read + Send> Desk<'n, R> {
    fn new(blocks: Blocks<R>, whole: Whole<'n>, stop: &'n Stop) -> Self {
        Self {
            name: whole.name,
            blocks: Mutex::new(blocks),
            parts: Mutex::new(Parts {
                waiting: BTreeMap::new(),
                whole: Some(whole),
                failed: None,
            }),
            put: Condvar::new(),
            stop,
        }
    }

    fn work(self) -> Result<Whole<'n>, Diagnostic> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for _ in 1..threads.min(THREADS) {
                scope.spawn(|| self.read());
            }
            self.read();
        });
        let parts = self
            .parts
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        match (parts.failed, parts.whole) {
            (None, Some(whole)) => Ok(whole),
            (Some(problem), _) => Err(problem),
            (None, None) => Err(failed(self.name, &io::Error::other("a thread broke off"))),
        }
    }

    /// Reads blocks as long as there are any.
    fn read(&self) {
        while !self.stop.is_set() {
            let block = lock(&self.blocks).next();
            match block {
                Ok(Some(block)) => self.put(Part::of(&block)),
                Ok(None) => return,
                Err(error) => {
                    lock(&self.parts).failed = Some(failed(self.name, &error));
                    return;
                }
            }
        }
    }

    /// Puts a part to the others, and all that wait for it; where another thread is at it, leaves
    /// it to that one.
    fn put(&self, part: Part) {
        let mut parts = lock(&self.parts);
        parts.waiting.insert(part.number, part);
        while parts.whole.is_none() && parts.waiting.len() > BACKLOG {
            parts = self.put.wait(parts).unwrap_or_else(PoisonError::into_inner);
        }
        let Some(mut whole) = parts.whole.take() else {
            return;
        };
        while let Some(part) = parts.waiting.remove(&whole.next) {
            drop(parts);
            whole.add(part);
            parts = lock(&self.parts);
            self.put.notify_all();
        }
        parts.whole = Some(whole);
        self.put.notify_all();
    }
}

/// A thread that broke off is told at the end; the others go on.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn left(count: usize) -> String {
    match count {
        1 => "this line was left out, the rest is loaded".to_owned(),
        _ => format!("{count} lines were left out, the rest is loaded; `:findings` lists them"),
    }
}

fn failed(name: &str, error: &io::Error) -> Diagnostic {
    let why = error.to_string().to_lowercase();
    Diagnostic::error(
        &Code::UNREADABLE_INPUT,
        format!("cannot read `{name}`: {why}"),
    )
}

fn left_out(name: &str, line: u32, fault: &Fault) -> Diagnostic {
    let text = format!("cannot read `{name}`: {}", fault.text);
    Diagnostic::finding(&Code::BROKEN_SYNTAX, text).in_file(Place {
        file: name.into(),
        line,
        column: fault.column,
    })
}

fn nobody(name: &str, end: &Dangling) -> Diagnostic {
    let text = format!(
        "`{name}` has a relationship to `{}`, which no node is",
        end.id
    );
    Diagnostic::finding(&Code::UNRESOLVED_REFERENCE, text)
}
