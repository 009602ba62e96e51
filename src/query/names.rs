//! Names as people write them: finds the node that a word or a few words mean.
//!
//! Takes any graph; gives the node, the candidates, or the nearest name. A name is found by id,
//! name, alias (English or Korean) or by the end of a qualified id, without regard to case, spaces
//! and punctuation. What the user declared comes before the catalog; `service:lambda` and
//! `resource:lambda` force it. Does not know sentences: where in a question a name stands is the
//! business of `verbs`.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest_three;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Value;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;

/// Names shown in an error for an ambiguous name.
const CANDIDATES_SHOWN: usize = 8;

/// Labels whose nodes have names, and how near to the user they stand: lower comes first.
const NAMED: &[(&str, Tier)] = &[
    ("Resource", Tier::Own),
    ("Service", Tier::Catalog),
    ("Feature", Tier::Catalog),
    ("Stack", Tier::Other),
    ("Module", Tier::Other),
    ("Account", Tier::Other),
    ("Region", Tier::Other),
    ("Vpc", Tier::Other),
    ("Subnet", Tier::Other),
    ("External", Tier::Other),
    ("Comparison", Tier::Guide),
];

/// How near a node stands to the user; of two with one name the nearer is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    /// Declared in what was loaded.
    Own,
    /// A service or a part of one.
    Catalog,
    /// Containers and ends outside.
    Other,
    /// Guides to choosing; only meant where a guide is asked for.
    Guide,
}

/// How a name is known; of two equal names the better known is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Id,
    Name,
    Alias,
    Title,
    Suffix,
    Misspelt,
    /// A name that several things have, so that the user is asked which.
    Shared,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    node: NodeId,
    tier: Tier,
    rank: Rank,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// This node.
    One(NodeId),
    /// One of these; the user has to say which.
    Many(Vec<NodeId>),
    /// Nothing that was loaded.
    None,
}

/// The names of one graph; the index is built at the first question, in time of its named nodes.
pub struct Names<'g> {
    graph: &'g dyn GraphView,
    index: OnceCell<Index>,
}

#[derive(Default)]
struct Index {
    /// Folded name to what it may mean.
    entries: FxHashMap<String, Vec<Entry>>,
    /// Names as they are shown, for suggestions.
    shown: Vec<String>,
}

impl<'g> Names<'g> {
    /// Makes the names of a graph; costs nothing until one is asked for.
    #[must_use]
    pub fn new(graph: &'g dyn GraphView) -> Self {
        Self {
            graph,
            index: OnceCell::new(),
        }
    }

    /// Finds what a text means as a whole; one look-up, or three for another number: `User Pool`.
    #[must_use]
    pub fn resolve(&self, text: &str) -> Resolution {
        let (tier, name) = forced(text);
        self.find(name, |found| match tier {
            Some(tier) => found == tier,
            None => found != Tier::Guide,
        })
    }

    /// Finds the guide to choosing that a text means, by its name or title.
    #[must_use]
    pub fn guide(&self, text: &str) -> Resolution {
        self.find(text, |found| found == Tier::Guide)
    }

    fn find(&self, name: &str, wanted: impl Fn(Tier) -> bool) -> Resolution {
        let folded = fold(name);
        let singular = folded.strip_suffix('s').filter(|word| word.len() > 2);
        let plural = (folded.len() > 2).then(|| format!("{folded}s"));
        let keys = [Some(folded.as_str()), singular, plural.as_deref()];
        for key in keys.into_iter().flatten() {
            let found = self.best(key, name, &wanted);
            if found != Resolution::None {
                return found;
            }
        }
        Resolution::None
    }

    /// Gives up to three known names near to a text.
    #[must_use]
    pub fn near(&self, text: &str) -> Vec<String> {
        let (_, name) = forced(text);
        let shown = self.index().shown.iter().map(String::as_str);
        let mut near = nearest_three(name.trim(), shown);
        // `Lambda` and `lambda` are one suggestion.
        near.dedup_by_key(|name| fold(name));
        near.into_iter().map(str::to_owned).collect()
    }

