//! What AWS services can do together: services, features, sourced facts, integrations,
//! constraints, comparisons.
//!
//! Takes the tables of `data/` (packed at build time, or texts that the desk has read); gives the
//! graph of the catalog, and the system that a name means. Does not know what a template declares
//! and does not answer questions.

mod graph;
mod load;
mod lookup;
pub mod schema;
mod spelling;
mod verify;

pub use lookup::Meaning;
pub use schema::{Category, Criterion, Key, System, Tables, Unit};

use crate::diag::Diagnostic;
use crate::diag::nearest_three;
use crate::model::Graph;
use lookup::Lookup;
use std::sync::OnceLock;

/// All tables, and the system behind each name.
#[derive(Debug)]
pub struct Catalog {
    tables: Tables,
    lookup: OnceLock<Lookup>,
}

impl Catalog {
    /// Gives the catalog that was built in; read at the first call.
    pub fn built_in() -> &'static Catalog {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(|| Catalog::new(load::packed()))
    }

    /// Opens the graph of the catalog that was built in, as it was packed; reads no table.
    #[must_use]
    pub fn built_in_graph() -> Graph {
        load::packed_graph()
    }

    /// Reads a catalog from texts, each with its name: `services/sqs.toml`, `sources.toml`. What
    /// they do not hold comes from the catalog that was built in; other files are left alone.
    ///
    /// # Errors
    /// Where a text is no such table, or the tables do not hold together; at most twenty problems.
    pub fn from_files(files: &[(&str, &str)]) -> Result<Catalog, Vec<Diagnostic>> {
        load::texts(files)
    }

    pub(crate) fn new(tables: Tables) -> Self {
        Self {
            tables,
            lookup: OnceLock::new(),
        }
    }

    /// Builds the graph of the catalog; walks all tables once.
    #[must_use]
    pub fn to_graph(&self) -> Graph {
        graph::build(&self.tables)
    }

    /// Gives the tables as they were read.
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// Lists all services, features and ends outside, owners before their features.
    pub fn systems(&self) -> impl Iterator<Item = &System> {
        verify::systems(&self.tables)
    }

    /// Finds a system by its id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&System> {
        let at = self.lookup().id(id)?;
        self.systems().nth(at)
    }

    /// Finds what a name means: an id, a name, an alias, a Korean name, a usual misspelling.
    #[must_use]
    pub fn find(&self, name: &str) -> Meaning<'_> {
        let all: Vec<&System> = self.systems().collect();
        let found = self.lookup().name(name);
        let mut ids = found
            .iter()
            .filter_map(|at| all.get(*at))
            .map(|s| s.id.as_str());
        match found.len() {
            0 => Meaning::Nothing,
            1 => ids.next().map_or(Meaning::Nothing, Meaning::One),
            _ => Meaning::Several(ids.collect()),
        }
    }

    /// Gives up to three names near to a text, nearest first.
    #[must_use]
    pub fn near(&self, text: &str) -> Vec<&str> {
        let names = self.systems().flat_map(|system| {
            let shown = system.aliases.iter().chain(&system.korean);
            [&system.id, &system.name].into_iter().chain(shown)
        });
        nearest_three(text, names.map(String::as_str))
    }

    /// Gives the label that resources of a service carry, `SQS`.
    #[must_use]
    pub fn label(&self, id: &str) -> Option<&str> {
        self.get(id)?.label.as_deref()
    }

    /// Gives the short name of a system that `archq edges` prints, `stepfunctions`; without a name
    /// of its own it is the id without hyphens.
    #[must_use]
    pub fn contract(&self, id: &str) -> String {
        let own = self.get(id).and_then(|system| system.contract.clone());
        own.unwrap_or_else(|| id.replace('-', ""))
    }

    fn lookup(&self) -> &Lookup {
        self.lookup.get_or_init(|| Lookup::new(&self.tables))
    }
}
