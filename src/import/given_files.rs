//! Files of values for parameters and variables.
//!
//! Takes the forms in which people keep them: the parameter files of the AWS CLI and of CodePipeline,
//! `NAME=VALUE` texts, `samconfig.toml`, and Terraform's variable files.

use super::Options;
use super::Source;
use super::given::{Given, GivenValue};
use super::terraform;
use super::tree::{self, At, Entry, Node, Tree, decode};
use crate::diag::{Code, Diagnostic, Place};
use std::sync::Arc;

/// Reads a file of values.
///
/// # Errors
/// Where it is in none of the forms that are known.
pub fn read_given(source: &Source, options: &Options) -> Result<Vec<Given>, Diagnostic> {
    let file = File {
        name: source.name.as_str().into(),
    };
    let text = decode(&source.bytes).map_err(|(why, _)| {
        Diagnostic::error(&Code::UNREADABLE_INPUT, why).in_file(file.place(At::default()))
    })?;
    if source.name.ends_with(".tfvars") || source.name.ends_with(".tfvars.json") {
        return terraform::variables(&source.name, &text);
    }
    if source.name.ends_with(".toml") {
        return file.samconfig(&text);
    }
    let found = tree::read(&text, 0, &file.name, &options.bounds)?;
    match found.documents.first() {
        Some(node) => file.document(node),
        None => Ok(Vec::new()),
    }
}

/// The file that is read.
struct File {
    name: Arc<str>,
}

impl File {
    fn place(&self, at: At) -> Place {
        Place {
            file: self.name.clone(),
            line: at.line.max(1),
            column: at.column.max(1),
        }
    }

    fn given(&self, name: &str, text: &str, at: At) -> Given {
        Given::written(name, GivenValue::Text(text.into()), self.place(at))
    }

    fn document(&self, node: &Node) -> Result<Vec<Given>, Diagnostic> {
        match &node.data {
            Tree::List(items) => items.iter().map(|item| self.item(item)).collect(),
            Tree::Map(entries) => match node.get("Parameters") {
                Some(inner) => self.entries(inner.entries()),
                None => self.entries(entries),
            },
            _ => Err(self.odd(node.at)),
        }
    }

    fn entries(&self, entries: &[Entry]) -> Result<Vec<Given>, Diagnostic> {
        let one = |entry: &Entry| {
            let text = text_of(&entry.value).ok_or_else(|| self.odd(entry.value.at))?;
            Ok(self.given(&entry.key, &text, entry.at))
        };
        entries.iter().map(one).collect()
    }

    /// Reads `{ParameterKey, ParameterValue}` or `"NAME=VALUE"`.
    fn item(&self, item: &Node) -> Result<Given, Diagnostic> {
        let keyed = || {
            let name = item.get("ParameterKey")?;
            let value = item.get("ParameterValue").and_then(text_of);
            Some(self.given(name.text()?, &value?, name.at))
        };
        let pair = || {
            let (name, value) = item.text()?.split_once('=')?;
            Some(self.given(name, value, item.at))
        };
        keyed().or_else(pair).ok_or_else(|| self.odd(item.at))
    }

    fn odd(&self, at: At) -> Diagnostic {
        Diagnostic::error(&Code::BROKEN_SYNTAX, "not a value for a parameter")
            .in_file(self.place(at))
            .expected(
                "`{\"ParameterKey\": …, \"ParameterValue\": …}`, `\"NAME=VALUE\"`, or a map of names",
            )
    }

    /// Reads what the default environment overrides.
    fn samconfig(&self, text: &str) -> Result<Vec<Given>, Diagnostic> {
        let line = |offset: usize| At {
            line: 1 + text.bytes().take(offset).filter(|b| *b == b'\n').count() as u32,
            ..At::default()
        };
        let table: toml::Table = toml::from_str(text).map_err(|error| {
            let at = line(error.span().map_or(0, |span| span.start));
            let message = format!("not well-formed TOML: {}", error.message());
            Diagnostic::error(&Code::BROKEN_SYNTAX, message).in_file(self.place(at))
        })?;
        let key = "parameter_overrides";
        let overrides = ["deploy", "global"].iter().find_map(|command| {
            let parameters = table.get("default")?.get(command)?.get("parameters")?;
            parameters.get(key)
        });
        let at = line(text.find(key).unwrap_or(0));
        let words: Vec<String> = match overrides {
            Some(toml::Value::String(text)) => words(text),
            Some(toml::Value::Array(items)) => {
                let texts = items.iter().filter_map(toml::Value::as_str);
                texts.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let pairs = words.iter().filter_map(|word| word.split_once('='));
        Ok(pairs
            .map(|(name, value)| self.given(name, value, at))
            .collect())
    }
}

/// Gives a scalar as text, a list joined by commas as parameters of that kind are.
fn text_of(node: &Node) -> Option<Arc<str>> {
    if let Tree::List(items) = &node.data {
        let texts: Option<Vec<Arc<str>>> = items.iter().map(Node::scalar).collect();
        return Some(texts?.join(",").into());
    }
    node.scalar()
}

/// Splits a line at blanks that no quotes hold.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for letter in line.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None if letter.is_whitespace() => words.push(std::mem::take(&mut word)),
            _ => word.push(letter),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}
