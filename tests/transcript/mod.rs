//! Transcripts: what was typed, and below it what is shown.
//!
//! A file holds blocks. Lines that begin with `> ` are what was typed; the lines below, up to the
//! next such line or a line that begins with `#`, are what is shown for it. `ARCHQ_BLESS=1` writes
//! the files anew; look at the difference before keeping it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    dead_code,
    reason = "a test may fail, and not every test uses all of this"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Writes the files anew when it is set.
const BLESS: &str = "ARCHQ_BLESS";

/// A piece of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A line of explanation, kept as it is.
    Remark(String),
    /// What was typed and what is shown.
    Block {
        /// What was typed.
        typed: String,
        /// What is shown.
        shown: String,
    },
}

/// Holds every file `*.txt` of a folder of `tests` against what `answer` shows; gives the number of
/// blocks.
pub(crate) fn hold(folder: &str, answer: impl Fn(&str) -> String) -> usize {
    let mut blocks = 0;
    let mut wrong = Vec::new();
    for path in files(folder) {
        let text = fs::read_to_string(&path).expect("a transcript can be read");
        let pieces = pieces(&text);
        blocks += pieces.len();
        let fresh: Vec<Piece> = pieces.iter().map(|piece| renewed(piece, &answer)).collect();
        if std::env::var_os(BLESS).is_some() {
            fs::write(&path, written(&fresh)).expect("a transcript can be written");
            continue;
        }
        let pairs = pieces.iter().zip(&fresh);
        wrong.extend(pairs.filter(|(kept, new)| kept != new).map(difference));
    }
    assert!(
        wrong.is_empty(),
        "{}\nrun with {BLESS}=1 to take all of it over",
        wrong.join("\n")
    );
    blocks
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(folder);
    let entries = fs::read_dir(folder).expect("the folder of transcripts");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

/// Splits a file.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut typing = false;
    for line in text.lines() {
        if let Some(typed) = line.strip_prefix('>') {
            let typed = typed.strip_prefix(' ').unwrap_or(typed);
            match pieces.last_mut() {
                Some(Piece::Block { typed: before, .. }) if typing => {
                    before.push('\n');
                    before.push_str(typed);
                }
                _ => pieces.push(Piece::Block {
                    typed: typed.to_owned(),
                    shown: String::new(),
                }),
            }
            typing = true;
            continue;
        }
        typing = false;
        match pieces.last_mut() {
            _ if line.starts_with('#') => pieces.push(Piece::Remark(line.to_owned())),
            Some(Piece::Block { shown, .. }) => {
                shown.push_str(line);
                shown.push('\n');
            }
            _ => {}
        }
    }
    for piece in &mut pieces {
        if let Piece::Block { shown, .. } = piece {
            *shown = shown.trim_end().to_owned();
        }
    }
    pieces
}

fn renewed(piece: &Piece, answer: &impl Fn(&str) -> String) -> Piece {
    match piece {
        Piece::Remark(line) => Piece::Remark(line.clone()),
        Piece::Block { typed, .. } => Piece::Block {
            typed: typed.clone(),
            shown: answer(typed).trim_end().to_owned(),
        },
    }
}

fn written(pieces: &[Piece]) -> String {
    let texts: Vec<String> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Remark(line) => line.clone(),
            Piece::Block { typed, shown } => {
                let typed: Vec<String> = typed.lines().map(|line| format!("> {line}")).collect();
                format!("{}\n{shown}", typed.join("\n"))
            }
        })
        .collect();
    texts.join("\n\n") + "\n"
}

fn difference((kept, new): (&Piece, &Piece)) -> String {
    let (Piece::Block { typed, shown }, Piece::Block { shown: new, .. }) = (kept, new) else {
        return String::new();
    };
    format!("---- {typed}\nkept:\n{shown}\nnow:\n{new}\n")
}
