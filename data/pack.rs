//! Packs the tables of `data/` into JSON for the program to embed.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=data");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let text = fs::read_to_string("data/kinds.toml").expect("data/kinds.toml");
    let kinds: toml::Value = toml::from_str(&text).expect("data/kinds.toml");
    fs::write(
        Path::new(&out).join("kinds.json"),
        serde_json::to_string(&kinds).expect("json"),
    )
    .expect("write kinds.json");
}