    /// Lists all names as they are shown, for completion; sorted.
    #[must_use]
    pub fn all(&self) -> &[String] {
        &self.index().shown
    }

    /// Gives the name of a node for messages and columns, without the vendor in front.
    #[must_use]
    pub fn shown(&self, node: NodeId) -> String {
        let name = self.graph.get(node, "name");
        let id = self.graph.get(node, "id");
        let text = name.as_str().or(id.as_str()).unwrap_or("?");
        let short = VENDORS.iter().find_map(|vendor| text.strip_prefix(vendor));
        short.map_or(text, str::trim_start).to_owned()
    }

    /// Gives the id of a node, by which a query finds it again.
    #[must_use]
    pub fn id(&self, node: NodeId) -> String {
        self.graph.get(node, "id").as_str().unwrap_or("").to_owned()
    }

    /// Gives the label by which a query finds a node again.
    #[must_use]
    pub fn label(&self, node: NodeId) -> &'static str {
        let carries = |label: &str| {
            let symbol = self.graph.symbol(label);
            symbol.is_some_and(|symbol| self.graph.has_label(node, symbol))
        };
        let found = NAMED.iter().find(|(label, _)| carries(label));
        found.map_or("Resource", |(label, _)| label)
    }

    /// Says that nothing has this name, and what is near.
    #[must_use]
    pub fn unknown(&self, text: &str, span: Span) -> Diagnostic {
        let error = Diagnostic::error(
            &Code::UNKNOWN_NAME,
            format!("no service, feature or resource is called `{text}`"),
        )
        .at(span);
        match self.near(text).as_slice() {
            [] if self.has_own() => error.help("`services` lists what the catalog knows"),
            [] => error.help(
                "`services` lists what the catalog knows; name a template or a folder to ask \
                 about your own",
            ),
            [one] => error.nearest(Some(one)),
            several => error.help(format!("did you mean {}?", quoted(several, " or "))),
        }
    }

    /// Says that several things have this name, and which.
    #[must_use]
    pub fn ambiguous(&self, text: &str, nodes: &[NodeId], span: Span) -> Diagnostic {
        let shown: Vec<String> = nodes
            .iter()
            .take(CANDIDATES_SHOWN)
            .map(|node| self.id(*node))
            .collect();
        let more = nodes.len().saturating_sub(CANDIDATES_SHOWN);
        let rest = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        Diagnostic::error(
            &Code::AMBIGUOUS_NAME,
            format!("`{text}` is the name of {} things", nodes.len()),
        )
        .at(span)
        .expected(format!("one of {}{rest}", quoted(&shown, ", ")))
    }

    /// Tells whether the user has loaded anything of their own.
    fn has_own(&self) -> bool {
        let label = self.graph.symbol("Resource");
        label.is_some_and(|label| self.graph.label_count(label) > 0)
    }

    fn best(&self, key: &str, name: &str, wanted: impl Fn(Tier) -> bool) -> Resolution {
        let entries = self.index().entries.get(key).map_or(&[][..], Vec::as_slice);
        let wanted = || entries.iter().filter(|entry| wanted(entry.tier));
        let Some(first) = wanted().map(|entry| (entry.tier, entry.rank)).min() else {
            return Resolution::None;
        };
        let best = wanted().filter(|entry| (entry.tier, entry.rank) == first);
        let mut nodes: Vec<NodeId> = best.map(|entry| entry.node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        match nodes.as_slice() {
            [one] => Resolution::One(*one),
            _ => self.letter_for_letter(nodes, name),
        }
    }

    /// Of several nodes with one folded name, the one that is written exactly so is meant.
    fn letter_for_letter(&self, nodes: Vec<NodeId>, name: &str) -> Resolution {
        let same = |node: &&NodeId| {
            let shown = self.graph.get(**node, "name");
            shown.as_str() == Some(name.trim()) || self.id(**node) == name.trim()
        };
        let exact: Vec<&NodeId> = nodes.iter().filter(same).collect();
        match exact.as_slice() {
            [one] => Resolution::One(**one),
            _ => Resolution::Many(nodes),
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.graph))
    }
}

