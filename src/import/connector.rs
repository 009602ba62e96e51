//! SAM connectors: what the permissions of one mean between the types of its two ends.

use super::endpoint::End;
use super::finder::Finder;
use super::path;
use super::schema::ConnectorRow;
use super::types;
use super::value::Val;
use std::sync::Arc;

/// The kind of a rule that asks what a connector between the types of the ends means.
pub(crate) const CONNECTOR: &str = "by connector";

/// Gives the rows of what a connector with these properties grants between the types of two ends.
pub(crate) fn rows(
    finder: &Finder<'_>,
    properties: &Val,
    from: &End,
    to: &End,
) -> Vec<&'static ConnectorRow> {
    let (from, to) = (finder.stem(from), finder.stem(to));
    let wanted = path::walk(properties, None, "Permissions[*]");
    let wanted: Vec<Arc<str>> = wanted
        .iter()
        .filter_map(|hit| hit.value.rendered())
        .collect();
    let rows = types::connectors().connectors.iter();
    rows.filter(|row| {
        let granted = wanted.iter().any(|word| **word == row.permission);
        row.from == from && row.to == to && granted
    })
    .collect()
}

/// Gives what the rows mean together.
pub(crate) fn kind(rows: &[&ConnectorRow]) -> Option<Arc<str>> {
    let first = rows.first()?;
    Some(match rows.iter().any(|row| row.kind != first.kind) {
        true => "READS_WRITES".into(),
        false => first.kind.as_str().into(),
    })
}

/// Gives the kind to assume where nothing else joins the ends.
pub(crate) fn assumed(rows: &[&ConnectorRow]) -> Option<Arc<str>> {
    let assumed = rows.iter().find_map(|row| row.assume.as_deref());
    assumed.map(Arc::from)
}
