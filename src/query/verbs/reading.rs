//! One question under reading: its words, and the names, numbers and kinds among them.
//!
//! Answers the matcher: is this the word, is it a name, a number, a kind, a category. Resolved names
//! are remembered, since many patterns ask for the same words.

use super::bound::Named;
use super::guides;
use super::table::Language;
use super::table::Table;
use super::words::CLITIC;
use super::words::Word;
use super::words::root;
use super::words::stem;
use super::words::words;
use crate::diag::Span;
use crate::model::GraphView;
use crate::model::Kinds;
use crate::model::NodeId;
use crate::query::names::Names;
use crate::query::names::Resolution;
use rustc_hash::FxHashMap;
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use std::cell::RefCell;
use std::rc::Rc;

/// Words that one name may have where it is looked for without a pattern.
const WORDS_OF_A_NAME: usize = 5;

/// A question under reading.
pub(super) struct Reading<'q> {
    line: &'q str,
    words: Vec<Word>,
    pub(super) table: &'static Table,
    pub(super) graph: &'q dyn GraphView,
    names: &'q Names<'q>,
    pub(super) memory: Rc<Memory>,
    /// A topic is made of words that facts say, and not only of what they are called.
    pub(super) by_statement: bool,
    /// A word that does not stand there in the line: no text goes over it.
    moved: Option<usize>,
}

/// What was looked up for a question; readings of its words in another order share it.
#[derive(Default)]
pub(super) struct Memory {
    names: RefCell<FxHashMap<String, Vec<NodeId>>>,
    pub(super) categories: OnceCell<Vec<String>>,
    /// Words of what facts are called.
    pub(super) keys: OnceCell<FxHashSet<String>>,
    /// Those, and the words that facts say.
    pub(super) spoken: OnceCell<FxHashSet<String>>,
    pub(super) types: OnceCell<FxHashSet<String>>,
}

impl<'q> Reading<'q> {
    pub(super) fn new(
        line: &'q str,
        table: &'static Table,
        graph: &'q dyn GraphView,
        names: &'q Names<'q>,
    ) -> Self {
        Self {
            line,
            words: words(line),
            table,
            graph,
            names,
            memory: Rc::default(),
            by_statement: false,
            moved: None,
        }
    }

    /// Reads the same question with topics that facts speak of, whatever they are called.
    pub(super) fn of_statements(self) -> Self {
        Self {
            by_statement: true,
            ..self
        }
    }

