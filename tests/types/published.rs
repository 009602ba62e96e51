//! Every CloudFormation and SAM type and property that a row names is one that AWS publishes.
//!
//! `published.tsv` beside this file holds what is published, as of the date in `SOURCE`; `gather.py`
//! makes it. Not judged: what is inside of documents whose schema says nothing (policies, API
//! definitions, state machines), Terraform's names, and the resource types of other sources that stand
//! in `UNPUBLISHED`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use toml::Value;

/// Where the table is from.
#[allow(dead_code, reason = "it is for who reads this file")]
const SOURCE: &str = "resource provider schemas of 2026-10-20, as cfn-lint 1.58.0 (MIT-0) has them";

/// Types that have no published schema, by their beginning.
const UNPUBLISHED: &[&str] = &[
    "Custom::",
    "AWS::CDK::",
    "AWS::CloudFormation::CustomResource",
];

/// What the schemas do not say and the documentation does: a document in a text, and a property of
/// SAM's SNS events.
const DOCUMENTED: &[(&str, &str)] = &[
    ("AWS::OSIS::Pipeline", "PipelineConfigurationBody."),
    (
        "AWS::Serverless::Function",
        "Events.*.Properties.RedrivePolicy",
    ),
];

/// What is inside of a property, by name.
#[derive(Debug, Default)]
struct Inside(BTreeMap<String, Inside>);

impl Inside {
    /// Reads `A B(C D)` up to the end or a closing bracket.
    fn read(letters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Self {
        let mut found = Self::default();
        loop {
            let mut name = String::new();
            while let Some(letter) = letters.next_if(|c| !" ()".contains(*c)) {
                name.push(letter);
            }
            let inside = match letters.next_if_eq(&'(') {
                Some(_) => Self::read(letters),
                None => Self::default(),
            };
            found.0.insert(name, inside);
            if letters.next() != Some(' ') {
                return found;
            }
        }
    }

    /// Tells whether a path is there: every part by its name, as any key of a map, or somewhere in
    /// what no schema describes.
    fn has(&self, path: &[&str]) -> bool {
        let [first, rest @ ..] = path else {
            return true;
        };
        let below = |name: &str| self.0.get(name).is_some_and(|inside| inside.has(rest));
        self.0.contains_key("**")
            || below(first)
            || below("*")
            || (*first == "*" && self.0.values().any(|inside| inside.has(rest)))
    }
}

fn published() -> BTreeMap<&'static str, Inside> {
    let lines = include_str!("published.tsv").lines();
    let split = lines.filter_map(|line| line.split_once('\t'));
    split
        .map(|(name, inside)| (name, Inside::read(&mut inside.chars().peekable())))
        .collect()
}

/// Lists the paths that a table of a row holds, what `each` of it or of the table around it names put
/// in the place of `@`.
fn paths(table: &toml::Table, around: &str) -> Vec<String> {
    let text = |key: &str| table.get(key).and_then(Value::as_str);
    let each = text("each").unwrap_or(around);
    let mut found: Vec<String> = ["naming", "path", "document", "policy", "to", "each"]
        .iter()
        .filter_map(|key| text(key))
        .map(str::to_owned)
        .collect();
    for key in ["acts_as", "stands_for", "addresses"] {
        let names = table.get(key).and_then(Value::as_array);
        let names = names.into_iter().flatten().filter_map(Value::as_str);
        found.extend(names.map(str::to_owned));
    }
    for key in [
        "edge", "grant", "variant", "make", "when", "from", "to", "named",
    ] {
        match table.get(key) {
            Some(Value::Table(inner)) => found.extend(paths(inner, each)),
            Some(Value::Array(inner)) => {
                let tables = inner.iter().filter_map(Value::as_table);
                found.extend(tables.flat_map(|inner| paths(inner, each)));
            }
            _ => {}
        }
    }
    for key in ["keep", "properties"] {
        let named = table.get(key).and_then(Value::as_table);
        let values = named.into_iter().flat_map(toml::Table::values);
        found.extend(values.filter_map(Value::as_str).map(str::to_owned));
    }
    let at_item = |path: String| match path.strip_prefix('@') {
        Some(rest) => format!("{each}.{}", rest.trim_start_matches('.')),
        None => path,
    };
    found.into_iter().map(at_item).collect()
}

/// Splits a path of a rule; items of lists have no name.
fn parts(path: &str) -> Vec<&str> {
    let names = path.split('.').map(|part| part.trim_end_matches("[*]"));
    names.filter(|name| !name.is_empty()).collect()
}

/// Texts that are no paths: `$self`, `=TEXT`.
fn is_path(text: &str) -> bool {
    !text.starts_with(['$', '='])
}

#[test]
fn every_type_and_property_of_a_row_is_published() {
    let published = published();
    let (mut wrong, mut judged) = (Vec::new(), 0);
    for language in ["cloudformation", "sam"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("data/types")
            .join(language);
        for entry in fs::read_dir(folder).expect("a folder of types") {
            let text = fs::read_to_string(entry.expect("an entry").path()).expect("a table");
            let table: toml::Table = toml::from_str(&text).expect("a table that parses");
            for row in table["type"].as_array().expect("types") {
                let row = row.as_table().expect("a type");
                let name = row["name"].as_str().expect("a name");
                if UNPUBLISHED.iter().any(|start| name.starts_with(start)) {
                    continue;
                }
                let Some(inside) = published.get(name) else {
                    wrong.push(format!("{name} is not published"));
                    continue;
                };
                let documented = |path: &str| {
                    let mut known = DOCUMENTED.iter();
                    known.any(|(own, start)| *own == name && path.starts_with(start))
                };
                let paths = paths(row, "").into_iter();
                for path in paths.filter(|path| is_path(path) && !documented(path)) {
                    judged += 1;
                    if !inside.has(&parts(&path)) {
                        wrong.push(format!("{name} has no {path}"));
                    }
                }
            }
        }
    }
    assert!(judged > 2_000, "{judged} paths");
    assert!(
        wrong.is_empty(),
        "{}\nWhere rows name what no row named before, gather.py has to run again.",
        wrong.join("\n")
    );
}
