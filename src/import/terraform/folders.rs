//! Folders of a configuration: what the files of each declare together, read once.

use super::file::File;
use super::load::join;
use super::module::{Declaration, Written, attribute};
use crate::diag::Diagnostic;
use crate::import::Files;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The folders that are known, and a way to the others.
pub(crate) struct Folders<'f> {
    files: &'f dyn Files,
    known: FxHashMap<String, Option<Arc<Written>>>,
    /// The folders of the inputs, in their order.
    own: Vec<String>,
    /// What could not be read.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'f> Folders<'f> {
    /// Sorts files into their folders.
    pub(crate) fn new(inputs: Vec<File>, files: &'f dyn Files) -> Self {
        let mut folders: FxHashMap<String, Written> = FxHashMap::default();
        let mut own = Vec::new();
        for file in inputs {
            let folder = folder_of(&file.name);
            let written = folders.entry(folder).or_insert_with_key(|folder| {
                own.push(folder.clone());
                Written::default()
            });
            written.join(file.written);
        }
        let known = folders.into_iter();
        Self {
            files,
            known: known
                .map(|(folder, own)| (folder, Some(Arc::new(own))))
                .collect(),
            own,
            diagnostics: Vec::new(),
        }
    }

    /// Gives what a folder declares; none where it holds no configuration.
    pub(crate) fn get(&mut self, folder: &str) -> Option<Arc<Written>> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let read = self.read(folder).map(Arc::new);
        self.known.insert(folder.to_owned(), read.clone());
        read
    }

    /// Reads the files of a module's folder that was not among the inputs.
    fn read(&mut self, folder: &str) -> Option<Written> {
        let base = join(folder, "main.tf");
        let mut names = self.files.list(folder).unwrap_or_default();
        names.retain(|name| super::is_named_like_one(name));
        names.sort();
        let mut whole = None;
        for name in names {
            let Ok(bytes) = self.files.read(&base, &name) else {
                continue;
            };
            let whole = whole.get_or_insert_with(Written::default);
            match File::parse(&join(folder, &name), &bytes) {
                Ok(file) => whole.join(file.written),
                Err(problem) => self.diagnostics.push(problem),
            }
        }
        whole
    }

    /// Tells whether a data source of a type is declared somewhere.
    pub(crate) fn look_up(&self, type_name: &str) -> bool {
        let is_one = |name: &str| name.split('.').next() == Some(type_name);
        let mut known = self.known.values().flatten();
        known.any(|written| written.data.iter().any(|(name, _)| is_one(name)))
    }

    /// Gives the folders of the inputs that no module calls; of those that call each other in a ring,
    /// the first.
    pub(crate) fn roots(&mut self) -> Vec<String> {
        let own = self.own.clone();
        let calls = self.calls();
        let called: FxHashSet<&str> = calls.values().flatten().map(String::as_str).collect();
        let mut reached = FxHashSet::default();
        let (mut roots, rings): (Vec<_>, Vec<_>) = own
            .into_iter()
            .partition(|folder| !called.contains(&**folder));
        roots
            .iter()
            .for_each(|root| reach(root, &calls, &mut reached));
        for folder in rings {
            if !reached.contains(&*folder) {
                reach(&folder, &calls, &mut reached);
                roots.push(folder);
            }
        }
        roots
    }

    /// Gives the folders that each folder calls, but not itself.
    fn calls(&mut self) -> FxHashMap<String, Vec<String>> {
        let mut calls = FxHashMap::default();
        let mut waiting = self.own.clone();
        while let Some(folder) = waiting.pop() {
            if calls.contains_key(&folder) {
                continue;
            }
            let mut called = self.called_by(&folder);
            called.retain(|target| *target != folder);
            waiting.extend(called.iter().cloned());
            calls.insert(folder, called);
        }
        calls
    }

    fn called_by(&mut self, folder: &str) -> Vec<String> {
        let written = self.get(folder);
        let calls = written.as_ref().map_or(&[][..], |written| &written.calls);
        let sources = calls.iter().filter_map(|(_, call)| local_source(call));
        sources.map(|source| join(folder, &source)).collect()
    }
}

/// Adds a folder and all that it leads to.
fn reach(root: &str, calls: &FxHashMap<String, Vec<String>>, reached: &mut FxHashSet<String>) {
    let mut waiting = vec![root];
    while let Some(folder) = waiting.pop() {
        if reached.insert(folder.to_owned()) {
            let called = calls.get(folder).into_iter().flatten();
            waiting.extend(called.map(String::as_str));
        }
    }
}

/// The folder of a call whose source is on disk.
pub(super) fn local_source(call: &Declaration) -> Option<String> {
    let source = attribute(&call.block.body, "source")?.as_str()?;
    (source.starts_with("./") || source.starts_with("../")).then(|| source.to_owned())
}

/// The folder of a file, written as `join` writes folders.
fn folder_of(name: &str) -> String {
    match name.rsplit_once('/') {
        None => ".".to_owned(),
        Some(("", _)) => "/".to_owned(),
        Some((folder, _)) => join(folder, ""),
    }
}
