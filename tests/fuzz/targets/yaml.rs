//! Any text is YAML, or is refused: put inside a template, so that no line of it is skipped as the file of
//! something else.
#![no_main]

use archq::import::{Files, Options, Source, import};
use libfuzzer_sys::fuzz_target;
use std::io;

struct Nothing;

impl Files for Nothing {
    fn read(&self, _: &str, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

fuzz_target!(|text: &str| {
    let mut template = String::from("Resources: {A: {Type: AWS::SQS::Queue}}\nMetadata:\n");
    for line in text.lines() {
        template += "  ";
        template += line;
        template.push('\n');
    }
    let source = Source { name: "template.yaml".to_owned(), bytes: template.into_bytes() };
    let _ = import(&[source], &Nothing, &Options::default());
});
