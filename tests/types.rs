//! Judges the tables of resource types: what a Terraform type is like is seen the same way.

#![allow(clippy::expect_used, reason = "a test may fail")]

#[path = "types/published.rs"]
mod published;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// A row of a table of types.
type Row = toml::Value;

/// Gives all rows of an input language, by name.
fn rows(language: &str) -> BTreeMap<String, Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/types")
        .join(language);
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder of types") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a table");
        let table: toml::Table = toml::from_str(&text).expect("a table that parses");
        for row in table["type"].as_array().expect("types") {
            let name = row["name"].as_str().expect("a name").to_owned();
            found.insert(name, row.clone());
        }
    }
    found
}

#[test]
fn a_terraform_type_has_the_role_of_its_counterpart() {
    let cloudformation = rows("cloudformation");
    let role = |row: &Row| match row.get("role").and_then(Row::as_str) {
        Some(role) => role.to_owned(),
        None => "node".to_owned(),
    };
    let mut wrong = Vec::new();
    for (name, row) in rows("terraform") {
        let like = row.get("like").and_then(Row::as_str);
        let Some(other) = like.and_then(|like| cloudformation.get(like)) else {
            continue;
        };
        if role(&row) != role(other) {
            wrong.push(format!(
                "{name} is {}, its counterpart {}",
                role(&row),
                role(other)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Gives the types at the other end of the integrations of a type, with their direction; those of
/// Terraform as their counterparts.
fn integrations(row: &Row, terraform: &BTreeMap<String, Row>) -> BTreeSet<String> {
    let kinds = archq::model::Kinds::built_in();
    let edges = row.get("edge").and_then(Row::as_array);
    let mut found = BTreeSet::new();
    for edge in edges.into_iter().flatten() {
        let kind = edge["kind"].as_str().expect("a kind");
        let flows = kinds.get(kind).is_none_or(|kind| kind.weight >= 44);
        for side in ["from", "to"].into_iter().filter(|_| flows) {
            let ends = edge.get(side).and_then(|end| end.get("types"));
            for end in ends.and_then(Row::as_array).into_iter().flatten() {
                let name = end.as_str().expect("a type");
                let like = terraform.get(name).and_then(|row| row.get("like"));
                let name = like.and_then(Row::as_str).unwrap_or(name);
                found.insert(format!("{side} {name}"));
            }
        }
    }
    found
}

/// What Terraform declares in a resource of its own, or not at all, is listed in `tests/types/apart.txt`.
#[test]
fn a_terraform_type_integrates_as_its_counterpart_does() {
    let (cloudformation, terraform) = (rows("cloudformation"), rows("terraform"));
    let mut there: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in terraform.values() {
        if let Some(like) = row.get("like").and_then(Row::as_str) {
            there
                .entry(like)
                .or_default()
                .extend(integrations(row, &terraform));
        }
    }
    let apart = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/types/apart.txt");
    let apart = fs::read_to_string(&apart).unwrap_or_default();
    let mut missing = Vec::new();
    for (name, ends) in there {
        let own = cloudformation.get(name);
        let wanted = own.map(|row| integrations(row, &terraform));
        let lines = wanted.unwrap_or_default().into_iter();
        let lines = lines.filter(|end| !ends.contains(end));
        missing.extend(lines.map(|end| format!("{name} {end}")));
    }
    let listed: Vec<&str> = apart
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(missing, listed);
}

/// Gives the kinds between a type and the other ends of its edges, as `integrations` names them.
fn kinds(row: &Row, terraform: &BTreeMap<String, Row>) -> BTreeMap<String, BTreeSet<String>> {
    let edges = row.get("edge").and_then(Row::as_array);
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for edge in edges.into_iter().flatten() {
        let alone: toml::Table = [("edge".to_owned(), Row::Array(vec![edge.clone()]))]
            .into_iter()
            .collect();
        for end in integrations(&Row::Table(alone), terraform) {
            let kind = edge["kind"].as_str().expect("a kind").to_owned();
            found.entry(end).or_default().insert(kind);
        }
    }
    found
}

#[test]
fn an_edge_of_a_terraform_type_has_a_kind_of_its_counterpart() {
    let (cloudformation, terraform) = (rows("cloudformation"), rows("terraform"));
    let mut wrong = Vec::new();
    for (name, row) in &terraform {
        let like = row.get("like").and_then(Row::as_str);
        let Some(other) = like.and_then(|like| cloudformation.get(like)) else {
            continue;
        };
        let there = kinds(other, &terraform);
        for (end, own) in kinds(row, &terraform) {
            let known = there.get(&end).filter(|known| !own.is_subset(known));
            wrong.extend(known.map(|known| format!("{name} {end}: {own:?}, not {known:?}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
