//! Verbs: one-line questions that become core queries.
//!
//! Takes a line and a graph; gives the core query that the line stands for, how it is to be run
//! (`explain`, `profile`) and where its answer goes (`as svg to "f"`). A verb is a row of
//! `data/verbs.toml` and has no code of its own. An error in the core query is moved back to the
//! words of the question by [`Expanded::in_question`]. Runs nothing and knows no format of output.
//!
//! ```text
//! line ─► frame (explain, draw, as …) ─► words ─► matcher ─► bindings ─► template ─► core query
//! ```
//!
//! A line that fits no verb is read again without what stands before its question and in the order of
//! a question (`asides`), then by its one name and the words of facts alone (`gist`), which the
//! answer says. What still has no sense is told with what is near to it (`unknown`, `spelling`).

mod asides;
mod bound;
mod condition;
mod draft;
mod facets;
mod frame;
mod gist;
mod guides;
mod kinds;
mod matcher;
mod meanings;
mod pattern;
mod reading;
mod remarks;
mod spelling;
mod table;
mod template;
mod unknown;
mod words;

pub use frame::Mode;
pub use frame::Output;
pub use remarks::remark;
pub use table::Verb;

use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::query::names::Names;
use bound::Binding;
use bound::Bound;
use draft::Origin;
use facets::Scope;
use frame::Frame;
use matcher::Fit;
use reading::Reading;
use table::Table;

/// Longest line that is read as a verb, in bytes; a longer one is a core query or nothing.
const LONGEST_LINE: usize = 4_000;

/// Words beyond which a line is no question; each of them may be held against all patterns.
const MOST_WORDS: usize = 200;

/// Words of `as FORMAT`: a verb that has as many more of its own is meant without them.
const WORDS_OF_OUTPUT: usize = 2;

/// The hole of the option `limit N`.
const LIMIT: &str = "L";

/// What a line stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expanded {
    /// The core query.
    pub core: String,
    /// Whether it is run or explained.
    pub mode: Mode,
    /// Where the answer goes, if the line says so.
    pub output: Option<Output>,
    /// How many rows the answer may have; as many mean that there may be more.
    pub rows: Option<usize>,
    /// What is said where there are no rows, and what to try.
    pub empty: Option<(String, String)>,
    /// What is said where the answer is no and no constraint tells why; may be empty.
    pub doubt: String,
    /// The plainer question that it was read as, where it was none that is known word for word.
    pub read_as: Option<String>,
    /// The verb; `None` where a core query stood behind `explain` or before `as`.
    pub verb: Option<&'static str>,
    origins: Vec<Origin>,
    question: Span,
    /// What the question names.
    named: Vec<NodeId>,
}

impl Expanded {
    /// Moves a diagnostic about the core query to the words of the question it is about; what
    /// stands for no word of its own is about the whole question.
    #[must_use]
    pub fn in_question(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.span = diagnostic.span.map(|span| self.place(span));
        diagnostic
    }

    /// Gives the words of the question that a piece of the core query stands for.
    #[must_use]
    pub fn place(&self, core: Span) -> Span {
        let touched = self
            .origins
            .iter()
            .filter(|origin| origin.core.start < core.end && core.start < origin.core.end);
        let places = touched.map(|origin| match self.verb {
            Some(_) => origin.question,
            // A core query is copied letter for letter.
            None => Span::new(
                origin.question.start + core.start,
                origin.question.start + core.end,
            ),
        });
        places.reduce(Span::to).unwrap_or(self.question)
    }
}

/// Gives what a line stands for: `None` where it is a plain core query, an error where it is meant
/// as a verb and has no sense. Walks the named nodes once where names are looked up.
pub fn expand(
    text: &str,
    graph: &dyn GraphView,
    names: &Names,
) -> Option<Result<Expanded, Diagnostic>> {
    let table = Table::built_in();
    if text.len() > LONGEST_LINE || text.trim().is_empty() {
        return None;
    }
    let frame = Frame::read(text, &table.language.core);
    if frame.is_core {
        return (frame.mode != Mode::Run || frame.output.is_some())
            .then(|| Ok(core_in_frame(text, frame)));
    }
    if text.len() > MOST_WORDS && words::words(text).len() > MOST_WORDS {
        return None;
    }
    let asked = Asked { text, graph, names };
    if let Some(found) = asked.verb(&frame) {
        return Some(found);
    }
    // What is drawn may be the answer of a verb.
    if let Some(body) = frame.drawn {
        let output = frame.output.clone().or_else(|| Some(Output::picture()));
        let inner = Frame {
            body,
            drawn: None,
            output,
            ..frame
        };
        return asked
            .verb(&inner)
            .or_else(|| asked.not_known(&inner).map(Err));
    }
    asked.not_known(&frame).map(Err)
}

/// Lists the verbs, for help and completion.
#[must_use]
pub fn verbs() -> &'static [Verb] {
    &Table::built_in().verbs
}

fn core_in_frame(text: &str, frame: Frame) -> Expanded {
    let core = text[frame.body.start..frame.body.end].to_owned();
    Expanded {
        origins: vec![Origin {
            core: Span::new(0, core.len()),
            question: frame.body,
        }],
        core,
        mode: frame.mode,
        output: frame.output,
        rows: None,
        empty: None,
        doubt: String::new(),
        read_as: None,
        named: Vec::new(),
        verb: None,
        question: frame.body,
    }
}

