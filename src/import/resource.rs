//! What was read, whatever the language: files, stacks and resources.

use super::tree::{At, Node};
use super::value::{Data, Ref, Val};
use crate::diag::{Code, Diagnostic, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A resource as a number of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ResourceId(pub(crate) u32);

/// Something that a template declares.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// The stack or module it belongs to.
    pub(crate) stack: u32,
    /// Its id within the stack: the logical id, the address.
    pub(crate) local: Arc<str>,
    /// Its type as written.
    pub(crate) type_name: Arc<str>,
    /// Its properties, a map.
    pub(crate) properties: Val,
    /// The properties of further instances of it, where one declaration stands for many that differ.
    pub(crate) others: Vec<Val>,
    /// Where it is declared.
    pub(crate) at: At,
    /// The condition it is declared under.
    pub(crate) condition: Option<Arc<str>>,
    /// The condition was worked out, and the resource is not made.
    pub(crate) left_out: bool,
    /// What it is made after.
    pub(crate) depends_on: Vec<Arc<str>>,
    /// The resource that made it, where the template does not declare it.
    pub(crate) made_by: Option<ResourceId>,
    /// Its place in the construct tree, if it has one.
    pub(crate) path: Option<Arc<str>>,
    /// The class of the construct that it stands for.
    pub(crate) construct: Option<Arc<str>>,
}

impl Resource {
    /// Gives its properties, then those of its further instances.
    pub(crate) fn instances(&self) -> impl Iterator<Item = &Val> {
        std::iter::once(&self.properties).chain(&self.others)
    }

    /// Takes the properties, of which there are none from then on.
    pub(crate) fn take_properties(&mut self) -> Val {
        let none = Val::new(self.properties.at, Data::Null);
        std::mem::replace(&mut self.properties, none)
    }
}

/// A stack, a module: a set of names.
#[derive(Clone, Debug)]
pub(crate) struct Stack {
    /// Its name, unique among the loaded ones.
    pub(crate) name: Arc<str>,
    /// The stack it is nested in.
    pub(crate) parent: Option<u32>,
    /// Where it is declared.
    pub(crate) at: At,
    /// Resources have their addresses for ids, without the stack's name before them.
    pub(crate) plain_ids: bool,
}

/// All that was read.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Names of files; the number of a file is its index.
    pub(crate) files: Vec<Arc<str>>,
    /// Stacks and modules.
    pub(crate) stacks: Vec<Stack>,
    /// Resources, in the order of their declaration.
    pub(crate) resources: Vec<Resource>,
    /// What was odd.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Names of parameters that can be given from outside.
    pub(crate) parameters: BTreeSet<Arc<str>>,
    /// Files that an assembly uploads: by hash, the list that names each and its path beside it.
    assets: FxHashMap<Arc<str>, (Arc<str>, Arc<str>)>,
    /// The functions that the documents of files call, by the number of the file.
    functions: FxHashMap<u32, Vec<Arc<str>>>,
    /// The lists of assets that were read or looked for.
    asset_lists: FxHashSet<Arc<str>>,
    /// Documents that were read with the inputs and that one of them may name, by their files.
    kept: FxHashMap<Arc<str>, Node>,
    /// Resources by id, a map a stack.
    known: Vec<FxHashMap<Arc<str>, ResourceId>>,
}

impl Model {
    /// Adds a file and gives its number.
    pub(crate) fn add_file(&mut self, name: &str) -> u32 {
        self.files.push(name.into());
        (self.files.len() - 1) as u32
    }

    /// Names a file that was numbered before.
    pub(crate) fn name_file(&mut self, number: u32, name: Arc<str>) {
        let number = number as usize;
        if self.files.len() <= number {
            self.files.resize(number + 1, "".into());
        }
        if let Some(known) = self.files.get_mut(number) {
            *known = name;
        }
    }

    /// Notes the functions that the documents of a file call.
    pub(crate) fn note_functions(&mut self, file: u32, functions: Vec<Arc<str>>) {
        if !functions.is_empty() {
            self.functions.insert(file, functions);
        }
    }

    /// Tells whether a function like this is called in the documents of a file.
    pub(crate) fn calls(&self, file: u32, wanted: impl Fn(&str) -> bool) -> bool {
        let functions = self.functions.get(&file);
        functions.is_some_and(|all| all.iter().any(|name| wanted(name)))
    }

