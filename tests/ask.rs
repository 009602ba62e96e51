//! Transcripts: questions as people type them and the answers they see.
//!
//! Every file below `tests/ask/` is a transcript; its form is told in `tests/README.md`. With
//! `UPDATE_ASK=1` the answers are written anew; read the difference before you keep it.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::render::{FORMATS, Options, render};
use archq::session::{Opening, Session};
use std::fs;
use std::path::{Path, PathBuf};

/// A line that is kept as it stands, or a question with its answer.
enum Item {
    Line(String),
    Question {
        head: String,
        text: String,
        answer: Vec<String>,
    },
}

fn transcripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ask");
    let entries = fs::read_dir(folder).expect("the folder of transcripts");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

/// Reads a transcript: a question begins with `>`, its answer goes on to the next empty line.
fn read(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let question = line
            .split_once("> ")
            .filter(|(before, _)| is_option(before));
        let Some((head, text)) = question else {
            items.push(Item::Line(line.to_owned()));
            continue;
        };
        // A question that has the answer of the one before is followed by no answer.
        let answer = match head.trim() {
            "[same]" => Vec::new(),
            _ => {
                let answer = lines.by_ref().take_while(|line| !line.is_empty());
                answer.map(str::to_owned).collect()
            }
        };
        items.push(Item::Question {
            head: head.to_owned(),
            text: text.to_owned(),
            answer,
        });
    }
    items
}

fn is_option(text: &str) -> bool {
    ["", "[plan]", "[same]"].contains(&text.trim())
}

/// Gives what a transcript loads: lines `load PATH` before its first question.
fn paths(items: &[Item]) -> Vec<String> {
    let lines = items.iter().map_while(|item| match item {
        Item::Line(line) => Some(line),
        Item::Question { .. } => None,
    });
    lines
        .filter_map(|line| line.strip_prefix("load "))
        .map(str::to_owned)
        .collect()
}

fn open(paths: Vec<String>) -> Session {
    Session::open(Opening {
        paths,
        ..Opening::default()
    })
}

/// Answers as `archq ask` does into a pipe: rows, then notes; an error with its caret.
fn answer(session: &mut Session, head: &str, question: &str) -> Vec<String> {
    let asked = if head.contains("[plan]") {
        format!("explain {question}")
    } else {
        question.to_owned()
    };
    let text = match session.ask(&asked) {
        Ok(reply) => {
            let answer = reply.answer;
            let mut out = Vec::new();
            let plain = FORMATS.iter().find(|format| format.name == "plain");
            let plain = *plain.expect("the plain format");
            render(
                &answer,
                session.graph(),
                plain,
                &Options::default(),
                &mut out,
            )
            .expect("a text can be written");
            let mut text = String::from_utf8(out).expect("the answer is text");
            for note in &answer.notes {
                text.push_str(&note.render(None));
            }
            text
        }
        Err(error) => error.render(Some(&asked)),
    };
    let lines = text
        .lines()
        .map(|line| without_estimate(line).trim_end().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

/// A line of a plan without the number of rows that the planner expects.
fn without_estimate(line: &str) -> &str {
    line.split("  [~").next().unwrap_or(line)
}

fn write(items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        match item {
            Item::Line(line) => text.push_str(&format!("{line}\n")),
            Item::Question {
                head,
                text: question,
                answer,
            } => {
                text.push_str(&format!("{head}> {question}\n"));
                if !head.contains("[same]") {
                    text.push_str(&format!("{}\n\n", answer.join("\n")));
                }
            }
        }
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// Runs a transcript and puts what was found in place of what was expected; lists differences.
fn run(path: &Path, items: &mut [Item]) -> Vec<String> {
    let mut session = open(paths(items));
    let mut wrong = Vec::new();
    let mut before = Vec::new();
    for item in items {
        let Item::Question { head, text, answer } = item else {
            continue;
        };
        let found = self::answer(&mut session, head, text);
        let same = head.contains("[same]");
        let expected = if same { &before } else { &*answer };
        if found != *expected {
            wrong.push(format!(
                "{}\n{head}> {text}\nexpected:\n{}\nfound:\n{}\n",
                path.display(),
                expected.join("\n"),
                found.join("\n")
            ));
        }
        if !same {
            *answer = found.clone();
            before = found;
        }
    }
    wrong
}

#[test]
fn every_question_has_its_answer() {
    let update = std::env::var_os("UPDATE_ASK").is_some();
    let mut wrong = Vec::new();
    for path in transcripts() {
        let text = fs::read_to_string(&path).expect("a transcript");
        let mut items = read(&text);
        let differences = run(&path, &mut items);
        if update {
            fs::write(&path, write(&items)).expect("a transcript can be written");
            let same = differences.iter().filter(|text| text.contains("\n[same]"));
            wrong.extend(same.cloned());
        } else {
            wrong.extend(differences);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn transcripts_are_many_enough() {
    let (mut all, mut korean) = (0, 0);
    for path in transcripts() {
        let text = fs::read_to_string(&path).expect("a transcript");
        for item in read(&text) {
            if let Item::Question { text, .. } = item {
                all += 1;
                korean += usize::from(text.chars().any(|c| ('가'..='힣').contains(&c)));
            }
        }
    }
    assert!(
        all >= 120 && korean >= 15,
        "{all} questions, {korean} Korean"
    );
}
