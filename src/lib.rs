//! archq: ask your AWS architecture.
//!
//! One property graph holds what AWS services *can* do together (the catalog) and what a user's
//! architecture *does* (templates); one small language asks it; the answer is rows and a piece of
//! the graph that can be drawn.
//!
//! # The life of a question
//!
//! ```text
//!  data/services/*.toml ─► catalog ──┐
//!                                    ▼
//!  template ─► import ─► model::Graph ◄──── queries see it through model::GraphView
//!                                    │
//!  question ─► query::syntax ─► AST ─► query::verbs ─► AST ─► query::plan ─► query::exec ─► Answer
//!                                                                                            │
//!                                                     render ─► table · json · DOT · SVG · … ◄┘
//! ```
//!
//! A template becomes nodes and edges ([`import`]); a question becomes a tree, a verb in it an
//! ordinary query, the tree a plan, the plan rows and a piece of the graph ([`query`]); rows become
//! text, the piece a picture ([`render`]).
//!
//! # Floors
//!
//! | floor | modules | knows |
//! |---|---|---|
//! | 4 door | `main`, [`cli`], [`repl`] | arguments, the prompt, colours, exit codes |
//! | 3 desk | [`session`] | the only place where all rooms meet; opens files |
//! | 2 rooms | [`catalog`], [`import`], [`query`], [`render`] | each its own table of data; never a neighbour |
//! | 1 ground | [`model`], [`diag`] | no files, no clock, no printing |
//!
//! Imports go down only; `tests/house.rs` holds it, because the compiler does not inside one crate.
//!
//! # Asking from a program
//!
//! ```
//! use archq::catalog::Catalog;
//! use archq::model::GraphView;
//!
//! let graph = Catalog::built_in().to_graph();
//! let services = graph.symbol("Service").map_or(0, |label| graph.label_count(label));
//! assert!(services > 138);
//! ```
//!
//! [`session::Session`] does what the program does: it loads, asks and remembers settings.
//!
//! # Where to add things
//!
//! Most wishes are a row of data; `CONTRIBUTING.md` has the table.

// The grammar that pest writes names it.
extern crate alloc;

pub mod catalog;
pub mod diag;
pub mod import;
pub mod model;
pub mod query;
pub mod render;
pub mod session;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod repl;
