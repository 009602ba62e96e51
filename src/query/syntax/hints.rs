//! What people bring along from neighbouring languages, and how it is said here.
//!
//! Looked up only after a refusal, at the place of the refusal; knows no grammar.

use super::expected::Expected;

/// A neighbour's spelling that begins at the place, or up to `before` bytes before it, and advice.
struct Hint {
    spelling: &'static str,
    help: &'static str,
    before: usize,
    /// What could stand at the place; empty where that says nothing.
    only: &'static str,
}

const fn hint(spelling: &'static str, help: &'static str) -> Hint {
    Hint {
        spelling,
        help,
        before: 0,
        only: "",
    }
}

impl Hint {
    /// The spelling may begin so many bytes before the place.
    const fn from(self, before: usize) -> Self {
        Self { before, ..self }
    }

    /// The advice is given only where this could stand.
    const fn only(self, only: &'static str) -> Self {
        Self { only, ..self }
    }
}

const TEXT: &str = "a text stands in straight quotes: `'…'`";
const REGEX: &str = "a text is matched by a regular expression with `=~`";
const SEARCH: &str = "texts are compared by `CONTAINS`, `STARTS WITH` and `=~`";
const LABELS: &str = "labels are joined by `|` and `&`: `(n:A|B)`";
const CONDITION: &str = "conditions begin with `WHERE`";
const NAME: &str = "a name is written bare or in back-quotes, a text in quotes";
const NO_INDEX: &str =
    "there are no indexes, constraints or tables to make: what is asked for is looked up";

/// The first that fits counts.
const HINTS: &[Hint] = &[
    // Signs.
    hint("==", "equality is one sign here: `=`").from(1),
    hint("!=", "inequality is written `<>`"),
    hint("!", "not is written `NOT`").only("an expression"),
    hint("&&", "both is written `AND`"),
    hint(
        "||",
        "one of two is written `OR`; texts and lists are joined by `+`",
    ),
    hint("=>", "at least is written `>=`")
        .from(1)
        .only("an expression"),
    hint("=<", "at most is written `<=`")
        .from(1)
        .only("an expression"),
    hint("=>", "an arrow is written `-->` or `-[:KIND]->`").from(1),
    hint("=[", "a relationship is written `-[:KIND]->`"),
    hint("++", "write `n.x = n.x + 1`").from(1),
    hint("+=", "`+=` adds a map to a variable: `SET n += {key: 1}`"),
    hint("(", "a pattern is asked by `MATCH (a)-->(b) RETURN a, b`")
        .only("a clause such as `MATCH` or `RETURN`"),
    hint("~", REGEX),
    hint("?", "a choice is written `CASE WHEN … THEN … ELSE … END`"),
    hint(
        "::",
        "types are changed by functions such as `toInteger(…)` and `toString(…)`",
    )
    .from(1),
    hint("'", NAME).only("a name"),
    hint("\"", NAME).only("a name"),
    hint("'", NAME).only("a label"),
    hint("\"", NAME).only("a label"),
    hint("“", TEXT),
    hint("”", TEXT),
    hint("‘", TEXT),
    hint("’", TEXT),
    hint("≥", "at least is written `>=`"),
    hint("≤", "at most is written `<=`"),
    hint("≠", "inequality is written `<>`"),
    hint("→", "an arrow is written `-->` or `-[:KIND]->`"),
    hint("–", "a dash is `-`, the minus of the keyboard"),
    hint("—", "a dash is `-`, the minus of the keyboard"),
    hint("−", "a dash is `-`, the minus of the keyboard"),
    hint("/*", "a comment that begins with `/*` ends with `*/`").from(1),
    hint("#", "a comment begins with `//`"),
    hint("--", "a comment begins with `//`"),
    // Words of the language at the wrong place.
    hint(
        "NOT IN",
        "what is in no list is written `NOT n.x IN [1, 2]`",
    ),
    hint(
        "NOT NULL",
        "whether there is a value is asked by `IS NOT NULL`",
    ),
    hint("AND", LABELS).only("properties in braces"),
    hint("OR", LABELS).only("properties in braces"),
    hint("AND", CONDITION).only("`WHERE`"),
    hint("OR", CONDITION).only("`WHERE`"),
    hint("DETACH", "with its relationships: `DETACH DELETE n`").only("an expression"),
    hint("FOREACH", "it is written `FOREACH (x IN list | SET …)`"),
    hint("WHERE", "`WHERE` stands behind `MATCH`, `WITH` or `YIELD`"),
    hint("ORDER BY", "`ORDER BY` stands before `SKIP` and `LIMIT`"),
    hint("SKIP", "`SKIP` stands before `LIMIT`"),
    hint("IN TRANSACTIONS", "a question is one transaction"),
    // Words of SQL, of other graph languages and of programming languages.
    hint("SELECT", "rows are asked for by `MATCH (n) RETURN n.name`"),
    hint(
        "FROM",
        "where things come from is a pattern: `MATCH (n:Label)`",
    ),
    hint("INSERT", "nodes are made by `CREATE (n:Label {key: 1})`"),
    hint(
        "UPDATE",
        "properties are changed by `MATCH (n) SET n.key = 1`",
    ),
    hint("JOIN", "things are joined by a pattern: `MATCH (a)-->(b)`"),
    hint(
        "GROUP BY",
        "rows are grouped by the columns of RETURN that are no aggregates",
    ),
    hint(
        "HAVING",
        "groups are chosen by `WITH key, count(*) AS n WHERE n > 1`",
    ),
    hint("SORT BY", "rows are put in order by `ORDER BY`"),
    hint("OFFSET", "rows are left out by `SKIP 10`"),
    hint("TOP", "the first rows are had by `ORDER BY … LIMIT 10`"),
    hint("ILIKE", SEARCH),
    hint("LIKE", SEARCH),
    hint("MATCHES", REGEX).only("an operator"),
    hint("REGEXP", REGEX),
    hint("RLIKE", REGEX),
    hint("BETWEEN", "a range is written `1 <= n.x <= 5`"),
    hint(
        "INTERSECT",
        "what both have is asked by two patterns or by `AND`",
    ),
    hint(
        "EXCEPT",
        "what others have is left out by `WHERE NOT EXISTS { … }`",
    ),
    hint(
        "MINUS",
        "what others have is left out by `WHERE NOT EXISTS { … }`",
    ),
    hint("INDEX", NO_INDEX),
    hint("CONSTRAINT", NO_INDEX),
    hint("TABLE", NO_INDEX),
    hint("DROP", NO_INDEX),
    hint("UNIQUE", "what is not there yet is made by `MERGE`"),
    hint(
        "g.V",
        "this is no Gremlin: `g.V().hasLabel('A')` is `MATCH (n:A) RETURN n`",
    ),
    hint(
        "PREFIX",
        "this is no SPARQL: `MATCH (a)-[:KIND]->(b) RETURN a, b`",
    ),
    hint("ELIF", "a further case is a further `WHEN … THEN …`"),
    hint("IF", "a choice is written `CASE WHEN … THEN … ELSE … END`"),
    hint("LET", "a name is given by `WITH expression AS name`"),
    hint(
        "FOR",
        "each of a list is had by `UNWIND list AS x` or `[x IN list | …]`",
    ),
    hint(
        "NEXT",
        "clauses follow each other without a word between them",
    ),
    hint("FINISH", "a question ends with `RETURN` or an update"),
    hint(
        "LOAD CSV",
        "files are read by the program and not by a query: name them as PATH",
    ),
    hint("USE", "there is one graph: the one that was loaded"),
    hint(
        "FILTER",
        "rows are chosen by `WHERE` behind `MATCH` or `WITH`",
    ),
];

