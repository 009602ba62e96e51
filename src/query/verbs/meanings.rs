//! What words of a question may mean that are no name: categories of services, topics of facts,
//! types of resources. Each list is drawn up from the graph when it is first asked for.

use super::reading::Reading;
use super::table::CategoryWord;
use super::words::root;
use super::words::stem;
use rustc_hash::FxHashSet;

/// Words of a topic that facts only speak of.
const WORDS_OF_A_TOPIC: usize = 3;

impl Reading<'_> {
    /// Finds the categories that words name: a whole one, a part between its dots, or a word for
    /// some of them.
    pub(super) fn categories(&self, from: usize, to: usize, endings: &[String]) -> Vec<String> {
        let text = self.slice(from, to).to_lowercase();
        let all = self.all_categories();
        for (word, _) in self.stems(&text, endings) {
            let found = self.categories_of(word, all);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn categories_of(&self, word: &str, all: &[String]) -> Vec<String> {
        let word = stem(word);
        let spoken = self.table.categories.iter().find(|row| {
            let mut words = row.words.iter();
            words.any(|known| stem(known) == word)
        });
        let within = |category: &&String| match spoken {
            Some(row) => row.means.iter().any(|means| begins(category, means)),
            None => begins(category, word) || category.split('.').any(|part| stem(part) == word),
        };
        all.iter().filter(within).cloned().collect()
    }

    /// Tells whether a text is short, begins with a word that says something and holds none by which
    /// a question begins or goes on.
    fn may_be_spoken_of(&self, lower: &str) -> bool {
        let language = self.language();
        let leads = |word: &str| {
            let mut leading = language.asking.iter().chain(&language.between);
            leading.any(|known| known == word)
        };
        let mut words = lower.split_whitespace();
        let first = words.clone().next().unwrap_or("");
        let silent = language.is_small(first);
        !silent && words.clone().count() <= WORDS_OF_A_TOPIC && !words.any(leads)
    }

    /// Lists the words of which topics are made; walks the facts once.
    pub(super) fn topics(&self) -> &FxHashSet<String> {
        let (topics, properties): (_, &[&str]) = match self.by_statement {
            true => (&self.memory.spoken, &["key", "statement"]),
            false => (&self.memory.keys, &["key"]),
        };
        topics.get_or_init(|| {
            let Some(label) = self.graph.symbol("Fact") else {
                return FxHashSet::default();
            };
            let facts = self.graph.nodes_with_label(label);
            let texts = facts.flat_map(|fact| properties.iter().map(move |key| (fact, *key)));
            let texts = texts.map(|(fact, key)| self.graph.get(fact, key));
            let lower = texts.filter_map(|text| text.as_str().map(str::to_lowercase));
            let apart = |c: char| !c.is_alphanumeric();
            let stems = |text: String| {
                text.split(apart)
                    .map(|word| stem(word).to_owned())
                    .collect()
            };
            lower.flat_map::<Vec<String>, _>(stems).collect()
        })
    }

    /// Tells whether all words of a text are words of a topic; walks the facts once.
    pub(super) fn is_topic(&self, text: &str) -> bool {
        let topics = self.topics();
        let lower = text.to_lowercase();
        let bounds = &self.table.language.bounds;
        let told = lower.split_whitespace();
        let mut told = told
            .filter(|word| !bounds.iter().any(|bound| bound == word))
            .peekable();
        let known = |word: &str| {
            let pieces = self.table.pieces(word);
            let mut keys = pieces.flat_map(|piece| self.table.topic(piece).split([' ', '-']));
            keys.all(|key| topics.contains(stem(key)) || topics.contains(stem(root(key))))
        };
        let denying = &self.language().denying;
        let denies = |word: &str| denying.iter().any(|known| known == word);
        if lower.split_whitespace().any(denies)
            || self.by_statement && !self.may_be_spoken_of(&lower)
        {
            return false;
        }
        told.peek().is_some() && told.all(known)
    }

    /// Gives the end of a type that words name, as `functions` names `AWS::Lambda::Function`; empty
    /// for a word that names whatever is declared. Walks the resources once.
    pub(super) fn noun(&self, from: usize, to: usize) -> Option<String> {
        let words = self.slice(from, to).to_lowercase();
        let things = &self.language().things;
        if things.iter().any(|thing| thing == stem(&words)) {
            return Some(String::new());
        }
        let spoken = self.table.nouns.iter().find(|row| {
            let mut words_for = row.words.iter();
            words_for.any(|known| *known == words || known == stem(&words))
        });
        let joined: String = match spoken {
            Some(row) => row.means.clone(),
            None => words.split_whitespace().collect(),
        };
        let noun = match joined.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => joined.strip_suffix('s').unwrap_or(&joined).to_owned(),
        };
        // Beside what was loaded, a usual word is a noun even where nothing is called so.
        let named = |row: &CategoryWord| row.words.contains(&noun);
        let usual = !self.types().is_empty()
            && self.language().filler.contains(&noun)
            && !self.table.categories.iter().any(named);
        let declared = self.types().iter().any(|kind| kind.ends_with(&noun));
        (noun.len() > 2 && (declared || usual)).then_some(noun)
    }

    fn types(&self) -> &FxHashSet<String> {
        self.memory.types.get_or_init(|| {
            let Some(label) = self.graph.symbol("Resource") else {
                return FxHashSet::default();
            };
            let resources = self.graph.nodes_with_label(label);
            let types = resources.map(|node| self.graph.get(node, "type"));
            let folded = |kind: &str| kind.to_lowercase().replace('_', "");
            types.filter_map(|kind| kind.as_str().map(folded)).collect()
        })
    }

    /// Lists the categories of services; walks the services once.
    pub(super) fn all_categories(&self) -> &[String] {
        self.memory.categories.get_or_init(|| {
            let Some(label) = self.graph.symbol("Service") else {
                return Vec::new();
            };
            let services = self.graph.nodes_with_label(label);
            let mut found: Vec<String> = services
                .filter_map(|node| self.graph.get(node, "category").as_str().map(str::to_owned))
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        })
    }
}

/// Tells whether a category is another or lies below it.
fn begins(category: &str, other: &str) -> bool {
    category
        .strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
