//! `:schema`: which labels, kinds and properties the graph has.

use super::Next;
use super::Repl;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Answer;
use crate::model::GraphView;
use crate::model::Kinds;
use crate::model::Symbol;
use crate::model::Value;
use std::collections::BTreeMap;
use std::io;

/// Lists labels and kinds, or the properties of one of them.
pub(super) fn run(repl: &mut Repl, word: &str) -> io::Result<Next> {
    let answer = {
        let session = repl.desk.borrow();
        match word.trim_start_matches(':') {
            "" => Ok(overview(session.graph())),
            word => properties(session.graph(), word),
        }
    };
    match answer {
        Ok(answer) => repl.tell(&answer),
        Err(error) => {
            repl.fail(&error, None);
            Ok(Next::On)
        }
    }
}

fn overview(graph: &dyn GraphView) -> Answer {
    let mut rows = Vec::new();
    for (label, count) in by_name(graph, graph.labels()) {
        rows.push(row(["label".into(), label.into(), count, Value::Null]));
    }
    for (kind, count) in by_name(graph, graph.kinds()) {
        let means = Kinds::built_in().get(kind);
        let means = means.map_or(Value::Null, |kind| kind.means.as_str().into());
        rows.push(row(["kind".into(), kind.into(), count, means]));
    }
    Answer {
        columns: ["what", "name", "count", "meaning"]
            .map(str::to_owned)
            .into(),
        rows,
        ..Answer::default()
    }
}

fn by_name(graph: &dyn GraphView, counted: Vec<(Symbol, usize)>) -> Vec<(&str, Value)> {
    let mut named: Vec<(&str, Value)> = counted
        .into_iter()
        .map(|(symbol, count)| (graph.name(symbol), Value::Int(count as i64)))
        .collect();
    named.sort_unstable_by_key(|(name, _)| *name);
    named
}

fn row<const N: usize>(cells: [Value; N]) -> Vec<Value> {
    cells.into()
}

/// Lists the properties of all nodes of a label, or of all edges of a kind; walks them once.
fn properties(graph: &dyn GraphView, word: &str) -> Result<Answer, Diagnostic> {
    let mut seen: BTreeMap<&str, (i64, Value)> = BTreeMap::new();
    let mut note = |properties: Vec<(Symbol, Value)>| {
        for (key, value) in properties {
            seen.entry(graph.name(key)).or_insert((0, value)).0 += 1;
        }
    };
    if let Some(label) = named(graph, graph.labels(), word) {
        for node in graph.nodes_with_label(label) {
            note(graph.node_properties(node));
        }
    } else if let Some(kind) = named(graph, graph.kinds(), word) {
        let edges = graph.edges().into_iter();
        for edge in edges.filter(|edge| graph.ends(*edge).kind == kind) {
            note(graph.edge_properties(edge));
        }
    } else {
        return Err(unknown(graph, word));
    }
    let rows = seen.into_iter().map(|(key, (count, example))| {
        let kind = example.type_name();
        row([key.into(), kind.into(), Value::Int(count), example])
    });
    Ok(Answer {
        columns: ["property", "type", "count", "example"]
            .map(str::to_owned)
            .into(),
        rows: rows.collect(),
        ..Answer::default()
    })
}

fn named(graph: &dyn GraphView, symbols: Vec<(Symbol, usize)>, word: &str) -> Option<Symbol> {
    let fits = |symbol: &Symbol| graph.name(*symbol).eq_ignore_ascii_case(word);
    symbols.into_iter().map(|(symbol, _)| symbol).find(fits)
}

fn unknown(graph: &dyn GraphView, word: &str) -> Diagnostic {
    let symbols = graph.labels().into_iter().chain(graph.kinds());
    let names: Vec<&str> = symbols.map(|(symbol, _)| graph.name(symbol)).collect();
    Diagnostic::error(
        &Code::UNKNOWN_LABEL,
        format!("the graph has neither a label nor a kind `{word}`"),
    )
    .nearest(nearest(word, names))
}
