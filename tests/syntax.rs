//! Text to tree and back: what is printed parses to the same tree, and no text is too much for the
//! parser.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

#[path = "syntax/trees.rs"]
mod trees;

use archq::diag::Code;
use archq::query::ast::{BinaryOp, ClauseKind, Expr, ExprKind, Literal, Statement};
use archq::query::syntax;
use archq::query::syntax::{parse, parse_expression};
use proptest::prelude::*;
use std::fmt::Debug;
use std::time::{Duration, Instant};

/// What a tree looks like without places in a text.
fn placeless(tree: &impl Debug) -> String {
    let text = format!("{tree:?}");
    let mut pieces = text.split("Span {");
    let first = pieces.next().unwrap_or("").to_owned();
    pieces.fold(first, |shown, piece| {
        let behind = piece.split_once('}').map_or("", |(_, behind)| behind);
        shown + behind
    })
}

fn parsed(text: &str) -> Statement {
    parse(text).unwrap_or_else(|error| panic!("{}", error.render(Some(text))))
}

fn expression(text: &str) -> Expr {
    parse_expression(text).unwrap_or_else(|error| panic!("{}", error.render(Some(text))))
}

/// How many random trees are tried; fewer where nothing is optimised.
const CASES: u32 = if cfg!(debug_assertions) { 64 } else { 2_000 };

/// How much is tried at once, in the same sense.
const MUCH: usize = if cfg!(debug_assertions) {
    32_768
} else {
    131_072
};

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_tree_parses_to_itself(tree in trees::statement()) {
        let text = tree.to_string();
        let again = parsed(&text);
        prop_assert_eq!(placeless(&again), placeless(&tree), "{}", text);
    }

    #[test]
    fn a_printed_expression_parses_to_itself(tree in trees::expr()) {
        let text = tree.to_string();
        prop_assert_eq!(placeless(&expression(&text)), placeless(&tree), "{}", text);
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn any_row_of_words_is_answered(
        words in prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..40)
    ) {
        let text = words.join(" ");
        if let Err(error) = parse(&text) {
            let span = error.span.unwrap_or_default();
            prop_assert!(span.start <= text.len());
            let shown = error.render(Some(&text));
            prop_assert!(!shown.contains("kw_") && !shown.contains("_clause"), "{}", shown);
        }
    }
}

const WORDS: &[&str] = &[
    "MATCH",
    "RETURN",
    "WHERE",
    "WITH",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "a",
    "b",
    ":",
    "A",
    "|",
    "-",
    "->",
    "<-",
    "--",
    "*",
    "1",
    "2.5",
    "'x'",
    "=",
    "<",
    "AND",
    "NOT",
    "IN",
    "CASE",
    "WHEN",
    "THEN",
    "END",
    "EXISTS",
    "COUNT",
    "x",
    ",",
    ".",
    "..",
    "$p",
    "all",
    "reduce",
    "ORDER BY",
    "CREATE",
    "MERGE",
    "ON",
    "SET",
    "+=",
    "CALL",
    "YIELD",
    "UNION",
    "shortestPath",
    "ANY",
    "SHORTEST",
    "null",
];

/// Ways to nest: what opens, what stands inside, what closes.
const NESTS: &[(&str, &str, &str)] = &[
    ("(", "1", ")"),
    ("[", "1", "]"),
    ("{a: ", "1", "}"),
    ("[x IN ", "xs", " | x]"),
    ("[x IN ", "xs", "]"),
    ("[x IN xs | ", "x", "]"),
    ("[x IN [1] WHERE ", "true", "]"),
    ("[(a)-->(b) WHERE ", "true", " | 1]"),
    ("CASE WHEN true THEN ", "1", " END"),
    ("CASE ", "1", " WHEN 1 THEN 2 END"),
    ("size(", "1", ")"),
    ("all(x IN ", "xs", ")"),
    ("reduce(s = 0, x IN ", "xs", " | s)"),
    ("a[", "1", "]"),
    ("a[", "1", "..]"),
    ("(a {x: ", "1", "})-->()"),
    ("(a {x: ", "1", "})"),
    ("a {x: ", "1", "}"),
    ("({x: ", "1", "})"),
    ("(a:A {x: ", "1", "})-->(b)"),
    ("exists((a {x: ", "1", "})-->())"),
    ("EXISTS { MATCH (n) WHERE ", "true", " }"),
    ("COUNT { (n {x: ", "1", "})-->() }"),
    ("(a:(A&", "(B)", "))"),
    ("-(", "1", ")"),
    ("NOT (", "true", ")"),
    ("[p = (a {x: ", "1", "})-->() | p]"),
    ("- ", "1", ""),
    ("- ", "a", ""),
    ("+ - ", "a", ""),
    ("NOT ", "true", ""),
    ("!", "1", ""),
];

