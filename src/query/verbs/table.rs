//! The table of verbs, `data/verbs.toml`, packed at build time.
//!
//! Gives rows with their patterns read. A verb has no code of its own: what it answers is the core
//! query of its row.

use super::pattern::Element;
use super::pattern::read;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The whole table as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    language: Language,
    /// Pieces of core queries that several verbs share; `$` stands for their argument.
    fragments: BTreeMap<String, String>,
    /// Pieces of patterns that several verbs share; a phrase may name those above it.
    #[serde(rename = "phrase")]
    phrases: Vec<Phrase>,
    #[serde(rename = "category")]
    categories: Vec<CategoryWord>,
    #[serde(rename = "topic")]
    topics: Vec<TopicWord>,
    #[serde(rename = "noun")]
    nouns: Vec<NounWord>,
    #[serde(rename = "option")]
    options: Vec<WrittenOption>,
    #[serde(rename = "verb")]
    verbs: Vec<WrittenVerb>,
}

/// Small words of the two languages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    /// Words a question begins with; they are near to no verb.
    pub(super) asking: Vec<String>,
    /// Words that say nothing: articles, politeness.
    pub(super) noise: Vec<String>,
    /// Words behind a name that only say what it is: `Lambda function`.
    pub(super) filler: Vec<String>,
    /// Words for whatever is declared.
    pub(super) things: Vec<String>,
    /// Words between the names of a list.
    pub(super) between: Vec<String>,
    /// Korean endings of a name or a word.
    pub(super) particles: Vec<String>,
    /// Those of them that join two names.
    pub(super) joining: Vec<String>,
    /// Words that ask for a bound and are in no sentence about a fact: `max memory`.
    pub(super) bounds: Vec<String>,
    /// Words that begin a core query.
    pub(super) core: Vec<String>,
    /// What may stand before a question: patterns with `R` for the question, and `Q` where it is one
    /// of yes or no.
    openings: Vec<String>,
    /// Verbs of asking, which a plain question has near its front: `can`, `does`.
    pub(super) auxiliary: Vec<String>,
    /// Words that say nothing beside a name and the words of facts.
    silent: Vec<String>,
    /// Words that deny; none of them is what a fact is about.
    pub(super) denying: Vec<String>,
    /// Words that turn the sense of a question otherwise: they compare, join, ask for a list.
    pub(super) turning: Vec<String>,
}

impl Language {
    /// Tells whether a word, in lower case, says nothing beside a name and the words of facts.
    pub(super) fn is_small(&self, word: &str) -> bool {
        let lists = [&self.silent, &self.asking, &self.noise];
        let lists = lists.into_iter().chain([&self.auxiliary, &self.bounds]);
        lists.flatten().any(|known| known == word)
    }
}

/// A piece of patterns: `<NAME>` in a pattern stands for what it means.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    name: String,
    means: String,
}

/// Words that people say for a category.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryWord {
    /// The words.
    pub(super) words: Vec<String>,
    /// The category or the first part of several.
    pub(super) means: Vec<String>,
}

/// Words that people say for a word of the keys of facts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicWord {
    /// The words.
    pub(super) words: Vec<String>,
    /// The word of the keys.
    pub(super) means: String,
}

/// Words that people say for the last part of a type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NounWord {
    /// The words.
    pub(super) words: Vec<String>,
    /// The end of the type, in lower case.
    pub(super) means: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOption {
    name: String,
    patterns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenVerb {
    name: String,
    usage: String,
    help: String,
    example: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    picture: bool,
    #[serde(default)]
    empty: String,
    #[serde(default)]
    advice: String,
    #[serde(default)]
    doubt: String,
    #[serde(default)]
    rows: Option<usize>,
    #[serde(default)]
    options: Vec<String>,
    patterns: Vec<String>,
    core: String,
}

/// An option that several verbs share.
#[derive(Debug)]
pub(super) struct VerbOption {
    pub(super) name: String,
    pub(super) patterns: Vec<Vec<Element>>,
}

/// A verb: how it is asked and the core query it stands for.
#[derive(Debug)]
pub struct Verb {
    /// Its name, `triggers`.
    pub name: String,
    /// Its plain form, `triggers of X`.
    pub usage: String,
    /// What it answers, in one line.
    pub help: String,
    /// A question that the catalog and the built-in example `fanout` answer.
    pub example: String,
    /// What a reader of the answer should know: definitions, bounds.
    pub note: String,
    /// Its spellings as they are written in the table.
    pub spellings: Vec<String>,
    /// Its answer is a picture unless the question says otherwise.
    pub picture: bool,
    /// Rows it gives at most unless `limit N` is said.
    pub rows: Option<usize>,
    /// Options by their place in the table.
    pub(super) options: Vec<usize>,
    pub(super) patterns: Vec<Vec<Element>>,
    pub(super) core: String,
    /// What is said where there are no rows.
    pub(super) empty: String,
    /// What to try then.
    pub(super) advice: String,
    /// What is said where the answer is no and no constraint tells why.
    pub(super) doubt: String,
}

/// All verbs and the words around them.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) language: Language,
    pub(super) categories: Vec<CategoryWord>,
    pub(super) topics: Vec<TopicWord>,
    pub(super) nouns: Vec<NounWord>,
    pub(super) options: Vec<VerbOption>,
    pub(super) verbs: Vec<Verb>,
}

