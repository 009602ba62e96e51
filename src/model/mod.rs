//! The ground: one directed property graph with parallel edges, its values, its kinds and
//! the answer that a question gives.
//!
//! Takes nothing from the other rooms and reads nothing from outside: no files, no clock, no
//! printing. Does not know AWS, templates or the language; a service is a node like any other.

#[doc = include_str!("costs.md")]
pub mod costs {}

mod adjacency;
mod answer;
mod frozen;
mod graph;
mod graph_view;
mod guard;
mod index;
mod journal;
mod kind;
mod kind_table;
mod map;
mod node_set;
mod packed;
mod shortcuts;
mod slab;
mod symbol;
pub mod temporal;
mod value;
mod view;
mod walk;

pub use answer::{Answer, Changes, Piece};
pub use frozen::{Batch, Dangling, Duplicate, FrozenBuilder, Given, SnapshotError};
pub use graph::{Graph, GraphCounts};
pub use kind::{Carries, Class, Hits, Kind, Kinds, KindsError};
pub use map::ValueMap;
pub use node_set::Members;
pub use packed::{Cell, ColumnView, PackedSide, Token};
pub use shortcuts::NarrowSide;
pub use slab::Bytes;
pub use symbol::{Interner, Symbol};
pub use temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time};
pub use value::{Path, Value};
pub use view::{Direction, EdgeId, Ends, GraphView, Hop, Hops, KindFilter, NodeId, Nodes};
pub use walk::{AllEdges, Marks, Neighbours, WalkedEdge, WalkedEdges};
