//! Holds a question against the patterns of all verbs and gives the best fit.
//!
//! Backtracks over the elements of a pattern; a name is first tried as long as it can be, so that
//! `SQS FIFO queue` is not read as `SQS`. Of several patterns that fit, the one with most words of
//! its own is meant. First every name has to be known; if no pattern fits so, unknown names are let
//! through, to be reported in their place.

use super::bound::Binding;
use super::bound::Bound;
use super::bound::Named;
use super::bound::joined;
use super::condition::is_condition;
use super::facets::unsettled;
use super::pattern::Element;
use super::pattern::Hole;
use super::pattern::HoleKind;
use super::reading::Reading;
use super::table::Table;
use super::table::Verb;
use crate::diag::Span;

/// Steps that one pattern may take; a question of our length takes a few dozen.
const STEPS: usize = 20_000;
/// Words that one name or one free text may have.
const WORDS_OF_A_HOLE: usize = 10;
/// Words that a kind of edge may have: `pulls image from`.
const WORDS_OF_A_KIND: usize = 3;
/// Words that an unknown name may have; a longer one is rather a question we do not know.
const WORDS_OF_THE_UNKNOWN: usize = 3;

/// A verb and what the question put into its holes.
#[derive(Debug)]
pub(super) struct Fit {
    /// The verb.
    pub(super) verb: &'static Verb,
    /// The holes, in the order they were filled.
    pub(super) bindings: Vec<Binding>,
    score: Score,
}

impl Fit {
    /// Tells whether each of its names means one thing.
    pub(super) fn is_settled(&self) -> bool {
        unsettled(&self.bindings).is_none()
    }

    /// Tells whether this fit has so many more words of its own than another, or there is no other.
    pub(super) fn has_more_words_than(&self, other: Option<&Fit>, more: usize) -> bool {
        other.is_none_or(|other| self.score.0 >= other.score.0 + more)
    }
}

/// How well a pattern fits: words of its own that were there, then names that were.
type Score = (usize, usize);

/// Finds the verb that a question asks; with `loose`, names may be unknown.
pub(super) fn best_fit(table: &'static Table, reading: &Reading, loose: bool) -> Option<Fit> {
    let mut best: Option<Fit> = None;
    for verb in &table.verbs {
        for pattern in &verb.patterns {
            let walk = Walk::new(table, reading, &verb.options, loose);
            if let Some(fit) = walk.fit(pattern, verb)
                && best.as_ref().is_none_or(|best| fit.score > best.score)
            {
                best = Some(fit);
            }
        }
    }
    best.filter(|fit| !loose || fit.score.0 > 0)
}

/// Gives what fills the holes of a pattern that is no verb's; all names in it have to be known.
pub(super) fn holes(reading: &Reading, pattern: &[Element]) -> Option<Vec<Binding>> {
    let mut walk = Walk::new(reading.table, reading, &[], false);
    walk.fits(pattern).then_some(walk.bindings)
}

/// What is still to be matched: elements, then what comes after them.
#[derive(Clone, Copy)]
struct Frame<'p> {
    elements: &'p [Element],
    next: Option<&'p Frame<'p>>,
}

struct Walk<'a> {
    table: &'static Table,
    reading: &'a Reading<'a>,
    options: &'static [usize],
    loose: bool,
    steps: usize,
    words: usize,
    bindings: Vec<Binding>,
}

impl<'a> Walk<'a> {
    fn new(
        table: &'static Table,
        reading: &'a Reading<'a>,
        options: &'static [usize],
        loose: bool,
    ) -> Self {
        Self {
            table,
            reading,
            options,
            loose,
            steps: 0,
            words: 0,
            bindings: Vec::new(),
        }
    }

    fn fits(&mut self, pattern: &[Element]) -> bool {
        let frame = Frame {
            elements: pattern,
            next: None,
        };
        self.go(frame, 0)
    }

    fn fit(mut self, pattern: &[Element], verb: &'static Verb) -> Option<Fit> {
        self.fits(pattern).then(|| Fit {
            verb,
            score: (self.words, names_in(&self.bindings)),
            bindings: joined(self.bindings),
        })
    }

    /// Matches a frame from a word on; tries again behind a word that says nothing.
    fn go(&mut self, frame: Frame, at: usize) -> bool {
        self.steps += 1;
        if self.steps > STEPS {
            return false;
        }
        let (bound, words) = (self.bindings.len(), self.words);
        if self.step(frame, at) {
            return true;
        }
        self.bindings.truncate(bound);
        self.words = words;
        self.reading.is_noise(at) && self.go(frame, at + 1)
    }

