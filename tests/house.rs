//! The rules of the house, held by a test because the compiler cannot hold them in one crate.
//!
//! Floors: imports go down only, a room does not name its neighbours, and inside a room no modules
//! name each other in a circle. Manners: every module says
//! what it is for, files stay readable, grammar rules are explained, texts speak of the project
//! alone.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Floor of each top module; a module may name modules of lower floors and itself.
const FLOORS: &[(&str, u8)] = &[
    ("model", 1),
    ("diag", 1),
    ("catalog", 2),
    ("import", 2),
    ("query", 2),
    ("render", 2),
    ("check", 2),
    ("session", 3),
    ("cli", 4),
    ("repl", 4),
    ("main", 4),
    ("memory", 4),
    ("lib", 4),
];

/// A check is a query with advice; an answer carries diagnostics; the prompt paints as the commands
/// do, and the program is a line that hands it to them, with memory to work in.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("check", "query"),
    ("model", "diag"),
    ("repl", "cli"),
    ("main", "cli"),
    ("main", "memory"),
    ("main", "repl"),
];

/// Rooms whose modules are one piece: a value and the views of it, commands and the help on them.
const WOVEN: &[&str] = &["model", "repl"];

/// Longest file of program code, in lines.
const FILE_LINES: usize = 600;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![project().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a text of the project")
}

fn shown(path: &Path) -> String {
    path.strip_prefix(project())
        .unwrap_or(path)
        .display()
        .to_string()
}

fn top_module(path: &Path) -> String {
    let inner = path.strip_prefix(project().join("src")).expect("below src");
    let first = inner.iter().next().expect("a name");
    first.to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn floor(module: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|(_, floor)| *floor)
}

/// Modules of this crate that a line of code names, as `crate::room` or, in the program, `archq::room`.
fn named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or("");
    let mut found = Vec::new();
    for root in ["crate::", "archq::"] {
        for (at, _) in code.match_indices(root) {
            let rest = code[at + root.len()..].chars();
            found.push(
                rest.take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    found
}

fn may_name(own: &str, other: &str) -> bool {
    let Some(other_floor) = floor(other) else {
        return true;
    };
    own == other
        || floor(own).is_some_and(|own_floor| other_floor < own_floor)
        || EXCEPTIONS.contains(&(own, other))
}

#[test]
fn imports_go_down_only() {
    let mut wrong = Vec::new();
    for path in files("src", "rs") {
        let own = top_module(&path);
        assert!(floor(&own).is_some(), "`{own}` has no floor");
        for (number, line) in read(&path).lines().enumerate() {
            for other in named(line).iter().filter(|other| !may_name(&own, other)) {
                wrong.push(format!(
                    "{}:{}: `{own}` names `{other}`",
                    shown(&path),
                    number + 1
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Modules of its own room that a line of code names: as `crate::room::module`, or with a `super` for
/// each step up to the room.
fn named_in_room(line: &str, room: &str, steps: usize) -> Vec<String> {
    let code = line.split("//").next().unwrap_or("");
    let up = "super::".repeat(steps);
    let mut found = Vec::new();
    for root in [&up, &format!("crate::{room}::")] {
        for (at, _) in code.match_indices(root.as_str()) {
            if !code[..at].ends_with("super::") {
                let rest = code[at + root.len()..].chars();
                found.push(
                    rest.take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect(),
                );
            }
        }
    }
    found
}

/// Gives the modules of a room, each with those that it names.
fn modules_of(room: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let folder = project().join("src").join(room);
    for path in files(&format!("src/{room}"), "rs") {
        let inner = path.strip_prefix(&folder).expect("below its room");
        let steps = inner.iter().count() - usize::from(inner.ends_with("mod.rs"));
        let own = inner.iter().next().expect("a name").to_string_lossy();
        if steps > 0 {
            let named = modules.entry(own.trim_end_matches(".rs").to_owned());
            let text = read(&path);
            let lines = text
                .lines()
                .flat_map(|line| named_in_room(line, room, steps));
            named.or_default().extend(lines);
        }
    }
    let known: BTreeSet<String> = modules.keys().cloned().collect();
    for (own, named) in &mut modules {
        named.retain(|other| other != own && known.contains(other));
    }
    modules
}

/// Gives what is left when modules that name none of the others are taken away again and again.
fn in_or_above_circles(mut modules: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    while let Some((lowest, _)) = modules.iter().find(|(_, named)| named.is_empty()) {
        let lowest = lowest.clone();
        modules.remove(&lowest);
        for named in modules.values_mut() {
            named.remove(&lowest);
        }
    }
    modules.into_keys().collect()
}

#[test]
fn modules_of_a_room_name_each_other_in_no_circle() {
    for (room, _) in FLOORS.iter().filter(|(room, _)| !WOVEN.contains(room)) {
        if project().join("src").join(room).is_dir() {
            let left = in_or_above_circles(modules_of(room));
            assert!(left.is_empty(), "`{room}`: {}", left.join(", "));
        }
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let sources = files("src", "rs");
    let silent: Vec<String> = sources
        .iter()
        .filter(|path| !read(path).starts_with("//!"))
        .map(|path| shown(path))
        .collect();
    assert!(
        silent.is_empty(),
        "no `//!` at the top of: {}",
        silent.join(", ")
    );
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = files("src", "rs")
        .iter()
        .map(|path| (shown(path), read(path).lines().count()))
        .filter(|(_, lines)| *lines > FILE_LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "over {FILE_LINES} lines: {}",
        long.join(", ")
    );
}

#[test]
fn every_grammar_rule_is_explained() {
    let mut bare = Vec::new();
    for path in files("grammar", "pest") {
        let text = read(&path);
        let mut before = "";
        for (number, line) in text.lines().enumerate() {
            let starts = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            if starts && line.contains(" = ") && !before.starts_with("///") {
                bare.push(format!("{}:{}: {line}", shown(&path), number + 1));
            }
            before = line;
        }
    }
    assert!(
        bare.is_empty(),
        "rules without a doc line:\n{}",
        bare.join("\n")
    );
}

#[test]
fn texts_speak_of_the_project_alone() {
    // Written in halves, so that this file does not find itself.
    let words = [
        ("/wo", "rk/"),
        ("TO", "DO"),
        ("FIX", "ME"),
        ("/ro", "ot/"),
        ("index.cra", "tes.io"),
    ];
    let places = [
        ("src", "rs"),
        ("tests", "rs"),
        ("tests", "txt"),
        ("data", "toml"),
        ("data", "rs"),
        ("data", "md"),
        ("grammar", "pest"),
        ("grammar", "md"),
    ];
    let mut found = Vec::new();
    for (folder, ending) in places {
        for path in files(folder, ending) {
            let text = read(&path);
            for word in words.map(|(left, right)| format!("{left}{right}")) {
                if text.contains(&word) {
                    found.push(format!("{}: `{word}`", shown(&path)));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
