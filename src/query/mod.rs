//! The language: text to tree, tree to plan, plan to answer.

pub mod ast;
pub mod functions;
pub mod manual;
pub mod names;
pub mod ops;
pub mod verbs;
