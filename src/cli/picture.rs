//! How pictures are drawn: the flags, declared once for `draw`, `ask` and `:set`.
//!
//! Takes what was typed and the session whose graph is drawn; gives the options of a picture, or says
//! which value is none and which one is near. Draws nothing.

use super::icons;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::GraphView;
use crate::model::Kinds;
use crate::model::Piece;
use crate::model::Value;
use crate::render::Group;
use crate::render::PictureOptions;
use crate::render::Theme;
use crate::session::Session;
use clap::Args;
use clap::Command;
use clap::FromArgMatches;
use std::path::PathBuf;

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
    /// Leaves out nodes with a label, edges of a kind, or what a question answers with; can be given
    /// more than once
    #[arg(long, value_name = "LABEL|KIND|QUESTION")]
    hide: Vec<String>,
    /// Draws nodes and edges that are left out by default, named as for --hide
    #[arg(long, value_name = "LABEL|KIND|QUESTION")]
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
    /// On which paper: auto (default; as the reader's program says), light, dark
    #[arg(long, value_name = "THEME")]
    theme: Option<String>,
    /// Draws icons of a folder: SVG or PNG, named by type (aws-lambda-function), service (lambda) or
    /// category (compute); for svg, html and png
    #[arg(long, value_name = "DIR")]
    icons: Option<PathBuf>,
    /// Makes a PNG so many times as large as the drawing (default 2)
    #[arg(long, value_name = "FACTOR", value_parser = hundredths)]
    scale: Option<u32>,
    /// Most pixels of a PNG, in millions (default 50); what is larger is made smaller
    #[arg(long, value_name = "MILLIONS", value_parser = clap::value_parser!(u32).range(1..))]
    max_pixels: Option<u32>,
}

impl Picture {
    /// Gives the options, with all names looked up in the graph that is drawn.
    ///
    /// # Errors
    /// Where there is no such group, a name is neither a label nor a kind, a question is wrong, or
    /// icons cannot be read.
    pub(crate) fn options(&self, session: &mut Session) -> Result<PictureOptions, Diagnostic> {
        for text in self.hide.iter().chain(&self.show) {
            match is_question(text) {
                true => drop(asked(text, session)?),
                false => label_or_kind(text, session.graph())?,
            }
        }
        let group = self.group.as_deref().map(group).transpose()?;
        let theme = self.theme.as_deref().map(theme).transpose()?;
        let icons = self.icons.as_deref().map(icons::read).transpose()?;
        Ok(PictureOptions {
            glue: self.with_glue,
            group: group.unwrap_or_default(),
            title: self.title.clone(),
            hide: self.hide.clone(),
            show: self.show.clone(),
            depth: self.depth,
            gather: self.gather.filter(|from| *from > 0),
            context: self.context,
            theme: theme.unwrap_or_default(),
            icons: icons.unwrap_or_default(),
            scale: self.scale,
            pixels: self.max_pixels,
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

fn theme(name: &str) -> Result<Theme, Diagnostic> {
    Theme::named(name).ok_or_else(|| {
        Diagnostic::error(&Code::UNKNOWN_NAME, format!("there is no theme `{name}`"))
            .nearest(nearest(name, Theme::NAMES))
            .help(format!("themes are {}", Theme::NAMES.join(", ")))
    })
}

/// Reads a factor between a tenth and ten.
fn hundredths(text: &str) -> Result<u32, String> {
    let factor = text.parse().ok().filter(|f: &f64| (0.1..=10.0).contains(f));
    let factor = factor.ok_or("expected a number from 0.1 to 10")?;
    Ok((factor * 100.0).round() as u32)
}

/// Tells a question from the name of a label or a kind.
fn is_question(text: &str) -> bool {
    text.contains(|c: char| c.is_whitespace() || c == '(')
}

/// Asks the questions among what is hidden and shown, of the graph as it is now.
///
/// # Errors
/// Where a question is wrong, or a bound ends it.
pub(super) fn ask(options: &mut PictureOptions, session: &mut Session) -> Result<(), Diagnostic> {
    options.hide_piece = all_asked(&options.hide, session)?;
    options.show_piece = all_asked(&options.show, session)?;
    Ok(())
}

fn all_asked(texts: &[String], session: &mut Session) -> Result<Piece, Diagnostic> {
    let mut all = Piece::default();
    for text in texts.iter().filter(|text| is_question(text)) {
        let piece = asked(text, session)?;
        all.nodes.extend(piece.nodes);
        all.edges.extend(piece.edges);
    }
    Ok(all)
}

/// Gives the nodes and edges that a question answers with; where its rows hold none, as those of a
/// verb, what it touched.
fn asked(text: &str, session: &mut Session) -> Result<Piece, Diagnostic> {
    let answer = session.ask(text)?.answer;
    let mut piece = Piece::default();
    let mut open: Vec<Value> = answer.rows.into_iter().flatten().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Node(node) => drop(piece.nodes.insert(node)),
            Value::Edge(edge) => drop(piece.edges.insert(edge)),
            Value::Path(path) => {
                piece.nodes.extend(&path.nodes);
                piece.edges.extend(&path.edges);
            }
            Value::List(items) => open.extend(items.iter().cloned()),
            _ => {}
        }
    }
    match piece.nodes.is_empty() && piece.edges.is_empty() {
        true => Ok(answer.piece),
        false => Ok(piece),
    }
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
        "theme" => Value::text(chosen.theme.to_string()),
        "icons" => chosen.icons.folder().map_or(Value::Null, Value::text),
        "scale" => chosen.scale.map_or(Value::Null, |hundredths| {
            Value::Float(f64::from(hundredths) / 100.0)
        }),
        "max-pixels" => count(chosen.pixels.map(|millions| millions as usize)),
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
    session: &mut Session,
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
    let new = read.options(session)?;
    match name {
        "group" => chosen.group = new.group,
        "depth" => chosen.depth = new.depth,
        "hide" => chosen.hide = new.hide,
        "show" => chosen.show = new.show,
        "with-glue" => chosen.glue = new.glue,
        "gather" => chosen.gather = new.gather,
        "context" => chosen.context = new.context,
        "title" => chosen.title = new.title,
        "theme" => chosen.theme = new.theme,
        "icons" => chosen.icons = new.icons,
        "scale" => chosen.scale = new.scale,
        "max-pixels" => chosen.pixels = new.pixels,
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
        // A question is one thing, and names are many.
        _ if matches!(name, "hide" | "show") && !value.contains(['(', '"', '\'']) => value
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .map(|word| format!("--{name}={word}"))
            .collect(),
        _ => vec![format!("--{name}={}", value.trim_matches(['"', '\'']))],
    }
}
