//! Which variables can be named at a place, and what is known of each.

use super::Checked;
use super::types::Type;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use crate::query::ast::Name;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// Variables and what is known of each, in the order they came in.
pub(super) type Variables = IndexMap<Arc<str>, Type, FxBuildHasher>;

/// Variables in the order they came in. A scope inside an expression sees the one around it.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'a> {
    own: Variables,
    around: Option<&'a Scope<'a>>,
}

impl<'a> Scope<'a> {
    /// Makes a scope that sees another one.
    pub(super) fn inside(around: &'a Scope<'a>) -> Scope<'a> {
        Scope {
            own: Variables::default(),
            around: Some(around),
        }
    }

    /// Makes a scope inside another one, with one more variable.
    pub(super) fn with(around: &'a Scope<'a>, name: &Name, known: Type) -> Scope<'a> {
        let mut scope = Self::inside(around);
        scope.bind(&name.text, known);
        scope
    }

    /// Makes a scope of these variables alone.
    pub(super) fn of(own: Variables) -> Scope<'static> {
        Scope { own, around: None }
    }

    pub(super) fn bind(&mut self, name: &Arc<str>, known: Type) {
        self.own.insert(Arc::clone(name), known);
    }

    pub(super) fn get(&self, name: &str) -> Option<Type> {
        let own = self.own.get(name).copied();
        own.or_else(|| self.around.and_then(|around| around.get(name)))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All variables that can be seen, outer ones first.
    pub(super) fn all(&self) -> Variables {
        let mut all = self.around.map(Scope::all).unwrap_or_default();
        all.extend(
            self.own
                .iter()
                .map(|(name, known)| (Arc::clone(name), *known)),
        );
        all
    }

    /// What is known of a variable that has to be there.
    pub(super) fn find(&self, name: &str, span: Span) -> Checked<Type> {
        self.get(name).ok_or_else(|| self.undefined(name, span))
    }

    /// Refuses a name that is taken.
    pub(super) fn free(&self, name: &Name) -> Checked {
        if self.has(&name.text) {
            return Err(already_bound(name));
        }
        Ok(())
    }

    pub(super) fn undefined(&self, name: &str, span: Span) -> Diagnostic {
        let all = self.all();
        let diagnostic = Diagnostic::error(
            &Code::UNDEFINED_VARIABLE,
            format!("`{name}` is not defined here"),
        )
        .at(span);
        if let Some(near) = nearest(name, all.keys().map(AsRef::as_ref)) {
            return diagnostic.nearest(Some(near));
        }
        let names: Vec<String> = all.keys().map(|name| format!("`{name}`")).collect();
        if names.is_empty() {
            return diagnostic.help("nothing is defined here; a text is written in quotes");
        }
        // A longer word was rather meant as a text: `n.name = Lambda`.
        let or_text = match name.chars().count() {
            0..=3 => "",
            _ => "; a text is written in quotes",
        };
        diagnostic.help(format!("defined here: {}{or_text}", names.join(", ")))
    }
}

/// The refusal of a name that is taken.
pub(super) fn already_bound(name: &Name) -> Diagnostic {
    Diagnostic::error(
        &Code::VARIABLE_ALREADY_BOUND,
        format!("`{}` is defined already", name.text),
    )
    .at(name.span)
    .help("take another name")
}
