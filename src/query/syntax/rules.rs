//! The grammar as pest made it.
//!
//! Takes a text, gives pest's pairs or its refusal. Knows no tree and no message.

#![allow(
    missing_docs,
    unreachable_pub,
    reason = "the rules are documented in the grammar, from which this module is made"
)]

use std::num::NonZeroUsize;
use std::sync::Once;

#[derive(pest_derive::Parser)]
#[grammar = "grammar/archq.pest"]
#[grammar = "grammar/core.pest"]
#[grammar = "grammar/words.pest"]
struct Grammar;

pub(super) type Pairs<'t> = pest::iterators::Pairs<'t, Rule>;
pub(super) type Refusal = pest::error::Error<Rule>;

/// Most steps the recogniser may take for one text. The longest text that `scan` admits needs a
/// fraction of it; it is there should a rule ever read something twice.
const MAX_STEPS: usize = 1 << 31;

/// Recognises a text.
pub(super) fn parse(rule: Rule, text: &str) -> Result<Pairs<'_>, Box<Refusal>> {
    static LIMIT: Once = Once::new();
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(MAX_STEPS)));
    <Grammar as pest::Parser<Rule>>::parse(rule, text).map_err(Box::new)
}