/// A line and what it is asked of.
struct Asked<'a> {
    text: &'a str,
    graph: &'a dyn GraphView,
    names: &'a Names<'a>,
}

impl<'a> Asked<'a> {
    fn reading(&self, body: Span) -> Reading<'a> {
        let body = self.text.get(body.start..body.end).unwrap_or("");
        Reading::new(body, Table::built_in(), self.graph, self.names)
    }

    /// Gives the verb that the body of a frame asks, if it asks one.
    fn verb(&self, frame: &Frame) -> Option<Result<Expanded, Diagnostic>> {
        let fit = self.fit(frame.body);
        if let Some(whole) = frame.whole()
            && let Some(longer) = self.fit(whole.body)
            && longer.has_more_words_than(fit.as_ref(), WORDS_OF_OUTPUT)
        {
            return Some(self.expanded(longer, &whole));
        }
        let fit = fit.or_else(|| self.fit_plainer(frame.body));
        match fit {
            Some(fit) => Some(self.expanded(fit, frame)),
            None => self.gist(frame),
        }
    }

    /// Reads a question by its name and the words of facts alone, and says so.
    fn gist(&self, frame: &Frame) -> Option<Result<Expanded, Diagnostic>> {
        let plain = gist::of(&self.reading(frame.body))?;
        let asked = Asked {
            text: &plain,
            ..*self
        };
        let fit = asked.fit(Span::new(0, plain.len()))?;
        let expanded = asked.expanded(fit, frame).map(|expanded| Expanded {
            // None of its words stands where it stood in the question.
            origins: Vec::new(),
            read_as: Some(plain.clone()),
            ..expanded
        });
        Some(expanded)
    }

    /// Finds the verb of a question by what facts are called, else by what they say.
    fn fit(&self, body: Span) -> Option<Fit> {
        best_fit(self.reading(body))
    }

    /// Finds the verb of a question that has something before it, or the order of words of a sentence.
    fn fit_plainer(&self, body: Span) -> Option<Fit> {
        let plainer = asides::plainer(&self.reading(body));
        plainer.into_iter().find_map(best_fit)
    }

    fn expanded(&self, fit: Fit, frame: &Frame) -> Result<Expanded, Diagnostic> {
        let start = frame.body.start;
        let scope = self.scope(&fit).map_err(|error| moved(error, start))?;
        let fill = |template: &str| template::fill(template, &scope);
        let draft = fill(&fit.verb.core).map_err(|error| moved(error, start))?;
        let empty = (fill(&fit.verb.empty)?.text, fill(&fit.verb.advice)?.text);
        let picture = fit.verb.picture.then(Output::picture);
        Ok(Expanded {
            core: draft.text,
            mode: frame.mode,
            output: frame.output.clone().or(picture),
            rows: rows(&fit),
            named: fit.bindings.iter().flat_map(Binding::nodes).collect(),
            empty: (!empty.0.is_empty()).then_some(empty),
            doubt: fill(&fit.verb.doubt)?.text,
            read_as: None,
            verb: Some(&fit.verb.name),
            origins: draft.origins.iter().map(|o| shifted(*o, start)).collect(),
            question: frame.body,
        })
    }

    fn scope(&self, fit: &Fit) -> Result<Scope<'a>, Diagnostic> {
        let names = self.names;
        match facets::unsettled(&fit.bindings) {
            Some((text, [], span)) => return Err(names.unknown(text, span)),
            Some((text, nodes, span)) => return Err(names.ambiguous(text, nodes, span)),
            None => {}
        }
        Ok(Scope {
            bindings: fit.bindings.clone(),
            rows: rows(fit),
            table: Table::built_in(),
            graph: self.graph,
            names,
        })
    }

    /// Says what is wrong with a body that fits no verb; nothing where it looks like a core query.
    fn not_known(&self, frame: &Frame) -> Option<Diagnostic> {
        let reading = self.reading(frame.body);
        let loose = matcher::best_fit(reading.table, &reading, true);
        if loose.is_none() && looks_like_core(reading.line()) && !frame.says_something() {
            return None;
        }
        let error = unknown::near(loose.as_ref(), &reading, self.names)
            .or_else(|| {
                let bare = asides::bare(&reading);
                let loose = matcher::best_fit(bare.table, &bare, true);
                unknown::near(loose.as_ref(), &bare, self.names)
            })
            .unwrap_or_else(|| unknown::any(loose.as_ref(), &reading, self.names));
        Some(moved(error, frame.body.start))
    }
}

/// Gives what `limit N` says, else what the verb does.
fn rows(fit: &Fit) -> Option<usize> {
    let said = fit.bindings.iter().find_map(|binding| match binding.bound {
        Bound::Number(number) if binding.hole == LIMIT => usize::try_from(number).ok(),
        _ => None,
    });
    fit.verb.rows.map(|rows| said.unwrap_or(rows))
}

fn best_fit(reading: Reading) -> Option<Fit> {
    let table = reading.table;
    matcher::best_fit(table, &reading, false)
        .or_else(|| matcher::best_fit(table, &reading.of_statements(), false))
}

fn looks_like_core(line: &str) -> bool {
    line.contains(['(', '[', '{', '='])
}

fn moved(mut error: Diagnostic, by: usize) -> Diagnostic {
    error.span = error
        .span
        .map(|span| Span::new(span.start + by, span.end + by));
    error
}

fn shifted(mut origin: Origin, by: usize) -> Origin {
    origin.question.start += by;
    origin.question.end += by;
    origin
}
