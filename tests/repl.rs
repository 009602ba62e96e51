//! The prompt on a terminal: continuation, completion, Ctrl-C, history, Ctrl-D.
//!
//! Runs the program on a pseudo-terminal and types.

#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may fail")]

use rexpect::session::PtySession;
use rexpect::session::spawn_command;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use std::time::Instant;

/// Longest wait for anything, in milliseconds; the machine may be busy.
const PATIENCE: u64 = 20_000;

const CTRL_C: char = 'c';
const CTRL_D: char = 'd';

/// A prompt, with a home of its own.
struct Prompt {
    session: PtySession,
    home: PathBuf,
}

fn graph() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/files/graph.jsonl")
}

impl Prompt {
    fn open(name: &str) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("repl")
            .join(name);
        let _ = fs::remove_dir_all(&home);
        fs::create_dir_all(&home).expect("a folder");
        Self::at_home(home, "xterm")
    }

    fn at_home(home: PathBuf, terminal: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_archq"));
        command.arg(graph()).arg("--empty");
        command.env_remove("XDG_STATE_HOME").env("HOME", &home);
        command.env("TERM", terminal).env("NO_COLOR", "1");
        let session = spawn_command(command, Some(PATIENCE)).expect("a terminal");
        let mut prompt = Self { session, home };
        prompt.sees("Ctrl-D leaves");
        prompt.sees("archq> ");
        prompt
    }

    fn types(&mut self, text: &str) {
        self.session.send(text).expect("to type");
        self.session.flush().expect("to type");
    }

    fn presses(&mut self, key: char) {
        self.session.send_control(key).expect("to press");
    }

    fn sees(&mut self, text: &str) -> String {
        let before = self.session.exp_string(text);
        before.unwrap_or_else(|error| panic!("`{text}` is not to be seen: {error}"))
    }

    /// Waits until the prompt is there for sure before the key: between two prompts the terminal is
    /// not raw and takes Ctrl-D for itself.
    fn leaves(mut self) {
        self.types("RETURN 'good' + 'bye'\r");
        self.sees("goodbye");
        self.sees("archq> ");
        self.presses(CTRL_D);
        self.session.exp_eof().expect("the end");
    }
}

#[test]
fn a_statement_runs_when_it_is_whole() {
    let mut prompt = Prompt::open("whole");
    prompt.types("MATCH (p:Person)\r");
    prompt.types("WHERE p.born = 1815\r");
    prompt.types("RETURN p.name + '!' AS who\r");
    prompt.sees("Ada!");
    prompt.types("RETURN 40 + 2 AS answer;\r");
    prompt.sees("42");
    prompt.leaves();
}

#[test]
fn an_error_is_told_and_the_prompt_lives_on() {
    let mut prompt = Prompt::open("errors");
    prompt.types("MATCH (p:Person;\r");
    prompt.sees("error[");
    prompt.types(":hepl\r");
    prompt.sees("did you mean `:help`?");
    prompt.types("RETURN 40 + 2 AS answer\r");
    prompt.sees("42");
    prompt.leaves();
}

#[test]
fn tab_completes_from_what_is_loaded() {
    let mut prompt = Prompt::open("tab");
    prompt.types("MATCH (p:Per\t)-[:KN\t]->() RETURN p.bor\t + 1\r");
    prompt.sees("1816");
    prompt.types(":for\t json\r");
    prompt.types("RETURN toUpp\t'ok') AS ok\r");
    prompt.sees("{\"ok\":\"OK\"}");
    prompt.leaves();
}

#[test]
fn ctrl_c_clears_the_line() {
    let mut prompt = Prompt::open("clear");
    prompt.types("RETURN 'nobody sees this");
    prompt.sees("this");
    prompt.presses(CTRL_C);
    prompt.sees("archq> ");
    prompt.types("RETURN 40 + 2\r");
    prompt.sees("42");
    prompt.leaves();
}

#[test]
fn ctrl_c_stops_a_question() {
    let mut prompt = Prompt::open("stop");
    let endless = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x WHERE x < 0 RETURN 'endless' AS it";
    prompt.types(&format!("{endless}\r"));
    // The sign of life says that it runs.
    prompt.sees("Ctrl-C stops");
    let pressed = Instant::now();
    prompt.presses(CTRL_C);
    prompt.sees("interrupted");
    assert!(
        pressed.elapsed() < Duration::from_secs(2),
        "{:?}",
        pressed.elapsed()
    );
    prompt.sees("archq> ");
    prompt.types("RETURN 40 + 2\r");
    prompt.sees("42");
    prompt.leaves();
}

#[test]
fn history_is_kept_for_the_next_time_and_for_nobody_else() {
    let mut prompt = Prompt::open("history");
    prompt.types("MATCH (p:Person)\rRETURN p.name + '?'\r");
    prompt.sees("Ada?");
    let home = prompt.home.clone();
    prompt.leaves();
    let file = home.join(".local/state/archq/history");
    let mode = fs::metadata(&file).expect("a history").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let mut prompt = Prompt::at_home(home, "xterm");
    // Up passes the good-bye and brings the whole statement back, Enter runs it again.
    prompt.types("\x1b[A\x1b[A\r");
    prompt.sees("Ada?");
    prompt.types(":history\r");
    prompt.sees("1  MATCH (p:Person)");
    prompt.leaves();
}

#[test]
fn a_terminal_that_can_nothing_will_do() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("repl/dumb");
    fs::create_dir_all(&home).expect("a folder");
    let mut prompt = Prompt::at_home(home, "dumb");
    prompt.types("MATCH (p:Person)\n");
    prompt.types("RETURN count(*) + 40\n");
    prompt.sees("42");
    prompt.leaves();
}

#[test]
fn quit_leaves() {
    let mut prompt = Prompt::open("quit");
    prompt.types("\\q\r");
    prompt.session.exp_eof().expect("the end");
}