    fn step(&mut self, frame: Frame, at: usize) -> bool {
        let Some((element, rest)) = frame.elements.split_first() else {
            return match frame.next {
                Some(next) => self.go(*next, at),
                None => at == self.reading.len(),
            };
        };
        let rest = Frame {
            elements: rest,
            next: frame.next,
        };
        match element {
            Element::Word(word) => self.reading.is(at, word) && self.counted(rest, at),
            Element::Exact(word) => {
                self.reading.is_exactly(at, word) && {
                    // Said so exactly, it outweighs a word that is only like it.
                    self.words += 1;
                    self.counted(rest, at)
                }
            }
            Element::Choice {
                alternatives,
                optional,
            } => self.choice(alternatives, *optional, rest, at),
            Element::Hole(hole) => self.hole(hole, rest, at),
            Element::Options => self.go(rest, at) || self.option(frame, at),
        }
    }

    fn counted(&mut self, rest: Frame, at: usize) -> bool {
        self.words += 1;
        self.go(rest, at + 1)
    }

    fn choice(
        &mut self,
        alternatives: &[Vec<Element>],
        optional: bool,
        rest: Frame,
        at: usize,
    ) -> bool {
        let taken = alternatives.iter().any(|elements| {
            let frame = Frame {
                elements,
                next: Some(&rest),
            };
            self.go(frame, at)
        });
        taken || optional && self.go(rest, at)
    }

    /// Takes one option; the frame begins with the options, so that more may follow.
    fn option(&mut self, frame: Frame, at: usize) -> bool {
        if at == self.reading.len() {
            return false;
        }
        let (table, options) = (self.table, self.options.iter());
        let options = options.filter_map(|at| table.options.get(*at));
        options.flat_map(|option| &option.patterns).any(|elements| {
            let option = Frame {
                elements,
                next: Some(&frame),
            };
            self.go(option, at)
        })
    }

    fn hole(&mut self, hole: &Hole, rest: Frame, at: usize) -> bool {
        if self.begins_with_noise(hole.kind, at) {
            return false;
        }
        match hole.kind {
            HoleKind::Name => self.name(hole, rest, at),
            HoleKind::Names => self.names(hole, rest, at, &mut Vec::new()),
            HoleKind::Guide => self.guide(hole, rest, at),
            HoleKind::Kind => self.kind(hole, rest, at),
            HoleKind::Place => self.kind(hole, rest, at) || self.name(hole, rest, at),
            HoleKind::Category => self.category(hole, rest, at),
            HoleKind::Words => self.any_words(hole, rest, at, false),
            HoleKind::Topic => self.any_words(hole, rest, at, true),
            HoleKind::Noun => self.noun(hole, rest, at),
            HoleKind::Number => match self.reading.number(at) {
                Some(number) => self.put(hole, at, at + 1, Bound::Number(number), rest),
                None => false,
            },
            HoleKind::Flag => self.put(hole, at, at, Bound::Flag, rest),
            HoleKind::Rest => {
                let end = self.reading.len();
                let text = self.reading.slice(at, end).to_owned();
                at < end && self.put(hole, at, end, Bound::Words(text), rest)
            }
            HoleKind::Expr => {
                let end = self.reading.len();
                let text = self.reading.to_the_end(at).to_owned();
                at < end && (self.loose || is_condition(&text)) && {
                    self.put(hole, at, end, Bound::Expr(text), rest)
                }
            }
        }
    }

    /// Tells whether the words of a hole would begin with one that says nothing, which is then stepped
    /// over: `the durability`. A name that is known may begin so.
    fn begins_with_noise(&self, kind: HoleKind, at: usize) -> bool {
        let skips = match kind {
            HoleKind::Words | HoleKind::Topic | HoleKind::Category => true,
            HoleKind::Name | HoleKind::Names => self.loose && at + 1 < self.reading.len(),
            _ => false,
        };
        skips && self.reading.is_noise(at)
    }

    fn put(&mut self, hole: &Hole, at: usize, end: usize, bound: Bound, rest: Frame) -> bool {
        self.bindings.push(Binding {
            hole: hole.name.clone(),
            span: self.reading.span(at, end),
            bound,
        });
        self.go(rest, end) || {
            self.bindings.pop();
            false
        }
    }

    /// Ends at which a hole that starts at `at` may stop: longest first where names are known.
    fn ends(&self, at: usize) -> Vec<usize> {
        let longest = if self.loose {
            WORDS_OF_THE_UNKNOWN
        } else {
            WORDS_OF_A_HOLE
        };
        let ends = at + 1..=self.reading.len().min(at + longest);
        if self.loose {
            ends.collect()
        } else {
            ends.rev().collect()
        }
    }

