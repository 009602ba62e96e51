//! Sets of kinds that templates name, told by the properties of the kinds and not by their names.

use super::draft::quote;
use crate::model::Class;
use crate::model::Hits;
use crate::model::Kind;
use crate::model::Kinds;

/// Gives the kinds of a set as `A|B|C`, or of `SET.list` as `'A', 'B', 'C'`; an unknown set is
/// empty, which a test of the table sees.
pub(super) fn joined(set: &str) -> String {
    match set.strip_suffix(".list") {
        Some(set) => {
            let quoted: Vec<String> = names(set).into_iter().map(quote).collect();
            quoted.join(", ")
        }
        None => names(set).join("|"),
    }
}

fn names(set: &str) -> Vec<&'static str> {
    let kinds = Kinds::built_in().kinds.iter();
    kinds
        .filter(|kind| belongs(kind, set))
        .map(|kind| kind.name.as_str())
        .collect()
}

fn belongs(kind: &Kind, set: &str) -> bool {
    let flow = kind.class == Class::Flow && !kind.failure;
    match set {
        // What starts the target, or hands something to it.
        "start" => kind.starts,
        // What a path walks.
        "flow" => flow,
        // What goes on behind its end, and what only gets an answer there.
        "onward" => flow && !kind.stops,
        "stops" => flow && kind.stops,
        // What a path may begin with: who decides stands before the request.
        "first" => flow || kind.gates,
        // What gets nothing any more when the source fails.
        "starves" => matches!(kind.hits, Hits::Target | Hits::Both),
        // What cannot work any more when the target fails.
        "breaks" => matches!(kind.hits, Hits::Source | Hits::Both),
        // What breaks its source only where the source waits for the answer.
        "waits" => kind.hits == Hits::Target && kind.class == Class::Flow,
        // All that is architecture.
        "all" => !kind.structural,
        // The graph's own bones: parts, containers, references.
        "bones" => kind.structural,
        // Both.
        "glue" => true,
        _ => false,
    }
}
