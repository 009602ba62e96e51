//! The small language of `patterns` in `data/verbs.toml`, and its reader.
//!
//! | written | matches |
//! |---|---|
//! | `triggers` | that word, without regard to case, number and person; a Korean word also with a particle behind it |
//! | `paths!` | exactly that word |
//! | `[which\|what]` | one of these (each of any words) or nothing |
//! | `(vs\|versus)` | one of these |
//! | `{X:name}` | a name, bound to `X`; see [`HoleKind`] for the other kinds |
//! | `{X:name}에서`, `{X:name}(와\|과)` | a name with that ending |
//! | `{X:name} or {X:name}` | two names, put into one list; words of two holes are joined |
//! | `<starts>` | the phrase of that name, put in before the pattern is read |
//! | `<options>` | the options of the verb, any of them, in any order |
//!
//! Takes a text, gives elements; knows neither words of a question nor names.

use super::words::stem;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// A word, as its stem.
    Word(String),
    /// A word, letter for letter.
    Exact(String),
    /// One of several sequences, or none of them where optional.
    Choice {
        /// The sequences.
        alternatives: Vec<Vec<Element>>,
        /// May be left out.
        optional: bool,
    },
    /// A place that the question fills.
    Hole(Hole),
    /// The options of the verb.
    Options,
}

/// A place that the question fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hole {
    /// What the template calls it.
    pub(super) name: String,
    /// What may stand there.
    pub(super) kind: HoleKind,
    /// Endings of which one has to be there.
    pub(super) endings: Vec<String>,
}

/// What may stand in a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HoleKind {
    /// `name`: what one node is called.
    Name,
    /// `names`: two names or more, with commas, `and`, `vs` between.
    Names,
    /// `guide`: the name or title of a comparison.
    Guide,
    /// `place`: a kind of edge or a name.
    Place,
    /// `kind`: a kind of edge.
    Kind,
    /// `category`: a category of services, or a word for some.
    Category,
    /// `words`: any few words.
    Words,
    /// `topic`: words of which the keys of facts are made.
    Topic,
    /// `noun`: the last part of a type that is declared, or a word for whatever is.
    Noun,
    /// `number`: a whole number.
    Number,
    /// `flag`: no word at all; says that this spelling was used.
    Flag,
    /// `expr`: the rest of the line, a condition.
    Expr,
    /// `rest`: the rest of the line, a question of its own.
    Rest,
}

impl HoleKind {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "name" => Self::Name,
            "names" => Self::Names,
            "guide" => Self::Guide,
            "place" => Self::Place,
            "kind" => Self::Kind,
            "noun" => Self::Noun,
            "category" => Self::Category,
            "words" => Self::Words,
            "topic" => Self::Topic,
            "number" => Self::Number,
            "flag" => Self::Flag,
            "expr" => Self::Expr,
            "rest" => Self::Rest,
            _ => return None,
        })
    }
}

/// Reads a pattern; the error says what is wrong with the row.
pub(super) fn read(text: &str) -> Result<Vec<Element>, String> {
    let mut reader = Reader { text, at: 0 };
    let elements = reader.sequence(0)?;
    match reader.peek() {
        None => Ok(elements),
        Some(c) => Err(format!("`{c}` without its opening in `{text}`")),
    }
}

/// Brackets within brackets; rows are ours, so this only guards against a slip.
const DEEPEST: usize = 8;

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, length: usize) -> &str {
        let from = self.at;
        self.at += length;
        &self.text[from..self.at]
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Element>, String> {
        let mut elements = Vec::new();
        while let Some(c) = self.peek() {
            match c {
                ' ' => self.at += 1,
                '|' | ']' | ')' => break,
                '[' | '(' => elements.push(self.choice(c == '[', depth)?),
                '{' => elements.push(self.hole(depth)?),
                '<' => elements.push(self.options()?),
                _ => elements.push(self.element()),
            }
        }
        Ok(elements)
    }

    fn element(&mut self) -> Element {
        let mut word = self.word();
        if word.ends_with('!') {
            word.pop();
            return Element::Exact(word);
        }
        word.truncate(stem(&word).len());
        Element::Word(word)
    }

    fn word(&mut self) -> String {
        let ends = |c: char| matches!(c, ' ' | '|' | '[' | ']' | '(' | ')' | '{' | '}' | '<');
        let tail = &self.text[self.at..];
        let length = tail.find(ends).unwrap_or(tail.len());
        self.take(length).to_lowercase()
    }

    fn choice(&mut self, optional: bool, depth: usize) -> Result<Element, String> {
        if depth == DEEPEST {
            return Err(format!("too many brackets in `{}`", self.text));
        }
        let close = if optional { ']' } else { ')' };
        let mut alternatives = Vec::new();
        loop {
            self.at += 1;
            alternatives.push(self.sequence(depth + 1)?);
            match self.peek() {
                Some('|') => {}
                Some(c) if c == close => break,
                _ => return Err(format!("`{close}` is missing in `{}`", self.text)),
            }
        }
        self.at += 1;
        Ok(Element::Choice {
            alternatives,
            optional,
        })
    }

    fn hole(&mut self, depth: usize) -> Result<Element, String> {
        let tail = &self.text[self.at..];
        let length = tail.find('}').ok_or("`}` is missing")?;
        let inner = self.take(length + 1)[1..length].to_owned();
        let (name, kind) = inner.split_once(':').ok_or("a hole is `{NAME:kind}`")?;
        let kind = HoleKind::of(kind).ok_or_else(|| format!("no hole is of kind `{kind}`"))?;
        Ok(Element::Hole(Hole {
            name: name.to_owned(),
            kind,
            endings: self.endings(depth)?,
        }))
    }

    fn endings(&mut self, depth: usize) -> Result<Vec<String>, String> {
        match self.peek() {
            Some('(') => match self.choice(false, depth)? {
                Element::Choice { alternatives, .. } => Ok(alternatives
                    .into_iter()
                    .flatten()
                    .filter_map(text)
                    .collect()),
                _ => Ok(Vec::new()),
            },
            Some(c) if c.is_alphabetic() => Ok(vec![self.word()]),
            _ => Ok(Vec::new()),
        }
    }

    fn options(&mut self) -> Result<Element, String> {
        let mark = "<options>";
        if !self.text[self.at..].starts_with(mark) {
            return Err(format!(
                "only `{mark}` may begin with `<` in `{}`",
                self.text
            ));
        }
        self.at += mark.len();
        Ok(Element::Options)
    }
}

fn text(element: Element) -> Option<String> {
    match element {
        Element::Word(word) => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_words_choices_holes_and_endings() {
        let Ok(elements) = read("[which|what] triggers {X:name}(을|를) <options>") else {
            panic!("the pattern is well formed");
        };
        assert_eq!(elements.len(), 4);
        assert_eq!(elements[1], Element::Word("trigger".to_owned()));
        let Element::Hole(hole) = &elements[2] else {
            panic!("a hole");
        };
        assert_eq!(hole.endings, ["을", "를"]);
    }

    #[test]
    fn says_what_is_wrong() {
        assert!(read("a ]").is_err());
        assert!(read("[a").is_err());
        assert!(read("{X:nonsense}").is_err());
    }
}
