//! How pictures are drawn: the flags, declared once for `draw`, `ask` and `:set`.
//!
//! Takes what was typed and the graph that is drawn; gives the options of a picture, or says which
//! value is none and which one is near. Draws nothing.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::GraphView;
use crate::model::Kinds;
use crate::model::Value;
use crate::render::Group;
use crate::render::PictureOptions;
use clap::Args;
use clap::Command;
use clap::FromArgMatches;

/// What can be chosen about a picture.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Pictures")]
pub(crate) struct Picture {
    /// What boxes stand for: stack (default), module, construct, vpc, region, category, tag:KEY, none
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Draws boxes below this depth as one node each; 0 leaves no box open
    #[arg(long, value_name = "LEVELS")]
    depth: Option<usize>,
    /// Leaves out nodes with a label, or edges of a kind; can be given more than once
    #[arg(long, value_name = "LABEL|KIND")]
    hide: Vec<String>,
    /// Draws nodes with a label, or edges of a kind, that are left out by default
    #[arg(long, value_name = "LABEL|KIND")]
    show: Vec<String>,
    /// Draws glue, too: permissions, roles, event source mappings and what else stands between
    #[arg(long)]
    with_glue: bool,
    /// Draws alike resources as one with their number, from so many on; 0 never does (default)
    #[arg(long, value_name = "NUMBER")]
    gather: Option<usize>,
    /// Draws the rest of the architecture pale around the answer
    #[arg(long)]
    context: bool,
    /// What stands above the picture
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

impl Picture {
    /// Gives the options, with all names looked up in the graph that is drawn.
    ///
    /// # Errors
    /// Where there is no such group, or a name is neither a label nor a kind.
    pub(crate) fn options(&self, view: &dyn GraphView) -> Result<PictureOptions, Diagnostic> {
        for name in self.hide.iter().chain(&self.show) {
            label_or_kind(name, view)?;
        }
        let group = self.group.as_deref().map(group).transpose()?;
        Ok(PictureOptions {
            glue: self.with_glue,
            group: group.unwrap_or_default(),
            title: self.title.clone(),
            hide: self.hide.clone(),
            show: self.show.clone(),
            depth: self.depth,
            gather: self.gather.filter(|from| *from > 0),
            context: self.context,
            ..PictureOptions::default()
        })
    }
}

fn group(name: &str) -> Result<Group, Diagnostic> {
    Group::named(name).ok_or_else(|| {
        let names = Group::NAMES.map(|name| match name {
            "tag:" => "tag:KEY",
            whole => whole,
        });
        let message = format!("there is no group `{name}`");
        Diagnostic::error(&Code::UNKNOWN_NAME, message)
            .nearest(nearest(name, names))
            .help(format!("groups are {}", names.join(", ")))
    })
}

/// Refuses a name that no node has as label and no edge as kind; the vocabulary of kinds always
/// does, whether or not the graph has such an edge.
fn label_or_kind(name: &str, view: &dyn GraphView) -> Result<(), Diagnostic> {
    let used = view.labels().into_iter().chain(view.kinds());
    let used = used.map(|(symbol, _)| view.name(symbol));
    let kinds = Kinds::built_in()
        .kinds
        .iter()
        .map(|kind| kind.name.as_str());
    let known: Vec<&str> = used.chain(kinds).collect();
    if known.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        return Ok(());
    }
    let message = format!("there is no label and no kind `{name}`");
    Err(Diagnostic::error(&Code::UNKNOWN_NAME, message).nearest(nearest(name, known)))
}

/// Gives the flags as a command line of their own.
pub(super) fn flags() -> Command {
    let command = Command::new("set").no_binary_name(true);
    Picture::augment_args(command.disable_help_flag(true).disable_version_flag(true))
}

/// Gives what was chosen, by the name of the flag.
pub(super) fn value_of(chosen: &PictureOptions, name: &str) -> Value {
    let count = |number: Option<usize>| {
        let number = number.and_then(|number| i64::try_from(number).ok());
        number.map_or(Value::Null, Value::Int)
    };
    let list = |names: &[String]| match names {
        [] => Value::Null,
        _ => Value::text(names.join(" ")),
    };
    match name {
        "group" => Value::text(chosen.group.to_string()),
        "depth" => count(chosen.depth),
        "hide" => list(&chosen.hide),
        "show" => list(&chosen.show),
        "with-glue" => Value::Bool(chosen.glue),
        "gather" => count(chosen.gather),
        "context" => Value::Bool(chosen.context),
        "title" => chosen.title.as_deref().map_or(Value::Null, Value::text),
        _ => Value::Null,
    }
}

/// Chooses as the flag of this name does; without a value, a switch is on and all else as usual.
///
/// # Errors
/// Where the value does not do.
pub(super) fn set(
    chosen: &mut PictureOptions,
    name: &str,
    value: &str,
    view: &dyn GraphView,
) -> Result<(), Diagnostic> {
    let read = flags()
        .try_get_matches_from(typed(name, value))
        .and_then(|matches| Picture::from_arg_matches(&matches));
    let read = read.map_err(|_| {
        let expected = if is_switch(name) {
            "on or off"
        } else {
            "a number"
        };
        let message = format!("`{value}` does not do for `{name}`");
        Diagnostic::error(&Code::BAD_USAGE, message).expected(expected)
    })?;
    let new = read.options(view)?;
    match name {
        "group" => chosen.group = new.group,
        "depth" => chosen.depth = new.depth,
        "hide" => chosen.hide = new.hide,
        "show" => chosen.show = new.show,
        "with-glue" => chosen.glue = new.glue,
        "gather" => chosen.gather = new.gather,
        "context" => chosen.context = new.context,
        "title" => chosen.title = new.title,
        _ => {}
    }
    Ok(())
}

fn is_switch(name: &str) -> bool {
    matches!(name, "with-glue" | "context")
}

/// Writes a name and its value as they would be typed in a shell.
fn typed(name: &str, value: &str) -> Vec<String> {
    match value {
        "" | "on" if is_switch(name) => vec![format!("--{name}")],
        "off" if is_switch(name) => Vec::new(),
        "" => Vec::new(),
        _ if matches!(name, "hide" | "show") => value
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .map(|word| format!("--{name}={word}"))
            .collect(),
        _ => vec![format!("--{name}={value}")],
    }
}
