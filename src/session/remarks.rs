//! Which remarks to an answer are worth a person's time.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::Kinds;

/// Drops remarks on names that a verb brought along: the user did not write them.
pub(super) fn of_the_user_alone(answer: &mut Answer) {
    answer.notes.retain(|note| !is_about_a_name(note));
}

/// Says each thing once, and of a kind that only happens not to be there nothing while there are
/// rows.
pub(super) fn once(answer: &mut Answer) {
    let rows = !answer.rows.is_empty();
    let notes = std::mem::take(&mut answer.notes);
    for note in notes {
        let known_kind = note.code == &Code::UNKNOWN_KIND && names_a_kind(&note.message);
        if !(rows && known_kind || answer.notes.contains(&note)) {
            answer.notes.push(note);
        }
    }
}

fn is_about_a_name(note: &Diagnostic) -> bool {
    [
        &Code::UNKNOWN_KIND,
        &Code::UNKNOWN_LABEL,
        &Code::UNKNOWN_PROPERTY,
    ]
    .contains(&note.code)
}

fn names_a_kind(message: &str) -> bool {
    let mut quoted = message.split('`').skip(1).step_by(2);
    quoted.any(|name| Kinds::built_in().get(name).is_some())
}