    /// Tells whether a list of assets is named for the first time: a manifest and a template beside it
    /// name the same.
    pub(crate) fn is_new_list(&mut self, list: &Arc<str>) -> bool {
        self.asset_lists.insert(list.clone())
    }

    /// Notes a file that a list of assets names.
    pub(crate) fn add_asset(&mut self, hash: Arc<str>, list: Arc<str>, path: Arc<str>) {
        self.assets.insert(hash, (list, path));
    }

    /// Finds the file that an address ends with the hash of: what names it, and its path beside
    /// that.
    pub(crate) fn asset(&self, address: &str) -> Option<&(Arc<str>, Arc<str>)> {
        let name = address.rsplit('/').next().unwrap_or(address);
        self.assets.get(name.split('.').next().unwrap_or(name))
    }

    /// Keeps a document until another asks for its file.
    pub(crate) fn keep(&mut self, document: Node) {
        self.kept.insert(self.file(document.at), document);
    }

    /// Gives away a document that was kept.
    pub(crate) fn take_kept(&mut self, file: &str) -> Option<Node> {
        self.kept.remove(file)
    }

    /// Gives a document that is kept.
    pub(crate) fn kept(&self, file: &str) -> Option<&Node> {
        self.kept.get(file)
    }

    /// Adds a stack and gives its number; a name that is taken gets a number behind it.
    pub(crate) fn add_stack(&mut self, name: &str, parent: Option<u32>, at: At) -> u32 {
        let taken = |name: &str| self.stacks.iter().any(|stack| &*stack.name == name);
        let mut unique = name.to_owned();
        let mut number = 2;
        while taken(&unique) {
            unique = format!("{name}-{number}");
            number += 1;
        }
        self.stacks.push(Stack {
            name: unique.into(),
            parent,
            at,
            plain_ids: false,
        });
        (self.stacks.len() - 1) as u32
    }

    /// Adds a resource; gives the number of the one that is there already under this id otherwise.
    pub(crate) fn add(&mut self, resource: Resource) -> ResourceId {
        let stack = resource.stack as usize;
        if self.known.len() <= stack {
            self.known.resize_with(stack + 1, FxHashMap::default);
        }
        let next = ResourceId(self.resources.len() as u32);
        let id = match self.known.get_mut(stack) {
            Some(ids) => *ids.entry(resource.local.clone()).or_insert(next),
            None => next,
        };
        if id == next {
            self.resources.push(resource);
        }
        id
    }

    /// Gives all resources with their numbers.
    pub(crate) fn each(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        self.resources
            .iter()
            .enumerate()
            .map(|(i, resource)| (ResourceId(i as u32), resource))
    }

    /// Gives a resource by its number.
    pub(crate) fn resource(&self, id: ResourceId) -> &Resource {
        &self.resources[id.0 as usize]
    }

    /// Finds a resource of a stack by its id.
    pub(crate) fn find(&self, stack: u32, id: &str) -> Option<ResourceId> {
        self.known.get(stack as usize)?.get(id).copied()
    }

    /// Finds the resource that a reference names.
    pub(crate) fn target(&self, reference: &Ref) -> Option<ResourceId> {
        self.find(reference.stack, &reference.id)
    }

    /// Gives the id of a resource that no other of the loaded ones has.
    pub(crate) fn qualified(&self, resource: &Resource) -> Arc<str> {
        match self.stacks.get(resource.stack as usize) {
            Some(stack) if !stack.plain_ids => {
                [&*stack.name, "/", &*resource.local].concat().into()
            }
            _ => resource.local.clone(),
        }
    }

    /// Gives the name of a file.
    pub(crate) fn file(&self, at: At) -> Arc<str> {
        self.files
            .get(at.file as usize)
            .cloned()
            .unwrap_or_else(|| "".into())
    }

    /// Gives a place as people read it.
    pub(crate) fn place(&self, at: At) -> Place {
        Place {
            file: self.file(at),
            line: at.line,
            column: at.column,
        }
    }

    /// Notes something odd at a place.
    pub(crate) fn note(&mut self, code: &'static Code, at: At, message: String) {
        let finding = Diagnostic::finding(code, message).in_file(self.place(at));
        self.diagnostics.push(finding);
    }
}
