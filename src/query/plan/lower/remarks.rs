//! Labels, kinds and keys by name, with remarks on those that nothing in the graph has.
//!
//! A question over an empty label is legal, so these are warnings; they cost nothing where names are
//! known, and are made only where somebody reads them (`Setting::piece`).

use super::Lower;
use super::expr::Word;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Symbol;
use crate::query::ast;

/// So many nodes are asked for their keys when a near one is looked for.
const ASKED: usize = 10_000;

impl Lower<'_> {
    /// Resolves a label or kind; remarks on one that nothing carries.
    pub(super) fn symbol(&self, name: &ast::Name, word: Word) -> Option<Symbol> {
        let graph = self.setting.graph;
        let symbol = self.known(&name.text);
        if self.setting.piece && graph.node_count() > 0 {
            let used = symbol.is_some_and(|symbol| {
                let labelled = word != Word::Kind && graph.label_count(symbol) > 0;
                labelled || word != Word::Label && graph.kind_count(symbol) > 0
            });
            if !used {
                self.remark(name, word);
            }
        }
        symbol
    }

    fn remark(&self, name: &ast::Name, word: Word) {
        let graph = self.setting.graph;
        let (code, text, known) = match word {
            Word::Kind => (&Code::UNKNOWN_KIND, "no edge has the kind", graph.kinds()),
            _ => (
                &Code::UNKNOWN_LABEL,
                "no node has the label",
                graph.labels(),
            ),
        };
        let names = known.iter().map(|(symbol, _)| graph.name(*symbol));
        let note = Diagnostic::warning(code, format!("{text} `{}`", name.text))
            .at(name.span)
            .nearest(nearest(&name.text, names));
        self.note(note);
    }

    fn note(&self, note: Diagnostic) {
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// Remarks on a key that the graph has never seen.
    pub(super) fn look_for_key(&self, name: &ast::Name) {
        let graph = self.setting.graph;
        if !self.setting.piece || graph.node_count() == 0 || graph.symbol(&name.text).is_some() {
            return;
        }
        let known = graph.node_keys(ASKED);
        let names = known.iter().map(|key| graph.name(*key));
        let text = format!("nothing has the property `{}`", name.text);
        let note = Diagnostic::warning(&Code::UNKNOWN_PROPERTY, text)
            .at(name.span)
            .nearest(nearest(&name.text, names));
        self.note(note);
    }
}
