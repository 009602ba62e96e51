//! Tab: how the text before the cursor goes on, told by what stands before the word.

use super::commands;
use super::commands::Argument;
use super::vocabulary::KEYWORDS;
use super::vocabulary::Vocabulary;
use super::vocabulary::Words;
use crate::cli::script::is_command;
use rustyline::Context;
use rustyline::completion::Completer;
use rustyline::completion::FilenameCompleter;
use rustyline::completion::Pair;
use std::rc::Rc;

/// Most candidates that are shown.
const SHOWN: usize = 500;

/// Most words of a name.
const NAME_WORDS: usize = 6;

type Completion = (usize, Vec<Pair>);

pub(super) struct ArchqCompleter {
    words: Rc<Words>,
    files: FilenameCompleter,
}

impl Completer for ArchqCompleter {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let typed = line.get(..at).unwrap_or(line);
        if is_command(line) {
            self.command(typed)
        } else {
            Ok(self.question(typed))
        }
    }
}

impl ArchqCompleter {
    pub(super) fn new(words: Rc<Words>) -> Self {
        Self {
            words,
            files: FilenameCompleter::new(),
        }
    }

    fn command(&self, typed: &str) -> rustyline::Result<Completion> {
        let Some((command, _)) = typed.split_once(char::is_whitespace) else {
            let sign = typed.chars().next().unwrap_or(':');
            let names = commands::names().map(|name| format!("{sign}{name}"));
            return Ok((0, fitting(typed, names)));
        };
        let start = typed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let argument = commands::argument(command);
        let chosen = fitting(&typed[start..], argument.choices(&self.words.get()));
        if !matches!(argument, Argument::Input | Argument::File) {
            return Ok((start, chosen));
        }
        let (file_start, mut files) = self.files.complete_path(typed, typed.len())?;
        if file_start == start {
            files.extend(chosen);
        }
        Ok((file_start, files))
    }

    fn question(&self, typed: &str) -> Completion {
        let start = word_start(typed);
        let word = &typed[start..];
        let words = self.words.get();
        let fit = |choices: &[String]| (start, fitting(word, choices.iter().cloned()));
        match typed[..start].chars().next_back() {
            Some('$') => {
                let typed = format!("${word}");
                (start - 1, fitting(&typed, self.words.parameters()))
            }
            Some('.') => fit(&words.keys),
            Some(':' | '|' | '&' | '!') if innermost(typed) == Some('[') => fit(&words.kinds),
            Some(':' | '|' | '&' | '!') => fit(&words.labels),
            _ => plain(typed, start, &words),
        }
    }
}

/// Completes a word that nothing special stands before: the words of a verb at the beginning, a
/// name of one or several words, a keyword, a function.
fn plain(typed: &str, start: usize, words: &Vocabulary) -> Completion {
    let first = typed.len() - typed.trim_start().len();
    let word = &typed[start..];
    if word.is_empty() && first < typed.len() {
        let names = names_from(typed, start, words);
        return names.unwrap_or_else(|| (start, fitting("", words.names.iter().cloned())));
    }
    let verbs = fitting(&typed[first..], words.verbs.iter().cloned());
    if start > first {
        if !verbs.is_empty() {
            return (first, verbs);
        }
        if let Some(found) = names_from(typed, start, words).filter(|(at, _)| *at < start) {
            return found;
        }
    }
    let mut found = if start == first { verbs } else { Vec::new() };
    if !typed.trim().is_empty() {
        found.extend(fitting(word, keywords_like(word)));
        found.extend(fitting(word, words.names.iter().cloned()));
        found.extend(fitting(word, words.functions.iter().cloned()));
    }
    (start, found)
}

/// Completes the longest end of the text that begins a name.
fn names_from(typed: &str, start: usize, words: &Vocabulary) -> Option<Completion> {
    name_starts(typed, start).into_iter().find_map(|start| {
        let begun = &typed[start..];
        let found = fitting(begun, words.names.iter().cloned());
        (!begun.trim().is_empty() && !found.is_empty()).then_some((start, found))
    })
}

/// Where a name of several words may begin, longest first.
fn name_starts(typed: &str, start: usize) -> Vec<usize> {
    let mut starts = vec![start];
    let mut at = start;
    for _ in 1..NAME_WORDS {
        let head = typed[..at].trim_end_matches(' ');
        let next = word_start(head);
        if head.len() == at || next == head.len() {
            break;
        }
        starts.push(next);
        at = next;
    }
    starts.reverse();
    starts
}

/// Keywords in the case in which the word was begun.
fn keywords_like(word: &str) -> impl Iterator<Item = String> {
    let lower = word.starts_with(char::is_lowercase);
    KEYWORDS.iter().map(move |keyword| match lower {
        true => keyword.to_lowercase(),
        false => (*keyword).to_owned(),
    })
}

/// Gives where the word that ends a text begins.
fn word_start(text: &str) -> usize {
    let is_word = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    let length: usize = text
        .chars()
        .rev()
        .take_while(is_word)
        .map(char::len_utf8)
        .sum();
    text.len() - length
}

/// Gives the innermost bracket that is open at the end of a text.
fn innermost(text: &str) -> Option<char> {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

fn fitting(begun: &str, choices: impl IntoIterator<Item = String>) -> Vec<Pair> {
    let begun = begun.to_lowercase();
    let fits = |choice: &String| choice.to_lowercase().starts_with(&begun);
    let pair = |text: String| Pair {
        display: text.clone(),
        replacement: text,
    };
    let found = choices.into_iter().filter(fits);
    found.take(SHOWN).map(pair).collect()
}
