//! Lists of the session's own as answers, so that they are shown like any other.

use super::Session;
use crate::model::Answer;
use crate::model::Value;

impl Session {
    /// Lists what was not understood in the inputs, and what could not be read.
    #[must_use]
    pub fn list_findings(&self) -> Answer {
        let all = self.problems.iter().chain(&self.findings);
        let rows = all.map(|finding| {
            let place = finding.place.as_ref();
            let file = place.map_or(Value::Null, |place| Value::text(&*place.file));
            let line = place.map_or(Value::Null, |place| Value::Int(place.line.into()));
            let code = Value::text(finding.code.id);
            let help = Value::text(finding.help.join("; "));
            vec![code, Value::text(&finding.message), file, line, help]
        });
        table(["code", "finding", "file", "line", "help"], rows)
    }

    /// Lists the parameters that every question sees.
    #[must_use]
    pub fn list_parameters(&self) -> Answer {
        let parameters = self.parameters.iter();
        let rows = parameters.map(|(name, value)| {
            let kind = value.type_name();
            vec![format!("${name}").into(), value.clone(), kind.into()]
        });
        table(["parameter", "value", "type"], rows)
    }
}

fn table<const N: usize>(columns: [&str; N], rows: impl Iterator<Item = Vec<Value>>) -> Answer {
    Answer {
        columns: columns.map(str::to_owned).into(),
        rows: rows.collect(),
        ..Answer::default()
    }
}
