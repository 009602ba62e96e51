//! Names, quoted where they must be.

use crate::query::ast::Name;
use crate::query::syntax::is_reserved;
use std::fmt::{Display, Formatter, Result};

impl Display for Name {
    /// As a variable: reserved words are quoted.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        variable(f, &self.text)
    }
}

/// A name where no keyword can stand: a label, a key, a column.
pub(super) struct Word<'a>(pub(super) &'a str);

impl Display for Word<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if is_word(self.0) {
            f.write_str(self.0)
        } else {
            quoted(f, self.0)
        }
    }
}

/// A name with dots; each piece is quoted by itself.
pub(super) struct Dotted<'a>(pub(super) &'a str);

impl Display for Dotted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (count, piece) in self.0.split('.').enumerate() {
            match count {
                0 => variable(f, piece)?,
                _ => write!(f, ".{}", Word(piece))?,
            }
        }
        Ok(())
    }
}

/// Writes a name where an expression may stand.
pub(super) fn variable(f: &mut Formatter<'_>, text: &str) -> Result {
    if is_word(text) && !is_reserved(text) {
        f.write_str(text)
    } else {
        quoted(f, text)
    }
}

/// Writes a name in back-quotes.
pub(super) fn quoted(f: &mut Formatter<'_>, text: &str) -> Result {
    write!(f, "`{}`", text.replace('`', "``"))
}

/// Plain enough to stand without quotes; what is not ASCII is quoted, which is never wrong.
fn is_word(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    starts && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
