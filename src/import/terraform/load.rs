//! From folders to a tree of modules.

use super::folders::{Folders, local_source};
use super::module::{Declaration, Module, Written};
use crate::import::Bounds;
use std::sync::Arc;

/// A root module with all the modules it reaches.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    /// The root first.
    pub(crate) modules: Vec<Module>,
    /// There are more modules than are taken.
    pub(crate) is_cut: bool,
}

/// Reads the root module in `folder` and the local modules that it calls, each call once.
pub(crate) fn load(folder: &str, folders: &mut Folders<'_>, bounds: &Bounds) -> Configuration {
    let mut loader = Loader {
        configuration: Configuration::default(),
        folders,
        bounds,
        open: Vec::new(),
    };
    if let Some(written) = loader.folders.get(folder) {
        let root = Module {
            folder: folder.to_owned(),
            ..Module::default()
        };
        loader.add(root, &written);
    }
    loader.configuration
}

struct Loader<'l, 'f> {
    configuration: Configuration,
    folders: &'l mut Folders<'f>,
    bounds: &'l Bounds,
    /// The folders from the root to the module that is being added.
    open: Vec<String>,
}

impl Loader<'_, '_> {
    /// Adds a module and what it calls; gives its number.
    fn add(&mut self, mut module: Module, written: &Arc<Written>) -> usize {
        module.written = written.clone();
        let (prefix, folder) = (module.prefix.clone(), module.folder.clone());
        let number = self.configuration.modules.len();
        self.configuration.modules.push(module);
        self.open.push(folder.clone());
        for (name, call) in &written.calls {
            let Some((folder, written)) = self.called(&folder, call) else {
                continue;
            };
            let child = Module {
                prefix: format!("{prefix}module.{name}."),
                folder,
                caller: Some((number, name.clone())),
                ..Module::default()
            };
            let child = self.add(child, &written);
            if let Some(module) = self.configuration.modules.get_mut(number) {
                module.children.insert(name.clone(), child);
            }
        }
        self.open.pop();
        number
    }

    /// Gives the folder of a call and what it declares; a module that calls itself, or a tree without
    /// end, stays one node.
    fn called(&mut self, folder: &str, call: &Declaration) -> Option<(String, Arc<Written>)> {
        let folder = join(folder, &local_source(call)?);
        if self.open.contains(&folder) {
            return None;
        }
        let written = self.folders.get(&folder)?;
        let full = self.configuration.modules.len() >= self.bounds.modules;
        self.configuration.is_cut |= full;
        (!full).then_some((folder, written))
    }
}

/// Joins a folder and a relative path; `..` goes up where it can.
pub(crate) fn join(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (folder.starts_with('/'), joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".to_owned(),
        (false, false) => joined,
    }
}
