//! Rows for people: the texts of all cells, with quantities told in their natural units.
//!
//! Where an answer has a column `value` and a column `unit`, or `size` and `size_unit`, a number that
//! can be told shortly in a larger unit (`1209600`, `seconds`) is (`14`, `days`); the older value in
//! `was`, and all numbers beside a column `unit_of_all`, are told whole (`14 days`). Machine formats
//! never come here.

use super::Job;
use super::schema::StyleTable;
use super::text::Role;
use super::text::Text;
use super::value::text_of;
use crate::model::Value;

/// Gives the texts of all cells, row by row.
pub(super) fn cells(job: &Job<'_>) -> Vec<Vec<Text>> {
    let units = Units::of(&job.answer.columns);
    let told = |row: &Vec<Value>| {
        let mut texts: Vec<Text> = row.iter().map(|value| text_of(value, job.view)).collect();
        units.tell(row, &mut texts);
        texts
    };
    job.answer.rows.iter().map(told).collect()
}

/// Which columns hold numbers, and which their units.
struct Units {
    /// A number and the unit of that number alone.
    pairs: Vec<(usize, usize)>,
    /// Numbers that share a unit with others.
    sharing: Vec<(usize, usize)>,
}

impl Units {
    fn of(columns: &[String]) -> Self {
        let named = |name: &str| columns.iter().position(|column| last(column) == name);
        let own = |(at, column): (usize, &String)| {
            let unit = match last(column) {
                "value" => named("unit"),
                name => named(&format!("{name}_unit")),
            };
            Some((at, unit?))
        };
        let mut sharing = Vec::new();
        if let (Some(was), Some(unit)) = (named("was"), named("unit")) {
            sharing.push((was, unit));
        }
        if let Some(unit) = named("unit_of_all") {
            sharing.extend((0..columns.len()).map(|at| (at, unit)));
        }
        Self {
            pairs: columns.iter().enumerate().filter_map(own).collect(),
            sharing,
        }
    }

    fn tell(&self, row: &[Value], texts: &mut [Text]) {
        for (value, unit) in &self.sharing {
            if let Some(told) = quantity(row, *value, *unit) {
                set(texts, *value, Text::new(Role::Number, &told));
            }
        }
        for (value, unit) in &self.pairs {
            let told = quantity(row, *value, *unit);
            if let Some((amount, name)) = told.as_deref().and_then(|told| told.split_once(' ')) {
                set(texts, *value, Text::new(Role::Number, amount));
                set(texts, *unit, Text::new(Role::Plain, name));
            }
        }
    }
}

/// The name of a column behind the last dot.
fn last(column: &str) -> &str {
    column.rsplit('.').next().unwrap_or(column)
}

/// Tells the number of a cell in the natural unit, where it is one.
fn quantity(row: &[Value], value: usize, unit: usize) -> Option<String> {
    let number = match row.get(value) {
        Some(Value::Int(number)) => *number as f64,
        Some(Value::Float(number)) => *number,
        _ => return None,
    };
    let unit = row.get(unit).and_then(Value::as_str)?;
    StyleTable::built_in().quantity(number, unit)
}

fn set(texts: &mut [Text], at: usize, text: Text) {
    if let Some(place) = texts.get_mut(at) {
        *place = text;
    }
}
