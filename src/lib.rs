//! archq: ask your AWS architecture.

pub mod diag;
pub mod model;
pub mod query;
