//! The condition of `services where …` and `functions where …`: bare keys become what they name.
//!
//! `message_size_max >= 1 MiB and category contains queue` speaks of a fact and of a property. Each
//! key of a fact becomes a variable of its own, found by an optional match, so that AND, OR and NOT
//! mean what they say; a bare word on the right of a comparison is a string. What is left stands as
//! it was written. Knows no services: keys and properties are those the graph has.

use super::draft::Draft;
use super::draft::back_quote;
use super::draft::quote;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Value;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Words of an expression that are neither keys nor strings.
const WORDS: &[&str] = &[
    "and", "or", "xor", "not", "in", "is", "null", "true", "false", "contains", "starts", "ends",
    "with", "case", "when", "then", "else", "end",
];

/// Words and signs behind which a value stands.
const BEFORE_VALUES: &[&str] = &[
    "=", "<>", "<", "<=", ">", ">=", "=~", "contains", "with", "in", "[", ",",
];

/// A condition, read.
#[derive(Debug)]
pub(super) struct Condition {
    pieces: Vec<(String, Span)>,
    /// Keys of facts in the order of their first use.
    facts: Vec<String>,
}

impl Condition {
    /// Reads a condition on a service `s` that stands at `place` in the question; walks services
    /// and facts once.
    pub(super) fn read(text: &str, place: Span, graph: &dyn GraphView) -> Result<Self, Diagnostic> {
        Self::with(&Known::services(graph), text, place)
    }

    /// Reads a condition on a resource `r`: properties of its configuration, whose case does not
    /// matter, and its own; walks the resources once.
    pub(super) fn read_own(
        text: &str,
        place: Span,
        graph: &dyn GraphView,
    ) -> Result<Self, Diagnostic> {
        Self::with(&Known::resources(graph), text, place)
    }

    fn with(known: &Known, text: &str, place: Span) -> Result<Self, Diagnostic> {
        let mut condition = Self {
            pieces: Vec::new(),
            facts: Vec::new(),
        };
        let tokens = known.joined(text);
        for at in 0..tokens.len() {
            let piece = condition.piece(&tokens, at, known, place)?;
            let (start, token) = tokens[at];
            let start = place.start + start;
            condition
                .pieces
                .push((piece, Span::new(start, start + token.len())));
        }
        Ok(condition)
    }

    /// Writes a facet: the condition itself; `matches`, a match for each fact; `variables`, the
    /// variables of these; `columns`, their values.
    pub(super) fn write(&self, facet: &str, draft: &mut Draft) -> Result<(), Diagnostic> {
        if facet.is_empty() {
            for (text, span) in &self.pieces {
                draft.push_from(text, *span);
            }
            return Ok(());
        }
        for (at, key) in self.facts.iter().enumerate() {
            let variable = variable(at);
            draft.push(&match facet {
                "matches" => matched(at, key),
                "variables" => format!(", {variable}"),
                "columns" => format!(", {variable}.value AS {key}, {variable}.unit AS {key}_unit"),
                _ => String::new(),
            });
        }
        Ok(())
    }

    fn piece(
        &mut self,
        tokens: &[(usize, &str)],
        at: usize,
        known: &Known,
        place: Span,
    ) -> Result<String, Diagnostic> {
        let (start, token) = tokens[at];
        let lower = token.to_lowercase();
        if let Some((_, plain)) = SIGNS.iter().find(|(sign, _)| *sign == lower) {
            return Ok((*plain).to_owned());
        }
        if let Some(property) = known.property_in_two(&lower) {
            return Ok(property.to_owned());
        }
        if !is_word(token) || stands_as_written(tokens, at) {
            return Ok(token.to_owned());
        }
        if let Some(property) = known.property(&lower) {
            return Ok(property.to_owned());
        }
        if let Some(key) = known.facts.get(&lower) {
            return Ok(format!("{}.value", self.variable_of(key)));
        }
        if before(tokens, at)
            .is_some_and(|sign| BEFORE_VALUES.contains(&sign.to_lowercase().as_str()))
        {
            return Ok(quote(token));
        }
        if SILENT.contains(&lower.as_str()) {
            return Ok(String::new());
        }
        let span = Span::new(place.start + start, place.start + start + token.len());
        Err(known.unknown(token, span))
    }

