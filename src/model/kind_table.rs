//! The shape of the table of kinds, `data/kinds.toml`.
//!
//! Uses nothing of the crate, because the build script takes this file by its path: a misspelt
//! field stops the build.

use serde::{Deserialize, Serialize};

/// What a kind is for; a path question walks `Flow` unless told otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A request, an event or data moves.
    Flow,
    /// Who is allowed or trusted, and by whom.
    Access,
    /// A grant; no proof of use.
    Permission,
    /// Parts, definitions, capacity.
    Structure,
    /// Where it lies.
    Network,
    /// Logs, alarms, scaling, deployment.
    Observe,
    /// Only a hint.
    Weak,
}

/// What moves along an edge of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Carries {
    /// A request that is answered.
    Request,
    /// An event that is handed over.
    Event,
    /// Messages, records, objects.
    Data,
    /// The right to do something.
    Permission,
    /// Nothing moves.
    Nothing,
}

/// Which end of an edge suffers when the other end fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hits {
    /// The target: nothing reaches it any more.
    Target,
    /// The source: it cannot do its work without the target.
    Source,
    /// Each by the other.
    Both,
    /// Neither.
    #[default]
    Neither,
}

/// One kind of edge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// The name a query uses, in upper case.
    pub name: String,
    /// What it is for.
    pub class: Class,
    /// What moves along it.
    pub carries: Carries,
    /// `source PHRASE target`.
    pub phrase: String,
    /// `target INVERSE source`.
    pub inverse: String,
    /// One line that says what it means.
    pub means: String,
    /// Walked only when something went wrong.
    #[serde(default)]
    pub failure: bool,
    /// Which end suffers when the other end fails.
    #[serde(default)]
    pub hits: Hits,
    /// Starts the target or hands something to it: what "triggers of" lists.
    #[serde(default)]
    pub starts: bool,
    /// Target only answers: a path may end with such an edge and does not go on behind it.
    #[serde(default)]
    pub stops: bool,
    /// Source decides before target is reached, so a path may begin with it.
    #[serde(default)]
    pub gates: bool,
    /// Belongs to the graph's own bones and not to the architecture.
    #[serde(default)]
    pub structural: bool,
    /// Which of two edges between the same ends a drawing prefers: higher first.
    pub weight: u32,
    /// Older words of the field that mean this kind.
    pub words: Vec<String>,
}

/// All kinds, in the order of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kinds {
    /// The kinds.
    #[serde(rename = "kind")]
    pub kinds: Vec<Kind>,
}
