//! The functions of the language, as one table.
//!
//! An entry holds all there is to know of a function: name, parameters with their types, help, an
//! example with its result, code. Help, completion, suggestions, compile-time checks and a test
//! come from it; a new function is one entry in the file of its family. Functions see the graph
//! through `GraphView` and the time through [`Clock`]; they know neither tree nor plan, and change
//! nothing. `CASE`, `reduce`, comprehensions and quantifiers are no functions but syntax.

mod aggregates;
mod clock;
mod conversion;
mod error;
mod foreign;
mod function;
mod graph;
mod lists;
mod numbers;
mod predicates;
mod strings;
mod temporal;
mod types;

pub use clock::Clock;
pub use function::{Accumulator, Example, Function, Kind, Parameter};
pub use types::Types;

use crate::diag::nearest;
use crate::model::GraphView;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a function may see beside its arguments.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The graph as it stands now. What the statement deleted is not there any more.
    pub graph: &'a dyn GraphView,
    /// The instant of the statement.
    pub clock: &'a Clock,
}

/// A family of functions.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// What its functions work on.
    pub title: &'static str,
    /// Its functions.
    pub functions: &'static [Function],
}

/// All functions, by family.
pub const FAMILIES: &[Family] = &[
    Family {
        title: "predicates",
        functions: predicates::PREDICATES,
    },
    Family {
        title: "graph",
        functions: graph::GRAPH,
    },
    Family {
        title: "lists",
        functions: lists::LISTS,
    },
    Family {
        title: "strings",
        functions: strings::STRINGS,
    },
    Family {
        title: "numbers",
        functions: numbers::NUMBERS,
    },
    Family {
        title: "conversion",
        functions: conversion::CONVERSION,
    },
    Family {
        title: "aggregates",
        functions: aggregates::AGGREGATES,
    },
    Family {
        title: "instants",
        functions: temporal::INSTANTS,
    },
    Family {
        title: "durations",
        functions: temporal::DURATIONS,
    },
];

/// All functions.
pub static FUNCTIONS: LazyLock<Vec<&'static Function>> = LazyLock::new(|| {
    let families = FAMILIES.iter();
    families.flat_map(|family| family.functions).collect()
});

static BY_NAME: LazyLock<FxHashMap<String, &'static Function>> = LazyLock::new(|| {
    let names = FUNCTIONS.iter();
    names.map(|f| (f.name.to_lowercase(), *f)).collect()
});

/// Finds a function by its name, without regard to case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    BY_NAME.get(&name.to_lowercase()).copied()
}

/// Tells how that is had here which another language has under a name that is no function here.
#[must_use]
pub fn instead_of(name: &str) -> Option<&'static str> {
    foreign::instead_of(name)
}

/// Gives the name of the function that is nearest to a name that is none.
#[must_use]
pub fn nearest_name(name: &str) -> Option<&'static str> {
    nearest(name, FUNCTIONS.iter().map(|f| f.name))
}
