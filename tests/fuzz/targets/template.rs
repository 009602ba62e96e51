//! Any bytes are a template, or are refused: YAML, JSON, intrinsics, definition bodies.
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

fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "template.yaml".to_owned(), bytes: bytes.to_vec() };
    let _ = import(&[source], &Nothing, &Options::default());
});
