//! Says why a line is no question: a name, a category or the whole of it is not known.

use super::bound::Bound;
use super::facets::unsettled;
use super::matcher::Fit;
use super::reading::Reading;
use super::spelling::misspelt;
use super::table::Table;
use super::words::stem;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use crate::query::names::Names;

/// What to type when nothing else is near.
const TRY: &str = "try `triggers of Lambda`, `limits of SQS`, `paths from S3 to Redshift`, \
     or a query that begins with MATCH; `:help` lists the verbs";

/// Says what is near to what is not known of a question: to its one unknown name, or to its misspelt
/// words; `None` where nothing is. `fit` is the verb that it asks if names may be unknown.
pub(super) fn near(fit: Option<&Fit>, reading: &Reading, names: &Names) -> Option<Diagnostic> {
    let named = fit.filter(|fit| is_near(fit, names));
    let part = named.map(|fit| part(fit, reading, names));
    part.or_else(|| misspelt(reading, names))
}

/// Says which part of a question is not known, or that the whole is no question.
pub(super) fn any(fit: Option<&Fit>, reading: &Reading, names: &Names) -> Diagnostic {
    match fit {
        Some(fit) => part(fit, reading, names),
        None => question(reading.table, reading, names),
    }
}

/// Tells whether what is unknown in a question is one name that others are near to.
fn is_near(fit: &Fit, names: &Names) -> bool {
    match unsettled(&fit.bindings) {
        Some((text, [], _)) => !text.contains(' ') && !names.near(text).is_empty(),
        Some(_) => true,
        None => false,
    }
}

/// Says which part of a question that otherwise fits a verb is not known.
fn part(fit: &Fit, reading: &Reading, names: &Names) -> Diagnostic {
    let category = fit
        .bindings
        .iter()
        .find_map(|binding| match &binding.bound {
            Bound::Categories(found, _) if found.is_empty() => Some(binding.span),
            _ => None,
        });
    // What is asked of something known is no question of the unknown words around it.
    let holds_a_name = || known_name(reading, names).is_some();
    if let Some(span) = category {
        return match holds_a_name() {
            true => question(reading.table, reading, names),
            false => unknown_category(reading, span),
        };
    }
    match unsettled(&fit.bindings) {
        Some((text, [], _)) if names.near(text).is_empty() && holds_a_name() => {
            question(reading.table, reading, names)
        }
        Some((text, [], span)) => names.unknown(text, span),
        Some((text, nodes, span)) => names.ambiguous(text, nodes, span),
        None => Diagnostic::error(
            &Code::UNKNOWN_QUESTION,
            format!("`{}` cannot be answered this way", reading.line().trim()),
        )
        .expected(format!("`{}`", fit.verb.usage)),
    }
}

fn unknown_category(reading: &Reading, span: Span) -> Diagnostic {
    let word = reading.line().get(span.start..span.end).unwrap_or("");
    let all = reading.all_categories();
    let parts = all.iter().flat_map(|category| category.split('.'));
    let error = Diagnostic::error(
        &Code::UNKNOWN_NAME,
        format!("no service is in a category `{word}`"),
    )
    .at(span)
    .nearest(nearest(word, parts.clone()));
    let mut heads: Vec<&str> = all.iter().filter_map(|c| c.split('.').next()).collect();
    heads.dedup();
    error.expected(format!("one of {}", heads.join(", ")))
}

/// Says that a line is no question that any verb answers, and what is near to it.
fn question(table: &'static Table, reading: &Reading, names: &Names) -> Diagnostic {
    let line = reading.line().trim();
    let text = match line {
        "" => "there is no question".to_owned(),
        line => format!("`{line}` is no question that archq knows"),
    };
    let error = Diagnostic::error(&Code::UNKNOWN_QUESTION, text).at(reading.span(0, reading.len()));
    match (near_verb(table, reading), known_name(reading, names)) {
        (Some(usage), _) => error.help(format!("did you mean `{usage}`?")),
        (None, Some(name)) => error.help(format!(
            "try `facts of {name}`, `triggers of {name}` or `neighbors of {name}`"
        )),
        _ => match names.near(line).first() {
            Some(name) => error.help(format!("did you mean `facts of {name}`?")),
            None => error.help(TRY),
        },
    }
}

/// Finds the verb whose first word is near to one of the first words of the line.
fn near_verb(table: &'static Table, reading: &Reading) -> Option<&'static str> {
    let first = |usage: &'static str| usage.split(' ').next().unwrap_or(usage);
    let known = table.verbs.iter().map(|verb| verb.usage.as_str());
    let word = reading.slice(0, 1).to_lowercase();
    if table.language.asking.contains(&word) {
        return None;
    }
    let near = nearest(stem(&word), known.clone().map(|usage| stem(first(usage))))?;
    known.into_iter().find(|usage| stem(first(usage)) == near)
}

/// Finds the longest name in a line.
fn known_name(reading: &Reading, names: &Names) -> Option<String> {
    let spans =
        (0..reading.len()).flat_map(|from| (from + 1..=reading.len()).map(move |to| (from, to)));
    let found = spans.filter_map(|(from, to)| {
        let candidates = reading.names(from, to, &[], false);
        let node = *candidates.first()?.0.nodes.first()?;
        Some((to - from, names.shown(node)))
    });
    found.max().map(|(_, name)| name)
}
