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
}
