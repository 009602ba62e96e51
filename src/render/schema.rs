//! The shape of `data/style.toml`: shared by the program and by the build script that packs the
//! table, so that a misspelt field stops the build.

use serde::{Deserialize, Serialize};

/// The whole table.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StyleTable {
    /// How nodes of a category look.
    #[serde(rename = "category")]
    pub categories: Vec<CategoryStyle>,
    /// How quantities are told to people.
    #[serde(rename = "unit")]
    pub units: Vec<UnitStyle>,
}

/// How nodes of one category look.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryStyle {
    /// The category, or the beginning of it up to a dot.
    pub id: String,
    /// A node label that wins over the category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What a legend says.
    pub title: String,
    /// The outline.
    pub shape: Shape,
    /// Inside, on white paper.
    pub fill: String,
    /// Border, on white paper.
    pub stroke: String,
    /// Inside, on a dark page.
    pub dark: String,
    /// Border, on a dark page.
    pub light: String,
    /// Path data on a field of 24 by 24.
    pub glyph: String,
}

/// The outline of a node; every writer of pictures knows all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A box with rounded corners.
    Box,
    /// A box with half-circles for sides.
    Pill,
    /// A standing cylinder.
    Cylinder,
    /// A lying cylinder.
    Pipe,
    /// A box with pointed sides.
    Hexagon,
    /// A box with a tab.
    Folder,
    /// A box with cut corners.
    Octagon,
    /// A sheet with a folded corner.
    Note,
    /// A leaning box.
    Slant,
    /// A box with one pointed side and one notched side.
    Notch,
    /// A box with very round corners and a double line.
    Cloud,
    /// A box with a bar on its left.
    Tag,
}

/// How numbers of one unit are told.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitStyle {
    /// The unit as facts name it.
    pub name: String,
    /// Names and sizes, from small to large.
    pub steps: Vec<(String, u64)>,
}
