//! The plain reader against the library: what the one takes, the other reads to the same tree.

use super::read::{Found, Origin};
use super::{block, yaml};
use crate::import::bounds::Bounds;
use proptest::prelude::*;
use std::path::Path;

/// Reads a text both ways; tells whether the plain reader took it.
fn agree(text: &str) -> bool {
    let tight = Bounds {
        nesting: 5,
        values: 30,
        ..Bounds::default()
    };
    agree_within(text, &tight);
    agree_within(text, &Bounds::default())
}

fn agree_within(text: &str, bounds: &Bounds) -> bool {
    let origin = Origin {
        file: 0,
        name: "t".into(),
        line: 0,
    };
    let Some(plain) = block::read(text, &origin, bounds) else {
        return false;
    };
    let shown = |found: &Found| format!("{:?}\n{:?}", found.documents, found.findings);
    match yaml::read(text, &origin, bounds) {
        Ok(found) => assert_eq!(shown(&plain), shown(&found), "of:\n{text}"),
        Err(error) => panic!("the library refuses it: {error:?}\nof:\n{text}"),
    }
    true
}

#[test]
fn takes_what_people_write() {
    for text in [
        "a: 1\n",
        "---\na:\n  b: c d # e\n  'f g': \"h\"\n",
        "a:\n- b\n- - c\n  - d: e\n    f: g\nh: i",
        "a: !Sub\n  - '${b}'\n  - b: !Ref c\n",
        "a: !If [b, !GetAtt [c, d], {e: 'f''g', h: [1, 02]}]\n",
        "a: |\n  b\n\n    c: #d\ne: >-\n    f\n    g\n\n# h\ni: true",
        "a: !Equals\n- b\n- ~\na: null # twice\n",
        "/{proxy+}:\n  AWS::Include: $x\n  200: -1.5\n",
    ] {
        assert!(agree(text), "{text}");
    }
}

#[test]
fn leaves_the_rest_to_the_library() {
    for text in [
        "",
        "a:\n",
        "a: b\n  c\n",
        "a: b: c\n",
        "a: &b c\nd: *b\n",
        "a:\n  <<: b\n",
        "a: \"b\\u0041\"\n",
        "a: [b,\n  c]\n",
        "a: b\n---\nc: d\n",
        "a: |2\n   b\n",
        "a:\tb\n",
        "ä: b\n",
        "? a\n: b\n",
    ] {
        assert!(!agree(text), "{text}");
    }
}

#[test]
fn agrees_about_all_templates_of_the_tests() {
    let mut taken = 0;
    walk(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests"),
        &mut taken,
    );
    assert!(taken > 10, "{taken}");
}

fn walk(folder: std::path::PathBuf, taken: &mut usize) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(path, taken);
        } else if path
            .extension()
            .is_some_and(|end| end == "yaml" || end == "yml")
        {
            let text = std::fs::read_to_string(path);
            *taken += usize::from(text.is_ok_and(|text| agree(&text)));
        }
    }
}

/// Pieces of lines that mean something together, or nothing.
const PIECES: &[&str] = &[
    "a: ",
    "b: ",
    "c:",
    "- ",
    "-",
    "d",
    "e f",
    "1",
    "-1",
    "01",
    "1.5",
    "true",
    "null",
    "~",
    "''",
    "'g'",
    "\"h\"",
    "'i''j'",
    "\"k\": ",
    "'l': ",
    "# m",
    " # n",
    "#o",
    "!Ref ",
    "!Sub ",
    "!If",
    "!Sub",
    "|",
    ">",
    "|-",
    ">-",
    "|+",
    "[a, b]",
    "[]",
    "{}",
    "{a: b}",
    "{a: 1, 'b': c}",
    "[!Ref a, [b]]",
    "[a, ]",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    " ",
    "  ",
    "<<: ",
    "*p",
    "&q ",
    "%r",
    "---",
    "...",
    "?",
    "? s",
    "AWS::T: ",
    "x::y",
    "${z}",
    "/{p+}: ",
    "arn:aws:s3:::b/*",
    "-- t",
    ".",
];

fn line() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..4);
    (0usize..7, pieces).prop_map(|(spaces, pieces)| " ".repeat(spaces) + &pieces.concat())
}

/// A document as people write it, with everything that has a form of its own.
fn value(depth: u32) -> BoxedStrategy<Vec<String>> {
    let scalars = [
        "d",
        "e f # g",
        "-1",
        "007",
        "true",
        "'h'",
        "\"i: j\"",
        "!Ref k",
        "!Sub '${l}-m'",
        "[n, o]",
        "!Join ['', [p, !Ref q]]",
        "{r: s}",
        "arn:aws:sns:*:*:t",
        "2012-10-17",
        "!GetAtt u.v",
    ];
    let scalar = prop::sample::select(scalars.to_vec()).prop_map(|text| vec![text.to_owned()]);
    let text = prop::collection::vec("[a-z#:-]{0,3} ?[a-z ]{0,3}", 1..4).prop_map(|lines| {
        let lines = lines.into_iter().map(|line| format!("  {line}"));
        std::iter::once("|".to_owned()).chain(lines).collect()
    });
    let leaf = prop_oneof![4 => scalar, 1 => text];
    leaf.prop_recursive(depth, 40, 4, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..4);
        let map = prop::collection::vec(("[a-dA-D][a-z:]{0,2}[a-z]", inner, 0usize..4), 1..4);
        prop_oneof![
            list.prop_map(|items| listed(&items)),
            map.prop_map(|items| mapped(&items))
        ]
    })
    .boxed()
}

fn is_block(lines: &[String]) -> bool {
    let first = lines.first().map_or("", String::as_str);
    first.starts_with("- ")
        || first.trim_end().ends_with(':')
        || first.contains(": ") && {
            first.starts_with(|c: char| c.is_ascii_alphabetic()) && !first.starts_with("e f")
        }
}

fn listed(items: &[Vec<String>]) -> Vec<String> {
    let mut lines = Vec::new();
    for item in items {
        for (number, line) in item.iter().enumerate() {
            let start = if number == 0 { "- " } else { "  " };
            lines.push(format!("{start}{line}"));
        }
    }
    lines
}

fn mapped(items: &[(String, Vec<String>, usize)]) -> Vec<String> {
    let mut lines = Vec::new();
    for (key, value, indent) in items {
        if !is_block(value) {
            lines.push(format!("{key}: {}", value[0]));
            lines.extend(value.iter().skip(1).map(|line| format!("  {line}")));
            continue;
        }
        let tag = if *indent == 3 { " !If" } else { "" };
        lines.push(format!("{key}:{tag}"));
        let beside = usize::from(!value[0].starts_with('-'));
        let spaces = " ".repeat((*indent).max(beside));
        lines.extend(value.iter().map(|line| format!("{spaces}{line}")));
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_about_lines_of_any_pieces(lines in prop::collection::vec(line(), 1..6)) {
        agree(&lines.join("\n"));
        agree(&format!("{}\n", lines.join("\n")));
        agree(&format!("a:\n  b:\n{}\n", lines.join("\n")));
    }

    #[test]
    fn agrees_about_documents(lines in value(4), extra in line(), at in 0usize..20) {
        agree(&format!("{}\n", lines.join("\n")));
        let mut broken = lines;
        broken.insert(at.min(broken.len()), extra);
        agree(&format!("{}\n", broken.join("\n")));
    }
}
