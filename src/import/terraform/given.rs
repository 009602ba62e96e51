//! Variables given from outside: variable files that were named, and texts of the command line.

use super::file::broken;
use super::json::to_expression;
use super::module::{Module, SourceFile};
use crate::diag::{Diagnostic, Place};
use crate::import::given::{Given, GivenValue};
use hcl_edit::Span as _;
use hcl_edit::expr::Expression;
use hcl_edit::parser;
use hcl_edit::structure::Attribute;
use serde_json::{Map, Value};

/// Reads a variable file, `*.tfvars` or `*.tfvars.json`.
///
/// # Errors
/// Where it is not well formed.
pub(crate) fn variables(name: &str, text: &str) -> Result<Vec<Given>, Diagnostic> {
    let place = |line| Place {
        file: name.into(),
        line,
        column: 1,
    };
    if name.ends_with(".json") {
        let values: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line() as u32, error.column() as u32);
            broken(name, line, column, &error.to_string())
        })?;
        let one = |(key, value): (&String, &Value)| {
            Given::written(key, value_of(&to_expression(value)), place(1))
        };
        return Ok(values.iter().map(one).collect());
    }
    let body = parser::parse_body(text).map_err(|error| {
        let at = error.location();
        broken(name, at.line() as u32, at.column() as u32, error.message())
    })?;
    let file = SourceFile::new(name, text);
    let one = |attribute: &Attribute| {
        let line = attribute.span().map_or(1, |span| file.line(span.start));
        Given::written(&attribute.key, value_of(&attribute.value), place(line))
    };
    Ok(body.attributes().map(one).collect())
}

fn value_of(written: &Expression) -> GivenValue {
    match written {
        Expression::String(text) => GivenValue::Text(text.as_str().into()),
        _ => GivenValue::Expression(written.to_string().trim().into()),
    }
}

/// Gives the variables of a root module their values.
pub(super) fn give(root: &mut Module, given: &[Given]) {
    for one in given {
        if root.written.variables.contains_key(&*one.name) {
            let value = match &one.value {
                GivenValue::Text(text) => typed(text),
                GivenValue::Expression(text) => expression(text),
            };
            root.given.insert(one.name.to_string(), value);
        }
    }
}

/// Reads a text as Terraform reads `-var`: a list, a map, a number or a truth where it is written
/// like one.
fn typed(text: &str) -> Expression {
    let number = text.parse::<i64>().is_ok_and(|n| n.to_string() == text);
    match number || matches!(text, "true" | "false") || text.starts_with(['[', '{']) {
        true => expression(text),
        false => text.into(),
    }
}

fn expression(text: &str) -> Expression {
    parser::parse_expr(text).unwrap_or_else(|_| text.into())
}
