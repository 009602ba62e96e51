//! `aws_iam_policy_document` data: the JSON policy that the provider would write; and statements
//! written the same way as an input of a module.

use super::value::{Map, Val};
use crate::import::value::{Data, Val as Shown};
use std::sync::Arc;

/// Arguments of a statement and what they are called in a policy.
const NAMES: &[(&str, &str)] = &[
    ("sid", "Sid"),
    ("effect", "Effect"),
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
];

/// Makes the attributes of the data source: its policy as `json`. `None` for other data sources.
pub(crate) fn document(kind: &str, body: &Val) -> Option<Val> {
    if kind != "aws_iam_policy_document" {
        return None;
    }
    let mut statements: Vec<Val> = body
        .get("statement")
        .map_or(&[][..], Val::items)
        .iter()
        .map(statement)
        .collect();
    for from in ["source_policy_documents", "override_policy_documents"] {
        for other in body.get(from).map_or(&[][..], Val::items) {
            match other.get("Statement") {
                Some(theirs) => statements.extend(theirs.items().iter().cloned()),
                // Not worked out, but what it names is not lost.
                None => statements.push(other.clone()),
            }
        }
    }
    let policy = Map::from_iter([
        (Arc::from("Version"), Val::text("2012-10-17")),
        (Arc::from("Statement"), Val::list(statements)),
    ]);
    Some(Val::map(Map::from_iter([(
        Arc::from("json"),
        Val::map(policy),
    )])))
}

/// Makes a policy of statements that a module takes as a map or a list of them.
pub(crate) fn of_statements(written: &Val) -> Val {
    let statements: Vec<Val> = match written {
        Val::Map(named) => named.values().map(statement).collect(),
        other => other.items().iter().map(statement).collect(),
    };
    Val::map(Map::from_iter([(
        Arc::from("Statement"),
        Val::list(statements),
    )]))
}

/// Tells whether a plan refers to the policy that such a data source writes.
pub(crate) fn is_document(reference: &str) -> bool {
    reference.starts_with("data.aws_iam_policy_document.") && reference.ends_with("json")
}

/// Makes a policy of the blocks of such a data source in a plan, where its JSON is not known yet.
pub(crate) fn of_blocks(body: &Shown) -> Shown {
    let statement = |block: &Shown| {
        let named = |(from, to): &(&str, &str)| Some((Arc::from(*to), block.get(from)?.clone()));
        Shown::new(
            block.at,
            Data::Map(NAMES.iter().filter_map(named).collect()),
        )
    };
    let blocks = body.get("statement").map_or(&[][..], Shown::items);
    let statements = Shown::new(body.at, Data::List(blocks.iter().map(statement).collect()));
    Shown::new(
        body.at,
        Data::Map([("Statement".into(), statements)].into()),
    )
}

fn statement(written: &Val) -> Val {
    let mut made = Map::new();
    for (from, to) in NAMES {
        if let Some(value) = written.get(from) {
            made.insert((*to).into(), value.clone());
        }
    }
    made.entry("Effect".into())
        .or_insert_with(|| Val::text("Allow"));
    for (from, to) in [
        ("principals", "Principal"),
        ("not_principals", "NotPrincipal"),
    ] {
        if let Some(blocks) = written.get(from) {
            made.insert(to.into(), principals(blocks));
        }
    }
    if let Some(blocks) = written.get("condition") {
        made.insert("Condition".into(), conditions(blocks));
    }
    Val::map(made)
}

fn principals(blocks: &Val) -> Val {
    let mut made = Map::new();
    for block in blocks.items() {
        if let (Some(Val::Text(kind)), Some(who)) = (block.get("type"), block.get("identifiers")) {
            made.insert(kind.clone(), who.clone());
        }
    }
    Val::map(made)
}

fn conditions(blocks: &Val) -> Val {
    let mut made = Map::new();
    for block in blocks.items() {
        let parts = (
            block.get("test"),
            block.get("variable"),
            block.get("values"),
        );
        if let (Some(Val::Text(test)), Some(Val::Text(variable)), Some(values)) = parts {
            let mut inner = match made.get(test) {
                Some(Val::Map(inner)) => Map::clone(inner),
                _ => Map::new(),
            };
            inner.insert(variable.clone(), values.clone());
            made.insert(test.clone(), Val::map(inner));
        }
    }
    Val::map(made)
}
