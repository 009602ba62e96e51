//! One file of a configuration, parsed.
//!
//! Takes a name and bytes, gives the blocks. Files are parsed side by side; what joins them to modules
//! is in `folders` and `load`.

use super::heredocs::dedented;
use super::module::Written;
use crate::diag::{Code, Diagnostic, Place};
use hcl_edit::parser;

/// A file that was parsed.
#[derive(Debug)]
pub(crate) struct File {
    /// Its name as the user sees it.
    pub(super) name: String,
    /// What it declares.
    pub(super) written: Written,
}

impl File {
    /// Parses a file of blocks, of values, or of blocks in JSON, as its name says.
    ///
    /// # Errors
    /// Where it is not well formed.
    pub(crate) fn parse(name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut written = Written::default();
        if name.ends_with(".tf.json") {
            super::json::add_file(&mut written, name, text).map_err(|error| {
                let (line, column) = (error.line() as u32, error.column() as u32);
                broken(name, line, column, &error.to_string())
            })?;
        } else {
            let body = parser::parse_body(&dedented(text)).map_err(|error| {
                let at = error.location();
                broken(name, at.line() as u32, at.column() as u32, error.message())
            })?;
            match name.ends_with(".tfvars") {
                true => written.add_values(body),
                false => written.add_blocks(name, text, body),
            }
        }
        Ok(Self {
            name: name.to_owned(),
            written,
        })
    }
}

/// Says where a file is not well formed, and why.
pub(super) fn broken(name: &str, line: u32, column: u32, why: &str) -> Diagnostic {
    let place = Place {
        file: name.into(),
        line,
        column,
    };
    let message = format!("`{name}` is not well formed");
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    Diagnostic::error(&Code::BROKEN_SYNTAX, message)
        .in_file(place)
        .expected(why)
}
