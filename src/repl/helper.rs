//! What rustyline asks while a person types: is it whole, how does it go on, what colour is it.

use super::Desk;
use super::complete::ArchqCompleter;
use super::highlight::ArchqHighlighter;
use super::vocabulary::Words;
use crate::cli::paint::Paint;
use crate::cli::script::is_command;
use crate::cli::tokens::ends_with_semicolon;
use crate::session::Completeness;
use crate::session::completeness;
use rustyline::Completer;
use rustyline::Helper;
use rustyline::Highlighter;
use rustyline::Hinter;
use rustyline::Validator;
use rustyline::hint::HistoryHinter;
use rustyline::validate::ValidationContext;
use rustyline::validate::ValidationResult;
use std::rc::Rc;

/// All that is asked while a person types.
#[derive(Completer, Helper, Highlighter, Hinter, Validator)]
pub(super) struct ArchqHelper {
    #[rustyline(Completer)]
    completer: ArchqCompleter,
    #[rustyline(Hinter)]
    hinter: HistoryHinter,
    #[rustyline(Highlighter)]
    highlighter: ArchqHighlighter,
    #[rustyline(Validator)]
    validator: ArchqValidator,
}

impl ArchqHelper {
    pub(super) fn new(desk: Desk, paint: Paint) -> Self {
        let words = Rc::new(Words::new(desk));
        Self {
            completer: ArchqCompleter::new(Rc::clone(&words)),
            hinter: HistoryHinter::new(),
            highlighter: ArchqHighlighter::new(words, paint),
            validator: ArchqValidator,
        }
    }
}

/// Tells whether Enter runs what was typed.
struct ArchqValidator;

impl rustyline::validate::Validator for ArchqValidator {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(match runs(context.input()) {
            true => ValidationResult::Valid(None),
            false => ValidationResult::Incomplete,
        })
    }
}

/// A command runs, a statement that ends with `;` runs, two empty lines end any statement; else
/// the grammar says whether more has to come.
fn runs(text: &str) -> bool {
    text.trim().is_empty()
        || is_command(text)
        || text.ends_with("\n\n")
        || ends_with_semicolon(text)
        || completeness(text) != Completeness::Incomplete
}
