//! A core query under construction, with the place in the question that each piece came from.

use crate::diag::Span;

/// Text of a core query and where its pieces came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// The core query.
    pub(super) text: String,
    /// Pieces that stand for words of the question, in order.
    pub(super) origins: Vec<Origin>,
}

/// A piece of the core query and the words it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    /// Its place in the core query.
    pub(super) core: Span,
    /// The words' place in the question.
    pub(super) question: Span,
}

impl Draft {
    /// Adds text of the template.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds text that stands for words of the question.
    pub(super) fn push_from(&mut self, text: &str, question: Span) {
        let start = self.text.len();
        self.text.push_str(text);
        self.origins.push(Origin {
            core: Span::new(start, self.text.len()),
            question,
        });
    }

    /// Takes empty lines and outer space away, moving the places along.
    pub(super) fn tidy(&self) -> Draft {
        let mut tidied = Draft::default();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let end = start + line.len();
            let text = line.trim_end();
            if !text.trim_start().is_empty() {
                if !tidied.text.is_empty() {
                    tidied.text.push('\n');
                }
                self.copy_line(start, text, &mut tidied);
            }
            start = end;
        }
        tidied
    }

    fn copy_line(&self, start: usize, text: &str, tidied: &mut Draft) {
        let to = tidied.text.len();
        tidied.text.push_str(text);
        let within = self
            .origins
            .iter()
            .filter(|o| o.core.start >= start && o.core.start < start + text.len());
        for origin in within {
            let moved = Span::new(
                origin.core.start - start + to,
                (origin.core.end - start + to).min(tidied.text.len()),
            );
            tidied.origins.push(Origin {
                core: moved,
                question: origin.question,
            });
        }
    }
}

/// A text as a string of the core language.
pub(super) fn quote(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{}'", escaped.replace('\n', "\\n"))
}

/// A text as a name of the core language.
pub(super) fn back_quote(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    if starts_well && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("`{}`", text.replace('`', "``"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_lines_and_keeps_places() {
        let mut draft = Draft::default();
        draft.push("\n\nMATCH ");
        draft.push_from("(x)", Span::new(3, 4));
        draft.push("\n\n  RETURN x  \n");
        let tidied = draft.tidy();
        assert_eq!(tidied.text, "MATCH (x)\n  RETURN x");
        assert_eq!(tidied.origins[0].core, Span::new(6, 9));
    }
}
