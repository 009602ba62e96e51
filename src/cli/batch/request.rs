//! One line of a script: what is asked.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::ValueMap;
use crate::session::Decoded;
use crate::session::DecodedMap;
use crate::session::Field;
use crate::session::Procedure;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::time::Duration;

/// The keys of a request, not yet looked into.
#[derive(Debug, Deserialize)]
pub(super) struct Request<'a> {
    /// Echoed as it was written.
    #[serde(borrow, default)]
    pub(super) id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    query: Option<&'a RawValue>,
    #[serde(borrow, default)]
    params: Option<&'a RawValue>,
    #[serde(borrow, default)]
    timeout_ms: Option<&'a RawValue>,
    #[serde(borrow, default)]
    reset: Option<&'a RawValue>,
    #[serde(borrow, default)]
    procedure: Option<&'a RawValue>,
}

/// What a request asks.
#[derive(Debug)]
pub(super) enum Asked {
    /// An answer.
    Query {
        text: String,
        parameters: ValueMap,
        timeout: Option<Duration>,
    },
    /// The state right after start.
    Reset,
    /// A declared procedure.
    Procedure(Procedure),
}

#[derive(Deserialize)]
struct Declared {
    name: String,
    #[serde(default)]
    inputs: Vec<(String, String)>,
    #[serde(default)]
    outputs: Vec<(String, String)>,
    #[serde(default)]
    rows: Vec<Vec<Decoded>>,
}

impl<'a> Request<'a> {
    /// Takes a line apart.
    pub(super) fn read(line: &'a [u8]) -> Result<Self, Diagnostic> {
        // A list of the right length would do for serde; it does not here.
        if line.trim_ascii_start().first() != Some(&b'{') {
            return Err(bad("expected a JSON object on a line of its own"));
        }
        serde_json::from_slice(line).map_err(|error| bad(format!("not a JSON object: {error}")))
    }

    /// Looks into the keys.
    pub(super) fn asked(&self) -> Result<Asked, Diagnostic> {
        if let Some(query) = self.query {
            return Ok(Asked::Query {
                text: read(query, "query")?,
                parameters: match self.params {
                    Some(params) => {
                        read::<Option<DecodedMap>>(params, "params")?
                            .unwrap_or_default()
                            .0
                    }
                    None => ValueMap::new(),
                },
                timeout: match self.timeout_ms {
                    Some(time) => read::<Option<f64>>(time, "timeout_ms")?
                        .map(|ms| Duration::from_secs_f64(ms.clamp(0.0, 1e12) / 1e3)),
                    None => None,
                },
            });
        }
        if let Some(reset) = self.reset {
            return match read(reset, "reset")? {
                true => Ok(Asked::Reset),
                false => Err(bad("`reset` is true or left out")),
            };
        }
        match self.procedure {
            Some(procedure) => declared(read(procedure, "procedure")?),
            None => Err(bad("expected `query`, `reset` or `procedure`")),
        }
    }
}

fn declared(declared: Declared) -> Result<Asked, Diagnostic> {
    let fields = |list: Vec<(String, String)>| -> Vec<Field> {
        list.into_iter()
            .map(|(name, kind)| Field::new(name, kind))
            .collect()
    };
    let width = declared.inputs.len() + declared.outputs.len();
    if declared.rows.iter().any(|row| row.len() != width) {
        return Err(bad(format!(
            "a row of `{}` has {width} values",
            declared.name
        )));
    }
    let rows = declared.rows.into_iter();
    Ok(Asked::Procedure(Procedure {
        name: declared.name,
        inputs: fields(declared.inputs),
        outputs: fields(declared.outputs),
        rows: rows
            .map(|row| row.into_iter().map(|decoded| decoded.0).collect())
            .collect(),
    }))
}

fn read<T: for<'de> Deserialize<'de>>(raw: &RawValue, key: &str) -> Result<T, Diagnostic> {
    serde_json::from_str(raw.get()).map_err(|error| bad(format!("`{key}`: {error}")))
}

fn bad(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(&Code::BAD_REQUEST, message)
}
