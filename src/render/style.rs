//! The style table at work: which look a node has, and how a quantity is told.
//!
//! Takes category names, labels and units as the graph has them; knows no service.

use super::schema::{CategoryStyle, StyleTable};
use std::sync::OnceLock;

/// The category whose look is taken where no other fits.
const OTHER: &str = "other";

/// The row for a box that is drawn as one node.
const SHUT_BOX: &str = "shut-box";

impl StyleTable {
    /// Gives the table that was built in. The build script has read it with the same types, so an
    /// empty table cannot be seen by a user.
    pub fn built_in() -> &'static StyleTable {
        static TABLE: OnceLock<StyleTable> = OnceLock::new();
        TABLE.get_or_init(|| {
            let packed = include_str!(concat!(env!("OUT_DIR"), "/style.json"));
            serde_json::from_str(packed).unwrap_or_default()
        })
    }

    /// Finds the row for a node by its labels, else by its category: the longest id that begins it.
    pub(super) fn look<'a>(
        &self,
        labels: impl Iterator<Item = &'a str>,
        category: Option<&str>,
    ) -> usize {
        for label in labels {
            let wins = |row: &CategoryStyle| row.label.as_deref() == Some(label);
            if let Some(row) = self.categories.iter().position(wins) {
                return row;
            }
        }
        category.map_or_else(|| self.other(), |category| self.of_category(category))
    }

    fn of_category(&self, category: &str) -> usize {
        self.categories
            .iter()
            .enumerate()
            .filter(|(_, row)| row.label.is_none() && begins(&row.id, category))
            .max_by_key(|(_, row)| row.id.len())
            .map_or_else(|| self.other(), |(row, _)| row)
    }

    fn other(&self) -> usize {
        self.named(OTHER)
    }

    /// Gives the row for a box that is drawn as one node.
    pub(super) fn shut_box(&self) -> usize {
        self.named(SHUT_BOX)
    }

    fn named(&self, id: &str) -> usize {
        let place = self.categories.iter().position(|row| row.id == id);
        place.unwrap_or(0)
    }

    /// Tells a number with its unit as a person would: `1209600`, `seconds` is `14 days`. Gives
    /// nothing where the unit has no steps or the number does not fit one of them shortly.
    pub(super) fn quantity(&self, number: f64, unit: &str) -> Option<String> {
        let row = self.units.iter().find(|row| row.name == unit)?;
        let (name, size) = row
            .steps
            .iter()
            .rev()
            .find(|(_, size)| number.abs() >= *size as f64)
            .or_else(|| row.steps.first())?;
        let scaled = number / *size as f64;
        let hundredths = (scaled * 100.0).round() / 100.0;
        ((hundredths - scaled).abs() < 1e-9).then(|| format!("{hundredths} {name}"))
    }
}

fn begins(id: &str, category: &str) -> bool {
    category
        .strip_prefix(id)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
