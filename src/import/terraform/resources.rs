//! Declared things to resources of the model, and their values to the model's values.

use super::declared::{Declared, DeclaredKind, declare};
use super::given::give;
use super::load::{Configuration, join, load};
use super::value::{Reference, Val as Written};
use crate::import::given::Given;
use crate::import::resource::{Model, Resource};
use crate::import::schema::Role;
use crate::import::tree::At;
use crate::import::types::Types;
use crate::import::value::{Data, Ref, Val};
use crate::import::{Files, Source};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The files of one folder, as `(name, text)`.
type Texts = Vec<(String, String)>;

/// Takes in the configurations among the sources: each folder that no other folder calls is a
/// root module.
pub(crate) fn take_in(model: &mut Model, sources: &[&Source], files: &dyn Files, given: &[Given]) {
    let mut folders: Vec<(String, Texts)> = Vec::new();
    for source in sources {
        let folder = folder_of(&source.name);
        let text = String::from_utf8_lossy(&source.bytes).into_owned();
        let text = text
            .strip_prefix('\u{feff}')
            .map_or(text.clone(), str::to_owned);
        match folders.iter_mut().find(|(own, _)| *own == folder) {
            Some((_, texts)) => texts.push((source.name.clone(), text)),
            None => folders.push((folder, vec![(source.name.clone(), text)])),
        }
    }
    let list = |folder: &str| match folders.iter().find(|(own, _)| own == folder) {
        Some((_, texts)) => texts.clone(),
        None => beside(files, folder),
    };
    let mut configurations: Vec<Configuration> = folders
        .iter()
        .map(|(folder, _)| load(folder, &list))
        .collect();
    let called: FxHashSet<String> = configurations
        .iter()
        .flat_map(|own| {
            own.modules
                .iter()
                .skip(1)
                .map(|module| module.folder.clone())
        })
        .collect();
    configurations.retain(|own| {
        own.modules
            .first()
            .is_some_and(|m| !called.contains(&m.folder))
    });
    let alone = configurations.len() == 1;
    for mut configuration in configurations {
        if let Some(root) = configuration.modules.first_mut() {
            let names = root.variables.keys();
            model
                .parameters
                .extend(names.map(|name| name.as_str().into()));
            give(root, given);
        }
        add(model, configuration, files, alone);
    }
}

/// Reads the files of a module's folder that was not among the sources.
fn beside(files: &dyn Files, folder: &str) -> Texts {
    let base = join(folder, "main.tf");
    let mut names = files.list(folder).unwrap_or_default();
    names.retain(|name| super::is_named_like_one(name));
    names.sort();
    let read = |name: String| {
        let bytes = files.read(&base, &name).ok()?;
        Some((
            join(folder, &name),
            String::from_utf8_lossy(&bytes).into_owned(),
        ))
    };
    names.into_iter().filter_map(read).collect()
}

/// The folder of a file, written as `join` writes folders.
fn folder_of(name: &str) -> String {
    match name.rsplit_once('/') {
        None => ".".to_owned(),
        Some(("", _)) => "/".to_owned(),
        Some((folder, _)) => join(folder, ""),
    }
}

fn add(model: &mut Model, mut configuration: Configuration, files: &dyn Files, alone: bool) {
    model.diagnostics.append(&mut configuration.diagnostics);
    let read = |folder: &str, path: &str| {
        let bytes = files.read(&join(folder, "main.tf"), path).ok()?;
        String::from_utf8(bytes).ok()
    };
    let declared = declare(&configuration, &read);
    let mut writer = Writer {
        model,
        types: Types::default(),
        files: FxHashMap::default(),
        stacks: FxHashMap::default(),
    };
    writer.add_modules(&configuration, alone);
    for one in &declared {
        writer.add(one);
    }
}

struct Writer<'m> {
    model: &'m mut Model,
    types: Types,
    files: FxHashMap<Arc<str>, u32>,
    /// The stack of each module, by its prefix without the last dot.
    stacks: FxHashMap<String, u32>,
}