    fn name(&mut self, hole: &Hole, rest: Frame, at: usize) -> bool {
        for end in self.ends(at) {
            for (named, _) in self.candidates(hole, at, end) {
                let span = named.span;
                if self.put(hole, at, end, Bound::Name(named), rest) {
                    self.narrow(&hole.name, span);
                    return true;
                }
            }
        }
        false
    }

    /// Leaves the particle out of the place of a name.
    fn narrow(&mut self, hole: &str, span: Span) {
        let binding = self.bindings.iter_mut().find(|b| b.hole == hole);
        if let Some(binding) = binding {
            binding.span = span;
        }
    }

    fn candidates(&self, hole: &Hole, at: usize, end: usize) -> Vec<(Named, bool)> {
        self.reading.names(at, end, &hole.endings, self.loose)
    }

    fn names(&mut self, hole: &Hole, rest: Frame, at: usize, found: &mut Vec<Named>) -> bool {
        for end in self.ends(at) {
            for (named, joins) in self.candidates(hole, at, end) {
                found.push(named);
                let next = self.reading.behind_separator(end).or(joins.then_some(end));
                let next = next.map(|next| self.reading.behind_noise(next));
                let more = next.is_some_and(|next| self.names(hole, rest, next, found));
                // Two names of one thing are no choice.
                let differ = self.loose || !has_twice(found);
                if more || differ && found.len() > 1 && self.put_names(hole, end, found, rest) {
                    return true;
                }
                found.pop();
            }
        }
        false
    }

    fn put_names(&mut self, hole: &Hole, end: usize, found: &[Named], rest: Frame) -> bool {
        let spans = found.iter().map(|named| named.span);
        let Some(span) = spans.reduce(Span::to) else {
            return false;
        };
        self.bindings.push(Binding {
            hole: hole.name.clone(),
            span,
            bound: Bound::Names(found.to_vec()),
        });
        self.go(rest, end) || {
            self.bindings.pop();
            false
        }
    }

    fn guide(&mut self, hole: &Hole, rest: Frame, at: usize) -> bool {
        self.ends(at).into_iter().any(|end| {
            let found = self.reading.guide(at, end, &hole.endings);
            found.is_some_and(|named| self.put(hole, at, end, Bound::Name(named), rest))
        })
    }

    fn kind(&mut self, hole: &Hole, rest: Frame, at: usize) -> bool {
        let last = self.reading.len().min(at + WORDS_OF_A_KIND);
        (at + 1..=last).rev().any(|end| {
            let kind = self.reading.kind(at, end);
            kind.is_some_and(|kind| self.put(hole, at, end, Bound::Kind(kind), rest))
        })
    }

    fn noun(&mut self, hole: &Hole, rest: Frame, at: usize) -> bool {
        self.ends(at).into_iter().any(|end| {
            let found = self.reading.noun(at, end);
            found.is_some_and(|noun| self.put(hole, at, end, Bound::Noun(noun), rest))
        })
    }

    fn category(&mut self, hole: &Hole, rest: Frame, at: usize) -> bool {
        self.ends(at).into_iter().any(|end| {
            let found = self.reading.categories(at, end, &hole.endings);
            let word = self.reading.slice(at, end).to_lowercase();
            (self.loose || !found.is_empty())
                && self.put(hole, at, end, Bound::Categories(found, word), rest)
        })
    }

    fn any_words(&mut self, hole: &Hole, rest: Frame, at: usize, topic: bool) -> bool {
        let last = self.reading.len().min(at + WORDS_OF_A_HOLE);
        (at + 1..=last).any(|end| {
            let text = self.reading.slice(at, end).to_owned();
            let text = self.reading.without_particle(&text);
            let known = !topic || self.reading.is_topic(&text);
            (known && !text.is_empty()) && self.put(hole, at, end, Bound::Words(text), rest)
        })
    }
}

fn has_twice(names: &[Named]) -> bool {
    let alone = |at: usize, named: &Named| names[..at].iter().all(|n| n.nodes != named.nodes);
    !names.iter().enumerate().all(|(at, named)| alone(at, named))
}

fn names_in(bindings: &[Binding]) -> usize {
    let counts = bindings.iter().map(|binding| match &binding.bound {
        Bound::Name(_) | Bound::Categories(..) => 1,
        // What was loaded comes before the catalog.
        Bound::Noun(noun) if !noun.is_empty() => 2,
        Bound::Names(names) => names.len(),
        _ => 0,
    });
    counts.sum()
}