/// Where two nodes stand side by side and the place lies in the second one: its parenthesis.
pub(super) fn between_nodes(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.trim_end();
    let first = before.strip_suffix('(')?.trim_end();
    first.ends_with(')').then_some(before.len() - 1)
}

/// Finds advice for what stands at the place, where something else could stand.
pub(super) fn find(text: &str, at: usize, expected: &Expected) -> Option<&'static str> {
    let before = text.get(..at).unwrap_or("").trim_end();
    if expected.ends_only() && before.ends_with(';') {
        return Some("one question at a time");
    }
    if before.ends_with(')') && text.get(at..).is_some_and(|rest| rest.starts_with('(')) {
        return Some("between two nodes stands a relationship, `(a)-->(b)`, or a comma");
    }
    let fits = |hint: &&Hint| hint.only.is_empty() || expected.has(hint.only);
    let mut fitting = HINTS.iter().filter(fits);
    fitting
        .find(|hint| stands(hint, text, at))
        .map(|hint| hint.help)
}

fn stands(hint: &Hint, text: &str, at: usize) -> bool {
    (0..=hint.before).any(|before| {
        let start = at.checked_sub(before);
        let rest = start.and_then(|start| text.get(start..));
        rest.is_some_and(|rest| begins(rest, hint.spelling))
    })
}

/// Finds advice for a comma in parentheses that stand behind IN: `n.x IN (1, 2)`.
pub(super) fn list_in_parentheses(text: &str, at: usize, opening: usize) -> Option<&'static str> {
    let comma = text.get(at..)?.starts_with(',');
    let mut words = text.get(..opening)?.split_whitespace();
    let behind_in = words.next_back()?.eq_ignore_ascii_case("in");
    (comma && behind_in).then_some("a list stands in brackets: `[1, 2]`")
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
