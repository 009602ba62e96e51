//! Remarks to the answer of a core query: what is worth a person's time, and why there is nothing.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::GraphView;
use crate::model::Kinds;

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

fn names_a_kind(message: &str) -> bool {
    let mut quoted = message.split('`').skip(1).step_by(2);
    quoted.any(|name| Kinds::built_in().get(name).is_some())
}

/// Says why an answer has no rows, and what to try; nothing where something was said already.
pub(super) fn empty(answer: &mut Answer, graph: &dyn GraphView) {
    let asked = !answer.columns.is_empty() && answer.text.is_none();
    if asked && answer.rows.is_empty() && answer.notes.is_empty() {
        answer.notes.push(reason(graph));
    }
}

fn reason(graph: &dyn GraphView) -> Diagnostic {
    if graph.node_count() == 0 {
        let note = Diagnostic::note(&Code::EMPTY_ANSWER, "no rows: the graph is empty");
        return note
            .help("load a template, or `example:fanout`; without `--empty` the catalog is there");
    }
    Diagnostic::note(&Code::EMPTY_ANSWER, "no rows: nothing fits all of it")
        .help("leave out a condition, or turn a relationship round; `:schema` lists what there is")
}
