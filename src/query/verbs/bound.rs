//! What a question put into the holes of a pattern.

use crate::diag::Span;
use crate::model::NodeId;

/// What stands in one hole.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Bound {
    /// One node, or several of which the user has to choose, or none (its list is then empty).
    Name(Named),
    /// Two names or more.
    Names(Vec<Named>),
    /// A kind of edge by its name.
    Kind(String),
    /// Categories of services, and the word that was said for them.
    Categories(Vec<String>, String),
    /// Words as they were written.
    Words(String),
    /// The end of a type in lower case, without spaces; empty for all types.
    Noun(String),
    /// A whole number.
    Number(u64),
    /// An option of a comparison, as the comparison calls it.
    Option(String),
    /// That a spelling was used.
    Flag,
    /// A condition as it was written.
    Expr(String),
}

/// A name in a question and what it may mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    /// The nodes; exactly one where all is well.
    pub(super) nodes: Vec<NodeId>,
    /// The name as it was written, without particles.
    pub(super) text: String,
    /// Where it stands.
    pub(super) span: Span,
}

impl Bound {
    /// Puts what a further hole of the same name holds behind this; `None` where the two are no list.
    fn with(&self, more: &Bound) -> Option<Bound> {
        Some(match (self, more) {
            (Self::Name(one), Self::Name(two)) => Self::Names(vec![one.clone(), two.clone()]),
            (Self::Names(names), Self::Name(one)) => {
                Self::Names(names.iter().chain([one]).cloned().collect())
            }
            (Self::Words(words), Self::Words(more)) => Self::Words(format!("{words} {more}")),
            _ => return None,
        })
    }
}

/// Puts what stands in holes of one name into the first of them.
pub(super) fn joined(bindings: Vec<Binding>) -> Vec<Binding> {
    let mut joined: Vec<Binding> = Vec::with_capacity(bindings.len());
    for binding in bindings {
        let same = joined.iter_mut().find(|known| known.hole == binding.hole);
        let whole = same.and_then(|known| Some((known.bound.with(&binding.bound)?, known)));
        match whole {
            Some((bound, known)) => {
                known.bound = bound;
                known.span = known.span.to(binding.span);
            }
            None => joined.push(binding),
        }
    }
    joined
}

/// A hole and what was put there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Binding {
    /// The hole.
    pub(super) hole: String,
    /// Where its content stands.
    pub(super) span: Span,
    /// Its content.
    pub(super) bound: Bound,
}

impl Binding {
    /// Gives the nodes that it names.
    pub(super) fn nodes(&self) -> Vec<NodeId> {
        match &self.bound {
            Bound::Name(named) => named.nodes.clone(),
            Bound::Names(names) => names.iter().flat_map(|n| n.nodes.clone()).collect(),
            _ => Vec::new(),
        }
    }
}
