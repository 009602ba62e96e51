//! Any text is parsed or refused; what is parsed prints as text that parses again.
#![no_main]

use archq::query::{completeness, syntax};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = completeness(text);
    if let Ok(statement) = syntax::parse(text) {
        let printed = statement.to_string();
        assert!(syntax::parse(&printed).is_ok(), "printed as {printed}");
    }
});
