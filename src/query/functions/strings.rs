//! Functions on strings. Lengths and places count characters, from 0.

use super::Context;
use super::Function;
use super::Types;
use super::error::length;
use super::error::list;
use super::error::text;
use super::function::p;
use crate::diag::Diagnostic;
use crate::model::Value;
use crate::query::ops;

type Outcome = Result<Value, Diagnostic>;

const TEXT: Types = Types::STRING;

/// The functions of this family.
pub(super) const STRINGS: &[Function] = &[
    Function::scalar(
        "char_length",
        &[p("text", TEXT)],
        Types::INTEGER,
        char_length,
    )
    .help("gives the number of characters")
    .example("char_length('Lambda')", "6"),
    Function::scalar(
        "character_length",
        &[p("text", TEXT)],
        Types::INTEGER,
        char_length,
    )
    .help("gives the number of characters")
    .example("character_length('람다')", "2"),
    Function::scalar(
        "left",
        &[p("text", TEXT), p("length", Types::INTEGER)],
        TEXT,
        left,
    )
    .help("gives that many characters from the start")
    .example("left('eu-west-1', 2)", "'eu'"),
    Function::scalar(
        "right",
        &[p("text", TEXT), p("length", Types::INTEGER)],
        TEXT,
        right,
    )
    .help("gives that many characters from the end")
    .example("right('eu-west-1', 1)", "'1'"),
    Function::scalar("lower", &[p("text", TEXT)], TEXT, to_lower)
        .help("gives the string in lower case")
        .example("lower('SQS')", "'sqs'"),
    Function::scalar("upper", &[p("text", TEXT)], TEXT, to_upper)
        .help("gives the string in upper case")
        .example("upper('sqs')", "'SQS'"),
    Function::scalar("toLower", &[p("text", TEXT)], TEXT, to_lower)
        .help("gives the string in lower case")
        .example("toLower('SQS')", "'sqs'"),
    Function::scalar("toUpper", &[p("text", TEXT)], TEXT, to_upper)
        .help("gives the string in upper case")
        .example("toUpper('sqs')", "'SQS'"),
    Function::scalar("trim", &[p("text", TEXT)], TEXT, trim)
        .help("takes white space from both ends")
        .example("trim('  queue ')", "'queue'"),
    Function::scalar(
        "btrim",
        &[p("text", TEXT), p("characters", TEXT)],
        TEXT,
        trim,
    )
    .optional(1)
    .help("takes white space, or the given characters, from both ends")
    .example("btrim('--queue-', '-')", "'queue'"),
    Function::scalar(
        "ltrim",
        &[p("text", TEXT), p("characters", TEXT)],
        TEXT,
        ltrim,
    )
    .optional(1)
    .help("takes white space, or the given characters, from the start")
    .example("ltrim('  queue ')", "'queue '"),
    Function::scalar(
        "rtrim",
        &[p("text", TEXT), p("characters", TEXT)],
        TEXT,
        rtrim,
    )
    .optional(1)
    .help("takes white space, or the given characters, from the end")
    .example("rtrim('  queue ')", "'  queue'"),
    Function::scalar(
        "replace",
        &[p("text", TEXT), p("search", TEXT), p("by", TEXT)],
        TEXT,
        replace,
    )
    .help("replaces every occurrence of one string by another")
    .example("replace('dev-queue', 'dev', 'prod')", "'prod-queue'"),
    Function::scalar(
        "split",
        &[p("text", TEXT), p("separator", TEXT.or(Types::LIST))],
        Types::LIST,
        split,
    )
    .help("cuts a string at a separator, or at each of several")
    .example("split('arn:aws:sqs', ':')", "['arn', 'aws', 'sqs']"),
    Function::scalar(
        "substring",
        &[
            p("text", TEXT),
            p("start", Types::INTEGER),
            p("length", Types::INTEGER),
        ],
        TEXT,
        substring,
    )
    .optional(1)
    .help("gives the characters from a place on, all or that many")
    .example("substring('OrdersTable', 6)", "'Table'"),
];

fn char_length(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Int(text(arguments, 0).chars().count() as i64))
}

fn left(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let count = length(arguments, 1, "the length")?;
    Ok(text(arguments, 0)
        .chars()
        .take(count)
        .collect::<String>()
        .into())
}

fn right(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let count = length(arguments, 1, "the length")?;
    let text = text(arguments, 0);
    let skipped = text.chars().count().saturating_sub(count);
    Ok(text.chars().skip(skipped).collect::<String>().into())
}

fn to_lower(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(text(arguments, 0).to_lowercase().into())
}

fn to_upper(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(text(arguments, 0).to_uppercase().into())
}

/// Tells which characters are to be trimmed: those of the second argument, else white space.
fn trimmed(arguments: &[Value]) -> impl Fn(char) -> bool + Copy {
    let own = arguments.get(1).and_then(Value::as_str);
    move |c: char| own.map_or(c.is_whitespace(), |own| own.contains(c))
}

fn trim(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(text(arguments, 0).trim_matches(trimmed(arguments)).into())
}

fn ltrim(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(text(arguments, 0)
        .trim_start_matches(trimmed(arguments))
        .into())
}

fn rtrim(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    Ok(text(arguments, 0)
        .trim_end_matches(trimmed(arguments))
        .into())
}

fn replace(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let (whole, search, by) = (text(arguments, 0), text(arguments, 1), text(arguments, 2));
    if search.is_empty() {
        return Ok(arguments[0].clone());
    }
    if by.len() > search.len() {
        let more = whole
            .matches(search)
            .count()
            .saturating_mul(by.len() - search.len());
        ops::text_fits(whole.len().saturating_add(more))?;
    }
    Ok(whole.replace(search, by).into())
}

fn split(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let separators: Vec<&str> = match &arguments[1] {
        Value::Text(separator) => vec![separator],
        _ => list(arguments, 1)
            .iter()
            .filter_map(Value::as_str)
            .collect(),
    };
    let mut pieces = vec![text(arguments, 0)];
    for separator in separators {
        let finer = pieces.into_iter().flat_map(|piece| cut(piece, separator));
        pieces = finer.take(ops::LONGEST_LIST + 1).collect();
    }
    ops::list_fits(pieces.len())?;
    Ok(pieces
        .into_iter()
        .map(Value::from)
        .collect::<Vec<_>>()
        .into())
}

/// Cuts at every separator; an empty one cuts between all characters.
fn cut<'a>(piece: &'a str, separator: &'a str) -> impl Iterator<Item = &'a str> {
    let between = separator.is_empty() && !piece.is_empty();
    // Cutting at the empty string also gives an empty piece at either end.
    piece
        .split(separator)
        .filter(move |part| !between || !part.is_empty())
        .take(if separator.is_empty() && piece.is_empty() {
            1
        } else {
            usize::MAX
        })
}

fn substring(_: &Context<'_>, arguments: &[Value]) -> Outcome {
    let start = length(arguments, 1, "the start")?;
    let count = match arguments.len() {
        3 => length(arguments, 2, "the length")?,
        _ => usize::MAX,
    };
    let characters = text(arguments, 0).chars().skip(start).take(count);
    Ok(characters.collect::<String>().into())
}
