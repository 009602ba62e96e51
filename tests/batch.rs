//! `archq batch` as a script sees it: one JSON object a line, in and out.

#![allow(clippy::expect_used, reason = "a test may fail")]

use serde_json::Value;
use serde_json::json;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::process::Child;
use std::process::ChildStdin;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;

/// A running process and its two pipes.
struct Batch {
    child: Child,
    requests: ChildStdin,
    replies: BufReader<ChildStdout>,
}

impl Batch {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_archq"))
            .arg("batch")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a process");
        let requests = child.stdin.take().expect("a pipe");
        let replies = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            requests,
            replies,
        }
    }

    /// Sends a line and reads the one line that answers it.
    fn line(&mut self, line: &str) -> String {
        writeln!(self.requests, "{line}").expect("a request");
        let mut reply = String::new();
        self.replies.read_line(&mut reply).expect("a reply");
        reply.trim_end().to_owned()
    }

    fn send(&mut self, request: &Value) -> Value {
        serde_json::from_str(&self.line(&request.to_string())).expect("a reply in JSON")
    }

    fn ask(&mut self, query: &str) -> Value {
        self.send(&json!({"id": 1, "query": query}))
    }

    /// Gives the only value of the only row.
    fn value(&mut self, query: &str) -> Value {
        self.ask(query)["rows"][0][0].clone()
    }

    fn end(mut self) -> Option<i32> {
        drop(self.requests);
        self.child.wait().expect("an end").code()
    }
}

#[test]
fn every_request_has_its_reply_and_the_end_of_input_is_the_end() {
    let mut batch = Batch::start(&["--empty"]);
    let reply = batch.send(&json!({"id": 7, "query": "RETURN 1 AS one, 'a' AS two"}));
    assert_eq!(reply["id"], 7);
    assert_eq!(reply["ok"], true);
    assert_eq!(reply["columns"], json!(["one", "two"]));
    assert_eq!(reply["rows"], json!([[1, "a"]]));
    assert!(reply["elapsed_us"].is_u64());
    assert_eq!(batch.end(), Some(0));
}

#[test]
fn an_id_comes_back_letter_for_letter() {
    let mut batch = Batch::start(&["--empty"]);
    for id in ["1", "\"a b\"", "12345678901234567890123", "1.50"] {
        let reply = batch.line(&format!("{{\"id\": {id}, \"reset\": true}}"));
        assert_eq!(reply, format!("{{\"id\":{id},\"ok\":true}}"));
    }
}

#[test]
fn what_is_no_request_is_told_and_ends_nothing() {
    let mut batch = Batch::start(&["--empty"]);
    for line in [
        "",
        "hello",
        "[1]",
        "{\"id\":1",
        "{\"id\":1}",
        "{\"id\":1,\"query\":2}",
        "\u{1}",
    ] {
        let reply: Value = serde_json::from_str(&batch.line(line)).expect("a reply");
        assert_eq!(reply["ok"], false, "{line}");
        assert_eq!(reply["error"]["type"], "RequestError", "{line}");
    }
    let reply = batch.send(&json!({"id": 1, "query": "RETURN $x", "params": [1]}));
    assert_eq!(
        (&reply["id"], &reply["error"]["type"]),
        (&json!(1), &json!("RequestError"))
    );
    assert_eq!(batch.value("RETURN 1"), 1);
}

#[test]
fn values_come_back_as_they_were_given() {
    let mut batch = Batch::start(&["--empty"]);
    let values = [
        "null",
        "true",
        "\"Grüße \\\"\\\\ 람다\"",
        "-9223372036854775808",
        "1.0",
        "2.5e-7",
        "{\"$\":\"float\",\"value\":\"NaN\"}",
        "{\"$\":\"float\",\"value\":\"-Infinity\"}",
        "[1,[2.0,null],{}]",
        "{\"a\":{\"b\":[1]}}",
        "{\"$\":\"map\",\"entries\":[[\"$\",1],[\"b\",2]]}",
        "{\"$\":\"date\",\"value\":\"2024-02-29\"}",
        "{\"$\":\"localtime\",\"value\":\"12:31:14.645\"}",
        "{\"$\":\"time\",\"value\":\"12:31+01:00\"}",
        "{\"$\":\"localdatetime\",\"value\":\"1984-10-11T12:31:14\"}",
        "{\"$\":\"datetime\",\"value\":\"1984-10-11T12:31+01:00[Europe/Stockholm]\"}",
        "{\"$\":\"duration\",\"value\":\"P5M1DT12H\"}",
    ];
    for value in values {
        let line =
            format!("{{\"id\":1,\"query\":\"RETURN $x AS x\",\"params\":{{\"x\":{value}}}}}");
        let reply = batch.line(&line);
        let rows = format!("\"rows\":[[{value}]]");
        assert!(reply.contains(&rows), "{value}: {reply}");
    }
}

