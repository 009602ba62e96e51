//! Whether a text is whole, for the prompt: run it, wait for another line, or complain.
//!
//! Looks at brackets, quotes and the last word alone; it does not parse.

/// How far a text has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// It can be run.
    Whole,
    /// Something is still open.
    Incomplete,
    /// No further line can make it right.
    Wrong,
}

/// Words after which a statement goes on.
const OPEN_WORDS: &[&str] = &[
    "match", "optional", "where", "with", "return", "unwind", "as", "order", "by", "skip", "limit",
    "union", "create", "merge", "set", "remove", "delete", "detach", "call", "yield", "and", "or",
    "xor", "not", "in", "distinct", "starts", "ends", "contains", "is", "on", "when", "then",
    "else", "case", "foreach", "explain", "profile",
];

/// Signs after which a statement goes on.
const OPEN_SIGNS: &[char] = &[
    ',', '=', '+', '-', '/', '%', '^', '<', '>', '|', '.', '&', ':',
];

/// Tells whether a text is whole. A `;` at the end always ends it.
#[must_use]
pub fn completeness(text: &str) -> Completeness {
    let Some(rest) = skim(text) else {
        return Completeness::Wrong;
    };
    if rest.open > 0 || rest.quoted {
        return Completeness::Incomplete;
    }
    let trimmed = rest.plain.trim_end();
    if trimmed.ends_with(';') || trimmed.is_empty() {
        return Completeness::Whole;
    }
    let core = super::begins_like_core(text);
    let word: String = last_word(trimmed);
    let word_open = OPEN_WORDS
        .iter()
        .any(|open| word.eq_ignore_ascii_case(open));
    let sign_open =
        trimmed.ends_with(OPEN_SIGNS) && !trimmed.ends_with("--") && !trimmed.ends_with("->");
    match core && (word_open || sign_open || only_match(trimmed)) {
        true => Completeness::Incomplete,
        false => Completeness::Whole,
    }
}

/// A query that only finds things and says nothing of what to do with them.
fn only_match(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .map(str::to_lowercase)
        .collect();
    let finds = matches!(
        words.first().map(String::as_str),
        Some("match" | "optional" | "unwind" | "with")
    );
    let ends = [
        "return", "create", "merge", "set", "remove", "delete", "call", "foreach", "as",
    ];
    finds && !words.iter().any(|word| ends.contains(&word.as_str()))
}

fn last_word(text: &str) -> String {
    let tail: Vec<char> = text
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    tail.into_iter().rev().collect()
}

/// A text with strings and comments blanked out, and what is open at its end.
struct Skimmed {
    plain: String,
    open: usize,
    quoted: bool,
}

/// Skims a text; `None` where a bracket closes what was not opened.
fn skim(text: &str) -> Option<Skimmed> {
    let mut plain = String::with_capacity(text.len());
    let mut open: Vec<char> = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' | '`' => {
                if !skip_quoted(&mut chars, c) {
                    return Some(Skimmed {
                        plain,
                        open: open.len(),
                        quoted: true,
                    });
                }
                plain.push('x');
            }
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if chars.peek() == Some(&'*') => skip_comment(&mut chars),
            '(' | '[' | '{' => {
                open.push(c);
                plain.push(c);
            }
            ')' | ']' | '}' => {
                if open.pop() != Some(partner(c)) {
                    return None;
                }
                plain.push(c);
            }
            _ => plain.push(c),
        }
    }
    Some(Skimmed {
        plain,
        open: open.len(),
        quoted: false,
    })
}

type Chars<'t> = std::iter::Peekable<std::str::Chars<'t>>;

/// Skips to behind the closing quote; false where there is none.
fn skip_quoted(chars: &mut Chars<'_>, quote: char) -> bool {
    while let Some(c) = chars.next() {
        if c == '\\' && quote != '`' {
            chars.next();
        } else if c == quote {
            return true;
        }
    }
    false
}

fn skip_comment(chars: &mut Chars<'_>) {
    let mut before = ' ';
    for c in chars.by_ref() {
        if before == '*' && c == '/' {
            return;
        }
        before = c;
    }
}

fn partner(c: char) -> char {
    match c {
        ')' => '(',
        ']' => '[',
        _ => '{',
    }
}
