//! What can be chosen about an answer's looks.

use super::icons::Icons;
use super::text::Painter;
use crate::model::Piece;
use std::fmt;

/// How an answer is written.
#[derive(Clone, Default)]
pub struct Options<'a> {
    /// Columns of the terminal; unlimited where none.
    pub width: Option<usize>,
    /// Who colours roles of text; nobody where none.
    pub painter: Option<Painter<'a>>,
    /// How pictures are drawn.
    pub picture: PictureOptions,
}

/// How a picture is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureOptions {
    /// Draw glue, too.
    pub glue: bool,
    /// What boxes stand for.
    pub group: Group,
    /// What stands above the picture.
    pub title: Option<String>,
    /// Glue that was left out before the answer came here.
    pub hidden: usize,
    /// Resources of types that no rule knows.
    pub not_understood: usize,
    /// Labels and kinds that are not drawn; other texts match nothing.
    pub hide: Vec<String>,
    /// Labels and kinds that are drawn although they are hidden by default.
    pub show: Vec<String>,
    /// Nodes and edges that are not drawn.
    pub hide_piece: Piece,
    /// Nodes and edges that are drawn although they are hidden by default.
    pub show_piece: Piece,
    /// Boxes below this depth become one node each.
    pub depth: Option<usize>,
    /// From how many on alike nodes are drawn as one with a number; never where none.
    pub gather: Option<usize>,
    /// Draw the whole architecture and leave pale what the answer did not touch.
    pub context: bool,
    /// On which paper.
    pub theme: Theme,
    /// Pixels for each unit of a drawing, in hundredths; twice the size where none.
    pub scale: Option<u32>,
    /// Most pixels of a picture, in millions; a usual bound where none.
    pub pixels: Option<u32>,
    /// Icons that stand for glyphs of our own.
    pub icons: Icons,
}

/// The paper of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the reader's program says, and white where it does not.
    #[default]
    Auto,
    /// White.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Names of all papers.
    pub const NAMES: [&'static str; 3] = ["auto", "light", "dark"];

    /// Reads a paper as `--theme` takes it.
    #[must_use]
    pub fn named(name: &str) -> Option<Theme> {
        match name.to_ascii_lowercase().as_str() {
            "auto" => Some(Theme::Auto),
            "light" => Some(Theme::Light),
            "dark" => Some(Theme::Dark),
            _ => None,
        }
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        })
    }
}

/// What the boxes of a picture stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Stacks and modules, nested.
    #[default]
    Stack,
    /// Modules.
    Module,
    /// Constructs of the program that made a template.
    Construct,
    /// Networks and subnetworks.
    Vpc,
    /// Accounts and regions.
    Region,
    /// Categories of services.
    Category,
    /// Values of a tag.
    Tag(String),
    /// No boxes.
    None,
}

impl Group {
    /// Names of all groups; `tag:` takes a key behind the colon.
    pub const NAMES: [&'static str; 8] = [
        "stack",
        "module",
        "construct",
        "vpc",
        "region",
        "category",
        "tag:",
        "none",
    ];

    /// Reads a group as `--group` takes it.
    #[must_use]
    pub fn named(name: &str) -> Option<Group> {
        if let Some(key) = name.strip_prefix("tag:").filter(|key| !key.is_empty()) {
            return Some(Group::Tag(key.to_owned()));
        }
        match name.to_ascii_lowercase().as_str() {
            "stack" => Some(Group::Stack),
            "module" => Some(Group::Module),
            "construct" => Some(Group::Construct),
            "vpc" => Some(Group::Vpc),
            "region" => Some(Group::Region),
            "category" => Some(Group::Category),
            "none" => Some(Group::None),
            _ => None,
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Group::Stack => "stack",
            Group::Module => "module",
            Group::Construct => "construct",
            Group::Vpc => "vpc",
            Group::Region => "region",
            Group::Category => "category",
            Group::Tag(key) => return write!(f, "tag:{key}"),
            Group::None => "none",
        })
    }
}