impl Writer<'_> {
    fn add_modules(&mut self, configuration: &Configuration, alone: bool) {
        for module in &configuration.modules {
            let prefix = module.prefix.trim_end_matches('.').to_owned();
            let parent = prefix
                .rsplit_once("module.")
                .map(|(before, _)| before.trim_end_matches('.'));
            let parent = parent.and_then(|parent| self.stacks.get(parent)).copied();
            let folder = module.folder.rsplit('/').next().unwrap_or("");
            let name = match (prefix.is_empty(), folder) {
                (false, _) => prefix.as_str(),
                (true, "" | ".") => "terraform",
                (true, folder) => folder,
            };
            let first = module
                .resources
                .first()
                .or(module.data.first())
                .or(module.calls.first());
            let at = first.map_or_else(At::default, |(_, own)| self.at(&own.file.name, 1));
            let stack = self.model.add_stack(name, parent, at);
            if let Some(own) = self.model.stacks.get_mut(stack as usize) {
                own.plain_ids = alone;
            }
            self.stacks.insert(prefix, stack);
        }
    }

    fn at(&mut self, file: &Arc<str>, line: u32) -> At {
        let number = match self.files.get(file) {
            Some(number) => *number,
            None => {
                let number = self.model.add_file(file);
                self.files.insert(file.clone(), number);
                number
            }
        };
        At {
            file: number,
            line,
            column: 1,
        }
    }

    fn add(&mut self, declared: &Declared) {
        let at = self.at(&declared.file, declared.line);
        let stack = self.stack_of(&declared.address);
        let type_name: Arc<str> = match declared.kind {
            DeclaredKind::Resource | DeclaredKind::Data => declared.type_name.clone(),
            DeclaredKind::Module => format!("module:{}", declared.type_name).into(),
        };
        // Instances of what joins others may join different things; of a thing of its own, one
        // stands for all.
        let joins = matches!(self.types.role(&type_name), Role::Glue | Role::Part);
        let shown = if joins { declared.bodies.len() } else { 1 };
        for (number, body) in declared.bodies.iter().take(shown).enumerate() {
            let local = match number {
                0 => declared.address.clone(),
                number => format!("{}[{number}]", declared.address).into(),
            };
            let properties = self.value(body, at);
            let depends_on = declared
                .depends_on
                .iter()
                .map(|on| on.address.clone())
                .collect();
            self.model.add(Resource {
                stack,
                local,
                type_name: type_name.clone(),
                properties,
                at,
                condition: declared.condition.as_deref().map(Arc::from),
                left_out: declared.count == Some(0),
                depends_on,
                made_by: None,
                path: None,
            });
        }
    }

    /// The stack of the module that an address lies in.
    fn stack_of(&self, address: &str) -> u32 {
        let inside = self.stacks.iter().filter(|(prefix, _)| {
            prefix.is_empty()
                || address
                    .strip_prefix(prefix.as_str())
                    .is_some_and(|rest| rest.starts_with('.'))
        });
        inside
            .max_by_key(|(prefix, _)| prefix.len())
            .map_or(0, |(_, stack)| *stack)
    }

    fn value(&self, written: &Written, at: At) -> Val {
        let data = match written {
            Written::Null => Data::Null,
            Written::Bool(value) => Data::Bool(*value),
            Written::Number(number) if *number == number.trunc() && number.abs() < 9.0e15 => {
                Data::Int(*number as i64)
            }
            Written::Number(number) => Data::Float(*number),
            Written::Text(text) => Data::Text(text.clone()),
            Written::List(items) => {
                Data::List(items.iter().map(|item| self.value(item, at)).collect())
            }
            Written::Map(map) => Data::Map(
                map.iter()
                    .map(|(key, value)| (key.clone(), self.value(value, at)))
                    .collect(),
            ),
            Written::Ref(reference) => Data::Ref(self.reference(reference)),
            Written::Join(parts) => {
                return Val::concat(at, parts.iter().map(|part| self.value(part, at)).collect());
            }
            Written::Open(open) => {
                let text = Val::new(at, Data::Open(format!("${{{}}}", open.text).into()));
                let named = open
                    .references
                    .iter()
                    .map(|own| Val::new(at, Data::Ref(self.reference(own))));
                return Val::concat(at, std::iter::once(text).chain(named).collect());
            }
        };
        Val::new(at, data)
    }

    fn reference(&self, reference: &Reference) -> Ref {
        let attribute = match reference.path.is_empty() {
            true => None,
            false => Some(reference.path.join(".").into()),
        };
        Ref {
            stack: self.stack_of(&reference.address),
            id: reference.address.clone(),
            attribute,
        }
    }
}
