//! Remarks to the answer of a verb: nothing was found, there may be more, a service has ended, a
//! fact rests on general knowledge.
//!
//! Reads the answer and the piece of graph it touched; changes no row.

use super::Expanded;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Value;
use std::collections::BTreeSet;

/// Names listed in one remark.
const NAMES_SHOWN: usize = 5;

/// What a remark says of a status; what is not listed needs no remark.
const STANDINGS: &[(&str, &str)] = &[
    ("ended", "has ended"),
    ("closed_to_new", "is closed to new customers"),
];

/// Remarks on labels, kinds and keys that the graph does not know: the row of the verb named them,
/// so they are no slip of the user.
const OF_NAMES: &[&Code] = &[
    &Code::UNKNOWN_LABEL,
    &Code::UNKNOWN_KIND,
    &Code::UNKNOWN_PROPERTY,
];

/// Adds the remarks to the answer of a verb; touches each node of its piece once.
pub fn remark(asked: &Expanded, answer: &mut Answer, graph: &dyn GraphView) {
    if asked.verb.is_none() {
        return;
    }
    answer.notes.retain(|note| !OF_NAMES.contains(&note.code));
    answer.notes.extend(asked.read_as.as_deref().map(read_as));
    if answer.rows.is_empty() {
        answer.notes.extend(empty(asked));
    }
    if !asked.doubt.is_empty() && is_bare_no(answer) {
        answer
            .notes
            .push(Diagnostic::note(&Code::UNPROVEN, &asked.doubt));
    }
    if asked.rows.is_some_and(|rows| rows == answer.rows.len()) {
        answer.notes.push(cut(answer.rows.len()));
    }
    let touched = answer.piece.nodes.iter().chain(&asked.named).copied();
    let nodes: BTreeSet<NodeId> = touched.collect();
    for (status, words) in STANDINGS {
        answer.notes.extend(standing(&nodes, status, words, graph));
    }
    answer.notes.extend(general(&nodes, graph));
}

fn read_as(plain: &str) -> Diagnostic {
    let why = format!("archq knows no such question word for word and read it as `{plain}`");
    Diagnostic::note(&Code::READ_AS, why)
}

fn empty(asked: &Expanded) -> Option<Diagnostic> {
    let (why, advice) = asked.empty.as_ref()?;
    let note = Diagnostic::note(&Code::EMPTY_ANSWER, why);
    Some(match advice.as_str() {
        "" => note,
        advice => note.help(advice),
    })
}

/// Tells whether the answer is no, without a constraint that tells why.
fn is_bare_no(answer: &Answer) -> bool {
    let cell = |name: &str| {
        let column = answer.columns.iter().position(|column| column == name)?;
        answer.rows.first()?.get(column)
    };
    let reasons = cell("constraints").and_then(Value::as_list);
    cell("answer").and_then(Value::as_str) == Some("no") && reasons.is_some_and(<[_]>::is_empty)
}

fn cut(rows: usize) -> Diagnostic {
    let message = format!("the first {rows} are shown; there may be more");
    let note = Diagnostic::note(&Code::CUT_ANSWER, message);
    note.help(format!(
        "add `limit {}`, or `within N` to go further or less far",
        rows * 5
    ))
}

fn standing(
    nodes: &BTreeSet<NodeId>,
    status: &str,
    words: &str,
    graph: &dyn GraphView,
) -> Option<Diagnostic> {
    let found = nodes
        .iter()
        .filter(|node| graph.get(**node, "status").as_str() == Some(status));
    let names: Vec<String> = found
        .filter_map(|node| graph.get(*node, "name").as_str().map(str::to_owned))
        .collect();
    let shown: Vec<String> = names
        .iter()
        .take(NAMES_SHOWN)
        .map(|n| format!("`{n}`"))
        .collect();
    let more = match names.len().saturating_sub(NAMES_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let plural = words.replacen("has", "have", 1).replacen("is", "are", 1);
    let verb = if names.len() > 1 {
        plural.as_str()
    } else {
        words
    };
    let message = format!("{}{more} {verb}", shown.join(", "));
    (!names.is_empty()).then(|| Diagnostic::note(&Code::CLOSED_SERVICE, message))
}

fn general(nodes: &BTreeSet<NodeId>, graph: &dyn GraphView) -> Option<Diagnostic> {
    let fact = graph.symbol("Fact")?;
    let rests = |node: &&NodeId| {
        graph.has_label(**node, fact) && graph.get(**node, "source").as_str() == Some("general")
    };
    let count = nodes.iter().filter(rests).count();
    let message = match count {
        0 => return None,
        1 => "one fact rests on general knowledge: no page was found to cite".to_owned(),
        many => format!("{many} facts rest on general knowledge: no page was found to cite"),
    };
    Some(Diagnostic::note(&Code::GENERAL_KNOWLEDGE, message))
}
