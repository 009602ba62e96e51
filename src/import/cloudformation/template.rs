//! The loaded templates, how they are nested, and where their names lead.

use super::constructs::Constructs;
use super::exports::Exports;
use crate::diag::Code;
use crate::import::bounds::Bounds;
use crate::import::tree::{At, Node};
use crate::import::value::Val;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// One template and the stack it describes.
#[derive(Debug)]
pub(crate) struct Template {
    /// The stack in the model.
    pub(super) stack: u32,
    /// The document, loops and SAM's defaults worked in.
    pub(super) root: Node,
    /// Where its resources are in the construct tree, as far as the assembly says.
    pub(super) paths: FxHashMap<Arc<str>, Arc<str>>,
    /// The constructs of the app that it is part of.
    pub(super) constructs: Arc<Constructs>,
    /// Ids of the resources.
    pub(super) resources: FxHashSet<Arc<str>>,
    /// Values for parameters from outside.
    pub(super) given: FxHashMap<Arc<str>, Given>,
    /// Templates of nested stacks, by the id of the resource that nests them.
    pub(super) children: FxHashMap<Arc<str>, usize>,
    /// Conditions worked out so far; none while one is being worked out.
    pub(super) decided: RefCell<FxHashMap<Arc<str>, Option<bool>>>,
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// The command line.
    Text(Arc<str>),
    /// The template that nests this one.
    From(usize, Node),
}

/// All templates of a load.
#[derive(Debug)]
pub(crate) struct Templates {
    pub(super) list: Vec<Template>,
    pub(super) exports: RefCell<Exports>,
    pub(super) by_stack: FxHashMap<u32, usize>,
    /// Pseudo parameters met so far, as they are shown.
    pub(super) pseudo: RefCell<FxHashMap<Arc<str>, Arc<str>>>,
    /// Evaluation steps that are left.
    pub(super) budget: Cell<usize>,
    pub(super) findings: RefCell<Vec<(&'static Code, At, String)>>,
    pub(super) bounds: Bounds,
}

impl Templates {
    /// Makes an empty list.
    pub(crate) fn new(bounds: &Bounds) -> Self {
        Self {
            list: Vec::new(),
            exports: RefCell::default(),
            by_stack: FxHashMap::default(),
            pseudo: RefCell::default(),
            budget: Cell::new(bounds.steps),
            findings: RefCell::default(),
            bounds: bounds.clone(),
        }
    }

    /// Evaluates a document beside a template as if it stood in it.
    pub(crate) fn evaluate_beside(&self, stack: u32, node: &Node) -> Val {
        match self.by_stack.get(&stack) {
            Some(index) => self.eval(*index, node, 0),
            None => Val::plain(node),
        }
    }

    pub(super) fn note(&self, code: &'static Code, at: At, message: String) {
        let mut findings = self.findings.borrow_mut();
        if findings.len() < self.bounds.findings {
            findings.push((code, at, message));
        }
    }

    /// Takes one step; false where all are used up.
    pub(super) fn step(&self) -> bool {
        self.steps(1)
    }

    /// Takes steps; false where there are not so many left.
    pub(super) fn steps(&self, steps: usize) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(steps));
        left >= steps && !self.bounds.stop.is_set()
    }
}

impl Template {
    pub(super) fn section(&self, name: &str) -> Option<&Node> {
        self.root.get(name)
    }
}
