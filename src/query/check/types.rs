//! What is known of a value before it is there: a set of types and, for a list, that of its items.

use crate::query::functions::Types;

/// What is known of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Type {
    /// The types it may have; null belongs to each.
    pub(super) of: Types,
    /// The types that items may have, if it is a list.
    pub(super) items: Types,
}

impl Type {
    /// Nothing is known.
    pub(super) const ANY: Self = Self::of(Types::ANY);
    pub(super) const BOOLEAN: Self = Self::of(Types::BOOLEAN);
    pub(super) const INTEGER: Self = Self::of(Types::INTEGER);
    pub(super) const NODE: Self = Self::of(Types::NODE);
    pub(super) const EDGE: Self = Self::of(Types::RELATIONSHIP);
    pub(super) const PATH: Self = Self::of(Types::PATH);
    /// Relationships of a walk of several steps.
    pub(super) const EDGES: Self = Self::list(Types::RELATIONSHIP);

    pub(super) const fn of(of: Types) -> Self {
        Self {
            of,
            items: Types::ANY,
        }
    }

    pub(super) const fn list(items: Types) -> Self {
        Self {
            of: Types::LIST,
            items,
        }
    }

    /// One item of it.
    pub(super) fn item(self) -> Self {
        Self::of(self.items)
    }

    /// Certainly none of these types, nor null.
    pub(super) fn excludes(self, types: Types) -> bool {
        !types.accepts(self.of)
    }

    /// Certainly one of these types or null.
    pub(super) fn within(self, types: Types) -> bool {
        self.of.or(types) == types
    }
}
