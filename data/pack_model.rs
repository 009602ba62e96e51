//! The program's own model, as far as a graph is built and written: the catalog is packed with it.
//!
//! The same files as in `src/model/mod.rs`, without the table of kinds, which is embedded there and
//! made here.

#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "the program uses the rest"
)]

#[path = "../src/model/adjacency.rs"]
mod adjacency;
#[path = "../src/model/answer.rs"]
mod answer;
#[path = "../src/model/frozen/mod.rs"]
mod frozen;
#[path = "../src/model/graph.rs"]
mod graph;
#[path = "../src/model/graph_view.rs"]
mod graph_view;
#[path = "../src/model/guard.rs"]
mod guard;
#[path = "../src/model/index.rs"]
mod index;
#[path = "../src/model/journal.rs"]
mod journal;
#[path = "../src/model/map.rs"]
mod map;
#[path = "../src/model/node_set.rs"]
mod node_set;
#[path = "../src/model/packed.rs"]
mod packed;
#[path = "../src/model/shortcuts.rs"]
mod shortcuts;
#[path = "../src/model/slab.rs"]
mod slab;
#[path = "../src/model/symbol.rs"]
mod symbol;
#[path = "../src/model/temporal/mod.rs"]
pub(crate) mod temporal;
#[path = "../src/model/value.rs"]
mod value;
#[path = "../src/model/view.rs"]
mod view;

pub(crate) use frozen::FrozenBuilder;
pub(crate) use graph::Graph;
pub(crate) use map::ValueMap;
pub(crate) use symbol::Symbol;
pub(crate) use temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time};
pub(crate) use value::{Path, Value};
pub(crate) use view::{Direction, EdgeId, GraphView, NodeId};
