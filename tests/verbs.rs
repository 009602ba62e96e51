//! Verbs as rows of data: every spelling is understood, every question stands for a core query, and
//! an error points at the words of the question.

#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::diag::Span;
use archq::model::{Graph, NodeId, Value};
use archq::query;
use archq::query::names::Names;
use archq::query::verbs::{Expanded, Mode, expand, verbs};
use archq::session::{Opening, Session};

/// A small graph by hand: enough names to resolve, ambiguous and unknown ones too.
fn graph() -> Graph {
    let mut graph = Graph::new();
    for (label, id, name, category, aliases) in [
        ("Service", "lambda", "Lambda", "compute.serverless", "람다"),
        (
            "Service",
            "sqs",
            "SQS",
            "integration.queue",
            "Simple Queue Service",
        ),
        ("Service", "sns", "SNS", "integration.pubsub", ""),
        ("Service", "s3", "S3", "storage.object", "버킷"),
        (
            "Service",
            "dynamodb",
            "DynamoDB",
            "database.nosql",
            "다이나모DB",
        ),
        ("Service", "redshift", "Redshift", "analytics.warehouse", ""),
        (
            "Service",
            "cognito",
            "Cognito",
            "security.identity",
            "코그니토",
        ),
        (
            "Service",
            "api-gateway",
            "API Gateway",
            "networking.api",
            "",
        ),
        (
            "Service",
            "kinesis-data-streams",
            "Kinesis Data Streams",
            "streaming",
            "",
        ),
        (
            "Feature",
            "sqs-fifo-queue",
            "SQS FIFO queue",
            "integration.queue",
            "SQS FIFO",
        ),
        (
            "Feature",
            "sns-fifo-topic",
            "SNS FIFO topic",
            "integration.pubsub",
            "SNS FIFO",
        ),
    ] {
        named(&mut graph, label, id, name, category, aliases);
    }
    named(
        &mut graph,
        "Resource",
        "app/OrdersTable",
        "OrdersTable",
        "",
        "",
    );
    named(&mut graph, "Resource", "app/Worker", "Worker", "", "");
    named(&mut graph, "Resource", "other/Worker", "Worker", "", "");
    let (fact, key) = (graph.intern("Fact"), graph.intern("key"));
    for name in [
        "message_size_max",
        "retention_max",
        "data_model",
        "timeout_max",
    ] {
        graph.add_node(&[fact], vec![(key, Value::text(name))]);
    }
    graph
}

fn named(
    graph: &mut Graph,
    label: &str,
    id: &str,
    name: &str,
    category: &str,
    alias: &str,
) -> NodeId {
    let label = graph.intern(label);
    let properties = [("id", id), ("name", name), ("category", category)];
    let mut properties: Vec<_> = properties
        .map(|(key, text)| (graph.intern(key), Value::text(text)))
        .into();
    let aliases = vec![Value::text(alias)];
    properties.push((graph.intern("aliases"), Value::list(aliases)));
    graph.add_node(&[label], properties)
}

fn ask(question: &str) -> Expanded {
    let graph = graph();
    let found = expand(question, &graph, &Names::new(&graph));
    match found {
        Some(Ok(expanded)) => expanded,
        Some(Err(error)) => panic!("{question}: {}", error.render(Some(question))),
        None => panic!("`{question}` is left to the core"),
    }
}

fn error(question: &str) -> String {
    let graph = graph();
    match expand(question, &graph, &Names::new(&graph)) {
        Some(Err(error)) => error.render(Some(question)),
        other => panic!("`{question}` is no error: {other:?}"),
    }
}

