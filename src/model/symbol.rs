//! Names as small integers: labels, kinds of edges and property keys.
//!
//! A symbol belongs to the interner that made it; two graphs have two interners.

use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A label, a kind or a property key of one graph, as a number.
#[repr(transparent)]
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bytemuck::Pod, bytemuck::Zeroable,
)]
pub struct Symbol(pub(crate) u32);

impl Symbol {
    /// Gives the number, dense from 0 in the order of first use.
    #[inline]
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Maps names to symbols and back.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    names: Vec<Arc<str>>,
    known: FxHashMap<Arc<str>, Symbol>,
}

impl Interner {
    /// Gives the symbol of `name`, making one at first sight.
    pub fn intern(&mut self, name: &str) -> Symbol {
        if let Some(&symbol) = self.known.get(name) {
            return symbol;
        }
        let symbol = Symbol(self.names.len() as u32);
        let name: Arc<str> = name.into();
        self.names.push(Arc::clone(&name));
        self.known.insert(name, symbol);
        symbol
    }

    /// Gives the symbol of `name` if it has one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Symbol> {
        self.known.get(name).copied()
    }

    /// Gives the name of a symbol of this interner.
    #[must_use]
    pub fn name(&self, symbol: Symbol) -> &Arc<str> {
        &self.names[symbol.index()]
    }

    /// Lists the names in the order of their symbols.
    pub(super) fn names(&self) -> &[Arc<str>] {
        &self.names
    }

    /// Counts the symbols made so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Tells whether no symbol has been made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}