fn nested(depth: usize, (open, inside, close): (&str, &str, &str)) -> String {
    format!(
        "RETURN {}{inside}{} AS x",
        open.repeat(depth),
        close.repeat(depth)
    )
}

/// Longest time that a hopeless text may take, on a busy machine and without optimisation.
const AT_ONCE: Duration = Duration::from_secs(20);

#[test]
fn nesting_of_a_thousand_is_refused_at_once() {
    for nest in NESTS {
        let started = Instant::now();
        let error = parse(&nested(1_000, *nest)).expect_err("nothing nests this deeply");
        assert!(
            started.elapsed() < AT_ONCE,
            "{nest:?}: {:?}",
            started.elapsed()
        );
        let codes = [&Code::NESTING_TOO_DEEP, &Code::UNEXPECTED_SYNTAX];
        assert!(codes.contains(&error.code), "{nest:?}: {error:?}");
    }
}

#[test]
fn nesting_within_the_bound_is_answered_at_once() {
    for nest in NESTS.iter().filter(|nest| nest.0 != "!") {
        let braces = nest.0.matches(['(', '[', '{']).count().max(1);
        let text = nested(syntax::MAX_DEPTH / braces - 4, *nest);
        let started = Instant::now();
        let answer = parse(&text);
        assert!(
            started.elapsed() < AT_ONCE,
            "{nest:?}: {:?}",
            started.elapsed()
        );
        if let Err(error) = answer {
            assert!(
                error.code == &Code::NESTING_TOO_DEEP,
                "{}",
                error.render(None)
            );
        }
    }
}

/// A fault at the bottom makes every rule above try all it has.
#[test]
fn a_fault_at_the_bottom_is_found_at_once() {
    for nest in NESTS {
        let braces = nest.0.matches(['(', '[', '{']).count().max(1);
        for fault in ["1 1", "'", "1 +", "MATCH"] {
            let text = nested(syntax::MAX_DEPTH / braces - 4, (nest.0, fault, nest.2));
            let started = Instant::now();
            let _ = parse(&text);
            assert!(
                started.elapsed() < AT_ONCE,
                "{nest:?}: {:?}",
                started.elapsed()
            );
        }
    }
}

/// Printing nests no deeper than the text did.
#[test]
fn what_is_nested_as_deep_as_may_be_is_printed_so_that_it_parses() {
    for nest in NESTS {
        for depth in [
            syntax::MAX_DEPTH,
            3 * syntax::MAX_DEPTH / 4,
            syntax::MAX_DEPTH / 2,
        ] {
            let braces = nest.0.matches(['(', '[', '{']).count().max(1);
            if let Ok(tree) = parse(&nested(depth / braces - 4, *nest)) {
                let printed = tree.to_string();
                assert!(parse(&printed).is_ok(), "{nest:?}, {depth} deep: {printed}");
            }
        }
    }
}

#[test]
fn a_long_row_is_answered_or_refused_at_once() {
    let rows = [
        "1 + ", "a OR ", "a AND ", "a = ", "1 < ", "- ", "NOT ", "'a' + ", "a IN ", "1 ^ ",
    ];
    for piece in rows {
        let text = format!("RETURN {}1 AS x", piece.repeat(MUCH / 8));
        let started = Instant::now();
        let answer = parse(&text);
        assert!(
            started.elapsed() < AT_ONCE * 2,
            "{piece}: {:?}",
            started.elapsed()
        );
        if let Err(error) = answer {
            assert_eq!(error.code, &Code::NESTING_TOO_DEEP, "{piece}");
        }
    }
    for tail in [".a", "[0]", ":A", ":A&B", "[..]", " IS NULL"] {
        let text = format!("RETURN a{} AS x", tail.repeat(MUCH / 8));
        let error = parse(&text).expect_err("a tail this long nests too deeply");
        assert_eq!(error.code, &Code::NESTING_TOO_DEEP, "{tail}");
    }
}

