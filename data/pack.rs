//! Packs the tables of `data/` into JSON for the program to embed.

use std::{env, fs, path::Path};

#[path = "pack_types.rs"]
mod pack_types;

fn main() {
    println!("cargo::rerun-if-changed=data");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    for table in ["kinds", "style", "verbs"] {
        let path = format!("data/{table}.toml");
        let text = fs::read_to_string(&path).expect(&path);
        let rows: toml::Value = toml::from_str(&text).expect(&path);
        let packed = serde_json::to_string(&rows).expect("json");
        fs::write(Path::new(&out).join(format!("{table}.json")), packed).expect("write a table");
    }
    pack_types::pack(Path::new("data/types"), Path::new(&out));
    let examples = Path::new(&out).join("examples.json");
    fs::write(examples, pack_examples()).expect("write the examples");
}

/// Packs the example architectures: name, file, text.
fn pack_examples() -> String {
    let folder = fs::read_dir("data/examples").into_iter().flatten();
    let mut paths: Vec<_> = folder.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let packed: Vec<serde_json::Value> = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .map(|path| {
            serde_json::json!({
                "name": path.file_stem().and_then(|name| name.to_str()),
                "file": path.to_str(),
                "text": fs::read_to_string(path).expect("an example"),
            })
        })
        .collect();
    serde_json::to_string(&packed).expect("json")
}