impl Index {
    fn new(graph: &dyn GraphView) -> Self {
        let mut index = Self::default();
        for (label, tier) in NAMED {
            let Some(label) = graph.symbol(label) else {
                continue;
            };
            for node in graph.nodes_with_label(label) {
                index.add(graph, node, *tier);
            }
        }
        index.shown.sort_unstable();
        index.shown.dedup();
        index
    }

    fn add(&mut self, graph: &dyn GraphView, node: NodeId, tier: Tier) {
        let (id, name) = (graph.get(node, "id"), graph.get(node, "name"));
        if let Some(id) = id.as_str() {
            self.put(id, node, tier, Rank::Id);
            for suffix in suffixes(id) {
                self.put(suffix, node, tier, Rank::Suffix);
            }
        }
        if let Some(name) = name.as_str() {
            self.put(name, node, tier, Rank::Name);
        }
        if let Some(title) = graph.get(node, "title").as_str() {
            self.put(title, node, tier, Rank::Title);
        }
        if tier != Tier::Guide {
            self.show(&id, &name);
        }
        for (key, rank) in [("misspelt", Rank::Misspelt), ("ambiguous", Rank::Shared)] {
            for name in graph.get(node, key).as_list().unwrap_or(&[]) {
                self.put(name.as_str().unwrap_or(""), node, tier, rank);
            }
        }
        for alias in graph.get(node, "aliases").as_list().unwrap_or(&[]) {
            if let Some(alias) = alias.as_str() {
                self.put(alias, node, tier, Rank::Alias);
                self.shown.push(alias.to_owned());
            }
        }
    }

    fn show(&mut self, id: &Value, name: &Value) {
        let texts = [name.as_str(), id.as_str()].into_iter().flatten();
        self.shown.extend(texts.map(str::to_owned));
    }

    fn put(&mut self, name: &str, node: NodeId, tier: Tier, rank: Rank) {
        let folded = fold(name);
        if !folded.is_empty() {
            let entry = Entry { node, tier, rank };
            self.entries.entry(folded).or_default().push(entry);
        }
    }
}

/// The proper ends of a qualified id: `a/b.c` has `b.c` and `c`.
fn suffixes(id: &str) -> impl Iterator<Item = &str> {
    let breaks = id.match_indices(['/', '.', ':']);
    breaks.map(|(at, _)| &id[at + 1..])
}

/// Who stands before the names of services.
const VENDORS: &[&str] = &["Amazon ", "AWS "];

/// The same as they begin a folded name.
const FOLDED_VENDORS: &[&str] = &["amazon", "aws"];

/// Takes the vendor's name off the front, as in `Amazon SQS`.
fn without_vendor(folded: &str) -> &str {
    FOLDED_VENDORS
        .iter()
        .find_map(|vendor| folded.strip_prefix(vendor))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(folded)
}

/// A name without case, spaces, punctuation and the vendor in front.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        // Every name is folded at every start, and most are ASCII.
        match c.is_ascii() {
            true => folded.push(c.to_ascii_lowercase()),
            false => folded.extend(c.to_lowercase()),
        }
    }
    let vendor = folded.len() - without_vendor(&folded).len();
    folded.drain(..vendor);
    folded
}

/// Splits `service:` or `resource:` off a name.
fn forced(text: &str) -> (Option<Tier>, &str) {
    let text = text.trim();
    match text.split_once(':') {
        Some((word, rest)) if word.eq_ignore_ascii_case("service") => (Some(Tier::Catalog), rest),
        Some((word, rest)) if word.eq_ignore_ascii_case("resource") => (Some(Tier::Own), rest),
        _ => (None, text),
    }
}

fn quoted(names: &[String], between: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(between)
}
