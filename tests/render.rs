//! Rows as text: for people, for programs, and against hostile values.

#![allow(clippy::expect_used, reason = "a test may fail")]

#[path = "draw/sketch.rs"]
mod sketch;

use archq::model::{Answer, EdgeId, Graph, GraphView, NodeId, Path, Value, ValueMap};
use archq::render::{FORMATS, Format, Options, Role, json};
use sketch::{Sketch, written};

fn answer(columns: &[&str], rows: Vec<Vec<Value>>) -> Answer {
    Answer {
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        rows,
        ..Answer::default()
    }
}

fn rows(format: &str, columns: &[&str], rows: Vec<Vec<Value>>) -> String {
    written(
        &answer(columns, rows),
        &Graph::new(),
        format,
        &Options::default(),
    )
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::map(
        entries
            .iter()
            .map(|(key, value)| ((*key).into(), value.clone()))
            .collect::<ValueMap>(),
    )
}

fn small() -> (Sketch, Vec<NodeId>, Vec<EdgeId>) {
    let sketch = Sketch::read(
        "node Api ApiGateway\nnode OrderFn Lambda\nnode Orders DynamoDB\n\
         edge Api TRIGGERS OrderFn\nedge OrderFn WRITES Orders",
    );
    let nodes = sketch.graph.nodes().collect();
    let edges = sketch.graph.edges();
    (sketch, nodes, edges)
}

#[test]
fn a_table_is_aligned_and_counted() {
    let text = rows(
        "table",
        &["service", "limit"],
        vec![
            vec!["SQS".into(), Value::Int(14)],
            vec!["람다".into(), Value::Int(900)],
            vec![Value::Null, Value::Null],
        ],
    );
    let expected = "\
service  limit
──────────────
SQS         14
람다       900

3 rows
";
    assert_eq!(text, expected);
}

#[test]
fn a_table_fits_the_terminal_and_only_there() {
    let long = "one two three four five six seven eight nine ten eleven twelve";
    let answer = answer(&["a", "b"], vec![vec![long.into(), "x".into()]]);
    let narrow = Options {
        width: Some(30),
        ..Options::default()
    };
    let graph = Graph::new();
    let text = written(&answer, &graph, "table", &narrow);
    assert!(
        text.lines().all(|line| line.chars().count() <= 30),
        "{text}"
    );
    assert_eq!(
        text.split_whitespace()
            .filter(|word| long.contains(word))
            .count(),
        12 + 1
    );
    assert!(written(&answer, &graph, "table", &Options::default()).contains(long));
    for format in FORMATS.iter().filter(|format| format.machine) {
        let free = written(&answer, &graph, format.name, &Options::default());
        assert_eq!(
            written(&answer, &graph, format.name, &narrow),
            free,
            "{}",
            format.name
        );
    }
}