#[test]
fn ten_thousand_alternatives_are_a_tree_of_little_height() {
    let row = vec!["n.id = 1"; 10_000].join(" OR ");
    let tree = expression(&row);
    let same = placeless(&expression(&tree.to_string())) == placeless(&tree);
    assert!(
        same,
        "a long row is printed so that it is read the same way"
    );
}

#[test]
fn a_long_flat_list_is_read_in_time_that_grows_with_it() {
    let list = |count: usize| format!("UNWIND [{}'end'] AS x RETURN x", "{a: 1}, ".repeat(count));
    let time = |text: &str| {
        let started = Instant::now();
        parsed(text);
        started.elapsed()
    };
    let (small, large) = (list(MUCH / 16), list(MUCH));
    assert!(large.len() > 8 * MUCH);
    let per_byte = |text: &str| time(text).as_secs_f64() / text.len() as f64;
    let (few, many) = (per_byte(&small).max(1e-9), per_byte(&large));
    assert!(many < few * 8.0, "{few:e} and {many:e} seconds a byte");
}

#[test]
fn what_is_too_long_is_refused() {
    let text = format!("RETURN '{}'", "a".repeat(syntax::MAX_TEXT));
    let error = parse(&text).expect_err("longer than allowed");
    assert_eq!(error.code, &Code::QUERY_TOO_LONG);
}

fn items(text: &str) -> Vec<String> {
    let statement = parsed(text);
    match statement.first.clauses.last().map(|clause| &clause.kind) {
        Some(ClauseKind::Return(part)) => part.items.iter().map(|i| i.text.to_string()).collect(),
        other => panic!("no RETURN: {other:?}"),
    }
}

#[test]
fn columns_keep_their_text_letter_for_letter() {
    let text = "RETURN count( * ),n . name /* so */ , 'a'+\"b\" // end\n, [ 1,2 ] ;";
    assert_eq!(
        items(text),
        ["count( * )", "n . name", "'a'+\"b\"", "[ 1,2 ]"]
    );
    assert_eq!(items("RETURN n:A /* x */"), ["n:A"]);
}

#[test]
fn line_ends_marks_and_comments_do_not_matter() {
    for text in [
        "\u{feff}MATCH (n)\r\nRETURN n;\r\n",
        "// first\nMATCH (n) /* in\nbetween */ RETURN n // last",
        "MATCH\u{a0}(n)\u{2003}RETURN\tn ;;",
    ] {
        assert_eq!(parsed(text).to_string(), "MATCH (n) RETURN n");
    }
}

#[test]
fn operators_bind_as_in_open_cypher() {
    for (text, same) in [
        ("a OR b AND c", "a OR (b AND c)"),
        ("a XOR b AND NOT c = d", "a XOR (b AND (NOT (c = d)))"),
        ("1 + 2 * 3 ^ 2 ^ 2", "1 + (2 * ((3 ^ 2) ^ 2))"),
        ("-2 ^ 2", "(-2) ^ 2"),
        ("-a.b[0]", "-((a.b)[0])"),
        ("a + 1 IS NULL", "(a + 1) IS NULL"),
        ("a IN b + c", "a IN (b + c)"),
        ("NOT a IS NULL", "NOT (a IS NULL)"),
        ("a STARTS WITH 'x' = b", "(a STARTS WITH 'x') = b"),
        ("a = b IS NULL", "a = (b IS NULL)"),
    ] {
        let (one, other) = (expression(text), expression(same));
        assert_eq!(placeless(&one), placeless(&other), "{text}");
    }
}

#[test]
fn comparisons_in_a_row_are_one_chain() {
    let ExprKind::Chain(_, rest) = expression("1 < n.x <= 5 <> 7").kind else {
        panic!("no chain");
    };
    let ops: Vec<BinaryOp> = rest.iter().map(|(op, _)| *op).collect();
    assert_eq!(
        ops,
        [BinaryOp::Less, BinaryOp::LessEqual, BinaryOp::NotEqual]
    );
}

fn literal(text: &str) -> Literal {
    match expression(text).kind {
        ExprKind::Literal(literal) => literal,
        other => panic!("no literal: {other:?}"),
    }
}

#[test]
fn numbers_are_read_in_all_their_forms() {
    for (text, number) in [
        ("0x1F", 31),
        ("-0x8000000000000000", i64::MIN),
        ("0o17", 15),
        ("1_000_000", 1_000_000),
        ("-9223372036854775808", i64::MIN),
    ] {
        assert_eq!(literal(text), Literal::Int(number), "{text}");
    }
    for (text, number) in [
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-2.5E-3", -0.0025),
        ("1.0", 1.0),
    ] {
        assert_eq!(literal(text), Literal::Float(number), "{text}");
    }
}

