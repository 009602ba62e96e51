//! What the grammar recognised, as one flat list.
//!
//! Takes pest's tokens once and gives parts that are copied like numbers. pest's own pairs count
//! references to their tokens and to an index of lines, and count what is inside them, at every step;
//! the builder takes many steps for each part. Knows no grammar.

use super::rules::Rule;
use pest::Token;

/// A part in the list.
#[derive(Clone, Copy)]
struct Entry {
    rule: Rule,
    start: usize,
    end: usize,
    /// Where the first part stands that is not inside this one.
    next: usize,
}

/// All parts of a text, in the order they begin.
pub(super) struct Tree<'t> {
    text: &'t str,
    entries: Vec<Entry>,
}

impl<'t> Tree<'t> {
    /// Lists the parts of a text; costs time in proportion to their number.
    pub(super) fn new(text: &'t str, pairs: super::rules::Pairs<'_>) -> Self {
        let tokens = pairs.tokens();
        let mut entries: Vec<Entry> = Vec::with_capacity(tokens.len() / 2);
        let mut open = Vec::new();
        for token in tokens {
            match token {
                Token::Start { rule, pos } => {
                    let (start, end) = (pos.pos(), pos.pos());
                    open.push(entries.len());
                    entries.push(Entry {
                        rule,
                        start,
                        end,
                        next: 0,
                    });
                }
                Token::End { pos, .. } => {
                    let next = entries.len();
                    if let Some(entry) = open.pop().and_then(|at| entries.get_mut(at)) {
                        (entry.end, entry.next) = (pos.pos(), next);
                    }
                }
            }
        }
        Self { text, entries }
    }

    /// The outermost parts.
    pub(super) fn parts(&self) -> Parts<'_> {
        Parts {
            tree: self,
            at: 0,
            end: self.entries.len(),
        }
    }
}

/// A part of a text that a rule recognised.
#[derive(Clone, Copy)]
pub(super) struct Part<'p> {
    tree: &'p Tree<'p>,
    at: usize,
    entry: Entry,
}

impl<'p> Part<'p> {
    /// The rule that recognised it.
    pub(super) fn as_rule(self) -> Rule {
        self.entry.rule
    }

    /// Where it begins.
    pub(super) fn start(self) -> usize {
        self.entry.start
    }

    /// Where it ends; blanks may stand before that.
    pub(super) fn end(self) -> usize {
        self.entry.end
    }

    /// Its text.
    pub(super) fn as_str(self) -> &'p str {
        let text = self.tree.text.get(self.entry.start..self.entry.end);
        text.unwrap_or("")
    }

    /// The text between it and a part behind it.
    pub(super) fn up_to(self, behind: Part<'p>) -> &'p str {
        let text = self.tree.text.get(self.entry.end..behind.entry.start);
        text.unwrap_or("")
    }

    /// The parts that stand directly in it, in order.
    pub(super) fn parts(self) -> Parts<'p> {
        Parts {
            tree: self.tree,
            at: self.at + 1,
            end: self.entry.next,
        }
    }

    /// The first part in it that is of a rule.
    pub(super) fn first(self, rule: Rule) -> Option<Part<'p>> {
        self.all(rule).next()
    }

    /// All parts in it that are of a rule, in order.
    pub(super) fn all(self, rule: Rule) -> impl Iterator<Item = Part<'p>> {
        self.parts().filter(move |part| part.as_rule() == rule)
    }

    /// Tells whether there is a part of a rule in it.
    pub(super) fn has(self, rule: Rule) -> bool {
        self.first(rule).is_some()
    }
}

/// Parts side by side.
#[derive(Clone)]
pub(super) struct Parts<'p> {
    tree: &'p Tree<'p>,
    at: usize,
    end: usize,
}

impl<'p> Iterator for Parts<'p> {
    type Item = Part<'p>;

    fn next(&mut self) -> Option<Part<'p>> {
        if self.at >= self.end {
            return None;
        }
        let (tree, at) = (self.tree, self.at);
        let entry = *tree.entries.get(at)?;
        self.at = entry.next;
        Some(Part { tree, at, entry })
    }
}
