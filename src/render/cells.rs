//! Rows for people: the texts of all cells, with quantities told in their natural units.
//!
//! Where an answer has a column `value` and a column `unit`, a number that can be told shortly in a
//! larger unit (`1209600`, `seconds`) is (`14`, `days`); machine formats never come here.

use super::Job;
use super::schema::StyleTable;
use super::text::Role;
use super::text::Text;
use super::value::text_of;
use crate::model::Value;

/// Gives the texts of all cells, row by row.
pub(super) fn cells(job: &Job<'_>) -> Vec<Vec<Text>> {
    let pair = value_and_unit(&job.answer.columns);
    job.answer
        .rows
        .iter()
        .map(|row| {
            let mut texts: Vec<Text> = row.iter().map(|value| text_of(value, job.view)).collect();
            if let Some((value, unit)) = pair {
                tell(row, &mut texts, value, unit);
            }
            texts
        })
        .collect()
}

fn value_and_unit(columns: &[String]) -> Option<(usize, usize)> {
    let column = |name: &str| {
        columns
            .iter()
            .position(|column| column.rsplit('.').next() == Some(name))
    };
    Some((column("value")?, column("unit")?))
}

fn tell(row: &[Value], texts: &mut [Text], value: usize, unit: usize) {
    let number = match row.get(value) {
        Some(Value::Int(number)) => *number as f64,
        Some(Value::Float(number)) => *number,
        _ => return,
    };
    let told = row
        .get(unit)
        .and_then(Value::as_str)
        .and_then(|unit| StyleTable::built_in().quantity(number, unit));
    if let Some((amount, name)) = told.as_deref().and_then(|told| told.split_once(' ')) {
        set(texts, value, Text::new(Role::Number, amount));
        set(texts, unit, Text::new(Role::Plain, name));
    }
}

fn set(texts: &mut [Text], at: usize, text: Text) {
    if let Some(place) = texts.get_mut(at) {
        *place = text;
    }
}
