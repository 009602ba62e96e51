//! The manual is true: its list of functions is that of the program, and its examples give what it
//! says they give.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use archq::query::functions::FUNCTIONS;
use archq::query::manual;

/// Writes the list of functions anew when it is set: `ARCHQ_BLESS=1 cargo test --test manual`.
const BLESS: &str = "ARCHQ_BLESS";

#[test]
fn the_list_of_functions_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/query/manual/functions.md");
    let page = manual::functions_page();
    if std::env::var_os(BLESS).is_some() {
        std::fs::write(path, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(path).expect("the page");
    assert!(
        kept == page,
        "run `{BLESS}=1 cargo test --test manual` and look at the difference"
    );
}

#[test]
fn every_section_has_an_example_and_its_result() {
    assert!(
        manual::TOPICS.len() > 50,
        "{} sections",
        manual::TOPICS.len()
    );
    let sections = manual::LANGUAGE.matches("\n## ").count();
    assert_eq!(
        manual::TOPICS.len(),
        sections,
        "a section lacks its example"
    );
    for topic in manual::TOPICS.iter() {
        assert!(!topic.text.is_empty(), "{:?} says nothing", topic.names);
        assert!(
            topic.result.starts_with("| "),
            "{:?} gives nothing",
            topic.names
        );
    }
}

#[test]
fn help_is_found_by_word() {
    let help = |word: &str| manual::help(word).unwrap_or_else(|| panic!("no help on `{word}`"));
    assert!(help("match").starts_with("MATCH\n"));
    assert!(help("toupper").contains("toUpper('sqs')  =  'SQS'"));
    assert!(help("Percentilecont()").contains("UNWIND [10, 20, 30, 40] AS x"));
    // A clause and a function of one name are both shown; a word within a section leads there.
    assert!(help("count").contains("COUNT { … }") && help("count").contains("count(x)"));
    assert!(help("YIELD").contains("CALL name(…) YIELD"));
    assert!(help("xor").contains("AND, OR, XOR, NOT"));
    assert_eq!(manual::help("frobnicate"), None);
    assert_eq!(manual::nearest_word("toUper"), Some("toUpper"));
    for function in FUNCTIONS.iter() {
        assert!(help(function.name).contains(&function.signature()));
    }
}
