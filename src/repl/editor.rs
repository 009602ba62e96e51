//! The line editor: rustyline, its keys and its history.

use super::Next;
use super::Repl;
use super::helper::ArchqHelper;
use super::history;
use super::welcome;
use crate::cli::paint::Tone;
use rustyline::Cmd;
use rustyline::ColorMode;
use rustyline::CompletionType;
use rustyline::Config;
use rustyline::Editor;
use rustyline::KeyCode;
use rustyline::KeyEvent;
use rustyline::Modifiers;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use std::io;
use std::path::PathBuf;
use std::rc::Rc;

/// Statements kept in the history.
const HISTORY: usize = 10_000;

/// Candidates that are listed without asking first.
const LISTED: usize = 200;

type Line = Editor<ArchqHelper, FileHistory>;

/// Reads and runs statements until Ctrl-D or `:quit`.
pub(super) fn read(repl: &mut Repl) -> io::Result<()> {
    let mut line = editor(repl).map_err(io::Error::other)?;
    let kept = history::open(&mut line);
    repl.typed = line.history().into_iter().cloned().collect();
    welcome::show(repl)?;
    let styled = repl.console.out.tone(Tone::Strong, "archq>");
    let prompt = ("archq> ", format!("{styled} "));
    loop {
        match line.readline(&prompt) {
            Ok(text) => {
                remember(&mut line, &text, kept.as_ref(), repl);
                if repl.line(&text)? == Next::Leave {
                    return Ok(());
                }
            }
            // Ctrl-C clears the line.
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(()),
            Err(ReadlineError::Io(error)) => return Err(error),
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

fn editor(repl: &Repl) -> rustyline::Result<Line> {
    let color = match repl.console.out.is_on() {
        true => ColorMode::Forced,
        false => ColorMode::Disabled,
    };
    let config = Config::builder()
        .max_history_size(HISTORY)?
        .history_ignore_dups(true)?
        .history_ignore_space(true)
        .completion_type(CompletionType::List)
        .completion_prompt_limit(LISTED)
        .color_mode(color)
        // The terminal is never asked where its cursor is: one that does not answer would hang us.
        .check_cursor_position(false)
        .build();
    let mut line = Editor::with_config(config)?;
    let desk = Rc::clone(&repl.desk);
    line.set_helper(Some(ArchqHelper::new(desk, repl.console.out)));
    line.bind_sequence(KeyEvent(KeyCode::Enter, Modifiers::ALT), Cmd::Newline);
    Ok(line)
}

fn remember(line: &mut Line, text: &str, kept: Option<&PathBuf>, repl: &mut Repl) {
    let text = text.trim_end();
    if text.is_empty() {
        return;
    }
    repl.typed.push(text.to_owned());
    // A history that cannot be kept is no reason to stop.
    if let (Ok(true), Some(path)) = (line.add_history_entry(text), kept) {
        let _ = line.append_history(path);
    }
}
