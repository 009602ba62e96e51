//! What people bring along from neighbouring languages, and how it is said here.
//!
//! Looked up only after a refusal, at the place of the refusal; knows no grammar.

/// A neighbour's spelling that begins at the place, or up to `before` bytes before it, and advice.
struct Hint {
    spelling: &'static str,
    before: usize,
    help: &'static str,
}

const fn hint(spelling: &'static str, before: usize, help: &'static str) -> Hint {
    Hint {
        spelling,
        before,
        help,
    }
}

const HINTS: &[Hint] = &[
    hint("==", 1, "equality is one sign here: `=`"),
    hint("!=", 0, "inequality is written `<>`"),
    hint("&&", 0, "both is written `AND`"),
    hint(
        "||",
        0,
        "one of two is written `OR`; texts and lists are joined by `+`",
    ),
    hint("=>", 1, "an arrow is written `-->` or `-[:KIND]->`"),
    hint("=[", 0, "a relationship is written `-[:KIND]->`"),
    hint("++", 1, "write `n.x = n.x + 1`"),
    hint(
        "+=",
        0,
        "`+=` adds a map to a variable: `SET n += {key: 1}`",
    ),
    hint(
        "SELECT",
        0,
        "rows are asked for by `MATCH (n) RETURN n.name`",
    ),
    hint(
        "FROM",
        0,
        "where things come from is a pattern: `MATCH (n:Label)`",
    ),
    hint("INSERT", 0, "nodes are made by `CREATE (n:Label {key: 1})`"),
    hint(
        "UPDATE",
        0,
        "properties are changed by `MATCH (n) SET n.key = 1`",
    ),
    hint(
        "JOIN",
        0,
        "things are joined by a pattern: `MATCH (a)-->(b)`",
    ),
    hint(
        "GROUP BY",
        0,
        "rows are grouped by the columns of RETURN that are no aggregates",
    ),
    hint(
        "HAVING",
        0,
        "groups are chosen by `WITH key, count(*) AS n WHERE n > 1`",
    ),
    hint("OFFSET", 0, "rows are left out by `SKIP 10`"),
    hint("TOP", 0, "the first rows are had by `ORDER BY … LIMIT 10`"),
    hint(
        "ILIKE",
        0,
        "texts are compared by `CONTAINS`, `STARTS WITH` and `=~`",
    ),
    hint(
        "LIKE",
        0,
        "texts are compared by `CONTAINS`, `STARTS WITH` and `=~`",
    ),
    hint("BETWEEN", 0, "a range is written `1 <= n.x <= 5`"),
    hint(
        "g.V",
        0,
        "this is no Gremlin: `g.V().hasLabel('A')` is `MATCH (n:A) RETURN n`",
    ),
    hint(
        "PREFIX",
        0,
        "this is no SPARQL: `MATCH (a)-[:KIND]->(b) RETURN a, b`",
    ),
    hint("ELIF", 0, "a further case is a further `WHEN … THEN …`"),
    hint(
        "IF",
        0,
        "a choice is written `CASE WHEN … THEN … ELSE … END`",
    ),
    hint("LET", 0, "a name is given by `WITH expression AS name`"),
    hint(
        "LOAD CSV",
        0,
        "files are read by the program and not by a query: name them as PATH",
    ),
    hint("USE", 0, "there is one graph: the one that was loaded"),
    hint(
        "FILTER",
        0,
        "rows are chosen by `WHERE` behind `MATCH` or `WITH`",
    ),
    hint(
        "'",
        0,
        "a name is written bare or in back-quotes, a text in quotes",
    ),
    hint(
        "\"",
        0,
        "a name is written bare or in back-quotes, a text in quotes",
    ),
    hint("#", 0, "a comment begins with `//`"),
    hint("--", 0, "a comment begins with `//`"),
];

/// Where two nodes stand side by side and the place lies in the second one: its parenthesis.
pub(super) fn between_nodes(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.trim_end();
    let first = before.strip_suffix('(')?.trim_end();
    first.ends_with(')').then_some(before.len() - 1)
}

/// Finds advice for what stands at the place.
pub(super) fn find(text: &str, at: usize) -> Option<&'static str> {
    let side_by_side = text.get(..at).is_some_and(|t| t.trim_end().ends_with(')'));
    if side_by_side && text.get(at..).is_some_and(|rest| rest.starts_with('(')) {
        return Some("between two nodes stands a relationship, `(a)-->(b)`, or a comma");
    }
    let found = HINTS.iter().find(|hint| stands(hint, text, at));
    found.map(|hint| hint.help)
}

fn stands(hint: &Hint, text: &str, at: usize) -> bool {
    (0..=hint.before).any(|before| {
        let start = at.checked_sub(before);
        let rest = start.and_then(|start| text.get(start..));
        rest.is_some_and(|rest| begins(rest, hint.spelling))
    })
}

/// Begins with the spelling in any case, and a word ends where the spelling's does.
fn begins(rest: &str, spelling: &str) -> bool {
    let head = rest.get(..spelling.len());
    let same = head.is_some_and(|head| head.eq_ignore_ascii_case(spelling));
    let word = spelling.ends_with(|c: char| c.is_ascii_alphabetic());
    let behind = rest
        .get(spelling.len()..)
        .and_then(|tail| tail.chars().next());
    same && !(word && behind.is_some_and(|c| c.is_alphanumeric() || c == '_'))
}
