//! The rows of `data/types` at hand: a row is read from the packed table when its type is first met.

use super::schema::{ActionRow, CallRow, PolicyRow, Role, ServiceRow, Tables, TypeRow};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// One line a type, sorted: name, tab, row.
const TYPES: &str = include_str!(concat!(env!("OUT_DIR"), "/types.tsv"));

macro_rules! table {
    ($name:ident, $file:literal, $doc:literal) => {
        #[doc = $doc]
        pub(crate) fn $name() -> &'static Tables {
            static TABLE: OnceLock<Tables> = OnceLock::new();
            TABLE.get_or_init(|| {
                let packed = include_str!(concat!(env!("OUT_DIR"), "/types_", $file, ".json"));
                serde_json::from_str(packed).unwrap_or_default()
            })
        }
    };
}

table!(actions, "actions", "Gives what actions of policies mean.");
table!(calls, "calls", "Gives what calls of services mean.");
table!(connectors, "connectors", "Gives what SAM connectors mean.");
table!(
    globals,
    "globals",
    "Gives which section of `Globals` a type takes."
);
table!(kinds, "kinds", "Gives kinds by the type of the target.");
table!(policies, "policies", "Gives policies known by name.");
table!(
    principals,
    "principals",
    "Gives the service behind a principal."
);
table!(
    services,
    "services",
    "Gives labels and short names of services."
);

/// What a custom resource is, whatever its writer calls it after `Custom::`.
const CUSTOM: &str = "AWS::CloudFormation::CustomResource";

/// The types met so far.
#[derive(Debug, Default)]
pub(crate) struct Types {
    rows: RefCell<FxHashMap<Box<str>, Option<Rc<TypeRow>>>>,
}

impl Types {
    /// Gives the row of a type; none for a type that the tables do not know.
    pub(crate) fn row(&self, name: &str) -> Option<Rc<TypeRow>> {
        if let Some(known) = self.rows.borrow().get(name) {
            return known.clone();
        }
        let custom = || name.starts_with("Custom::").then(|| packed_row(CUSTOM))?;
        let row = packed_row(name)
            .or_else(custom)
            .and_then(|json| serde_json::from_str(json).ok())
            .map(Rc::new);
        self.rows.borrow_mut().insert(name.into(), row.clone());
        row
    }

    /// Gives what a type is in a picture; an unknown one is a thing of its own.
    pub(crate) fn role(&self, name: &str) -> Role {
        self.row(name).map_or(Role::Node, |row| row.role)
    }

    /// Gives the type whose place a type can take, itself where there is none.
    pub(crate) fn stem(&self, name: &str) -> Arc<str> {
        stem_or(self.row(name).as_deref(), name).into()
    }

    /// Tells whether a type is one of the expected ones; anything is where none is expected.
    pub(crate) fn is_one_of(&self, name: &str, expected: &[String]) -> bool {
        if expected.is_empty() || expected.iter().any(|one| one == name) {
            return true;
        }
        let row = self.row(name);
        let stem = stem_or(row.as_deref(), name);
        let fits = |one: &String| one == stem || stem_or(self.row(one).as_deref(), one) == stem;
        expected.iter().any(fits)
    }
}

fn stem_or<'a>(row: Option<&'a TypeRow>, name: &'a str) -> &'a str {
    row.and_then(|row| row.like.as_deref()).unwrap_or(name)
}

/// Finds the line of a type by halving.
fn packed_row(name: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, TYPES.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = TYPES
            .as_bytes()
            .get(..middle)?
            .iter()
            .rposition(|b| *b == b'\n');
        let start = start.map_or(0, |at| at + 1).max(low);
        let line = TYPES.get(start..)?.split('\n').next()?;
        let (key, row) = line.split_once('\t')?;
        match key.cmp(name) {
            std::cmp::Ordering::Equal => return Some(row),
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// Tells whether a type is one of AWS's own: neither a custom resource nor another provider's.
pub(crate) fn is_of_aws(type_name: &str) -> bool {
    ["AWS::", "Alexa::", "aws_", "awscc_"]
        .iter()
        .any(|prefix| type_name.starts_with(prefix))
}

/// Gives the service behind a type that has no row: `ec2` for `AWS::EC2::Thing`.
pub(crate) fn service_of_unknown(type_name: &str) -> String {
    let word = match type_name.strip_prefix("aws_") {
        Some(rest) => rest.split('_').next().unwrap_or(rest),
        None if type_name.starts_with("Custom::") => "cloudformation",
        None => type_name.split("::").nth(1).unwrap_or(type_name),
    };
    let word = word.to_lowercase();
    actions().prefixes.get(&word).cloned().unwrap_or(word)
}

/// Gives how a service is written.
pub(crate) fn service(id: &str) -> Option<&'static ServiceRow> {
    services().services.get(id)
}

/// Gives the label of the resources of a service.
pub(crate) fn label(service_id: &str) -> String {
    match service(service_id).and_then(|row| row.label.clone()) {
        Some(label) => label,
        None => service_id
            .split(|c: char| !c.is_alphanumeric())
            .map(capitalised)
            .collect(),
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Gives the short name of a service that other tools use.
pub(crate) fn contract_name(service_id: &str) -> String {
    let short = service(service_id).and_then(|row| row.contract.clone());
    short.unwrap_or_else(|| service_id.replace('-', ""))
}

/// Gives the service behind the first part of an action or an ARN.
pub(crate) fn service_of_prefix(prefix: &str) -> Option<&'static str> {
    actions().prefixes.get(prefix).map(String::as_str)
}

/// Gives what an action means: none where no row says so.
pub(crate) fn action(name: &str) -> Option<&'static ActionRow> {
    actions()
        .actions
        .iter()
        .find(|row| row.of.iter().any(|pattern| fits(pattern, name)))
}

/// Gives what a call means.
pub(crate) fn call(name: &str) -> Option<&'static CallRow> {
    calls().calls.iter().find(|row| row.call == name)
}

/// Gives a policy by its name.
pub(crate) fn policy(name: &str) -> Option<&'static PolicyRow> {
    static BY_NAME: OnceLock<FxHashMap<&str, &PolicyRow>> = OnceLock::new();
    let known = BY_NAME.get_or_init(|| {
        let rows = policies().policies.iter().rev();
        rows.map(|row| (row.name.as_str(), row)).collect()
    });
    known.get(name).copied()
}

/// Gives the kind of an edge to a type by a table.
pub(crate) fn kind_by_target(table: &str, stem: &str) -> Option<&'static str> {
    let rows = kinds().by_target.get(table)?;
    let exact = rows.get(stem);
    let by_start = || {
        rows.iter()
            .find(|(pattern, _)| *pattern != "*" && pattern.ends_with('*') && fits(pattern, stem))
            .map(|(_, kind)| kind)
    };
    exact
        .or_else(by_start)
        .or_else(|| rows.get("*"))
        .map(String::as_str)
}

/// Tells whether a text fits a pattern in which `*` is anything and `?` one letter, without regard
/// to case.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(letter) = text.get(t) {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(wanted) if *wanted == b'?' || wanted.eq_ignore_ascii_case(letter) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some((at, from)) => {
                    p = at + 1;
                    t = from + 1;
                    star = Some((at, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern
        .get(p..)
        .is_none_or(|rest| rest.iter().all(|b| *b == b'*'))
}
