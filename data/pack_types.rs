//! Packs `data/types`: one line a type (its name, a tab, its row as JSON), sorted by name, so that
//! the program reads only the rows of the types it meets; each table becomes a JSON file.

#![allow(
    clippy::expect_used,
    reason = "a table that cannot be packed stops the build"
)]

use std::{collections::BTreeMap, fs, path::Path};

#[allow(
    dead_code,
    reason = "the build script reads the fields only to write them"
)]
#[path = "../src/import/schema.rs"]
mod schema;

/// Packs every file of a folder into `out`; a file that does not parse stops the build.
pub(crate) fn pack(data: &Path, out: &Path) {
    let mut rows = BTreeMap::new();
    for folder in sorted(data) {
        if folder.file_name().is_some_and(|name| name == "tables") {
            pack_tables(&folder, out);
        } else if folder.is_dir() {
            sorted(&folder)
                .iter()
                .for_each(|file| read_types(file, &mut rows));
        }
    }
    let lines: String = rows
        .iter()
        .map(|(name, row)| format!("{name}\t{row}\n"))
        .collect();
    fs::write(out.join("types.tsv"), lines).expect("write types.tsv");
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of tables");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn read_types(file: &Path, rows: &mut BTreeMap<String, String>) {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let parsed: schema::TypeFile =
        toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    for row in parsed.types {
        let json = serde_json::to_string(&row).expect("a row is JSON");
        if rows.insert(row.name.clone(), json).is_some() {
            panic!("{}: the type {} is there twice", file.display(), row.name);
        }
    }
}

fn pack_tables(folder: &Path, out: &Path) {
    for file in sorted(folder) {
        let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let tables: schema::Tables =
            toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let name = file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name");
        let json = serde_json::to_string(&tables).expect("a table is JSON");
        fs::write(out.join(format!("types_{name}.json")), json).expect("write a table");
    }
}
