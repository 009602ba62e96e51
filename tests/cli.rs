//! The program as a person in a shell sees it: transcripts in `tests/cli/*.txt`.
//!
//! A line that starts with `$ ` is run by `sh` in a copy of `tests/cli/files`; the lines behind it
//! are what it prints, those with `! ` what it prints on standard error, and `= 3` says how it
//! ends, where that is not 0. `...` stands for any lines. Lines that start with `#` are remarks.
//! With `ARCHQ_BLESS=1` the files are written anew from what is printed; read the difference.

#![allow(clippy::expect_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

/// A command of a transcript, and what stands behind it.
struct Case {
    remarks: String,
    command: String,
    expected: String,
}

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli")
}

fn cases(text: &str) -> (Vec<Case>, String) {
    let mut cases: Vec<Case> = Vec::new();
    let mut remarks = String::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            cases.push(Case {
                remarks: std::mem::take(&mut remarks),
                command: command.to_owned(),
                expected: String::new(),
            });
        } else if line.starts_with('#') || (line.is_empty() && !remarks.is_empty()) {
            remarks += line;
            remarks.push('\n');
        } else if let Some(case) = cases.last_mut() {
            case.expected += line;
            case.expected.push('\n');
        }
    }
    (cases, remarks)
}

/// Runs a command in a folder and writes down what it prints.
fn run(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_archq"));
    let programs = program.parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let done = Command::new("sh")
        .args(["-c", command])
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{programs}:{path}"))
        .env("HOME", folder)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output()
        .expect("a shell");
    let mut out = String::from_utf8_lossy(&done.stdout).into_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    for line in String::from_utf8_lossy(&done.stderr).lines() {
        let _ = writeln!(out, "! {line}");
    }
    match done.status.code() {
        Some(0) => {}
        Some(code) => {
            let _ = writeln!(out, "= {code}");
        }
        None => out.push_str("= killed\n"),
    }
    out
}

/// Tells whether a text is as expected; a line `...` takes any number of lines.
fn fits(expected: &[&str], found: &[&str]) -> bool {
    match (expected.first(), found.first()) {
        (None, None) => true,
        (Some(&"..."), _) => (0..=found.len()).any(|skip| fits(&expected[1..], &found[skip..])),
        (Some(line), Some(other)) => line == other && fits(&expected[1..], &found[1..]),
        _ => false,
    }
}

/// A fresh copy of the files that commands are run beside.
fn copy_of_files(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("cli")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    copy(&here().join("files"), &folder);
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        // A `.gitignore` of its own would hide the files from this repository.
        let name = name.replace("gitignore.txt", ".gitignore");
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}

fn check(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).expect("a transcript");
    let name = path.file_stem().expect("a name").to_string_lossy();
    let folder = copy_of_files(&name);
    let (cases, end) = cases(&text);
    let (mut written, mut wrong) = (String::new(), String::new());
    for case in &cases {
        let found = run(&case.command, &folder);
        let expected = case.expected.trim_end();
        let right = fits(
            &expected.lines().collect::<Vec<_>>(),
            &found.trim_end().lines().collect::<Vec<_>>(),
        );
        if !right {
            let _ = writeln!(
                wrong,
                "$ {}\nexpected:\n{expected}\nfound:\n{found}",
                case.command
            );
        }
        let kept = if right { expected } else { found.trim_end() };
        let _ = write!(written, "{}$ {}\n{kept}", case.remarks, case.command);
        written.push_str(if kept.is_empty() { "\n" } else { "\n\n" });
    }
    if std::env::var_os("ARCHQ_BLESS").is_some() {
        fs::write(path, written.trim_end().to_owned() + "\n" + &end).expect("a transcript");
        return Ok(());
    }
    match wrong.is_empty() {
        true => Ok(()),
        false => Err(format!("{}:\n{wrong}", path.display())),
    }
}

#[test]
fn transcripts_tell_what_is_printed() {
    let entries = fs::read_dir(here()).expect("the transcripts");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    assert!(!paths.is_empty());
    let wrong: Vec<String> = paths.iter().filter_map(|path| check(path).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
