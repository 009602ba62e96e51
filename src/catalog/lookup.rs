//! Systems by name: by id, name, alias, Korean name and usual misspelling.
//!
//! Does not know sentences or what was loaded beside the catalog; a question's names are resolved
//! by `query` over the joined graph, which carries the same names.

use super::schema::Tables;
use super::spelling::fold;
use super::verify::{names_of, systems};
use rustc_hash::FxHashMap;

/// What a name means in the catalog; ids of systems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// This system.
    One(&'a str),
    /// One of these; the name is ambiguous on purpose.
    Several(Vec<&'a str>),
    /// No system.
    Nothing,
}

/// Folded names to positions in the order of `systems`.
#[derive(Debug)]
pub(super) struct Lookup {
    by_name: FxHashMap<String, usize>,
    by_id: FxHashMap<String, usize>,
    ambiguous: FxHashMap<String, Vec<usize>>,
}

impl Lookup {
    /// Indexes the names of all systems; walks the tables once.
    pub(super) fn new(tables: &Tables) -> Self {
        let mut by_name = FxHashMap::default();
        let mut by_id = FxHashMap::default();
        for (at, system) in systems(tables).enumerate() {
            by_id.insert(system.id.clone(), at);
            for name in names_of(system) {
                by_name.entry(fold(name)).or_insert(at);
            }
        }
        let mut ambiguous = FxHashMap::default();
        for row in &tables.ambiguous {
            let means = row.means.iter().filter_map(|id| by_id.get(id).copied());
            ambiguous.insert(fold(&row.name), means.collect());
        }
        Self {
            by_name,
            by_id,
            ambiguous,
        }
    }

    /// Finds the position of an id.
    pub(super) fn id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Finds the positions that a name means: as it stands, else as a plural.
    pub(super) fn name(&self, name: &str) -> Vec<usize> {
        let folded = fold(name);
        let singular = folded.strip_suffix('s').filter(|word| word.len() > 2);
        for word in [Some(folded.as_str()), singular].into_iter().flatten() {
            if let Some(several) = self.ambiguous.get(word) {
                return several.clone();
            }
            if let Some(one) = self.by_name.get(word) {
                return vec![*one];
            }
        }
        Vec::new()
    }
}
