//! What went wrong, in the user's words: a code, a message, a place, what was expected, and the
//! nearest name.
//!
//! Knows nothing of graphs, templates or the language; prints nothing. Colours and carets are the
//! door's business (`Diagnostic::render` gives the plain text of both).

mod codes;
mod diagnostic;
mod suggest;

pub use codes::{CODES, Code, Phase};
pub use diagnostic::{Diagnostic, Place, Severity, Span};
pub use suggest::{nearest, nearest_three};
