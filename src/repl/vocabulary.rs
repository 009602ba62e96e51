//! The words of the moment: what is loaded, and what the language knows.

use super::Desk;
use crate::model::GraphView;
use crate::model::Symbol;
use crate::query::functions::FUNCTIONS;
use crate::query::names::Names;
use crate::query::verbs;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Most nodes whose names and keys are offered.
const NODES: usize = 20_000;

/// Longest name that is offered, in bytes.
const LONGEST_NAME: usize = 80;

/// Keywords of the core language.
pub(super) const KEYWORDS: &[&str] = &[
    "ACYCLIC", "ALL", "AND", "ANY", "AS", "ASC", "BY", "CALL", "CASE", "CONTAINS", "CREATE",
    "DELETE", "DESC", "DETACH", "DISTINCT", "ELSE", "END", "ENDS", "EXISTS", "FALSE", "IN", "IS",
    "LIMIT", "MATCH", "MERGE", "NONE", "NOT", "NULL", "ON", "OPTIONAL", "OR", "ORDER", "REMOVE",
    "RETURN", "SET", "SHORTEST", "SINGLE", "SKIP", "STARTS", "THEN", "TRAIL", "TRUE", "UNION",
    "UNWIND", "WHEN", "WHERE", "WITH", "XOR", "YIELD",
];

/// Everything that can be completed.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Names of resources and services.
    pub(super) names: Vec<String>,
    /// Labels of nodes.
    pub(super) labels: Vec<String>,
    /// Kinds of edges.
    pub(super) kinds: Vec<String>,
    /// Keys of properties.
    pub(super) keys: Vec<String>,
    /// The words with which verbs begin.
    pub(super) verbs: Vec<String>,
    /// Other words of verbs: `within`, `avoiding`.
    pub(super) options: Vec<String>,
    /// Functions, with their opening bracket.
    pub(super) functions: Vec<String>,
    /// Names of one word, in lower case.
    single: BTreeSet<String>,
}

/// The vocabulary, gathered when it is first needed and again after the graph has changed.
pub(super) struct Words {
    desk: Desk,
    gathered: RefCell<Option<(u64, Rc<Vocabulary>)>>,
}

impl Words {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            gathered: RefCell::new(None),
        }
    }

    /// Gives the words; walks the graph once where it has changed.
    pub(super) fn get(&self) -> Rc<Vocabulary> {
        let session = self.desk.borrow();
        let revision = session.revision();
        let mut gathered = self.gathered.borrow_mut();
        match &*gathered {
            Some((known, words)) if *known == revision => Rc::clone(words),
            _ => {
                let words = Rc::new(gather(session.graph()));
                *gathered = Some((revision, Rc::clone(&words)));
                words
            }
        }
    }

    /// Gives the names of parameters that are set.
    pub(super) fn parameters(&self) -> Vec<String> {
        let session = self.desk.borrow();
        let names = session.parameters().keys();
        names.map(|name| format!("${name}")).collect()
    }

    pub(super) fn is_keyword(&self, word: &str) -> bool {
        let is_word = |known: &str| known.eq_ignore_ascii_case(word);
        KEYWORDS.iter().any(|keyword| is_word(keyword))
            || self.get().verbs.iter().any(|verb| is_word(verb))
    }

    pub(super) fn is_name(&self, word: &str) -> bool {
        self.get().single.contains(&word.to_lowercase())
    }
}

fn gather(graph: &dyn GraphView) -> Vocabulary {
    let names = names(graph);
    let single = names.iter().filter(|name| !name.contains(' '));
    Vocabulary {
        single: single.map(|name| name.to_lowercase()).collect(),
        names,
        labels: sorted(graph, graph.labels().into_iter().map(|(label, _)| label)),
        kinds: sorted(graph, graph.kinds().into_iter().map(|(kind, _)| kind)),
        keys: sorted(graph, keys(graph)),
        verbs: verb_words(),
        options: option_words(),
        functions: FUNCTIONS.iter().map(|f| format!("{}(", f.name)).collect(),
    }
}

fn sorted(graph: &dyn GraphView, symbols: impl IntoIterator<Item = Symbol>) -> Vec<String> {
    let names: BTreeSet<&str> = symbols.into_iter().map(|s| graph.name(s)).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// Names people would type, aliases among them; those of services and resources, not of facts.
fn names(graph: &dyn GraphView) -> Vec<String> {
    let names = Names::new(graph);
    let fits = |name: &&String| name.len() <= LONGEST_NAME && !name.contains(char::is_control);
    let found: BTreeSet<&String> = names.all().iter().filter(fits).take(NODES).collect();
    found.into_iter().cloned().collect()
}

fn keys(graph: &dyn GraphView) -> BTreeSet<Symbol> {
    let nodes = graph.nodes().take(NODES);
    nodes
        .flat_map(|node| graph.node_properties(node))
        .map(|(key, _)| key)
        .collect()
}

/// The plain words with which verbs begin: `triggers of` of `triggers of X`.
fn verb_words() -> Vec<String> {
    let is_plain = |word: &&str| word.chars().all(|c| c.is_lowercase());
    let usages = verbs::verbs().iter().map(|verb| verb.usage.as_str());
    let mut words: BTreeSet<String> = usages
        .map(|usage| usage.split(' ').take_while(is_plain).collect::<Vec<_>>())
        .map(|words| words.join(" "))
        .filter(|words| !words.is_empty())
        .collect();
    words.extend(["explain", "profile"].map(str::to_owned));
    words.into_iter().collect()
}

/// All plain words of verbs, wherever they stand.
fn option_words() -> Vec<String> {
    let usages = verbs::verbs().iter().map(|verb| verb.usage.as_str());
    let words = usages.flat_map(|usage| usage.split(|c: char| !c.is_alphabetic()));
    let plain = words.filter(|word| word.len() > 1 && word.chars().all(char::is_lowercase));
    let mut words: BTreeSet<&str> = plain.collect();
    words.insert("as");
    words.into_iter().map(str::to_owned).collect()
}
