//! JSON Lines graphs, in and out: one node or relationship a line.
//!
//! A node's `id` names it for the relationships of the same file, which may come before it, and
//! can be asked as property `id`. The text is read and written piece by piece and never held as a
//! whole; pieces are read on all processors at once, and the graph is the same as if they had been
//! read one by one. A line that is no node and no relationship is a finding, and the rest is loaded.

mod blocks;
mod line;
mod part;
mod read;
mod save;

pub(super) use read::Read;
pub(super) use read::read;
pub use save::save_graph;

/// Tells by its first line whether a text is such a graph.
pub(super) fn is_graph(text: &[u8]) -> bool {
    let line = text.trim_ascii_start().split(|byte| *byte == b'\n').next();
    line.is_some_and(line::is_one)
}
