//! Words of a question that nobody knows, and the question with near ones in their place.
//!
//! Only offers: what is near is said in an error, never answered. A word is known where a pattern, a
//! name or a fact uses it; of the near words those are taken with which the line is a question.

use super::asides::plainer;
use super::best_fit;
use super::pattern::Element;
use super::reading::Reading;
use super::words::Word;
use super::words::stem;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest_three;
use crate::query::names::Names;
use rustc_hash::FxHashSet;

/// Unknown words beyond which a line is no misspelt question. Near words are three at most, so that
/// there are `3^MOST_UNKNOWN` lines to try.
const MOST_UNKNOWN: usize = 3;

/// Letters below which near words are too many.
const SHORTEST: usize = 3;

/// Finds the misspelt words of a line and says what is near to all of them; `None` where there is
/// none, or no near words make a question. Walks all names, patterns and facts.
pub(super) fn misspelt(reading: &Reading, names: &Names) -> Option<Diagnostic> {
    let known = Known::new(reading, names);
    let unknown = known.unknown(reading);
    if unknown.is_empty() || unknown.len() > MOST_UNKNOWN {
        return None;
    }
    let near = unknown.iter().map(|at| known.near(reading, *at)).collect();
    let ways = choices(near);
    let mut tried = ways
        .iter()
        .map(|ways| (ways, corrected(reading, &unknown, ways)));
    let found = tried.find(|(_, line)| is_asked(reading.of(line)));
    // Other orders of the words are only tried with the nearest ones.
    let nearest = || {
        let line = corrected(reading, &unknown, ways.first()?);
        let asked = plainer(&reading.of(&line)).into_iter().any(is_asked);
        asked.then(|| Some((ways.first()?, line)))?
    };
    let (near, line) = found.or_else(nearest)?;
    Some(error(reading, &unknown, near, &line))
}

/// Tells whether a line is a question as it stands, of names that mean one thing each.
fn is_asked(reading: Reading) -> bool {
    best_fit(reading).is_some_and(|fit| fit.is_settled())
}

fn error(reading: &Reading, unknown: &[usize], near: &[String], line: &str) -> Diagnostic {
    let said = unknown.iter().map(|at| reading.slice(*at, *at + 1));
    let said: Vec<&str> = said.collect();
    let verb = match said.len() {
        1 => "is no word",
        _ => "are no words",
    };
    let spans = unknown.iter().map(|at| reading.span(*at, *at + 1));
    let message = format!("{} {verb} that archq knows", listed(&said));
    Diagnostic::error(&Code::UNKNOWN_QUESTION, message)
        .at(spans.reduce(Span::to).unwrap_or_default())
        .expected(listed(near))
        .help(format!("did you mean `{line}`?"))
}

/// Writes `a`, `b` and `c`.
fn listed<T: AsRef<str>>(texts: &[T]) -> String {
    let quoted = texts.iter().map(|text| format!("`{}`", text.as_ref()));
    let quoted: Vec<String> = quoted.collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

/// Gives the words of a line, from the first to the last, with others in the place of some.
fn corrected(reading: &Reading, unknown: &[usize], near: &[String]) -> String {
    let whole = reading.span(0, reading.len());
    let piece = |from: usize, to: usize| reading.line().get(from..to).unwrap_or("");
    let (mut line, mut end) = (String::new(), whole.start);
    for (at, word) in unknown.iter().zip(near) {
        let span = reading.span(*at, *at + 1);
        line.push_str(piece(end, span.start));
        line.push_str(word);
        end = span.end;
    }
    line + piece(end, reading.line().len()).trim_end()
}

/// Lists all ways to take one of each list, those with the first ones first.
fn choices(lists: Vec<Vec<String>>) -> Vec<Vec<String>> {
    lists.into_iter().fold(vec![Vec::new()], |ways, list| {
        let longer = |way: Vec<String>| {
            let with = |word: &String| [&way[..], std::slice::from_ref(word)].concat();
            list.iter().map(with).collect::<Vec<_>>()
        };
        ways.into_iter().flat_map(longer).collect()
    })
}

/// The words that a question may be made of.
struct Known {
    /// As stems, in lower case.
    stems: FxHashSet<String>,
    /// As they are offered.
    shown: Vec<String>,
}

impl Known {
    fn new(reading: &Reading, names: &Names) -> Self {
        let mut known = Self {
            stems: FxHashSet::default(),
            shown: Vec::new(),
        };
        let table = reading.table;
        for pattern in table.verbs.iter().flat_map(|verb| &verb.patterns) {
            known.add_pattern(pattern);
        }
        let words = &table.language;
        let lists = [&words.asking, &words.noise, &words.filler, &words.things];
        let categories = table.categories.iter().flat_map(|row| &row.words);
        let topics = table.topics.iter().flat_map(|row| &row.words);
        let texts = lists.into_iter().flatten().chain(categories).chain(topics);
        let texts = texts.chain(names.all()).chain(reading.topics());
        for word in texts.flat_map(|text| text.split_whitespace()) {
            known.add(word);
        }
        known
    }

    fn add_pattern(&mut self, elements: &[Element]) {
        for element in elements {
            match element {
                Element::Word(word) | Element::Exact(word) => self.add(word),
                Element::Choice { alternatives, .. } => {
                    for alternative in alternatives {
                        self.add_pattern(alternative);
                    }
                }
                Element::Hole(_) | Element::Options => {}
            }
        }
    }

    fn add(&mut self, word: &str) {
        let lower = word.to_lowercase();
        if self.stems.insert(stem(&lower).to_owned()) {
            self.shown.push(word.to_owned());
        }
    }

    /// Lists the words of a line that are not known.
    fn unknown(&self, reading: &Reading) -> Vec<usize> {
        let strange = |word: &Word| {
            let letters = word.text.chars().filter(char::is_ascii_alphabetic);
            !word.quoted && letters.count() >= SHORTEST && !self.stems.contains(stem(&word.text))
        };
        let words = reading.words().iter().enumerate();
        let found = words.filter(|(at, word)| strange(word) && !names_something(reading, *at));
        found.map(|(at, _)| at).collect()
    }

    /// Lists what is near to a word, in its number.
    fn near(&self, reading: &Reading, at: usize) -> Vec<String> {
        let word = reading.slice(at, at + 1);
        let shown = self.shown.iter().map(String::as_str);
        let near = nearest_three(word, shown).into_iter();
        let near = near.filter(|near| is_near(&word.to_lowercase(), &near.to_lowercase()));
        near.map(|near| in_number_of(word, near)).collect()
    }
}

/// Tells whether no more than a third of a word differs: `SLA` is no slip for `plan`.
fn is_near(word: &str, near: &str) -> bool {
    strsim::damerau_levenshtein(word, near) * 3 <= word.chars().count()
}

/// Writes a word as one of many where another is.
fn in_number_of(word: &str, near: &str) -> String {
    let plural = format!("{near}s");
    match word.ends_with('s') && !near.ends_with('s') && stem(&plural) == stem(near) {
        true => plural,
        false => near.to_owned(),
    }
}

/// Tells whether a word alone is a name, a category or the noun of a type.
fn names_something(reading: &Reading, at: usize) -> bool {
    !reading.names(at, at + 1, &[], false).is_empty()
        || !reading.categories(at, at + 1, &[]).is_empty()
        || reading.noun(at, at + 1).is_some()
}
