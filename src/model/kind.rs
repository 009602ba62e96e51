//! Kinds of edges as data: what each means, which way it reads, what it carries.
//!
//! The table is `data/kinds.toml`, packed at build time. Code asks a kind for its properties; it
//! does not match on its name.

pub use super::kind_table::{Carries, Class, Hits, Kind, Kinds};
use std::fmt;
use std::sync::OnceLock;

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