#[test]
fn very_narrow_and_very_many_columns_are_no_trouble() {
    let names: Vec<String> = (0..50).map(|at| format!("column{at}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let row = names
        .iter()
        .map(|name| Value::text(name.repeat(3)))
        .collect();
    for width in [0, 1, 2, 10, 80] {
        let options = Options {
            width: Some(width),
            ..Options::default()
        };
        let _ = written(
            &answer(&names, vec![Vec::clone(&row)]),
            &Graph::new(),
            "table",
            &options,
        );
    }
}

#[test]
fn quantities_are_told_in_their_natural_units() {
    let facts = vec![
        vec!["retention".into(), Value::Int(1_209_600), "seconds".into()],
        vec!["size".into(), Value::Int(262_144), "bytes".into()],
        vec!["odd".into(), Value::Int(86_399), "seconds".into()],
        vec!["price".into(), Value::Float(0.4), "USD".into()],
    ];
    let columns = ["key", "value", "unit"];
    let text = rows("plain", &columns, facts.clone());
    assert_eq!(
        text,
        "key\tvalue\tunit\nretention\t14\tdays\nsize\t256\tKiB\nodd\t86399\tseconds\nprice\t0.4\tUSD\n"
    );
    assert!(rows("csv", &columns, facts).contains("retention,1209600,seconds"));
}

#[test]
fn graph_values_are_told_shortly() {
    let (sketch, nodes, edges) = small();
    let path = Path {
        nodes: nodes.clone(),
        edges: edges.clone(),
    };
    let mut back = path.clone();
    back.nodes.reverse();
    back.edges.reverse();
    let values = vec![
        Value::Node(nodes[1]),
        Value::Edge(edges[0]),
        Value::Path(path.into()),
        Value::Path(back.into()),
        Value::list(vec![
            Value::Node(nodes[0]),
            "it's".into(),
            Value::Null,
            true.into(),
        ]),
        map(&[("a", Value::Float(1.0)), ("b", Value::Int(2))]),
    ];
    let rows = values.into_iter().map(|value| vec![value]).collect();
    let text = written(
        &answer(&["x"], rows),
        &sketch.graph,
        "plain",
        &Options::default(),
    );
    let expected = [
        "x",
        "OrderFn (Lambda)",
        "Api -[TRIGGERS]-> OrderFn",
        "Api -triggers-> OrderFn -writes to-> Orders",
        "Orders <-writes to- OrderFn <-triggers- Api",
        "[Api (ApiGateway), 'it\\'s', null, true]",
        "{a: 1.0, b: 2}",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn machines_get_the_encoding_of_batch() {
    let (sketch, nodes, edges) = small();
    let encoded = |value: &Value| json::value_to_string(value, &sketch.graph);
    let cases = [
        (Value::Null, "null"),
        (Value::Int(1), "1"),
        (Value::Float(1.0), "1.0"),
        (Value::Float(2.5e-7), "2.5e-7"),
        (Value::Float(1e300), "1e300"),
        (Value::Float(f64::NAN), r#"{"$":"float","value":"NaN"}"#),
        (
            Value::Float(f64::NEG_INFINITY),
            r#"{"$":"float","value":"-Infinity"}"#,
        ),
        ("q\"\\\n\u{1}".into(), "\"q\\\"\\\\\\n\\u0001\""),
        (
            map(&[("$", Value::Int(1))]),
            r#"{"$":"map","entries":[["$",1]]}"#,
        ),
        (map(&[("k", Value::list(vec![]))]), r#"{"k":[]}"#),
    ];
    for (value, expected) in cases {
        assert_eq!(encoded(&value), expected);
    }
    assert_eq!(
        encoded(&Value::Node(nodes[0])),
        r#"{"$":"node","id":"n0","labels":["Resource","ApiGateway"],"properties":{"name":"Api"}}"#
    );
    assert_eq!(
        encoded(&Value::Edge(edges[0])),
        r#"{"$":"relationship","id":"r3","type":"TRIGGERS","start":"n0","end":"n1","properties":{}}"#
    );
    let path = Path {
        nodes: nodes[..1].to_vec(),
        edges: Vec::new(),
    };
    assert!(encoded(&Value::Path(path.into())).starts_with(r#"{"$":"path","nodes":[{"#));
}

#[test]
fn json_is_an_array_and_jsonl_a_line_a_row() {
    let columns = ["a", "b"];
    let two = vec![
        vec![Value::Int(1), "x".into()],
        vec![Value::Null, Value::list(vec![1.5.into()])],
    ];
    assert_eq!(
        rows("json", &columns, two.clone()),
        "[\n  {\"a\":1,\"b\":\"x\"},\n  {\"a\":null,\"b\":[1.5]}\n]\n"
    );
    assert_eq!(
        rows("jsonl", &columns, two),
        "{\"a\":1,\"b\":\"x\"}\n{\"a\":null,\"b\":[1.5]}\n"
    );
    assert_eq!(rows("json", &columns, Vec::new()), "[]\n");
    assert_eq!(rows("jsonl", &columns, Vec::new()), "");
}

#[test]
fn csv_and_tsv_keep_every_character() {
    let row = vec![vec![
        "a,b".into(),
        "say \"hi\"".into(),
        "two\r\nlines".into(),
        "".into(),
        Value::Null,
    ]];
    let columns = ["a", "b", "c", "d", "e"];
    assert_eq!(
        rows("csv", &columns, row.clone()),
        "a,b,c,d,e\r\n\"a,b\",\"say \"\"hi\"\"\",\"two\r\nlines\",\"\",\r\n"
    );
    assert_eq!(
        rows("tsv", &columns, row),
        "a\tb\tc\td\te\na,b\tsay \"hi\"\ttwo\\r\\nlines\t\t\n"
    );
}

#[test]
fn markdown_shows_markup_as_text() {
    let row = vec![vec![
        "a|b".into(),
        "<img src=x> *b* `c` [l](u)".into(),
        "two\nlines".into(),
    ]];
    assert_eq!(
        rows("markdown", &["x", "y", "z"], row),
        "| x | y | z |\n| --- | --- | --- |\n\
         | a\\|b | &lt;img src=x&gt; \\*b\\* \\`c\\` \\[l\\](u) | two\\\\nlines |\n"
    );
}

#[test]
fn data_steers_no_terminal() {
    let hostile = "\u{1b}[2J\u{202e}x\r\u{9b}31m\u{7f}\u{2028}";
    let (mut sketch, _, _) = small();
    let node = sketch.node(hostile, &[hostile], &[]);
    let values = vec![
        vec![hostile.into(), Value::Node(node)],
        vec![
            Value::list(vec![hostile.into()]),
            map(&[(hostile, hostile.into())]),
        ],
    ];
    let answer = answer(&[hostile, "b"], values);
    for format in ["table", "plain", "markdown"] {
        let text = written(&answer, &sketch.graph, format, &Options::default());
        let steers =
            |c: char| (c.is_control() && c != '\n' && c != '\t') || "\u{202e}\u{2028}".contains(c);
        assert!(!text.chars().any(steers), "{format}: {text:?}");
    }
}

#[test]
fn the_door_paints() {
    let paint = |role: Role, text: &str| match role {
        Role::Head => format!("<{text}>"),
        _ => text.to_owned(),
    };
    let options = Options {
        painter: Some(&paint),
        ..Options::default()
    };
    let answer = answer(&["a"], vec![vec![Value::Int(1)]]);
    let graph = Graph::new();
    assert!(written(&answer, &graph, "table", &options).starts_with("<a>\n"));
    for format in FORMATS.iter().filter(|format| format.machine) {
        assert!(!written(&answer, &graph, format.name, &options).contains('<'));
    }
}

#[test]
fn formats_are_found_by_name_and_by_file() {
    for format in FORMATS {
        assert_eq!(Format::named(format.name), Some(*format));
        for ending in format.extensions {
            let file = format!("x.{ending}");
            assert_eq!(Format::of_file(std::path::Path::new(&file)), Some(*format));
        }
    }
    assert_eq!(Format::named("DOT").map(|format| format.name), Some("dot"));
    assert_eq!(Format::named("gif"), None);
}
