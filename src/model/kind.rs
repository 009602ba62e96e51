//! Kinds of edges as data: what each means, which way it reads, what it carries.
//!
//! The table is `data/kinds.toml`, packed at build time. Code asks a kind for its properties; it
//! does not match on its name.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::OnceLock;

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

/// The packed table cannot be read: the build is broken, not the user's input.
#[derive(Debug)]
pub struct KindsError(serde_json::Error);

impl fmt::Display for KindsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the table of kinds that was built in cannot be read: {}",
            self.0
        )
    }
}

impl std::error::Error for KindsError {}

impl Kinds {
    /// Gives the table that was built in. The build script has read the same text with the same
    /// types, so an empty table cannot be seen by a user.
    pub fn built_in() -> &'static Kinds {
        static KINDS: OnceLock<Kinds> = OnceLock::new();
        KINDS.get_or_init(|| {
            let packed = include_str!(concat!(env!("OUT_DIR"), "/kinds.json"));
            Kinds::from_json(packed).unwrap_or(Kinds { kinds: Vec::new() })
        })
    }

    /// Reads a packed table.
    ///
    /// # Errors
    /// Where the text is not such a table.
    pub fn from_json(text: &str) -> Result<Kinds, KindsError> {
        serde_json::from_str(text).map_err(KindsError)
    }

    /// Finds a kind by its name, without regard to case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Kind> {
        self.kinds
            .iter()
            .find(|kind| kind.name.eq_ignore_ascii_case(name))
    }

    /// Finds a kind by its name or by an older word for it.
    #[must_use]
    pub fn by_word(&self, word: &str) -> Option<&Kind> {
        self.get(word).or_else(|| {
            self.kinds
                .iter()
                .find(|kind| kind.words.iter().any(|w| w.eq_ignore_ascii_case(word)))
        })
    }

    /// Lists the kinds of a class that belong to the architecture.
    pub fn of_class(&self, class: Class) -> impl Iterator<Item = &Kind> {
        self.kinds
            .iter()
            .filter(move |kind| kind.class == class && !kind.structural)
    }
}