    fn variable_of(&mut self, key: &str) -> String {
        let known = self.facts.iter().position(|fact| fact == key);
        let at = known.unwrap_or_else(|| {
            self.facts.push(key.to_owned());
            self.facts.len() - 1
        });
        variable(at)
    }
}

/// Tells whether a text compares anything; `ordering` alone does not.
pub(super) fn is_condition(text: &str) -> bool {
    let compares = |token: &str| {
        let lower = token.to_lowercase();
        lower == "is" || BEFORE_VALUES[..BEFORE_VALUES.len() - 2].contains(&lower.as_str())
    };
    let (tokens, sign) = (tokens(text), |token: &str| {
        SIGNS.iter().any(|(s, _)| s.eq_ignore_ascii_case(token))
    });
    tokens
        .iter()
        .any(|(_, token)| compares(token) || sign(token))
}

/// Finds a fact of a service or of one of its parts.
fn matched(at: usize, key: &str) -> String {
    let (fact, part, key) = (variable(at), format!("p{}", at + 1), quote(key));
    format!(
        "OPTIONAL MATCH (s)<-[:PART_OF*0..1]-({part})-[:HAS_FACT]->({fact}:Fact {{key: {key}}}) \
         WHERE {part} = s OR {part}:Feature\n"
    )
}

fn variable(at: usize) -> String {
    format!("f{}", at + 1)
}

/// What people type for a sign, and the sign.
const SIGNS: &[(&str, &str)] = &[
    ("!=", "<>"),
    ("==", "="),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "<>"),
    ("over", ">"),
    ("above", ">"),
    ("more", ">"),
    ("greater", ">"),
    ("longer", ">"),
    ("under", "<"),
    ("below", "<"),
    ("less", "<"),
    ("shorter", "<"),
];

/// Letters that the beginning of a property has to have to stand for it.
const SHORTEST_BEGINNING: usize = 5;

/// Words around a sign or a key that say nothing: `a timeout of more than 10`.
const SILENT: &[&str] = &["a", "an", "the", "than", "of"];

/// What a bare word of a condition may name in one graph.
#[derive(Default)]
struct Known {
    /// The subject, for people.
    subject: &'static str,
    /// Keys of facts.
    facts: BTreeSet<String>,
    /// Properties in lower case, and how a query writes each.
    properties: BTreeMap<String, String>,
}

impl Known {
    fn services(graph: &dyn GraphView) -> Self {
        let mut known = Self {
            subject: "service has a fact or a property",
            ..Self::default()
        };
        for fact in labelled(graph, "Fact") {
            let key = graph.get(fact, "key");
            known.facts.extend(key.as_str().map(str::to_owned));
        }
        for service in labelled(graph, "Service") {
            known.take("s", graph.node_properties(service), graph);
        }
        known
    }

    fn resources(graph: &dyn GraphView) -> Self {
        let mut known = Self {
            subject: "resource has a property",
            ..Self::default()
        };
        for resource in labelled(graph, "Resource") {
            let config = graph.get(resource, "config");
            for key in config.as_map().into_iter().flat_map(|map| map.keys()) {
                let written = format!("r.config.{}", back_quote(key));
                known
                    .properties
                    .entry(key.to_lowercase())
                    .or_insert(written);
            }
            known.take("r", graph.node_properties(resource), graph);
        }
        known
    }

    /// Finds a property by its name in lower case, or by the beginning that only it has: `memory`
    /// for `MemorySize`.
    /// Gives the property that two words name: `visibility timeout` is `VisibilityTimeout`.
    fn property_in_two(&self, lower: &str) -> Option<&str> {
        let mut words = lower.split_whitespace();
        let (first, second) = (words.next()?, words.next()?);
        if words.next().is_some() {
            return None;
        }
        let whole = self.properties.get(&format!("{first}{second}"));
        whole.map(String::as_str)
    }

