//! The example architectures that are built in, for `example:NAME`.

use std::sync::OnceLock;

/// One file of an example.
#[derive(Debug, serde::Deserialize)]
struct Example {
    name: String,
    file: String,
    text: String,
}

fn packed() -> &'static [Example] {
    static EXAMPLES: OnceLock<Vec<Example>> = OnceLock::new();
    EXAMPLES.get_or_init(|| {
        let packed = include_str!(concat!(env!("OUT_DIR"), "/examples.json"));
        // The build script wrote it; an empty list is never seen by a user.
        serde_json::from_str(packed).unwrap_or_default()
    })
}

/// Lists the names of the examples.
pub fn examples() -> impl Iterator<Item = &'static str> {
    packed().iter().map(|example| example.name.as_str())
}

/// Finds an example: the name of its file, and what it holds.
pub(super) fn find(name: &str) -> Option<(&'static str, &'static str)> {
    let example = packed().iter().find(|example| example.name == name)?;
    Some((&example.file, &example.text))
}
