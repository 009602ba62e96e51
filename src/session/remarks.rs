//! Remarks to the answer of a core query: what is worth a person's time, and why there is nothing.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Answer;
use crate::model::GraphView;
use crate::model::Kinds;
use std::collections::BTreeSet;

/// Nodes whose keys are known by heart when a key is looked for.
const LOOKED_AT: usize = 20_000;

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
pub(super) fn empty(answer: &mut Answer, core: &str, graph: &dyn GraphView) {
    let asked = !answer.columns.is_empty() && answer.text.is_none();
    if asked && answer.rows.is_empty() && answer.notes.is_empty() {
        answer.notes.push(reason(core, graph));
    }
}

fn reason(core: &str, graph: &dyn GraphView) -> Diagnostic {
    if graph.node_count() == 0 {
        let note = Diagnostic::note(&Code::EMPTY_ANSWER, "no rows: the graph is empty");
        return note
            .help("load a template, or `example:fanout`; without `--empty` the catalog is there");
    }
    let known = keys(graph);
    if let Some(key) = keys_of(core).into_iter().find(|key| !known.contains(key)) {
        let message = format!("no rows: nothing here has a property `{key}`");
        let note = Diagnostic::note(&Code::EMPTY_ANSWER, message);
        return match nearest(key, known) {
            Some(near) => note.nearest(Some(near)),
            None => note.help("`:schema LABEL` at the prompt lists the properties"),
        };
    }
    Diagnostic::note(&Code::EMPTY_ANSWER, "no rows: nothing fits all of it")
        .help("leave out a condition, or turn a relationship round; `:schema` lists what there is")
}

fn keys(graph: &dyn GraphView) -> BTreeSet<&str> {
    let nodes = graph.nodes().take(LOOKED_AT);
    let of_nodes = nodes.flat_map(|node| graph.node_properties(node));
    let edges = graph.edges().into_iter().take(LOOKED_AT);
    let of_edges = edges.flat_map(|edge| graph.edge_properties(edge));
    let keys = of_nodes.chain(of_edges);
    keys.map(|(key, _)| graph.name(key)).collect()
}

/// Gives the keys that are asked of variables, as in `a.key`; those of nested maps do not count.
fn keys_of(core: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, piece) in core.split('\'').enumerate() {
        if at % 2 == 0 {
            let words = piece.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')));
            found.extend(words.filter_map(key_of));
        }
    }
    found
}

fn key_of(word: &str) -> Option<&str> {
    let mut parts = word.split('.');
    let variable = parts.next()?;
    let key = parts.next()?;
    let named = |name: &str| name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    // `date.truncate(` is a function and not a property.
    (named(variable) && named(key) && parts.next().is_none()).then_some(key)
}