#[test]
fn questions_find_their_verb() {
    for (verb, questions) in [
        (
            "services",
            &[
                "services",
                "services in queue",
                "list databases",
                "which databases are there?",
                "services where message_size_max >= 1 MiB",
                "services in database where data_model = graph",
                "데이터베이스 서비스 목록",
            ][..],
        ),
        (
            "facts",
            &[
                "facts of SQS",
                "facts of SQS about retention",
                "lambda timeout",
                "what is the timeout of Lambda?",
                "what is SQS?",
                "tell me about api gateway",
                "API Gateway 사실",
            ],
        ),
        (
            "limits",
            &[
                "limits of SQS",
                "SQS limits",
                "the limits of an sqs queue",
                "what are the limits of S3?",
                "SQS 제한",
                "SQS의 제한은?",
                "람다 제한",
            ],
        ),
        (
            "triggers",
            &[
                "triggers of Lambda",
                "which services can trigger a Lambda?",
                "what triggers Lambda",
                "who calls OrdersTable",
                "how can Lambda be invoked?",
                "람다를 호출할 수 있는 서비스는?",
                "what can invoke my lambda function?",
                "무엇이 람다를 호출하나요?",
            ],
        ),
        (
            "targets",
            &[
                "targets of S3",
                "what can S3 trigger",
                "what can S3 trigger?",
                "which services can SNS deliver to?",
                "S3가 호출할 수 있는 서비스는?",
            ],
        ),
        (
            "neighbors",
            &[
                "neighbors of Cognito",
                "neighbours of Cognito within 2",
                "what is connected to Lambda?",
                "코그니토 주변",
                "람다와 연결된 서비스",
            ],
        ),
        (
            "path",
            &[
                "path from S3 to Redshift",
                "how does Cognito reach API Gateway",
                "shortest path from s3 to redshift",
                "S3에서 Redshift까지 최단 경로",
            ],
        ),
        (
            "paths",
            &[
                "paths from Cognito to DynamoDB",
                "paths from S3 to Redshift via Lambda avoiding SQS within 4 with glue",
                "S3에서 Redshift까지 경로",
                "람다에서 다이나모DB까지 경로",
                "routes from S3 to Redshift",
            ],
        ),
        (
            "impact",
            &[
                "impact of OrdersTable",
                "what breaks if OrdersTable fails",
                "what depends on OrdersTable?",
                "impact of SQS within 2",
                "OrdersTable이 죽으면 무엇이 영향을 받나?",
            ],
        ),
        (
            "dependencies",
            &[
                "dependencies of Lambda",
                "what does Lambda depend on?",
                "람다 의존성",
            ],
        ),
        (
            "compare",
            &[
                "compare SQS, SNS, Kinesis Data Streams",
                "compare SQS and SNS about retention",
                "SQS vs SNS",
                "difference between SQS and SNS",
                "SQS, SNS",
                "SQS와 SNS의 차이",
                "SQS와 SNS 비교",
            ],
        ),
        (
            "why",
            &[
                "why S3 -> Lambda",
                "why S3->Lambda?",
                "why does S3 trigger Lambda?",
            ],
        ),
        (
            "can trigger",
            &[
                "can S3 trigger Lambda?",
                "can SNS FIFO deliver to Lambda?",
                "can Lambda be invoked by S3",
                "S3가 람다를 호출할 수 있나요?",
            ],
        ),
        (
            "can reach",
            &[
                "can S3 reach Redshift?",
                "is there a path from S3 to Redshift?",
                "S3에서 Redshift까지 갈 수 있나?",
            ],
        ),
        ("draw", &["draw", "draw Cognito", "람다 그려줘"]),
    ] {
        for question in questions {
            let found = ask(question);
            assert_eq!(found.verb, Some(verb), "{question}\n{}", found.core);
        }
    }
}

#[test]
fn every_example_finds_its_own_verb() {
    let graph = graph();
    let names = Names::new(&graph);
    for verb in verbs() {
        // Examples may name what this small graph has not; that is an error of names.
        if let Some(Ok(found)) = expand(&verb.example, &graph, &names) {
            assert_eq!(found.verb, Some(verb.name.as_str()), "{}", verb.example);
        }
        assert!(!verb.help.is_empty() && !verb.usage.is_empty());
    }
}

#[test]
fn a_core_query_is_left_alone() {
    let graph = graph();
    let names = Names::new(&graph);
    for text in [
        "MATCH (n) RETURN n",
        "  return 1 AS csv",
        "// a comment\nMATCH (n) RETURN n",
        "MTACH (n) RETURN n",
        "",
    ] {
        assert_eq!(expand(text, &graph, &names), None, "{text}");
    }
    let long = "what triggers SQS, ".repeat(60);
    assert_eq!(expand(&long, &graph, &names), None, "{long}");
}

