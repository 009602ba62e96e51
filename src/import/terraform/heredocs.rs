//! Indented heredocs: `<<-EOF` to `<<EOF`, without the indent that all of its lines share.
//!
//! The parser takes the indent off, too, but as much as the lines behind an interpolation share, also
//! where others begin further left, and so cuts into them. That is why it never sees one.

use std::borrow::Cow;

/// The words after which a heredoc may begin.
const BEFORE: [char; 8] = ['=', '(', ',', '[', ':', '?', '{', '>'];

/// Takes the shared indent off every indented heredoc of a file. Lines stay where they are.
pub(super) fn dedented(text: &str) -> Cow<'_, str> {
    if !text.contains("<<-") {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut made = String::with_capacity(text.len());
    let mut rest = lines.as_slice();
    while let [line, behind @ ..] = rest {
        let Some(opening) = Opening::of(line) else {
            made.push_str(line);
            rest = behind;
            continue;
        };
        let Some(length) = behind.iter().position(|l| l.trim() == opening.delimiter) else {
            break;
        };
        let (inside, after) = behind.split_at(length);
        opening.write(line, inside, &mut made);
        rest = after;
    }
    rest.iter().for_each(|line| made.push_str(line));
    Cow::Owned(made)
}

/// A line that opens a heredoc.
struct Opening<'t> {
    before: &'t str,
    delimiter: &'t str,
    is_indented: bool,
}

impl<'t> Opening<'t> {
    fn of(line: &'t str) -> Option<Self> {
        let (before, mark) = line.trim_end().rsplit_once("<<")?;
        let delimiter = mark.strip_prefix('-').unwrap_or(mark);
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
        let is_comment = before.trim_start().starts_with(['#', '/']);
        let begins = before.trim_end().ends_with(BEFORE) && !is_comment;
        (begins && !delimiter.is_empty() && delimiter.chars().all(is_word)).then_some(Self {
            before,
            delimiter,
            is_indented: mark.starts_with('-'),
        })
    }

    fn write(&self, line: &str, inside: &[&str], made: &mut String) {
        if !self.is_indented {
            made.push_str(line);
            inside.iter().for_each(|line| made.push_str(line));
            return;
        }
        let end = line.get(line.trim_end().len()..).unwrap_or("\n");
        for part in [self.before, "<<", self.delimiter, end] {
            made.push_str(part);
        }
        let shared = inside.iter().filter_map(|line| indent(line)).min();
        for line in inside {
            let own = indent(line).and(shared).unwrap_or(0);
            made.push_str(line.get(own..).unwrap_or(line));
        }
    }
}

/// The bytes of blanks before the first word of a line; none where there is no word.
fn indent(line: &str) -> Option<usize> {
    line.find(|c: char| c != ' ' && c != '\t' && c != '\r' && c != '\n')
}
