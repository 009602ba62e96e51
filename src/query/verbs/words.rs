//! A question as words, each with its place in the text.
//!
//! Takes the user's line; gives words folded for comparison (lower case, end punctuation off),
//! commas, arrows and a `'s` as words of their own, and quoted texts as one word. Knows no verb.

use crate::diag::Span;

/// One word of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case, without end punctuation and quotes.
    pub(super) text: String,
    /// The bytes it was read from, without end punctuation and quotes.
    pub(super) span: Span,
    /// Stood in quotes: never a word of the pattern.
    pub(super) quoted: bool,
}

/// Splits a line into words.
pub(super) fn words(line: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut rest = Rest { line, at: 0 };
    while let Some(word) = rest.next_word() {
        found.push(word);
    }
    found
}

struct Rest<'t> {
    line: &'t str,
    at: usize,
}

impl Rest<'_> {
    fn next_word(&mut self) -> Option<Word> {
        loop {
            let tail = &self.line[self.at..];
            let trimmed = tail.trim_start();
            self.at += tail.len() - trimmed.len();
            let first = trimmed.chars().next()?;
            if let Some(length) = clitic(trimmed).filter(|_| trimmed.len() == tail.len()) {
                return Some(self.plain(length, CLITIC));
            }
            if let Some(quote) = closing(first)
                && let Some(length) = trimmed[first.len_utf8()..].find(quote)
            {
                return Some(self.quoted(first.len_utf8(), length, quote.len_utf8()));
            }
            if let Some(mark) = mark_at(trimmed) {
                return Some(self.plain(mark.len(), mark));
            }
            let length = length_of_word(trimmed);
            let text = trimmed[..length].trim_end_matches(['?', '.', '!', ';', ':', '？', '。']);
            if text.is_empty() {
                self.at += length;
                continue;
            }
            return Some(self.plain(length, text));
        }
    }

    fn plain(&mut self, length: usize, text: &str) -> Word {
        let span = Span::new(self.at, self.at + text.len().min(length));
        self.at += length;
        Word {
            text: text.to_lowercase(),
            span,
            quoted: false,
        }
    }

    fn quoted(&mut self, open: usize, length: usize, close: usize) -> Word {
        let start = self.at + open;
        let span = Span::new(start, start + length);
        self.at = start + length + close;
        Word {
            text: self.line[span.start..span.end].to_lowercase(),
            span,
            quoted: true,
        }
    }
}

fn closing(open: char) -> Option<char> {
    match open {
        '"' | '\'' | '`' => Some(open),
        '“' => Some('”'),
        '‘' => Some('’'),
        _ => None,
    }
}

/// Marks that are words of their own wherever they stand.
const MARKS: &[&str] = &["->", "→", ","];

fn mark_at(text: &str) -> Option<&'static str> {
    MARKS.iter().copied().find(|mark| text.starts_with(mark))
}

fn length_of_word(text: &str) -> usize {
    let ends = |(at, c): &(usize, char)| {
        let rest = &text[*at..];
        c.is_whitespace() || mark_at(rest).is_some() || *at > 0 && clitic(rest).is_some()
    };
    text.char_indices()
        .find(ends)
        .map_or(text.len(), |(at, _)| at)
}

/// What is left of `is` and of the genitive, as it is written in the tables.
pub(super) const CLITIC: &str = "'s";

/// Gives the length of a `'s` that a text begins with and that ends a word: `what's`, `Lambda's`.
fn clitic(text: &str) -> Option<usize> {
    let apostrophe = text.chars().next().filter(|c| ['\'', '’'].contains(c))?;
    let rest = text[apostrophe.len_utf8()..].strip_prefix(['s', 'S'])?;
    let goes_on = rest.chars().next().is_some_and(char::is_alphanumeric);
    (!goes_on).then_some(apostrophe.len_utf8() + 1)
}

/// A word without the endings of number and person: `triggers` and `trigger`, `queries` and `query`.
pub(super) fn stem(word: &str) -> &str {
    let long = word.len() > 3 && word.is_ascii();
    match word.strip_suffix('s') {
        Some(stem) if long && !stem.ends_with(['s', 'u', 'i']) => {
            stem.strip_suffix("ie").map_or(stem, |short| short)
        }
        _ if long && word.ends_with('y') => &word[..word.len() - 1],
        _ => word,
    }
}

/// Letters that a word without its `ing` or `ed` has to have: `filtering`, but not `string`.
const SHORTEST_ROOT: usize = 5;

/// The beginning of a word by which a text that speaks of it is found: `filter` for `filtering`,
/// `delay` for `delayed`.
pub(super) fn root(word: &str) -> &str {
    let stem = stem(word);
    let root = stem.strip_suffix("ing").or(stem.strip_suffix("ed"));
    root.filter(|root| root.len() >= SHORTEST_ROOT)
        .unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        words(line).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn splits_marks_and_quotes_and_drops_end_punctuation() {
        assert_eq!(texts("why A->B?"), ["why", "a", "->", "b"]);
        assert_eq!(texts("compare SQS,SNS"), ["compare", "sqs", ",", "sns"]);
        assert_eq!(texts("limits of \"My Fn\" ."), ["limits", "of", "my fn"]);
        assert_eq!(texts("람다를 호출?"), ["람다를", "호출"]);
        assert_eq!(texts("what's S3"), ["what", "'s", "s3"]);
        assert_eq!(
            texts("Lambda’s limit of 's'"),
            ["lambda", "'s", "limit", "of", "s"]
        );
    }

    #[test]
    fn folds_number_and_person() {
        assert_eq!(stem("triggers"), stem("trigger"));
        assert_eq!(stem("dependencies"), stem("dependency"));
        assert_eq!(stem("sns"), "sns");
    }
}
