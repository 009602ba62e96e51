//! What a question may use, and the guard that every loop asks.
//!
//! A bound on time, memory or the cancel flag ends a question with an error; a bound on rows or
//! paths cuts the answer, which then says so. Knows no operators.

use crate::diag::Code;
use crate::diag::Diagnostic;
use std::cell::Cell;
use std::num::NonZero;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// The bounds of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest time from start to last row; `None` is without bound.
    pub time: Option<Duration>,
    /// Most rows of an answer.
    pub rows: usize,
    /// Most bytes that kept rows may take, by estimate.
    pub memory: usize,
    /// Most paths that are walked one by one.
    pub paths: usize,
    /// Deepest nesting of expressions and subqueries.
    pub depth: usize,
    /// Most threads that group the rows of one scan; `None` is as many as the machine runs at once.
    pub threads: Option<usize>,
    /// Rows, by estimate, up to which a scan is left to one thread.
    pub alone: usize,
}

/// As many threads as the machine runs at once; asked for once, for the system has to look it up.
static THREADS: LazyLock<usize> =
    LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Some(Duration::from_secs(60)),
            rows: 5_000_000,
            memory: 2 << 30,
            paths: 50_000_000,
            depth: 1_000,
            threads: None,
            alone: 100_000,
        }
    }
}

impl Limits {
    /// Gives the most threads of a question.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads.unwrap_or(*THREADS)
    }
}

/// How many ticks pass between two looks at the clock and the cancel flag.
const STRIDE: u32 = 512;

/// Watches the bounds of one running question.
#[derive(Debug)]
pub(super) struct Guard<'a> {
    limits: &'a Limits,
    cancel: &'a AtomicBool,
    deadline: Option<Instant>,
    ticks: Cell<u32>,
    kept: Cell<usize>,
    paths: Cell<usize>,
    cut: Cell<Option<&'static str>>,
}

impl<'a> Guard<'a> {
    /// Starts the clock.
    #[must_use]
    pub(super) fn new(limits: &'a Limits, cancel: &'a AtomicBool) -> Self {
        Self {
            limits,
            cancel,
            deadline: limits
                .time
                .and_then(|time| Instant::now().checked_add(time)),
            ticks: Cell::new(0),
            kept: Cell::new(0),
            paths: Cell::new(0),
            cut: Cell::new(None),
        }
    }

    /// Makes a guard for one of so many threads that share what is left of the memory.
    #[must_use]
    pub(super) fn part(&self, count: usize) -> Self {
        let kept = self.kept.get();
        let share = self.limits.memory.saturating_sub(kept) / count.max(1);
        Self {
            limits: self.limits,
            cancel: self.cancel,
            deadline: self.deadline,
            ticks: Cell::new(0),
            kept: Cell::new(self.limits.memory.saturating_sub(share).max(kept)),
            paths: self.paths.clone(),
            cut: Cell::new(None),
        }
    }

    /// Counts what the parts have counted; false, and nothing counted, where that is more than the
    /// question may use.
    #[must_use]
    pub(super) fn take_over(&self, parts: &[Self]) -> bool {
        let (kept, paths) = (self.kept.get(), self.paths.get());
        let start = self.part(parts.len()).kept.get();
        let own = |part: &Self| part.kept.get().saturating_sub(start);
        let kept = kept + parts.iter().map(own).sum::<usize>();
        let walked = |part: &Self| part.paths.get() - paths;
        let paths = paths + parts.iter().map(walked).sum::<usize>();
        let fits = kept <= self.limits.memory && paths <= self.limits.paths;
        if fits && !parts.iter().any(Self::is_cut) {
            self.kept.set(kept);
            self.paths.set(paths);
            return true;
        }
        false
    }

    /// Gives the bounds.
    #[must_use]
    pub(super) fn limits(&self) -> &Limits {
        self.limits
    }

    /// Counts one step of work; looks at the clock and the cancel flag now and then.
    ///
    /// # Errors
    /// Where the time is over or somebody cancelled.
    #[inline]
    pub(super) fn tick(&self) -> Result<(), Box<Diagnostic>> {
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        if ticks.is_multiple_of(STRIDE) {
            return self.look();
        }
        Ok(())
    }

    /// Looks at the clock and the cancel flag at once.
    ///
    /// # Errors
    /// Where the time is over or somebody cancelled.
    pub(super) fn look(&self) -> Result<(), Box<Diagnostic>> {
        if self.cancel.load(Ordering::Relaxed) {
            let error = Diagnostic::error(&Code::INTERRUPTED, "the question was interrupted");
            return Err(Box::new(error));
        }
        match (self.deadline, self.limits.time) {
            (Some(deadline), Some(time)) if Instant::now() >= deadline => {
                let text = format!("no answer within {} ms", time.as_millis());
                Err(Box::new(Diagnostic::error(&Code::TIME_LIMIT, text)))
            }
            _ => Ok(()),
        }
    }

    /// Counts bytes of something that is kept until later.
    ///
    /// # Errors
    /// Where the memory given to the question is used up.
    pub(super) fn keep(&self, bytes: usize) -> Result<(), Box<Diagnostic>> {
        let kept = self.kept.get().saturating_add(bytes);
        self.kept.set(kept);
        if kept <= self.limits.memory {
            return self.tick();
        }
        let text = format!(
            "the question needs more than the {} MiB it may use",
            self.limits.memory >> 20
        );
        let error = Diagnostic::error(&Code::MEMORY_LIMIT, text)
            .help("narrow the pattern, or raise the bound on memory");
        Err(Box::new(error))
    }

    /// Gives back bytes counted by `keep`.
    pub(super) fn release(&self, bytes: usize) {
        self.kept.set(self.kept.get().saturating_sub(bytes));
    }

    /// Counts one path; false where no more may be walked, and the answer is cut.
    #[must_use]
    pub(super) fn path(&self) -> bool {
        let paths = self.paths.get() + 1;
        self.paths.set(paths);
        if paths > self.limits.paths {
            self.mark_cut("paths");
            return false;
        }
        true
    }

    /// Counts so many paths; gives how many of them may be walked. Where that is fewer, the answer is
    /// cut.
    #[must_use]
    pub(super) fn some_paths(&self, count: usize) -> usize {
        let before = self.paths.get();
        self.paths.set(before.saturating_add(count));
        let left = self.limits.paths.saturating_sub(before);
        if left < count {
            self.mark_cut("paths");
        }
        left.min(count)
    }

    /// Tells whether a bound has cut the answer.
    #[must_use]
    pub(super) fn is_cut(&self) -> bool {
        self.cut.get().is_some()
    }

    /// Notes that a bound cut the answer.
    pub(super) fn mark_cut(&self, what: &'static str) {
        self.cut.set(Some(what));
    }

    /// Gives the remark of a cut answer.
    #[must_use]
    pub(super) fn cut_note(&self) -> Option<Diagnostic> {
        let what = self.cut.get()?;
        let bound = match what {
            "paths" => self.limits.paths,
            _ => self.limits.rows,
        };
        let text = format!("the answer is cut: there are more than {bound} {what}");
        Some(Diagnostic::note(&Code::CUT_ANSWER, text))
    }
}
