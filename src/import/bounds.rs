//! Every bound on a stranger's input, by name, and the flag that ends reading at once.

use crate::diag::{Code, Diagnostic};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that ends reading from outside; what was read until then is thrown away.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Takes a flag that somebody else sets.
    #[must_use]
    pub fn new(flag: Arc<AtomicBool>) -> Self {
        Self(flag)
    }

    /// Tells whether reading shall end.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Gives what is said then.
    #[must_use]
    pub fn interrupted() -> Diagnostic {
        Diagnostic::error(&Code::INTERRUPTED, "interrupted; nothing of it was loaded")
    }
}

/// How much of an input is taken before reading stops and says so.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Bytes of one file.
    pub file_size: usize,
    /// Depth of lists and maps in one document.
    pub nesting: usize,
    /// Values of one document: texts, numbers, lists and maps.
    pub values: usize,
    /// Values that aliases and merges of one YAML file may add.
    pub alias_values: usize,
    /// Steps of evaluation of one load, for all its templates together.
    pub steps: usize,
    /// Steps from one value to the next: parameters, outputs, conditions.
    pub reference_steps: usize,
    /// Nested stacks, applications and assemblies below one input.
    pub nested_stacks: usize,
    /// Documents that one template may include.
    pub includes: usize,
    /// Resources that loops may make in one template; items that one loop of a configuration makes.
    pub loop_items: usize,
    /// Local modules that one Terraform configuration calls.
    pub modules: usize,
    /// Instances of one Terraform block that are worked out.
    pub instances: usize,
    /// Expressions that are worked out for one Terraform configuration.
    pub expressions: usize,
    /// Declared things that one open value of a configuration remembers.
    pub references: usize,
    /// Edges that one resource may declare.
    pub edges_per_resource: usize,
    /// Findings that are kept; the rest is counted.
    pub findings: usize,
    /// Ends reading before any of them.
    pub stop: Stop,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            file_size: 64 << 20,
            nesting: 200,
            values: 4_000_000,
            alias_values: 200_000,
            steps: 50_000_000,
            reference_steps: 32,
            nested_stacks: 500,
            includes: 100,
            loop_items: 20_000,
            modules: 1_024,
            instances: 1_000,
            expressions: 2_000_000,
            references: 256,
            edges_per_resource: 10_000,
            findings: 10_000,
            stop: Stop::default(),
        }
    }
}
