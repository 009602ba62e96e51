//! Tab: how the text before the cursor goes on, told by what stands before the word.

use super::commands;
use super::commands::Argument;
use super::vocabulary::KEYWORDS;
use super::vocabulary::Vocabulary;
use super::vocabulary::Words;
use crate::cli::script::STARTS;
use crate::cli::script::begins_core;
use crate::cli::script::is_command;
use crate::cli::tokens::TokenKind;
use crate::cli::tokens::tokens;
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

/// Completes a word that nothing special stands before.
fn plain(typed: &str, start: usize, words: &Vocabulary) -> Completion {
    let begun = typed.trim_start();
    let begun = begun
        .strip_prefix("explain ")
        .or_else(|| begun.strip_prefix("profile "))
        .unwrap_or(begun);
    let Some((first, _)) = begun.split_once(' ') else {
        return (typed.len() - begun.len(), beginning(begun, words));
    };
    match begins_core(first) {
        true if in_string(typed) => in_verb(typed, start, typed.len(), words),
        true => in_core(typed, start, words),
        false => in_verb(typed, start, typed.len() - begun.len(), words),
    }
}

/// The first word of a question: that of a verb or of a core query.
fn beginning(begun: &str, words: &Vocabulary) -> Vec<Pair> {
    let mut found = fitting(begun, words.verbs.iter().cloned());
    let starts = STARTS.iter().map(|start| in_case(start, begun));
    found.extend(
        fitting(begun, starts)
            .into_iter()
            .filter(|_| !begun.is_empty()),
    );
    found
}

/// A word of a core query: a keyword or a function.
fn in_core(typed: &str, start: usize, words: &Vocabulary) -> Completion {
    let word = &typed[start..];
    let keywords = KEYWORDS.iter().map(|keyword| in_case(keyword, word));
    let mut found = fitting(word, keywords);
    found.extend(fitting(word, words.functions.iter().cloned()));
    (start, found)
}

/// A word of a verb line: more words of the verb, a name of one or several words, an option.
fn in_verb(typed: &str, start: usize, first: usize, words: &Vocabulary) -> Completion {
    let word = &typed[start..];
    if let Some(begun) = typed.get(first..).filter(|begun| !begun.is_empty()) {
        let verbs = fitting(begun, words.verbs.iter().cloned());
        if !verbs.is_empty() {
            return (first, verbs);
        }
    }
    let names = names_from(typed, start, words);
    if let Some(found) = names.filter(|(at, _)| *at < start) {
        return found;
    }
    let mut found = fitting(word, words.names.iter().cloned());
    if !word.is_empty() {
        found.extend(fitting(word, words.options.iter().cloned()));
    }
    (start, found)
}

fn in_string(typed: &str) -> bool {
    let last = tokens(typed).into_iter().last();
    last.is_some_and(|token| token.kind == TokenKind::Text)
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

/// A keyword in the case in which the word was begun.
fn in_case(keyword: &str, word: &str) -> String {
    match word.starts_with(char::is_lowercase) {
        true => keyword.to_lowercase(),
        false => keyword.to_owned(),
    }
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
