//! IAM policy documents: their statements, who they let in, and what they allow on what.
//!
//! Says what a document states. Whether the one who may also does is not for a policy to tell: the
//! edges made of it carry `basis: 'policy'`.

use super::candidate::Candidate;
use super::embedded;
use super::endpoint::{End, Found};
use super::finder::Finder;
use super::outside;
use super::path::Hit;
use super::schema::EndRule;
use super::tree::At;
use super::types;
use super::value::{Data, Val};
use std::sync::Arc;

/// One statement of a policy.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub(crate) at: At,
    /// Allows; denies otherwise.
    pub(crate) allows: bool,
    /// Has a `Condition`.
    pub(crate) conditional: bool,
    /// `sqs:SendMessage`, as written.
    pub(crate) actions: Vec<Arc<str>>,
    /// What it is about; empty for "everything but".
    pub(crate) resources: Vec<Val>,
    /// The `Principal` and the `Condition`, for resource policies.
    pub(crate) principal: Option<Val>,
    pub(crate) condition: Option<Val>,
    /// The template condition it stands under.
    pub(crate) under: Option<Arc<str>>,
}

impl Statement {
    /// Makes the statement of a document of which only what it names is known.
    pub(crate) fn of_unknown_actions(resource: &Val) -> Self {
        Self {
            at: resource.at,
            allows: true,
            conditional: false,
            actions: vec!["*".into()],
            resources: vec![resource.clone()],
            principal: None,
            condition: None,
            under: None,
        }
    }
}

/// Gives the statements of a document, which may be JSON in a text or depend on a condition.
pub(crate) fn statements(document: &Val) -> Vec<Statement> {
    let mut found = Vec::new();
    read_document(document, None, &mut found);
    found
}

fn read_document(document: &Val, under: Option<&Arc<str>>, found: &mut Vec<Statement>) {
    match &document.data {
        Data::Either(own) => {
            read_document(&own.yes, Some(&own.condition), found);
            read_document(&own.no, Some(&own.condition), found);
        }
        Data::Text(_) | Data::Concat(_) => {
            if let Some(inside) = embedded::json(document) {
                read_document(&inside, under, found);
            }
        }
        Data::Map(_) => match document.get_any_case("Statement") {
            Some(list) => read_statements(list, under, found),
            // The policy of an event bus is one statement.
            None if document.get_any_case("Effect").is_some() => {
                found.push(statement(document, under));
            }
            None => {}
        },
        _ => {}
    }
}

fn read_statements(list: &Val, under: Option<&Arc<str>>, found: &mut Vec<Statement>) {
    for item in list.items() {
        match &item.data {
            Data::Either(own) => {
                read_statements(&own.yes, Some(&own.condition), found);
                read_statements(&own.no, Some(&own.condition), found);
            }
            Data::Map(_) => found.push(statement(item, under)),
            _ => {}
        }
    }
}

fn statement(item: &Val, under: Option<&Arc<str>>) -> Statement {
    let effect = item.get_any_case("Effect").and_then(Val::as_text);
    let texts = |key| {
        let list = item.get_any_case(key).map_or(&[][..], Val::items);
        list.iter().filter_map(Val::rendered).collect::<Vec<_>>()
    };
    let mut actions = texts("Action");
    if actions.is_empty() && item.get_any_case("NotAction").is_some() {
        actions.push("*".into());
    }
    let condition = item.get_any_case("Condition").cloned();
    Statement {
        at: item.at,
        allows: effect.is_none_or(|effect| !effect.eq_ignore_ascii_case("deny")),
        conditional: condition.is_some(),
        actions,
        resources: flat(item.get_any_case("Resource")),
        principal: item.get_any_case("Principal").cloned(),
        condition,
        under: under.cloned(),
    }
}

/// Gives the items of a list of lists and conditions.
fn flat(value: Option<&Val>) -> Vec<Val> {
    fn push(value: &Val, out: &mut Vec<Val>) {
        match &value.data {
            Data::List(items) => items.iter().for_each(|item| push(item, out)),
            Data::Either(own) => {
                push(&own.yes, out);
                push(&own.no, out);
            }
            Data::Null => {}
            _ => out.push(value.clone()),
        }
    }
    let mut out = Vec::new();
    value.into_iter().for_each(|value| push(value, &mut out));
    out
}

/// Gives who a resource policy lets in: the resource named by `aws:SourceArn` where there is one,
/// else the principals.
pub(crate) fn principals(finder: &Finder<'_>, document: &Val, stack: u32) -> Vec<Candidate> {
    let allowing = statements(document)
        .into_iter()
        .filter(|statement| statement.allows);
    let mut all = Vec::new();
    for statement in allowing {
        let mut ends = sources(finder, &statement, stack);
        if ends.is_empty() {
            ends = named_principals(finder, &statement, stack);
        }
        all.extend(ends);
    }
    all
}

fn sources(finder: &Finder<'_>, statement: &Statement, stack: u32) -> Vec<Candidate> {
    let tests = statement.condition.iter().flat_map(Val::entries);
    let keys = tests.flat_map(|(_, test)| test.entries());
    let of_source = keys.filter(|(key, _)| key.eq_ignore_ascii_case("aws:SourceArn"));
    of_source
        .flat_map(|(_, value)| finder.ends(&Hit::whole(value), &EndRule::default(), stack, true))
        .map(Candidate::from)
        .collect()
}

fn named_principals(finder: &Finder<'_>, statement: &Statement, stack: u32) -> Vec<Candidate> {
    let Some(principal) = &statement.principal else {
        return Vec::new();
    };
    let values = principal
        .entries()
        .iter()
        .flat_map(|(_, value)| value.items());
    values
        .flat_map(
            |value| match outside_principal(&value.written().unwrap_or_default()) {
                Some(end) => vec![Found {
                    end,
                    at: value.at,
                    condition: statement.under.clone(),
                    via: Vec::new(),
                }],
                None => finder.ends(&Hit::whole(value), &EndRule::default(), stack, false),
            },
        )
        .map(Candidate::from)
        .collect()
}

/// Gives the service or the other account that a principal stands for; none where it is something else.
pub(crate) fn outside_principal(text: &str) -> Option<End> {
    match types::principals().principals.get(text) {
        Some(service) => Some(End::service(service)),
        None => outside::account(text),
    }
}
