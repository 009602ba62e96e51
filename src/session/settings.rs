//! What a session starts from.

use super::input::InputBounds;
use crate::import::Stop;
use std::path::PathBuf;

/// Where the catalog comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CatalogSource {
    /// The one that was built in.
    #[default]
    BuiltIn,
    /// A folder of the same tables.
    Folder(PathBuf),
    /// No catalog at all.
    None,
}

/// What a session loads when it opens.
#[derive(Clone, Debug, Default)]
pub struct Opening {
    /// The catalog.
    pub catalog: CatalogSource,
    /// Files, folders, `-` and `example:NAME`.
    pub paths: Vec<String>,
    /// Values for parameters and variables of templates.
    pub template_parameters: Vec<(String, String)>,
    /// Files of such values; those above count before them.
    pub parameter_files: Vec<String>,
    /// How much is read.
    pub bounds: InputBounds,
    /// Ends reading from outside.
    pub stop: Stop,
    /// Whether snapshots are read as a whole, to find out whether they are as they were written.
    pub verify: bool,
}
