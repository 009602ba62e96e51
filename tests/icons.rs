//! Icons of strangers: what is left of them, and which are refused.

#![cfg(feature = "png")]
#![allow(clippy::expect_used, reason = "a test may fail")]

use archq::model::{Answer, Graph, GraphView as _, Piece, Value};
use archq::render::{Format, Icons, Options, render};

/// Opens an SVG of 24 by 24.
const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">";

fn icons(bytes: &[u8]) -> Icons {
    let mut icons = Icons::new("icons");
    icons.add("Lambda", bytes);
    icons
}

fn refused(bytes: &[u8]) -> String {
    let icons = icons(bytes);
    let refused: Vec<&str> = icons
        .refused()
        .iter()
        .map(|why| why.message.as_str())
        .collect();
    refused.join("\n")
}

/// Draws a function and a queue with these icons.
fn drawn(icons: Icons) -> String {
    let mut graph = Graph::new();
    let name = graph.intern("name");
    let [service, kind] = ["service", "type"].map(|key| graph.intern(key));
    let label = graph.intern("Resource");
    for (own, of, what) in [
        ("Fn", "lambda", "aws_lambda_function"),
        ("Q", "sqs", "AWS::SQS::Queue"),
    ] {
        let values = vec![
            (name, Value::text(own)),
            (service, Value::text(of)),
            (kind, Value::text(what)),
        ];
        graph.add_node(&[label], values);
    }
    let piece = Piece {
        nodes: graph.nodes().collect(),
        ..Piece::default()
    };
    let answer = Answer {
        piece,
        ..Answer::default()
    };
    let mut options = Options::default();
    options.picture.icons = icons;
    let mut out = Vec::new();
    let format = Format::named("svg").expect("a format");
    render(&answer, &graph, format, &options, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("text")
}

#[test]
fn an_icon_is_found_by_type_service_and_category_without_regard_to_writing() {
    let icon = format!("{SVG}<rect width=\"24\" height=\"24\"/></svg>");
    for name in [
        "lambda",
        "LAMBDA",
        "aws_lambda_function",
        "AWS lambda-function",
        "aws-sqs-queue",
    ] {
        let mut icons = Icons::new("icons");
        icons.add(name, icon.as_bytes());
        let svg = drawn(icons);
        assert_eq!(svg.matches("<image ").count(), 1, "{name}");
        assert_eq!(svg.matches("<use ").count(), 1, "{name}");
    }
    let mut icons = Icons::new("icons");
    icons.add("kinesis", icon.as_bytes());
    assert!(!drawn(icons).contains("<image "));
}

#[test]
fn what_would_eat_the_machine_is_refused() {
    let deep = format!(
        "{SVG}{}{}</svg>",
        "<g>".repeat(30_000),
        "</g>".repeat(30_000)
    );
    assert!(refused(deep.as_bytes()).contains("no SVG"));
    let mut uses = format!("{SVG}<defs><g id=\"a0\"><rect width=\"1\" height=\"1\"/></g>");
    for at in 1..12 {
        let ten = format!("<use href=\"#a{}\"/>", at - 1).repeat(10);
        uses.push_str(&format!("<g id=\"a{at}\">{ten}</g>"));
    }
    uses.push_str("</defs><use href=\"#a11\"/></svg>");
    assert!(refused(uses.as_bytes()).contains("no SVG"));
    let entities =
        "<!DOCTYPE svg [<!ENTITY a '&a;'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
    assert!(refused(entities.as_bytes()).contains("no SVG"));
    let large = [SVG.as_bytes(), &vec![b' '; Icons::BYTES]].concat();
    assert!(refused(&large).contains("larger than 256 KiB"));
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    png.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 6, 0, 0, 0]);
    assert!(refused(&png).contains("larger than 1024 pixels"));
    png[16..24].copy_from_slice(&[0, 0, 0, 9, 0, 0, 0, 9]);
    assert!(refused(&png).contains("no PNG"));
    assert!(refused(b"\xff\xd8\xff\xe0JFIF").contains("neither PNG nor text of SVG"));
    assert!(refused(b"GIF89a").contains("no SVG"));
}
