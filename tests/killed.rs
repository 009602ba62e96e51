//! A program that is killed while it writes: what was there before is there still, and whole.

#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Nodes of the graph whose saving is interrupted: some tenths of a second of writing.
const MANY: usize = 60_000;
/// How often each moment is tried.
const TRIES: u32 = 6;

fn archq(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archq"));
    command.args(arguments).current_dir(folder);
    command
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    let output = archq(arguments, folder).output();
    output.expect("the program starts")
}

fn count(folder: &Path) -> String {
    let asked = [
        "ask",
        "--empty",
        "--verify",
        "MATCH (n) RETURN count(n)",
        "graph.archq",
    ];
    let output = run(&asked, folder);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().nth(1).unwrap_or_default().to_owned()
}

/// Tells whether a process has begun to write beside the old file.
fn is_writing(folder: &Path, process: u32) -> bool {
    folder.join(format!(".graph.archq.{process}.part")).exists()
}

/// Saves the large graph over the small one and kills it some time after the writing began.
fn kill_a_save(folder: &Path, after: Duration) {
    let saving = ["save", "--empty", "many.jsonl", "-o", "graph.archq"];
    let mut child = archq(&saving, folder)
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let process = child.id();
    while !is_writing(folder, process) && child.try_wait().expect("a child").is_none() {
        sleep(Duration::from_millis(1));
    }
    sleep(after);
    child.kill().expect("a child can be killed");
    child.wait().expect("a child ends");
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("archq-killed-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let node = |id: usize| {
        format!("{{\"kind\":\"node\",\"id\":\"n{id}\",\"properties\":{{\"size\":{id}}}}}\n")
    };
    let mut text = String::new();
    for id in 0..MANY {
        let _ = write!(text, "{}", node(id));
    }
    fs::write(folder.join("many.jsonl"), text).expect("a file");
    fs::write(folder.join("one.jsonl"), node(0)).expect("a file");
    folder
}

#[test]
fn a_save_that_is_killed_leaves_a_whole_snapshot() {
    let folder = folder();
    let saved = run(
        &["save", "--empty", "one.jsonl", "-o", "graph.archq"],
        &folder,
    );
    assert!(saved.status.success());
    assert_eq!(count(&folder), "1");
    for millis in 0..TRIES {
        kill_a_save(&folder, Duration::from_millis(u64::from(millis * millis)));
        let found = count(&folder);
        assert!(found == "1" || found == MANY.to_string(), "{found} nodes");
    }
    fs::remove_dir_all(&folder).expect("a folder of the test's own");
}
