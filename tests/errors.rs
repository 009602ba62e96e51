//! What a person reads when a question is wrong, one transcript for each mistake.
//!
//! The files of `tests/errors` are read by folder: a new mistake is a new block, a new subject a new
//! file.

#![allow(clippy::expect_used, reason = "a test may fail")]

mod transcript;

use archq::diag::CODES;
use archq::diag::Phase;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query::Field;
use archq::query::Procedure;
use archq::query::Procedures;
use archq::query::check;
use archq::query::syntax;

/// The procedure that the transcripts may call.
fn procedures() -> Procedures {
    let mut procedures = Procedures::new();
    procedures.declare(Procedure {
        name: "shop.price".into(),
        inputs: vec![
            Field::new("item", "STRING?"),
            Field::new("count", "INTEGER?"),
        ],
        outputs: vec![
            Field::new("price", "FLOAT?"),
            Field::new("currency", "STRING?"),
        ],
        rows: Vec::new(),
    });
    procedures
}

fn shown(statement: &str) -> String {
    let mut parameters = ValueMap::new();
    parameters.insert("limit".into(), Value::Int(3));
    let procedures = procedures();
    let context = check::Context {
        parameters: Some(&parameters),
        procedures: &procedures,
    };
    let checked = syntax::parse(statement).and_then(|tree| check::check(&tree, &context));
    match checked {
        Ok(()) => "no error".into(),
        Err(diagnostic) => diagnostic.render(Some(statement)),
    }
}

#[test]
fn errors_read_as_written_down() {
    let blocks = transcript::hold("errors", shown);
    assert!(blocks > 100, "only {blocks} transcripts");
}

/// Everything that is found before the run is shown at least once.
#[test]
fn every_code_of_a_question_has_its_transcript() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/errors");
    let files = std::fs::read_dir(folder).expect("the folder of transcripts");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("a file").path()));
    let all: Vec<String> = texts.map(|text| text.expect("a transcript")).collect();
    let missing: Vec<&str> = CODES
        .iter()
        .filter(|code| {
            code.phase == Phase::Compile && code.id < "Q0304" && code.id.starts_with('Q')
        })
        .map(|code| code.id)
        .filter(|id| !all.iter().any(|text| text.contains(&format!("[{id}]"))))
        .collect();
    assert!(missing.is_empty(), "no transcript shows {missing:?}");
}