impl Table {
    /// Gives the table that was built in. A test reads every row, so the empty table is never seen.
    pub(super) fn built_in() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| {
            let packed = include_str!(concat!(env!("OUT_DIR"), "/verbs.json"));
            Table::from_json(packed).unwrap_or_default()
        })
    }

    /// Takes a word apart at its hyphens, which facts may lack: `exactly-once`; not one that has a
    /// meaning of its own.
    pub(super) fn pieces<'w>(&self, word: &'w str) -> impl Iterator<Item = &'w str> {
        let whole = self.topic(word) != word;
        let pieces = word.split(move |c| c == '-' && !whole);
        pieces.filter(|piece| !piece.is_empty())
    }

    /// Reads what may stand before a question; only asked for where a line fits no verb.
    pub(super) fn openings(&self) -> Vec<Vec<Element>> {
        let texts = self.language.openings.iter();
        texts.filter_map(|text| read(text).ok()).collect()
    }

    /// Gives the word of the keys of facts that a word stands for; itself where none is known.
    pub(super) fn topic<'w>(&'w self, word: &'w str) -> &'w str {
        let known = self
            .topics
            .iter()
            .find(|row| row.words.iter().any(|w| w == word));
        known.map_or(word, |row| row.means.as_str())
    }

    /// Reads a packed table; the error says which row is wrong.
    pub(super) fn from_json(text: &str) -> Result<Table, String> {
        let written: Written = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let phrases = &Phrases::new(written.phrases);
        let options = written.options.into_iter().map(|row| option(row, phrases));
        let options = options.collect::<Result<Vec<_>, _>>()?;
        let fragments = &written.fragments;
        let verbs = written.verbs.into_iter();
        let verbs = verbs.map(|row| verb(row, &options, phrases, fragments));
        Ok(Table {
            verbs: verbs.collect::<Result<_, _>>()?,
            language: written.language,
            categories: written.categories,
            topics: written.topics,
            nouns: written.nouns,
            options,
        })
    }
}

/// Phrases by name, those that they name put into them.
struct Phrases(Vec<Phrase>);

impl Phrases {
    /// Takes phrases in an order where each names only those before it.
    fn new(rows: Vec<Phrase>) -> Self {
        let mut whole = Self(Vec::with_capacity(rows.len()));
        for Phrase { name, means } in rows {
            let means = whole.put_into(&means).into_owned();
            whole.0.push(Phrase { name, means });
        }
        whole
    }

    /// Puts what phrases mean in place of their names; most patterns have none. What no phrase is
    /// called stays as it is.
    fn put_into<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut made = Cow::Borrowed("");
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('<') {
            let named = behind.split_once('>').and_then(|(name, after)| {
                let phrase = self.0.iter().find(|phrase| phrase.name == name)?;
                Some((phrase.means.as_str(), after))
            });
            let (means, after) = named.unwrap_or(("<", behind));
            made.to_mut().extend([before, means]);
            rest = after;
        }
        made += rest;
        made
    }
}

/// Reads patterns with their phrases put in.
fn patterns(texts: &[String], phrases: &Phrases) -> Result<Vec<Vec<Element>>, String> {
    let whole = |text: &String| read(&phrases.put_into(text));
    texts.iter().map(whole).collect()
}

fn option(row: WrittenOption, phrases: &Phrases) -> Result<VerbOption, String> {
    Ok(VerbOption {
        patterns: patterns(&row.patterns, phrases)?,
        name: row.name,
    })
}

/// Puts the fragments of a core query in: `{{>place e}}` becomes the fragment `place` with each
/// `$` in it replaced by `e`. Fragments hold no fragments.
fn whole(core: &str, fragments: &BTreeMap<String, String>) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = core;
    while let Some((before, tail)) = rest.split_once("{{>") {
        let (tag, after) = tail.split_once("}}").ok_or("`}}` is missing")?;
        let (name, argument) = tag.split_once(' ').unwrap_or((tag, ""));
        let fragment = fragments
            .get(name)
            .ok_or_else(|| format!("no fragment is called `{name}`"))?;
        out.push_str(before);
        out.push_str(&fragment.replace('$', argument));
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn verb(
    row: WrittenVerb,
    options: &[VerbOption],
    phrases: &Phrases,
    fragments: &BTreeMap<String, String>,
) -> Result<Verb, String> {
    let place = |name: &String| {
        let found = options.iter().position(|option| option.name == *name);
        found.ok_or_else(|| format!("`{}` names no option `{name}`", row.name))
    };
    Ok(Verb {
        options: row.options.iter().map(place).collect::<Result<_, _>>()?,
        patterns: patterns(&row.patterns, phrases)?,
        spellings: row.patterns,
        name: row.name,
        usage: row.usage,
        help: row.help,
        example: row.example,
        note: row.note,
        picture: row.picture,
        empty: row.empty,
        advice: row.advice,
        doubt: row.doubt,
        rows: row.rows,
        core: whole(&row.core, fragments)?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may fail")]

    use super::*;

    #[test]
    fn every_row_reads() {
        let packed = include_str!(concat!(env!("OUT_DIR"), "/verbs.json"));
        let table = Table::from_json(packed).expect("the table is well formed");
        assert_eq!(table.openings().len(), table.language.openings.len());
    }
}