    /// Reads another line of the same graph.
    pub(super) fn of<'l>(&self, line: &'l str) -> Reading<'l>
    where
        'q: 'l,
    {
        Reading {
            line,
            words: words(line),
            memory: Rc::clone(&self.memory),
            ..*self
        }
    }

    /// Reads other words of the same line, or its words in another order.
    pub(super) fn reworded(&self, words: Vec<Word>) -> Self {
        Self {
            words,
            memory: Rc::clone(&self.memory),
            ..*self
        }
    }

    /// Reads the same words in an order where one of them stands elsewhere than in the line.
    pub(super) fn reordered(&self, words: Vec<Word>, moved: usize) -> Self {
        Self {
            moved: Some(moved),
            ..self.reworded(words)
        }
    }

    /// Gives the words.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    pub(super) fn language(&self) -> &Language {
        &self.table.language
    }

    /// Gives the question as it was written.
    pub(super) fn line(&self) -> &'q str {
        self.line
    }

    /// Counts the words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Gives the text from a word up to, not including, another; none where it is no text of the line.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'q str {
        let over = |moved: usize| (from..to).contains(&moved) && to - from > 1;
        if self.moved.is_some_and(over) {
            return "";
        }
        let span = self.span(from, to);
        self.line.get(span.start..span.end).unwrap_or("")
    }

    /// Gives the text from a word on, quotes and all, without the end punctuation of the line.
    pub(super) fn to_the_end(&self, from: usize) -> &'q str {
        let Some(first) = self.words.get(from) else {
            return "";
        };
        let start = first.span.start - usize::from(first.quoted);
        let text = self.line.get(start..).unwrap_or("");
        text.trim_end_matches(|c: char| c.is_whitespace() || ['?', '.', '!', ';'].contains(&c))
    }

    /// Gives the place of the same text.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let ends = (self.words.get(from), self.words.get(to.saturating_sub(1)));
        match ends {
            (Some(first), Some(last)) => first.span.to(last.span),
            _ => Span::new(self.line.len(), self.line.len()),
        }
    }

    /// Tells whether a word says nothing.
    pub(super) fn is_noise(&self, at: usize) -> bool {
        self.word(at)
            .is_some_and(|word| self.language().noise.contains(&word.text))
    }

    /// Gives the first word from there on that says something.
    pub(super) fn behind_noise(&self, mut at: usize) -> usize {
        while self.is_noise(at) {
            at += 1;
        }
        at
    }

    /// Tells whether the word is this one, given as its stem.
    pub(super) fn is(&self, at: usize, wanted: &str) -> bool {
        self.word(at).is_some_and(|word| {
            stem(&word.text) == wanted
                || wanted == "is" && word.text == CLITIC
                || word
                    .text
                    .strip_prefix(wanted)
                    .is_some_and(|ending| self.is_particle(ending))
        })
    }

    /// Tells whether the word is this one, letter for letter.
    pub(super) fn is_exactly(&self, at: usize, wanted: &str) -> bool {
        self.word(at).is_some_and(|word| word.text == wanted)
    }

    /// Gives a word that stood outside quotes.
    fn word(&self, at: usize) -> Option<&Word> {
        self.words.get(at).filter(|word| !word.quoted)
    }

    fn is_particle(&self, ending: &str) -> bool {
        self.language().particles.iter().any(|p| p == ending)
    }

    /// Reads a whole number.
    pub(super) fn number(&self, at: usize) -> Option<u64> {
        let text = &self.word(at)?.text;
        let digits = text.find(|c: char| !c.is_ascii_digit());
        let (number, rest) = text.split_at(digits.unwrap_or(text.len()));
        (rest.is_empty() || !rest.is_ascii())
            .then(|| number.parse().ok())
            .flatten()
    }

    /// Reads the name of a kind of edge, or an older word for one; `to` behind it may be missing:
    /// `back up` is `backs_up_to`.
    pub(super) fn kind(&self, from: usize, to: usize) -> Option<String> {
        let said: Vec<&str> = (from..to)
            .filter_map(|at| Some(self.word(at)?.text.as_str()))
            .flat_map(|text| text.split(['-', '_']))
            .map(bare)
            .collect();
        let means = |word: &String| {
            let word = word.to_lowercase();
            let whole: Vec<&str> = word.split('_').map(bare).collect();
            let short = whole.strip_suffix(&["to"]).unwrap_or(&whole);
            said == whole || said == short
        };
        let mut kinds = Kinds::built_in().kinds.iter();
        let found = kinds.find(|kind| means(&kind.name) || kind.words.iter().any(means));
        found.map(|kind| kind.name.clone())
    }

    /// Steps over one separator of a list of names, or two as in `, and`.
    pub(super) fn behind_separator(&self, at: usize) -> Option<usize> {
        let at = self.behind_noise(at);
        let between = |at: usize| {
            self.word(at)
                .is_some_and(|word| self.language().between.contains(&word.text))
        };
        between(at).then(|| if between(at + 1) { at + 2 } else { at + 1 })
    }

    /// Gives the names that words may be, each with whether its ending joins it to the next name.
    /// With `loose`, a name may be unknown and has then no nodes.
    pub(super) fn names(
        &self,
        from: usize,
        to: usize,
        endings: &[String],
        loose: bool,
    ) -> Vec<(Named, bool)> {
        let text = self.slice(from, to);
        let start = self.span(from, to).start;
        let mut found = Vec::new();
        for (stem, ending) in self.stems(text, endings) {
            let nodes = self.lookup(stem);
            if loose || !nodes.is_empty() {
                let named = Named {
                    nodes,
                    text: stem.to_owned(),
                    span: Span::new(start, start + stem.len()),
                };
                found.push((named, self.language().joining.iter().any(|j| j == ending)));
            }
        }
        found
    }

    /// Finds the longest name that begins at a word: the word behind it, and what it means.
    pub(super) fn name_at(&self, at: usize) -> Option<(usize, Vec<NodeId>)> {
        let last = self.len().min(at + WORDS_OF_A_NAME);
        (at + 1..=last).rev().find_map(|end| {
            let (named, _) = self.names(at, end, &[], false).into_iter().next()?;
            Some((end, named.nodes))
        })
    }

    /// Takes each possible ending off a text. Where none is wanted, the whole text comes first.
    pub(super) fn stems<'t>(
        &'t self,
        text: &'t str,
        endings: &'t [String],
    ) -> Vec<(&'t str, &'t str)> {
        let mut found = Vec::new();
        let mut candidates = endings;
        if endings.is_empty() {
            found.push((text, ""));
            candidates = &self.language().particles;
        }
        for ending in candidates {
            if let Some(stem) = text.strip_suffix(ending.as_str()) {
                let stem = stem.trim_end();
                if !stem.is_empty() {
                    found.push((stem, ending.as_str()));
                }
            }
        }
        found
    }

    /// Takes a particle off the end of a text, if there is one.
    pub(super) fn without_particle(&self, text: &str) -> String {
        let korean = text.chars().next_back().is_some_and(|c| !c.is_ascii());
        let stem = self.stems(text, &[]).get(1).map(|(stem, _)| *stem);
        stem.filter(|_| korean).unwrap_or(text).to_owned()
    }

    /// Finds the nodes of a name. Words that only say what it is may stand behind it, and may be
    /// missing: `Lambda function`, `SQS standard`.
    fn lookup(&self, text: &str) -> Vec<NodeId> {
        if let Some(nodes) = self.memory.names.borrow().get(text) {
            return nodes.clone();
        }
        let mut nodes = self.resolve(text);
        if nodes.is_empty() && text.contains(char::is_whitespace) {
            nodes = match self.without_filler(text) {
                Some(head) => self.lookup(head),
                None => self.resolve_filled(text),
            };
        }
        let mut names = self.memory.names.borrow_mut();
        names.insert(text.to_owned(), nodes.clone());
        nodes
    }

    /// Tells whether a node is a service or a part of one, and not of what was loaded.
    pub(super) fn is_in_catalog(&self, node: NodeId) -> bool {
        ["Service", "Feature"].contains(&self.names.label(node))
    }

    /// Gives what a node is called.
    pub(super) fn shown(&self, node: NodeId) -> String {
        self.names.shown(node)
    }

    /// Takes a word off the end that only says what a thing is, or two as in `state machine`.
    fn without_filler<'t>(&self, text: &'t str) -> Option<&'t str> {
        let lower = text.to_lowercase();
        let filler = self.language().filler.iter();
        let mut heads = filler.filter_map(|filler| {
            let head = stem(&lower).strip_suffix(stem(filler))?;
            let head = text.get(..head.len())?;
            head.ends_with(char::is_whitespace).then(|| head.trim_end())
        });
        heads.find(|head| !head.is_empty())
    }

    /// Finds the guide to choosing that words name.
    pub(super) fn guide(&self, from: usize, to: usize, endings: &[String]) -> Option<Named> {
        let text = self.slice(from, to);
        let titled = self.stems(text, endings).into_iter().find_map(|(stem, _)| {
            match self.names.guide(stem) {
                Resolution::One(node) => Some((node, stem)),
                _ => None,
            }
        });
        let of_options = || {
            Some((
                guides::of_options(&self.listed(from, to), self.graph)?,
                text,
            ))
        };
        let (node, text) = titled.or_else(of_options)?;
        Some(Named {
            nodes: vec![node],
            text: text.to_owned(),
            span: self.span(from, to),
        })
    }

    /// Gives the pieces of a list of words: what stands between `vs`, `and`, commas.
    fn listed(&self, from: usize, to: usize) -> Vec<&'q str> {
        let mut pieces = Vec::new();
        let mut start = from;
        for at in from..to {
            if let Some(next) = self.behind_separator(at).filter(|_| !self.is_noise(at)) {
                pieces.push(self.slice(start, at));
                start = next;
            }
        }
        pieces.push(self.slice(start, to));
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// Finds the one node that is called so with a word behind it that only says what it is.
    fn resolve_filled(&self, text: &str) -> Vec<NodeId> {
        let filler = self.language().filler.iter();
        let filled = filler.flat_map(|word| self.resolve(&format!("{text} {word}")));
        let found: FxHashSet<NodeId> = filled.collect();
        if found.len() > 1 {
            return Vec::new();
        }
        found.into_iter().collect()
    }

    fn resolve(&self, text: &str) -> Vec<NodeId> {
        match self.names.resolve(text) {
            Resolution::One(node) => vec![node],
            Resolution::Many(nodes) => nodes,
            Resolution::None => Vec::new(),
        }
    }
}

/// A word of a kind without its endings: `deploys` and `deploy` lose the `y` as well, `encrypted` its
/// `ed`.
fn bare(word: &str) -> &str {
    stem(root(stem(word)))
}
