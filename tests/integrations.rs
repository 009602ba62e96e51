//! What templates show is what the catalog knows: where an integration joins two services in a
//! template of `tests/import` or `data/examples`, the catalog has an edge between the two that way
//! round, or what it starts from calls any AWS API. `data/beside.txt` lists what is left out, and why.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::catalog::Catalog;
use archq::model::{Class, Kinds};
use archq::session::{CatalogSource, Opening, Session};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every pair of services that an integration joins, with the kind, the mechanism and the place.
const JOINED: &str = "MATCH (a:Resource)-[e]->(b:Resource|External)
    WHERE a.service IS NOT NULL AND b.service IS NOT NULL
    RETURN DISTINCT a.service, b.service, type(e), e.mechanism, e.file";

/// Gives the files and folders whose edges are judged, one architecture each.
fn architectures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inside = |folder: &str| {
        let entries = fs::read_dir(root.join(folder)).expect("a folder");
        entries.flatten().map(|entry| entry.path())
    };
    let mut found: Vec<PathBuf> = inside("tests/import")
        .filter(|path| path.is_dir())
        .collect();
    found.extend(inside("data/examples"));
    found.sort();
    found
}

/// A kind that tells of an integration: not one of the graph's bones, no mere naming, placing or
/// permission, and no role, which any service may have.
fn integrates(kind: &str) -> bool {
    let Some(kind) = Kinds::built_in().get(kind) else {
        return false;
    };
    let mere = matches!(kind.class, Class::Weak | Class::Permission);
    !kind.structural && !mere && !matches!(kind.name.as_str(), "PLACED_IN" | "ASSUMES")
}

/// The catalog as pairs of what it joins.
struct Known {
    /// A service or a part of one, with all it is a part of.
    families: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// Both ends of every integration.
    joined: BTreeSet<(&'static str, &'static str)>,
    /// What calls the API of any service.
    callers: BTreeSet<&'static str>,
}

impl Known {
    fn new() -> Self {
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for service in &Catalog::built_in().tables().services {
            owners.insert(&service.id, service.part_of.as_deref().unwrap_or_default());
            for feature in &service.features {
                owners.insert(&feature.id, &service.id);
            }
        }
        let family = |id: &'static str| -> BTreeSet<&'static str> {
            std::iter::successors(Some(id), |id| owners.get(id).copied())
                .take_while(|id| !id.is_empty())
                .collect()
        };
        let systems = || Catalog::built_in().systems();
        let ends = |from: &'static str, to: &'static str| (from, to);
        Self {
            families: owners.keys().map(|id| (*id, family(id))).collect(),
            joined: systems()
                .flat_map(|system| {
                    system
                        .integrations
                        .iter()
                        .map(move |row| ends(&system.id, &row.to))
                })
                .collect(),
            callers: systems()
                .filter(|system| system.facts.iter().any(|fact| fact.key == "any_aws_api"))
                .map(|system| system.id.as_str())
                .collect(),
        }
    }

    /// Whether one of the two is the other, or a part of it.
    fn akin(&self, one: &str, other: &str) -> bool {
        let within = |part: &str, whole| {
            self.families
                .get(part)
                .is_some_and(|all| all.contains(whole))
        };
        within(one, other) || within(other, one)
    }

    /// Whether the catalog tells that one can do something with the other.
    fn holds(&self, from: &str, to: &str) -> bool {
        let joins = |(start, end): &(&str, &str)| self.akin(start, from) && self.akin(end, to);
        let own = self.families.get(from);
        let calls_all = own.is_some_and(|family| !family.is_disjoint(&self.callers));
        self.akin(from, to) || calls_all || self.joined.iter().any(joins)
    }
}

/// The pairs of `data/beside.txt`: `from to`, then the reason.
fn left_out() -> BTreeSet<(String, String)> {
    let text = include_str!("data/beside.txt");
    let lines = text
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let pair = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        (
            words.next().unwrap_or_default(),
            words.next().unwrap_or_default(),
        )
    };
    lines.map(pair).collect()
}

/// What one architecture joins, as rows of [`JOINED`] between services of AWS.
fn joined(path: &Path, known: &Known) -> Vec<[String; 5]> {
    let mut session = Session::open(Opening {
        catalog: CatalogSource::None,
        paths: vec![path.display().to_string()],
        ..Opening::default()
    });
    let answer = session.ask(JOINED).expect("a query").answer;
    let word = |row: &[archq::model::Value], at: usize| {
        let text = row.get(at).and_then(|cell| cell.as_str());
        text.unwrap_or_default().to_owned()
    };
    let rows = answer
        .rows
        .iter()
        .map(|row| [0, 1, 2, 3, 4].map(|at| word(row, at)));
    let between_services = |row: &[String; 5]| {
        integrates(&row[2])
            && row[..2]
                .iter()
                .all(|id| known.families.contains_key(id.as_str()))
    };
    rows.filter(between_services).collect()
}

#[test]
fn the_catalog_knows_what_templates_join() {
    let (known, left_out) = (Known::new(), left_out());
    let mut met = BTreeSet::new();
    let mut missing = String::new();
    for path in architectures() {
        for [from, to, kind, mechanism, place] in joined(&path, &known) {
            if known.holds(&from, &to) {
                continue;
            }
            let pair = (from, to);
            if !left_out.contains(&pair) {
                missing += &format!("{} {kind} {}  [{mechanism}] {place}\n", pair.0, pair.1);
            }
            met.insert(pair);
        }
    }
    assert!(
        missing.is_empty(),
        "the catalog does not know of\n{missing}"
    );
    assert_eq!(met, left_out, "what is left out is still met");
}