    /// Splits a text into tokens; two words that name one property are one token.
    fn joined<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let mut found: Vec<(usize, &str)> = Vec::new();
        for (start, token) in tokens(text) {
            let before = found.len().checked_sub(2).and_then(|at| found.get(at));
            let pair =
                before.and_then(|(from, _)| Some((*from, text.get(*from..start + token.len())?)));
            match pair.filter(|(_, pair)| self.property_in_two(&pair.to_lowercase()).is_some()) {
                Some(pair) if is_word(token) => {
                    found.truncate(found.len() - 2);
                    found.push(pair);
                }
                _ => found.push((start, token)),
            }
        }
        found
    }

    fn property(&self, lower: &str) -> Option<&str> {
        if let Some(written) = self.properties.get(lower) {
            return Some(written);
        }
        let longer = self.properties.range(lower.to_owned()..);
        let mut begun = longer.take_while(|(name, _)| name.starts_with(lower));
        let (_, written) = begun.next().filter(|_| lower.len() >= SHORTEST_BEGINNING)?;
        begun.next().is_none().then_some(written)
    }

    fn take(&mut self, variable: &str, properties: Vec<(Symbol, Value)>, graph: &dyn GraphView) {
        for (key, _) in properties {
            let name = graph.name(key);
            let written = format!("{variable}.{name}");
            self.properties
                .entry(name.to_lowercase())
                .or_insert(written);
        }
    }

    fn unknown(&self, word: &str, span: Span) -> Diagnostic {
        let names = self
            .facts
            .iter()
            .chain(self.properties.keys())
            .map(String::as_str);
        let error = Diagnostic::error(
            &Code::UNKNOWN_PROPERTY,
            format!("no {} `{word}`", self.subject),
        );
        error.at(span).nearest(nearest(word, names))
    }
}

fn labelled(graph: &dyn GraphView, label: &str) -> Vec<NodeId> {
    let label = graph.symbol(label);
    label.map_or_else(Vec::new, |label| graph.nodes_with_label(label).collect())
}

fn before<'t>(tokens: &[(usize, &'t str)], at: usize) -> Option<&'t str> {
    let earlier = tokens.get(..at)?.iter().rev();
    let mut visible = earlier.map(|(_, token)| *token);
    visible.find(|token| !token.trim().is_empty())
}

fn behind<'t>(tokens: &[(usize, &'t str)], at: usize) -> Option<&'t str> {
    tokens.get(at + 1).map(|(_, token)| *token)
}

/// Tells whether a word is the language's own: an operator, a function, behind a dot, a unit.
fn stands_as_written(tokens: &[(usize, &str)], at: usize) -> bool {
    let token = tokens[at].1;
    WORDS.contains(&token.to_lowercase().as_str())
        || matches!(behind(tokens, at), Some("(" | "."))
        || matches!(before(tokens, at), Some("."))
        || before(tokens, at).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Splits a condition into words, numbers, strings, signs and spaces; nothing is lost.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let length = token_length(&text[at..]);
        found.push((at, &text[at..at + length]));
        at += length;
    }
    found
}

fn token_length(text: &str) -> usize {
    let Some(first) = text.chars().next() else {
        return 0;
    };
    let until = |ends: &dyn Fn(char) -> bool| text.find(ends).unwrap_or(text.len());
    if first.is_whitespace() {
        return until(&|c| !c.is_whitespace());
    }
    if first.is_alphabetic() || first == '_' {
        return until(&|c| !c.is_alphanumeric() && c != '_');
    }
    if first.is_ascii_digit() {
        return until(&|c| !c.is_ascii_digit() && c != '.' && c != '_');
    }
    if matches!(first, '\'' | '"' | '`') {
        return string_length(text, first);
    }
    let two = ["<=", ">=", "<>", "!=", "==", "=~", ".."];
    let found = two.iter().find(|sign| text.starts_with(**sign));
    found.map_or(first.len_utf8(), |sign| sign.len())
}

fn string_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}
