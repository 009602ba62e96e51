//! archq: ask your AWS architecture.

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
