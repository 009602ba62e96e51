//! `:help`: what can be asked, and what a word means.

use super::Next;
use super::Repl;
use super::commands;
use super::commands::COMMANDS;
use super::vocabulary::Vocabulary;
use crate::cli::paint::Tone;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest_three;
use crate::model::Kinds;
use crate::query::manual;
use crate::query::verbs;
use crate::render::FORMATS;
use std::fmt::Write as _;
use std::io;
use std::io::Write;

/// Widest left column, in characters.
const LEFT: usize = 38;

/// Explains a word, or all there is.
pub(super) fn run(repl: &mut Repl, word: &str) -> io::Result<Next> {
    let text = match word {
        "" => Some(overview(repl)),
        _ => explain(repl, word.trim_end_matches("()")),
    };
    match text {
        Some(text) => io::stdout().lock().write_all(text.as_bytes())?,
        None => repl.fail(&unknown(word), None),
    }
    Ok(Next::On)
}

/// Lists the words that help knows.
pub(super) fn topics(words: &Vocabulary) -> Vec<String> {
    let mut topics = known();
    topics.extend(words.kinds.iter().cloned());
    topics
}

fn known() -> Vec<String> {
    let verbs = verbs::verbs().iter().map(|verb| verb.name.clone());
    let language = manual::words().map(str::to_owned);
    let kinds = Kinds::built_in().kinds.iter().map(|kind| kind.name.clone());
    let commands = commands::names().map(str::to_owned);
    verbs.chain(language).chain(kinds).chain(commands).collect()
}

fn overview(repl: &Repl) -> String {
    let mut out = String::new();
    let usages: Vec<String> = verbs::verbs()
        .iter()
        .map(|verb| short(&verb.usage))
        .collect();
    let helps = verbs::verbs().iter().map(|verb| verb.help.as_str());
    let verbs: Vec<(&str, &str)> = usages.iter().map(String::as_str).zip(helps).collect();
    section(repl, &mut out, "Questions in plain words", &verbs);
    let core = [
        (
            "MATCH (a)-[r]->(b) WHERE … RETURN …",
            "openCypher 9, with shortest paths and quantifiers of GQL",
        ),
        (
            "… as FORMAT [to \"FILE\"]",
            "any answer in another format: table, json, csv, dot, …",
        ),
        (
            "explain QUESTION, profile QUESTION",
            "the core query and its plan; rows and time",
        ),
    ];
    section(repl, &mut out, "Questions in the core language", &core);
    let commands: Vec<(&str, &str)> = COMMANDS.iter().map(|c| (c.usage, c.help)).collect();
    section(repl, &mut out, "Commands", &commands);
    let _ = writeln!(
        out,
        "A question runs when it is whole; `;` always ends it. Tab completes, Ctrl-C stops, Ctrl-D leaves.\n\
         `:help WORD` explains a verb, a clause, a function, a kind of edge, a format or a command."
    );
    out
}

/// Leaves out the options of a long usage; `:help VERB` shows them.
fn short(usage: &str) -> String {
    match usage.split_once(" [") {
        Some((head, _)) if usage.len() > LEFT => format!("{head} …"),
        _ => usage.to_owned(),
    }
}

fn section(repl: &Repl, out: &mut String, title: &str, rows: &[(&str, &str)]) {
    let _ = writeln!(out, "{}", repl.tone(Tone::Strong, title));
    let width = rows.iter().map(|(left, _)| left.chars().count()).max();
    let width = width.unwrap_or(0);
    for (left, right) in rows {
        let gap = " ".repeat(width.saturating_sub(left.chars().count()));
        let left = repl.tone(Tone::Keyword, left);
        let _ = writeln!(out, "  {left}{gap}  {right}");
    }
    out.push('\n');
}

/// Gives all that is known of a word, one after the other.
fn explain(repl: &Repl, word: &str) -> Option<String> {
    let known = [
        verb(repl, word),
        command(repl, word),
        kind(repl, word),
        format(repl, word),
        manual::help(word),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    let ended = known.iter().map(|text| text.trim_end().to_owned() + "\n");
    (!known.is_empty()).then(|| ended.collect::<Vec<_>>().join("\n"))
}

fn verb(repl: &Repl, word: &str) -> Option<String> {
    let verb = verbs::verbs().iter().find(|verb| {
        verb.name.eq_ignore_ascii_case(word) || verb.usage.starts_with(&format!("{word} "))
    })?;
    let mut out = entry(repl, &verb.usage, &verb.help);
    if !verb.note.is_empty() {
        let _ = writeln!(out, "  {}", verb.note);
    }
    let _ = writeln!(out, "  for example: {}", verb.example);
    let _ = writeln!(
        out,
        "  `explain {}` shows the query it stands for",
        verb.example
    );
    Some(out)
}

fn command(repl: &Repl, word: &str) -> Option<String> {
    let command = commands::find(word)?;
    let mut out = entry(repl, command.usage, command.help);
    if !command.aliases.is_empty() {
        let aliases: Vec<String> = command.aliases.iter().map(|a| format!(":{a}")).collect();
        let _ = writeln!(out, "  also {}", aliases.join(", "));
    }
    Some(out)
}

fn kind(repl: &Repl, word: &str) -> Option<String> {
    let kind = Kinds::built_in().get(word)?;
    let mut out = entry(repl, &kind.name, &kind.means);
    let _ = writeln!(out, "  reads: A {} B; B {} A", kind.phrase, kind.inverse);
    let _ = writeln!(
        out,
        "  for example: MATCH (a)-[:{}]->(b) RETURN a.name, b.name",
        kind.name
    );
    Some(out)
}

fn format(repl: &Repl, word: &str) -> Option<String> {
    let format = FORMATS
        .iter()
        .find(|format| format.name.eq_ignore_ascii_case(word))?;
    Some(entry(
        repl,
        &format!(":format {}", format.name),
        format.help,
    ))
}

fn entry(repl: &Repl, head: &str, text: &str) -> String {
    format!("{}\n  {text}\n", repl.tone(Tone::Keyword, head))
}

fn unknown(word: &str) -> Diagnostic {
    let known = known();
    let near = nearest_three(word, known.iter().map(String::as_str));
    let error = Diagnostic::error(&Code::UNKNOWN_NAME, format!("there is no help on `{word}`"));
    match near[..] {
        [] => error.help("`:help` alone lists what there is"),
        _ => near
            .iter()
            .fold(error, |error, name| error.help(format!("`:help {name}`"))),
    }
}
