//! The words of the language in one list, for suggestions, highlighting, completion and printing.
//!
//! Which of them are reserved is the grammar's rule `reserved`; a test holds the two together.

/// A word and whether it is reserved, so that a variable of that name needs back-quotes.
pub const KEYWORDS: &[(&str, bool)] = &[
    ("ACYCLIC", false),
    ("ALL", false),
    ("AND", true),
    ("ANY", false),
    ("AS", true),
    ("ASC", false),
    ("ASCENDING", false),
    ("BY", false),
    ("CALL", false),
    ("CASE", true),
    ("COLLECT", false),
    ("CONTAINS", true),
    ("COUNT", false),
    ("CREATE", true),
    ("DELETE", true),
    ("DESC", false),
    ("DESCENDING", false),
    ("DETACH", true),
    ("DISTINCT", true),
    ("ELSE", true),
    ("END", true),
    ("ENDS", true),
    ("EXISTS", false),
    ("FALSE", true),
    ("FOREACH", false),
    ("GROUPS", false),
    ("IN", true),
    ("IS", true),
    ("LIMIT", true),
    ("MATCH", true),
    ("MERGE", true),
    ("NONE", false),
    ("NOT", true),
    ("NULL", true),
    ("ON", true),
    ("OPTIONAL", true),
    ("OR", true),
    ("ORDER", true),
    ("REMOVE", true),
    ("RETURN", true),
    ("SET", true),
    ("SHORTEST", false),
    ("SIMPLE", false),
    ("SINGLE", false),
    ("SKIP", true),
    ("STARTS", true),
    ("THEN", true),
    ("TRAIL", false),
    ("TRUE", true),
    ("UNION", true),
    ("UNWIND", true),
    ("WALK", false),
    ("WHEN", true),
    ("WHERE", true),
    ("WITH", true),
    ("XOR", true),
    ("YIELD", false),
];

/// Words that a clause begins with.
pub(super) const CLAUSES: &[&str] = &[
    "MATCH", "OPTIONAL", "RETURN", "WITH", "UNWIND", "CREATE", "MERGE", "SET", "REMOVE", "DELETE",
    "DETACH", "CALL", "FOREACH", "UNION",
];

/// Tells whether a word is reserved, without regard to case.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    KEYWORDS
        .iter()
        .any(|(keyword, reserved)| *reserved && keyword.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::syntax::parse;

    #[test]
    fn the_grammar_reserves_the_same_words() {
        for (word, reserved) in KEYWORDS {
            let bare = parse(&format!(
                "UNWIND xs AS y MATCH (p {{a: y}}), ({word}) RETURN 1"
            ));
            assert_eq!(bare.is_err(), *reserved, "{word}");
            let quoted = parse(&format!("MATCH (`{word}`:{word} {{{word}: 1}}) RETURN 1"));
            assert!(quoted.is_ok(), "{word}");
        }
    }
}