#[test]
fn what_stands_around_a_question_is_read() {
    let explained = ask("explain triggers of Lambda");
    assert_eq!(explained.mode, Mode::Explain);
    assert_eq!(ask("profile MATCH (n) RETURN n").mode, Mode::Profile);
    let drawn = ask("draw of triggers of Lambda");
    assert_eq!(drawn.verb, Some("triggers"));
    assert!(drawn.output.is_some_and(|output| output.format.is_none()));
    let written = ask("paths from S3 to Redshift as svg to \"My Risk.svg\"");
    let output = written.output.expect("an output");
    assert_eq!(output.format.as_deref(), Some("svg"));
    assert_eq!(output.file.as_deref(), Some("My Risk.svg"));
    let core = ask("MATCH (n) RETURN n.name AS name as csv");
    assert_eq!(core.core, "MATCH (n) RETURN n.name AS name");
}

#[test]
fn names_are_found_as_people_write_them() {
    for name in [
        "lambda",
        "LAMBDA",
        "a Lambda function",
        "AWS Lambda",
        "람다",
        "`Lambda`",
        "lambdas",
        "service:lambda",
    ] {
        let core = ask(&format!("triggers of {name}")).core;
        assert!(core.contains("{id: 'lambda'}"), "{name}: {core}");
    }
    assert!(
        ask("limits of SQS FIFO queue")
            .core
            .contains("'sqs-fifo-queue'")
    );
    assert!(ask("facts of apigateway").core.contains("'api-gateway'"));
    assert!(
        ask("impact of orderstable")
            .core
            .contains("'app/OrdersTable'")
    );
    assert!(
        ask("impact of other/worker")
            .core
            .contains("'other/Worker'")
    );
}

#[test]
fn an_error_is_told_in_the_words_of_the_question() {
    for (question, code, under, tells) in [
        (
            "triggers of lamda",
            "N0501",
            "            ^^^^^",
            "`Lambda`",
        ),
        (
            "facts of Worker",
            "N0502",
            "         ^^^^^^",
            "`app/Worker`, `other/Worker`",
        ),
        (
            "explain path from S3 to Redsift",
            "N0501",
            "                        ^^^^^^^",
            "`Redshift`",
        ),
        (
            "services where mesage_size_max >= 1",
            "Q0603",
            "               ^^^^^^^^^^^^^^^",
            "`message_size_max`",
        ),
        (
            "services in kitchen",
            "N0501",
            "            ^^^^^^^",
            "storage",
        ),
        (
            "trigers of Lambda",
            "Q0604",
            "^^^^^^^",
            "`triggers of Lambda`",
        ),
        (
            "frobnicate Lambda",
            "Q0604",
            "^^^^^^^^^^^^^^^^^",
            "`facts of Lambda`",
        ),
    ] {
        let shown = error(question);
        assert!(shown.contains(&format!("[{code}]")), "{shown}");
        assert!(shown.contains(&format!("   | {under}\n")), "{shown}");
        assert!(shown.contains(tells), "{shown}");
    }
}

#[test]
fn a_place_in_the_core_query_is_a_place_in_the_question() {
    let question = "services where message_size_max >= 1 parsec";
    let found = ask(question);
    let at = found.core.find("parsec").expect("the unit is kept");
    let place = found.place(Span::new(at, at + 6));
    assert_eq!(&question[place.start..place.end], "parsec");
    let whole = found.place(Span::new(0, 5));
    assert_eq!(&question[whole.start..whole.end], question);
}

#[test]
fn a_verb_answers_as_its_core_query() {
    let mut session = Session::open(Opening {
        paths: vec!["data/examples/fanout.yaml".into()],
        ..Opening::default()
    });
    for verb in verbs() {
        let asked = session.ask(&verb.example);
        let asked = asked.unwrap_or_else(|error| panic!("{}", error.render(Some(&verb.example))));
        assert!(
            !asked.answer.rows.is_empty() || ["unconnected", "loops"].contains(&verb.name.as_str()),
            "`{}` has no rows, which only a clean example may have",
            verb.example
        );
        let query = query::parse(&verb.example, session.graph()).expect("it was answered");
        let core = query.core().to_owned();
        let plain = session.ask(&core);
        let plain = plain.unwrap_or_else(|error| panic!("{}", error.render(Some(&core))));
        assert_eq!(plain.answer.columns, asked.answer.columns, "{core}");
        assert_eq!(plain.answer.rows, asked.answer.rows, "{core}");
        let explained = session.ask(&format!("explain {}", verb.example));
        let text = explained.expect("it was answered").answer.text;
        assert!(
            text.is_some_and(|text| text.starts_with(&core)),
            "{}",
            verb.example
        );
    }
}