#[test]
fn nodes_and_relationships_name_each_other() {
    let mut batch = Batch::start(&["--empty"]);
    let reply = batch.ask("CREATE (a:A {x: 1})-[r:T {y: 2}]->(b) RETURN a, r, b");
    let row = &reply["rows"][0];
    assert_eq!(row[0]["$"], "node");
    assert_eq!(row[0]["labels"], json!(["A"]));
    assert_eq!(row[1]["properties"], json!({"y": 2}));
    assert_eq!(
        (&row[1]["start"], &row[1]["end"]),
        (&row[0]["id"], &row[2]["id"])
    );
    assert_eq!(reply["changes"]["nodes_added"], 2);
    assert_eq!(reply["changes"]["relationships_added"], 1);
}

#[test]
fn reset_goes_back_to_the_start() {
    let graph = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/files/graph.jsonl");
    let mut batch = Batch::start(&["--empty", graph]);
    assert_eq!(batch.value("MATCH (n) RETURN count(*)"), 2);
    batch.ask("CREATE (:New)");
    batch.ask("MATCH (n:Person) SET n.name = 'x'");
    batch.send(&json!({"id": 1, "procedure": {"name": "test.p", "outputs": [["a", "INTEGER?"]], "rows": [[1]]}}));
    assert_eq!(batch.value("CALL test.p() YIELD a RETURN a"), 1);
    assert_eq!(
        batch.send(&json!({"id": 2, "reset": true})),
        json!({"id": 2, "ok": true})
    );
    assert_eq!(batch.value("MATCH (n) RETURN count(*)"), 2);
    assert_eq!(
        batch.value("MATCH (n) RETURN n.name ORDER BY n.name"),
        "Ada"
    );
    assert_eq!(
        batch.ask("CALL test.p() YIELD a RETURN a")["error"]["type"],
        "ProcedureError"
    );
}

#[test]
fn a_number_of_a_node_is_given_once() {
    let mut batch = Batch::start(&["--empty"]);
    let first = batch.value("CREATE (a) RETURN a");
    batch.send(&json!({"id": 1, "reset": true}));
    let second = batch.value("CREATE (a) RETURN a");
    assert_ne!(first["id"], second["id"]);
}

#[test]
fn a_statement_that_fails_changes_nothing() {
    let mut batch = Batch::start(&["--empty"]);
    batch.ask("CREATE (:A {list: [1, 2]})");
    let reply = batch.ask("MATCH (a:A) CREATE (:B) SET a.x = 1 / (size(a.list) - 2)");
    assert_eq!(reply["ok"], false);
    assert_eq!(reply["error"]["phase"], "runtime");
    assert_eq!(batch.value("MATCH (n) RETURN count(*)"), 1);
    assert_eq!(batch.value("MATCH (a:A) RETURN a.x IS NULL"), true);
}

#[test]
fn an_error_says_where() {
    let mut batch = Batch::start(&["--empty"]);
    let error = batch.ask("MATCH (n)\nRETURN 'ü', foo")["error"].clone();
    assert_eq!(error["type"], "SyntaxError");
    assert_eq!(error["phase"], "compile");
    assert_eq!(error["detail"], "UndefinedVariable");
    assert_eq!((&error["line"], &error["column"]), (&json!(2), &json!(13)));
}

#[test]
fn an_error_says_what_was_expected_and_what_may_be_meant() {
    let mut batch = Batch::start(&["--empty"]);
    let error = batch.ask("MATCH (n) RETRUN n")["error"].clone();
    assert_eq!(error["code"], "Q0127");
    let expected = error["expected"].as_str().unwrap_or("");
    assert!(expected.contains("a clause"), "{error}");
    assert_eq!(error["help"], json!(["did you mean `RETURN`?"]));
}

#[test]
fn a_question_has_its_own_time() {
    let mut batch = Batch::start(&["--empty"]);
    let query = "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x WHERE x < 0 RETURN count(*)";
    let reply = batch.send(&json!({"id": 1, "query": query, "timeout_ms": 50}));
    assert_eq!(reply["error"]["type"], "Timeout");
    assert_eq!(batch.value("RETURN 1"), 1);
}

#[test]
fn deep_nesting_is_answered_or_refused() {
    let mut batch = Batch::start(&["--empty"]);
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{a: ", "}"),
        ("NOT ", ""),
        ("-", ""),
    ] {
        for depth in [500, 20_000] {
            let inner = if open == "NOT " { "true" } else { "1" };
            let query = format!(
                "RETURN {}{inner}{}",
                open.repeat(depth),
                close.repeat(depth)
            );
            let reply = batch.ask(&query);
            assert!(reply["ok"].is_boolean(), "{open} {depth}");
        }
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let line = format!("{{\"id\":1,\"query\":\"RETURN $x\",\"params\":{{\"x\":{deep}}}}}");
    assert!(batch.line(&line).contains("RequestError"));
    assert_eq!(batch.end(), Some(0));
}

#[test]
fn an_input_that_cannot_be_read_is_told_and_the_rest_answers() {
    let graph = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cli/files/graph.jsonl");
    let mut batch = Batch::start(&["--empty", "nowhere.yaml", graph]);
    assert_eq!(batch.value("MATCH (n) RETURN count(*)"), 2);
    assert_eq!(batch.end(), Some(3));
}
