//! The manual of the language: a section per clause, pattern and expression, an entry per function.
//!
//! Takes the page that follows here and the table of functions, and gives them by word, for
//! `:help WORD` at the prompt. Sections are written by hand in `language.md`; `functions.md` is
//! written by a test from `query::functions`. All examples are run by tests. Knows nothing of
//! prompt commands and verbs, which have their own help.
//!
//! ---
#![doc = include_str!("language.md")]
//!
#![doc = include_str!("functions.md")]

use crate::diag::nearest;
use crate::query::functions;
use crate::query::functions::FAMILIES;
use crate::query::functions::Function;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// The page of clauses, patterns and expressions, as Markdown.
pub const LANGUAGE: &str = include_str!("language.md");

/// A section of the page: what it is about, an example, and what the example gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The words under which it is found.
    pub names: Vec<&'static str>,
    /// The part of the page it belongs to.
    pub part: &'static str,
    /// What it says.
    pub text: &'static str,
    /// A query, to be run on the graph of [`example_graph`].
    pub example: &'static str,
    /// What it gives: a table in Markdown.
    pub result: &'static str,
}

/// All sections, in the order of the page.
pub static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| {
    let mut topics = Vec::new();
    for part in LANGUAGE.split("\n# ") {
        let (title, sections) = part.split_once('\n').unwrap_or((part, ""));
        let sections = sections.split("\n## ").skip(1);
        topics.extend(sections.filter_map(|section| topic(title, section)));
    }
    topics
});

fn topic(part: &'static str, section: &'static str) -> Option<Topic> {
    let (heading, rest) = section.split_once('\n')?;
    let (text, rest) = rest.split_once("```cypher\n")?;
    let (example, result) = rest.split_once("```")?;
    Some(Topic {
        names: heading.split(", ").collect(),
        part,
        text: text.trim(),
        example: example.trim(),
        result: result.trim(),
    })
}

/// Gives the statement that makes the graph of the examples.
#[must_use]
pub fn example_graph() -> &'static str {
    let block = LANGUAGE.split("```").nth(1).unwrap_or("");
    block.trim_start_matches("cypher").trim()
}

/// Gives help on a word: a function, a clause, a pattern, an expression; else the sections that
/// speak of it. `None` where nothing does.
#[must_use]
pub fn help(word: &str) -> Option<String> {
    let word = word.trim().trim_end_matches("()");
    let named = |topic: &&Topic| topic.names.iter().any(|n| n.eq_ignore_ascii_case(word));
    let mut found: Vec<String> = TOPICS.iter().filter(named).map(topic_help).collect();
    found.extend(functions::find(word).map(function_help));
    if found.is_empty() {
        let speaking = TOPICS.iter().filter(|topic| speaks_of(topic.text, word));
        found.extend(speaking.map(topic_help));
    }
    (!found.is_empty()).then(|| found.join("\n\n"))
}

/// Gives the known word that is nearest to one that is not known.
#[must_use]
pub fn nearest_word(word: &str) -> Option<&'static str> {
    nearest(word, words())
}

/// Lists the words that `help` knows, for completion.
pub fn words() -> impl Iterator<Item = &'static str> {
    let topics = TOPICS.iter().flat_map(|topic| topic.names.iter().copied());
    topics.chain(functions::FUNCTIONS.iter().map(|function| function.name))
}

/// Tells whether a text has a keyword, in capitals as the page writes them, as a word of its own.
fn speaks_of(text: &str, word: &str) -> bool {
    let keyword = word.to_uppercase();
    let letters = |c: char| c.is_alphanumeric();
    !keyword.is_empty()
        && text.match_indices(&keyword).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + keyword.len()..]);
            !before.ends_with(letters) && !after.starts_with(letters)
        })
}

fn topic_help(topic: &Topic) -> String {
    let names = topic.names.join(", ");
    let example = topic.example.replace('\n', "\n  ");
    let result = topic.result.replace('\n', "\n  ");
    format!("{names}\n\n{}\n\n  {example}\n\n  {result}", topic.text)
}

fn function_help(function: &Function) -> String {
    let example = function.example;
    let mut text = format!("{}\n\n{}\n\n  ", function.signature(), function.help);
    if let Some(rows) = example.rows {
        let _ = write!(text, "UNWIND {rows} AS x RETURN ");
    }
    let _ = write!(text, "{}  =  {}", example.call, example.result);
    text
}

const FUNCTIONS_LEAD: &str = "\
# Functions

Names are known without regard to case. Unless it says so, a function of null is null. In the
examples `a` and `b` are nodes, `r` is the relationship from one to the other, `p` the path over it;
`x` takes the values that stand beside the example.
";

/// Writes the part of the page that lists the functions, as Markdown.
#[must_use]
pub fn functions_page() -> String {
    let mut page = FUNCTIONS_LEAD.to_owned();
    for family in FAMILIES {
        let _ = writeln!(page, "\n## Functions: {}\n", family.title);
        page.push_str("| function | | example | gives |\n|---|---|---|---|\n");
        for function in family.functions {
            push_row(&mut page, function);
        }
    }
    page
}

fn push_row(page: &mut String, function: &Function) {
    let example = function.example;
    let over = example.rows.map(|rows| format!(" over `{rows}`"));
    let _ = writeln!(
        page,
        "| `{}` | {} | `{}`{} | `{}` |",
        function.signature(),
        function.help,
        example.call,
        over.unwrap_or_default(),
        example.result
    );
}
