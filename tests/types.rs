//! Judges the tables of resource types: what a Terraform type is like is seen the same way.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Role and counterpart of each type of an input language.
fn types(language: &str) -> BTreeMap<String, (String, Option<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data/types")
        .join(language);
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder of types") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a table");
        let table: toml::Table = toml::from_str(&text).expect("a table that parses");
        for row in table["type"].as_array().expect("types") {
            let get = |key: &str| {
                row.get(key)
                    .and_then(toml::Value::as_str)
                    .map(str::to_owned)
            };
            let role = get("role").unwrap_or_else(|| "node".to_owned());
            found.insert(get("name").expect("a name"), (role, get("like")));
        }
    }
    found
}

#[test]
fn a_terraform_type_has_the_role_of_its_counterpart() {
    let cloudformation = types("cloudformation");
    let mut wrong = Vec::new();
    for (name, (role, like)) in types("terraform") {
        let other = like.as_deref().and_then(|like| cloudformation.get(like));
        if let Some((wanted, _)) = other.filter(|(wanted, _)| *wanted != role) {
            wrong.push(format!("{name} is {role}, its counterpart {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
