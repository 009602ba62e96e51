//! Bounds at the prompt: the same flags, set by name.

use super::args::Bounds;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Answer;
use crate::model::Value;
use crate::session::Limits;
use clap::Args;
use clap::Command;
use clap::FromArgMatches;

fn flags() -> Command {
    let command = Command::new("set").no_binary_name(true);
    Bounds::augment_args(command.disable_help_flag(true).disable_version_flag(true))
}

/// Lists the names of all bounds of a question.
#[must_use]
pub fn names() -> Vec<String> {
    let flags = flags();
    let names = flags.get_arguments().filter_map(|flag| flag.get_long());
    names
        .filter(|name| value_of(&Limits::default(), name).is_some())
        .map(str::to_owned)
        .collect()
}

/// Lists the bounds and their values.
#[must_use]
pub fn list(limits: &Limits) -> Answer {
    let flags = flags();
    let rows = flags.get_arguments().filter_map(|flag| {
        let name = flag.get_long()?;
        let value = value_of(limits, name)?;
        let help = flag.get_help().map(ToString::to_string).unwrap_or_default();
        Some(vec![name.into(), value, help.into()])
    });
    Answer {
        columns: ["bound", "value", "meaning"].map(str::to_owned).into(),
        rows: rows.collect(),
        ..Answer::default()
    }
}

fn value_of(limits: &Limits, name: &str) -> Option<Value> {
    let count = |number: usize| Value::Int(i64::try_from(number).unwrap_or(i64::MAX));
    Some(match name {
        "timeout" => limits
            .time
            .map_or(Value::Null, |time| time.as_secs_f64().into()),
        "limit" => count(limits.rows),
        "max-paths" => count(limits.paths),
        "max-memory" => count(limits.memory >> 20),
        "max-depth" => count(limits.depth),
        _ => return None,
    })
}

/// Sets a bound.
///
/// # Errors
/// Where there is none of that name, or the value does not do.
pub fn set(limits: &mut Limits, name: &str, value: &str) -> Result<(), Diagnostic> {
    let known = names();
    if !known.iter().any(|known| known == name) {
        let error = Diagnostic::error(&Code::BAD_USAGE, format!("there is no bound `{name}`"));
        return Err(error.nearest(nearest(name, known.iter().map(String::as_str))));
    }
    let flag = format!("--{name}={value}");
    let bounds = flags()
        .try_get_matches_from([flag])
        .and_then(|matches| Bounds::from_arg_matches(&matches));
    match bounds {
        Ok(bounds) => {
            bounds.apply(limits);
            Ok(())
        }
        Err(_) => {
            let error = format!("`{value}` does not do for `{name}`");
            Err(Diagnostic::error(&Code::BAD_USAGE, error).expected("a number"))
        }
    }
}
