//! From files to a tree of modules.

use super::module::Module;
use crate::diag::{Code, Diagnostic, Place};
use hcl_edit::parser;

/// Deepest chain of modules that call each other.
const MODULE_DEPTH: usize = 16;
/// Most modules of one configuration.
const MODULES: usize = 1_024;

/// A root module with all the modules it reaches.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    /// The root first.
    pub(crate) modules: Vec<Module>,
    /// What could not be read.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Lists the files of a folder by name, relative to the folder of the root: `(name, text)`.
pub(crate) type ListFolder<'a> = &'a dyn Fn(&str) -> Vec<(String, String)>;

/// Reads the root module in `folder` and the local modules that it calls, each call once.
pub(crate) fn load(folder: &str, list: ListFolder<'_>) -> Configuration {
    let mut configuration = Configuration::default();
    let root = Module {
        folder: folder.to_owned(),
        ..Module::default()
    };
    add(&mut configuration, root, list, &mut Vec::new());
    configuration
}

/// Adds a module and what it calls; gives its number.
fn add(
    configuration: &mut Configuration,
    mut module: Module,
    list: ListFolder<'_>,
    open: &mut Vec<String>,
) -> usize {
    for (name, text) in list(&module.folder) {
        if let Err(diagnostic) = add_file(&mut module, &name, &text) {
            configuration.diagnostics.push(*diagnostic);
        }
    }
    let calls: Vec<(String, String)> = module
        .calls
        .iter()
        .filter_map(|(name, call)| Some((name.clone(), local_source(call)?)))
        .collect();
    let (prefix, folder) = (module.prefix.clone(), module.folder.clone());
    let number = configuration.modules.len();
    configuration.modules.push(module);
    open.push(folder.clone());
    for (name, source) in calls {
        let folder = join(&folder, &source);
        // A module that calls itself, or a tree without end, stays one node.
        if open.contains(&folder)
            || open.len() >= MODULE_DEPTH
            || configuration.modules.len() >= MODULES
        {
            continue;
        }
        if list(&folder).is_empty() {
            continue;
        }
        let child = Module {
            prefix: format!("{prefix}module.{name}."),
            folder,
            caller: Some((number, name.clone())),
            ..Module::default()
        };
        let child = add(configuration, child, list, open);
        configuration.modules[number].children.insert(name, child);
    }
    open.pop();
    number
}

fn add_file(module: &mut Module, name: &str, text: &str) -> Result<(), Box<Diagnostic>> {
    if name.ends_with(".tf.json") {
        return super::json::add_file(module, name, text).map_err(|error| {
            let (line, column) = (error.line() as u32, error.column() as u32);
            broken(name, line, column, &error.to_string())
        });
    }
    let body = parser::parse_body(text).map_err(|error| {
        let at = error.location();
        broken(name, at.line() as u32, at.column() as u32, error.message())
    })?;
    if name.ends_with(".tfvars") {
        module.add_values(body);
    } else {
        module.add_file(name, text, body);
    }
    Ok(())
}

pub(super) fn broken(name: &str, line: u32, column: u32, why: &str) -> Box<Diagnostic> {
    let place = Place {
        file: name.into(),
        line,
        column,
    };
    let message = format!("`{name}` is not well formed");
    let why = why.split_whitespace().collect::<Vec<_>>().join(" ");
    Box::new(
        Diagnostic::error(&Code::BROKEN_SYNTAX, message)
            .in_file(place)
            .expected(why),
    )
}

/// The folder of a call whose source is on disk.
fn local_source(call: &super::module::Declaration) -> Option<String> {
    let source = super::module::attribute(&call.block.body, "source")?.as_str()?;
    (source.starts_with("./") || source.starts_with("../")).then(|| source.to_owned())
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
