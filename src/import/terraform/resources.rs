//! Declared things to resources of the model, and their values to the model's values.

use super::declared::{Declared, DeclaredKind, declare};
use super::file::File;
use super::folders::Folders;
use super::given::give;
use super::load::{Configuration, join, load};
use super::lookups::REMOTE_STATE;
use super::module::Module;
use super::state::{Kept, State};
use super::value::{Reference, Val as Written};
use crate::diag::Code;
use crate::import::given::Given;
use crate::import::resource::{Model, Resource};
use crate::import::schema::Role;
use crate::import::tree::At;
use crate::import::types::Types;
use crate::import::value::{Data, Ref, Val};
use crate::import::{Bounds, Files};
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::sync::Arc;

/// Takes in the configurations among the files: each folder that no other folder calls is a root
/// module. Gives what each says of its state.
pub(crate) fn take_in(
    model: &mut Model,
    inputs: Vec<File>,
    files: &dyn Files,
    given: &[Given],
    bounds: &Bounds,
) -> Vec<State> {
    let mut folders = Folders::new(inputs, files);
    let roots = folders.roots();
    let taking = Taking {
        files,
        bounds,
        alone: roots.len() == 1,
        asked: roots.len() > 1 && folders.look_up(REMOTE_STATE),
    };
    let mut states = Vec::new();
    for folder in roots {
        let mut configuration = load(&folder, &mut folders, bounds);
        if let Some(root) = configuration.modules.first_mut() {
            let names = root.written.variables.keys();
            model
                .parameters
                .extend(names.map(|name| name.as_str().into()));
            give(root, given);
        }
        states.push(add(model, &configuration, folder, &taking));
    }
    model.diagnostics.append(&mut folders.diagnostics);
    states
}

/// What counts for all configurations of a load.
struct Taking<'t> {
    files: &'t dyn Files,
    bounds: &'t Bounds,
    /// There is one only.
    alone: bool,
    /// Some of them read the states of others.
    asked: bool,
}

fn add(
    model: &mut Model,
    configuration: &Configuration,
    folder: String,
    taking: &Taking<'_>,
) -> State {
    let (files, bounds) = (taking.files, taking.bounds);
    let read = |folder: &str, path: &str| {
        let bytes = files.read(&join(folder, "main.tf"), path).ok()?;
        String::from_utf8(bytes).ok()
    };
    let whole = declare(configuration, &read, bounds, taking.asked);
    let mut writer = Writer {
        model,
        types: Types::default(),
        files: FxHashMap::default(),
        stacks: FxHashMap::default(),
        left: Cell::new(bounds.values),
    };
    writer.add_modules(configuration, taking.alone);
    for one in &whole.declared {
        writer.add(one);
    }
    let state = writer.state(folder, &whole.kept);
    let mut cuts = whole.met;
    cuts.extend((writer.left.get() == 0).then_some("--max-values"));
    cuts.into_iter()
        .for_each(|flag| writer.note(configuration, flag));
    state
}

struct Writer<'m> {
    model: &'m mut Model,
    types: Types,
    files: FxHashMap<Arc<str>, u32>,
    /// The stack of each module, by its prefix without the last dot.
    stacks: FxHashMap<String, u32>,
    /// Values that may still be written: one that is named often is written often.
    left: Cell<usize>,
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
            let at = self.first_line(module);
            let stack = self.model.add_stack(name, parent, at);
            if let Some(own) = self.model.stacks.get_mut(stack as usize) {
                own.plain_ids = alone;
            }
            self.stacks.insert(prefix, stack);
        }
    }

    /// Gives the first line of a module.
    fn first_line(&mut self, module: &Module) -> At {
        let written = &module.written;
        let first = written.resources.first();
        let first = first.or(written.data.first()).or(written.calls.first());
        first.map_or_else(At::default, |(_, own)| self.at(&own.file.name, 1))
    }

    /// Says that a configuration was not worked out whole.
    fn note(&mut self, configuration: &Configuration, flag: &str) {
        let at = configuration
            .modules
            .first()
            .map(|root| self.first_line(root));
        let message = format!("the configuration is not worked out whole (`{flag}`)");
        self.model
            .note(&Code::CUT_AT_BOUND, at.unwrap_or_default(), message);
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
        // Instances of what joins others are things that join; of a thing of its own, one node
        // stands for all, and holds what the others are.
        let joins = matches!(self.types.role(&type_name), Role::Glue | Role::Part);
        let shown = if joins { declared.bodies.len() } else { 1 };
        let (first, rest) = declared.bodies.split_at(shown.min(declared.bodies.len()));
        let others = rest.iter().filter(|body| Some(*body) != first.first());
        let mut others: Vec<Val> = others.map(|body| self.value(body, at)).collect();
        for (number, body) in first.iter().enumerate() {
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
                others: std::mem::take(&mut others),
                at,
                condition: declared.condition.as_deref().map(Arc::from),
                left_out: declared.count == Some(0),
                depends_on,
                made_by: None,
                path: None,
                construct: None,
            });
        }
    }

    fn state(&self, folder: String, kept: &Kept) -> State {
        let at = At::default();
        State {
            folder,
            backend: self.value(&kept.backend, at),
            outputs: self.value(&Written::map(kept.outputs.clone()), at),
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
        let left = self.left.get();
        if left == 0 {
            return Val::new(at, Data::Open("…".into()));
        }
        self.left.set(left - 1);
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
            Written::Ref(reference) => Data::Ref(Arc::new(self.reference(reference))),
            Written::Join(parts) => {
                return Val::concat(at, parts.iter().map(|part| self.value(part, at)).collect());
            }
            Written::Open(open) => {
                let text = Val::new(at, Data::Open(format!("${{{}}}", open.text).into()));
                let named = open
                    .references
                    .iter()
                    .map(|own| Val::refers(at, self.reference(own)));
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
