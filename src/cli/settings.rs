//! Bounds and pictures at the prompt: the same flags, set by name.

use super::args::Bounds;
use super::picture;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Answer;
use crate::model::Value;
use crate::render::PictureOptions;
use crate::session::Limits;
use crate::session::Session;
use clap::Args;
use clap::Command;
use clap::FromArgMatches;

fn flags() -> Command {
    let command = Command::new("set").no_binary_name(true);
    Bounds::augment_args(command.disable_help_flag(true).disable_version_flag(true))
}

/// Lists the names of all bounds of a question, then those of what can be chosen of a picture.
#[must_use]
pub fn names() -> Vec<String> {
    let flags = flags();
    let names = flags.get_arguments().filter_map(|flag| flag.get_long());
    names
        .filter(|name| value_of(&Limits::default(), name).is_some())
        .map(str::to_owned)
        .chain(of_pictures())
        .collect()
}

fn of_pictures() -> Vec<String> {
    let flags = picture::flags();
    let names = flags.get_arguments().filter_map(|flag| flag.get_long());
    names.map(str::to_owned).collect()
}

/// Lists what can be set, and how it is set.
#[must_use]
pub fn list(limits: &Limits, pictures: &PictureOptions) -> Answer {
    let bounds = rows(&flags(), |name| value_of(limits, name));
    let chosen = rows(&picture::flags(), |name| {
        Some(picture::value_of(pictures, name))
    });
    Answer {
        columns: ["setting", "value", "meaning"].map(str::to_owned).into(),
        rows: [bounds, chosen].concat(),
        ..Answer::default()
    }
}

fn rows(flags: &Command, value_of: impl Fn(&str) -> Option<Value>) -> Vec<Vec<Value>> {
    let rows = flags.get_arguments().filter_map(|flag| {
        let name = flag.get_long()?;
        let value = value_of(name)?;
        let help = flag.get_help().map(ToString::to_string).unwrap_or_default();
        Some(vec![name.into(), value, help.into()])
    });
    rows.collect()
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
        "max-threads" => limits.threads.map_or(Value::Null, count),
        _ => return None,
    })
}

/// Sets a bound, or a choice of pictures.
///
/// # Errors
/// Where there is none of that name, or the value does not do.
pub fn set(
    session: &mut Session,
    pictures: &mut PictureOptions,
    name: &str,
    value: &str,
) -> Result<(), Diagnostic> {
    let known = names();
    if !known.iter().any(|known| known == name) {
        let error = Diagnostic::error(&Code::BAD_USAGE, format!("there is no setting `{name}`"));
        return Err(error.nearest(nearest(name, known.iter().map(String::as_str))));
    }
    if of_pictures().iter().any(|own| own == name) {
        return picture::set(pictures, name, value, session);
    }
    set_bound(session.limits_mut(), name, value)
}

fn set_bound(limits: &mut Limits, name: &str, value: &str) -> Result<(), Diagnostic> {
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
