//! Slices of a packed graph for readers that go over much of it.

use super::column::{Column, Present, Values};
use super::{Frozen, column};
use crate::model::packed::{ColumnView, PackedSide, PresentView, Token, ValuesView};
use crate::model::symbol::Symbol;
use crate::model::view::Direction;

impl Frozen {
    pub(in crate::model) fn side(&self, direction: Direction) -> PackedSide<'_> {
        self.adjacency.side(direction)
    }

    pub(in crate::model) fn has_loops(&self) -> bool {
        self.adjacency.has_loops()
    }

    pub(in crate::model) fn node_column(&self, key: Symbol) -> ColumnView<'_> {
        self.view(column(&self.node_columns, key))
    }

    pub(in crate::model) fn edge_column(&self, key: Symbol) -> ColumnView<'_> {
        self.view(column(&self.edge_columns, key))
    }

    /// Takes the slices of a column whose strings are all there; a reader keeps tables by their
    /// numbers.
    fn view<'f>(&'f self, column: Option<&'f Column>) -> ColumnView<'f> {
        let sound = |own: &&Column| self.broken.unless(own.has_its_texts(self.texts.len()));
        column.filter(sound).map_or(ColumnView::EMPTY, Column::view)
    }

    pub(in crate::model) fn label_sets(&self) -> (&[u16], &[Vec<Symbol>]) {
        (&self.node_labels, &self.label_sets)
    }

    pub(in crate::model) fn token(&self, text: &str) -> Option<Token> {
        self.texts.find(text).map(Token)
    }

    pub(in crate::model) fn token_text(&self, token: Token) -> &str {
        self.texts.get(token.0)
    }
}

impl Column {
    /// Takes the slices of the column.
    fn view(&self) -> ColumnView<'_> {
        let present = match &self.present {
            Present::All(_) => PresentView::All,
            Present::Some { bits, before } => PresentView::Some { bits, before },
        };
        let values = match &self.values {
            Values::Text(values) => ValuesView::Text(values),
            Values::Int(values) => ValuesView::Int(values),
            Values::Float(values) => ValuesView::Float(values),
            Values::Bool(values) => ValuesView::Bool(values),
            Values::Encoded(_) => ValuesView::Other,
        };
        ColumnView { present, values }
    }
}
