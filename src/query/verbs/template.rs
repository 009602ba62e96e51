//! The small language of `core` in `data/verbs.toml`, and how it is filled.
//!
//! | written | becomes |
//! |---|---|
//! | `{{X}}`, `{{X.node}}` | what stands in the hole `X`, or a facet of it |
//! | `{{#X}} … {{/X}}` | the inside, where `X` was filled; once for each name of a list |
//! | `{{^X}} … {{/X}}` | the inside, where it was not |
//! | `{{#X\|Y}} …`, `{{#X&Y}} …` | the inside, where one of them was, or both |
//! | `{{>place e}}` | a fragment of the table, put in when the table is read |
//!
//! Facets are the business of `facets`. Takes a template and a scope; gives core text in which every
//! piece knows the words of the question it stands for.

use super::draft::Draft;
use super::facets::Scope;
use crate::diag::Diagnostic;

/// Sections within sections; rows are ours, so this only guards against a slip.
const DEEPEST: usize = 8;

/// Fills a template.
pub(super) fn fill(template: &str, scope: &Scope) -> Result<Draft, Diagnostic> {
    let mut draft = Draft::default();
    section(template, scope, &mut draft, 0)?;
    Ok(draft.tidy())
}

fn section(
    template: &str,
    scope: &Scope,
    draft: &mut Draft,
    depth: usize,
) -> Result<(), Diagnostic> {
    let mut rest = template;
    while let Some((before, tag, after)) = next_tag(rest) {
        draft.push(before);
        let sign = tag.chars().next().filter(|c| "#^".contains(*c));
        rest = match sign {
            Some(sign) if depth < DEEPEST => {
                let name = tag.get(1..).unwrap_or("");
                let (inside, after) = until_close(after, name);
                repeat(inside, sign == '#', name, scope, draft, depth)?;
                after
            }
            _ => {
                scope.write(tag, draft)?;
                after
            }
        };
    }
    draft.push(rest);
    Ok(())
}

fn repeat(
    inside: &str,
    wanted: bool,
    name: &str,
    scope: &Scope,
    draft: &mut Draft,
    depth: usize,
) -> Result<(), Diagnostic> {
    let scopes = scope.each(name);
    if !wanted && scopes.is_empty() {
        section(inside, scope, draft, depth + 1)?;
    }
    for inner in scopes.iter().filter(|_| wanted) {
        section(inside, inner, draft, depth + 1)?;
    }
    Ok(())
}

fn next_tag(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (tag, after) = rest.split_once("}}")?;
    Some((before, tag.trim(), after))
}

/// Splits behind a section's head at its close; an unclosed one reaches to the end.
fn until_close<'t>(text: &'t str, name: &str) -> (&'t str, &'t str) {
    let close = format!("{{{{/{name}}}}}");
    text.split_once(close.as_str()).unwrap_or((text, ""))
}
