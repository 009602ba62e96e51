//! What could stand at a place, said shortly: many rules become few words.
//!
//! Takes the rules that the grammar tried, gives one line. Knows no text.

use super::human::words;
use super::rules::Rule;

/// Most things that are listed.
const MOST: usize = 6;

/// Words that together are one thing: as soon as so many of them could stand there, the thing is
/// named instead.
struct Thing {
    name: &'static str,
    parts: &'static [&'static str],
    from: usize,
}

const THINGS: &[Thing] = &[
    Thing {
        name: "a clause",
        parts: &[
            "`CALL`",
            "`CREATE`",
            "`DELETE`",
            "`DETACH`",
            "`FOREACH`",
            "`MATCH`",
            "`MERGE`",
            "`OPTIONAL`",
            "`REMOVE`",
            "`RETURN`",
            "`SET`",
            "`UNION`",
            "`UNWIND`",
            "`WITH`",
        ],
        from: 3,
    },
    Thing {
        name: "an expression",
        parts: &[
            "`NOT`",
            "`-`",
            "`+`",
            "`true`",
            "`false`",
            "`null`",
            "`CASE`",
            "`COUNT`",
            "`EXISTS`",
            "`COLLECT`",
            "`reduce`",
            "`shortestPath` or `allShortestPaths`",
            "`all`, `any`, `none` or `single`",
            "a number",
            "a text in quotes",
            "a parameter",
            "a list",
            "a map",
            "a pattern",
            "a function",
            "a subquery",
            "a variable",
            "parts of a map",
        ],
        from: 4,
    },
    Thing {
        name: "an operator",
        parts: &[
            "an operator",
            "`IS`",
            "`STARTS WITH`",
            "`ENDS WITH`",
            "`:` and labels",
            "a unit",
        ],
        from: 2,
    },
];

/// What could stand at a place.
pub(super) struct Expected {
    words: Vec<&'static str>,
}

impl Expected {
    pub(super) fn new(tried: &[Rule]) -> Self {
        let mut words: Vec<&str> = Vec::new();
        for rule in tried {
            push(&mut words, self::words(*rule));
        }
        for thing in THINGS {
            let is_part = |word: &&str| thing.parts.contains(word);
            let parts = words.iter().filter(|word| is_part(word)).count();
            if parts >= thing.from {
                words.retain(|word| !is_part(word));
                push(&mut words, thing.name);
            }
        }
        Self { words }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// Whether nothing but the end of the question could stand here.
    pub(super) fn ends_only(&self) -> bool {
        self.words == [words(Rule::EOI)]
    }

    /// Whether something could end here, so that a bracket may be closed.
    pub(super) fn may_close(&self) -> bool {
        let begins = [
            "an expression",
            "a name",
            "a variable",
            "a key, `:` and a value",
            "a pattern",
        ];
        !begins.iter().any(|word| self.has(word))
    }

    /// The words themselves, without quotes.
    pub(super) fn keywords(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.trim_matches('`'))
    }

    /// One line: quoted words first, the end of the question last.
    pub(super) fn line(mut self, closing: Option<char>) -> Option<String> {
        let end = words(Rule::EOI);
        if self.words.len() > 1 {
            self.words.retain(|word| *word != "a unit");
        }
        self.words
            .sort_by_key(|word| (*word == end, !word.starts_with('`')));
        let closing = closing.map(|bracket| format!("`{bracket}`"));
        let words = closing
            .iter()
            .map(String::as_str)
            .chain(self.words.iter().copied());
        let mut words: Vec<&str> = words.collect();
        let more = words.len() > MOST;
        words.truncate(MOST);
        let last = words.pop()?;
        if words.is_empty() {
            return Some(last.to_owned());
        }
        let rest = words.join(", ");
        Some(match more {
            true => format!("{rest}, {last}, …"),
            false => format!("{rest} or {last}"),
        })
    }
}

fn push(words: &mut Vec<&'static str>, word: &'static str) {
    if !words.contains(&word) {
        words.push(word);
    }
}