#[test]
fn quantities_are_numbers_in_a_base_unit() {
    for (text, number) in [
        ("1 MiB", 1_048_576.0),
        ("14 days", 1_209_600.0),
        ("50 ms", 0.05),
        ("2GB", 2e9),
        ("1.5 h", 5400.0),
    ] {
        let Literal::Quantity { value, text: kept } = literal(text) else {
            panic!("no quantity: {text}");
        };
        assert!((value - number).abs() < 1e-9, "{text}: {value}");
        assert_eq!(&*kept, text);
    }
}

/// Words that are units elsewhere stay what they are in plain openCypher.
#[test]
fn units_do_not_stand_in_the_way() {
    for text in [
        "RETURN 1 AS s",
        "MATCH (d) RETURN d.h ORDER BY 1 DESC LIMIT 1",
        "MATCH (s)-[min:MS*1..2]->(h) RETURN s[1..2], 1 IN [1] AS days",
        "WITH 1 AS h LIMIT 1 CALL { RETURN 1 AS s } RETURN s UNION RETURN 2 AS s",
        "RETURN CASE 1 WHEN 1 THEN 1 ELSE 1 END AS d",
    ] {
        parsed(text);
    }
}

#[test]
fn texts_have_their_escapes_resolved() {
    for (text, value) in [
        (r"'it\'s'", "it's"),
        (r#""a\"b""#, "a\"b"),
        (r"'\u00e9\t\n\\'", "é\t\n\\"),
        (r"'\uD83D\uDE00'", "😀"),
        (r"'\U0001F600'", "😀"),
        ("'// no comment'", "// no comment"),
    ] {
        assert_eq!(literal(text), Literal::Text(value.into()), "{text}");
    }
}

#[test]
fn words_of_the_language_are_names_where_nothing_else_can_stand() {
    for text in [
        "MATCH (n:Order {limit: 1, match: 2})-[:SET]->(m) RETURN n.where, n.count AS order",
        "WITH 1 AS count, 2 AS exists, 3 AS all, 4 AS any RETURN count + exists + all + any",
        "MATCH (single)-[none:IN]->(shortest) RETURN single, none, shortest",
        "RETURN {null: 1, true: 2, case: 3}.case",
        "MATCH trail = (walk) RETURN trail, walk",
        "UNWIND [1] AS asc RETURN asc ORDER BY asc DESC",
        "MATCH (`match`) RETURN `match`.`a b`",
    ] {
        parsed(text);
    }
}

#[test]
fn patterns_of_iso_gql_are_read() {
    for text in [
        "MATCH ANY SHORTEST (a)-[:R]->+(b) RETURN a",
        "MATCH p = ALL SHORTEST (a)-->{1,5}(b) RETURN p",
        "MATCH p = SHORTEST 3 GROUPS (a)-->*(b) RETURN p",
        "MATCH ANY 2 TRAIL PATHS (a)--{2}(b) RETURN a",
        "MATCH ACYCLIC (a)->{,3}(b)<-(c) RETURN a",
        "MATCH (a) ((x)-[r:R WHERE r.w > 1]->(y) WHERE x.n < y.n){1,3} (b) RETURN x, r",
        "MATCH (n:A&!B|%), (m IS A WHERE m.x = 1), (k:!(A|B)) RETURN n",
        "MATCH (n) WHERE n:A|B AND [x IN [n] WHERE x:A | x.name] <> [] RETURN n IS A AS x",
    ] {
        let printed = parsed(text).to_string();
        assert_eq!(parsed(&printed).to_string(), printed, "{text}");
    }
}

#[test]
fn a_text_that_goes_on_is_known() {
    for text in [
        "MATCH (n",
        "RETURN 'a",
        "MATCH (n) WHERE",
        "RETURN 1 +",
        "RETURN 1 /* so",
    ] {
        assert!(syntax::is_incomplete(text), "{text}");
    }
    for text in [
        "RETURN 1",
        "RETRUN 1",
        "MATCH (n) RETURN n)",
        "RETURN 1 // so",
    ] {
        assert!(!syntax::is_incomplete(text), "{text}");
    }
}
