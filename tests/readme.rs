//! Runs the README: every block marked `console` is typed, and what it prints is compared.
//!
//! A line that starts with `$ ` is a command for `sh`, run in the project's folder with the program
//! in front of the PATH; the lines behind it are what it prints. `cargo run --release --` stands
//! for the program that this test was built with, `cargo test` is not run from within itself.

#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

struct Example {
    line: usize,
    command: String,
    printed: String,
}

fn examples(readme: &str) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    let mut inside = false;
    for (number, line) in readme.lines().enumerate() {
        match (inside, line) {
            (false, "```console") => inside = true,
            (true, "```") => inside = false,
            (true, line) if line.starts_with("$ ") => {
                let command = line[2..].to_owned();
                found.push(Example {
                    line: number + 1,
                    command,
                    printed: String::new(),
                });
            }
            (true, line) => {
                let last = found.last_mut().expect("a command before what it prints");
                last.printed.push_str(line);
                last.printed.push('\n');
            }
            _ => {}
        }
    }
    found
}

fn run(command: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_archq"));
    let folder = program
        .parent()
        .expect("the folder of the program")
        .display()
        .to_string();
    let path = env::var("PATH").unwrap_or_default();
    let command = command.replace("cargo run --release --", "archq");
    let output = Command::new("sh")
        .args(["-c", &command])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", format!("{folder}:{path}"))
        .env("COLUMNS", "100")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("a shell");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Commands that have no answer to compare: tests would run themselves, the prompt waits.
fn is_run(command: &str) -> bool {
    !["cargo test", "cargo install", "git "]
        .iter()
        .any(|other| command.starts_with(other))
}

#[test]
fn the_readme_tells_the_truth() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(path).expect("README.md");
    let examples = examples(&readme);
    assert!(
        examples.len() >= 10,
        "README.md shows {} commands",
        examples.len()
    );
    let mut wrong = Vec::new();
    for example in examples.iter().filter(|example| is_run(&example.command)) {
        let printed = run(&example.command);
        let same = |text: &str| {
            text.lines()
                .map(str::trim_end)
                .collect::<Vec<_>>()
                .join("\n")
        };
        if same(&printed).trim_end() != same(&example.printed).trim_end() {
            wrong.push(format!(
                "README.md:{}: {}\n--- says\n{}--- is\n{printed}",
                example.line, example.command, example.printed
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_picture_is_the_one_that_archq_draws() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readme/fanout.svg");
    let kept = fs::read_to_string(kept).expect("the picture");
    assert!(
        kept == run("archq draw data/examples/fanout.yaml --format svg"),
        "draw it again"
    );
}
