//! Plans and states: what `terraform show -json` prints, and raw state files.
//!
//! Values are known here, so a resource is named by its ARN and name; what a plan knows only after
//! apply is filled in from the references of its `configuration` part.

use super::policy;
use crate::diag::Code;
use crate::import::Bounds;
use crate::import::resource::{Model, Resource};
use crate::import::tree::{At, Node, edit};
use crate::import::value::{Data, Ref, Val};
use rustc_hash::FxHashMap;
use std::cell::Cell;
use std::sync::Arc;

/// Takes in a plan or a state. Modules are nested no deeper than documents are.
pub(crate) fn take_in(model: &mut Model, document: &Node, name: &str, bounds: &Bounds) {
    let stem = name
        .rsplit('/')
        .next()
        .unwrap_or(name)
        .split('.')
        .next()
        .unwrap_or(name);
    let stack = model.add_stack(stem, None, document.at);
    if let Some(own) = model.stacks.get_mut(stack as usize) {
        own.plain_ids = true;
    }
    let steps = Steps {
        left: Cell::new(bounds.expressions),
        deepest: bounds.reference_steps,
    };
    let written = Written::of(document, stack, &steps);
    if steps.left.get() == 0 {
        let message = "the plan is not worked out whole (`--max-expressions`)".to_owned();
        model.note(&Code::CUT_AT_BOUND, document.at, message);
    }
    let values = document
        .get("planned_values")
        .or_else(|| document.get("values"));
    if let Some(root) = values.and_then(|values| values.get("root_module")) {
        add_module(model, root, stack, &written);
    }
    for resource in document.get("resources").map_or(&[][..], items) {
        add_raw(model, resource, stack);
    }
}

fn items(node: &Node) -> &[Node] {
    node.items()
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key).and_then(Node::text).map(|text| &**text)
}

fn add_module(model: &mut Model, module: &Node, stack: u32, written: &Written) {
    for resource in module.get("resources").map_or(&[][..], items) {
        let (Some(address), Some(type_name)) = (text(resource, "address"), text(resource, "type"))
        else {
            continue;
        };
        let own = without_keys(address);
        let mut properties = resource
            .get("values")
            .map_or_else(|| Val::new(resource.at, Data::Null), Val::plain);
        if let Some(expressions) = written.expressions.get(&*own) {
            properties = filled(properties, expressions);
        }
        add(model, stack, address, type_name, properties, resource.at);
    }
    for child in module.get("child_modules").map_or(&[][..], items) {
        add_module(model, child, stack, written);
    }
}

/// A resource of a raw state file: one entry with its instances.
fn add_raw(model: &mut Model, resource: &Node, stack: u32) {
    let (Some(type_name), Some(name)) = (text(resource, "type"), text(resource, "name")) else {
        return;
    };
    let module = text(resource, "module").map_or(String::new(), |module| format!("{module}."));
    let data = if text(resource, "mode") == Some("data") {
        "data."
    } else {
        ""
    };
    let address = format!("{module}{data}{type_name}.{name}");
    for instance in resource.get("instances").map_or(&[][..], items) {
        if let Some(attributes) = instance.get("attributes") {
            add(
                model,
                stack,
                &address,
                type_name,
                Val::plain(attributes),
                resource.at,
            );
        }
    }
}

/// Adds a resource; the first instance stands under the address without a key.
fn add(model: &mut Model, stack: u32, address: &str, type_name: &str, properties: Val, at: At) {
    let own = without_keys(address);
    let local: Arc<str> = match model.find(stack, &own) {
        None => own.into(),
        Some(_) => address.into(),
    };
    model.add(Resource {
        stack,
        local,
        type_name: type_name.into(),
        properties,
        others: Vec::new(),
        at,
        condition: None,
        left_out: false,
        depends_on: Vec::new(),
        made_by: None,
        path: None,
        construct: None,
    });
}

/// `module.a[0].aws_x.y["k"]` without `[0]` and `["k"]`.
fn without_keys(address: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// What the configuration of a plan says of each resource, with references resolved.
#[derive(Default)]
struct Written {
    /// Attributes with what they refer to, by address.
    expressions: FxHashMap<String, Val>,
}

/// How far references are followed.
struct Steps {
    /// References that may still be followed.
    left: Cell<usize>,
    /// How often one may lead to the next.
    deepest: usize,
}

impl Steps {
    /// Takes a step from the reference at a depth to the next; false where none is left.
    fn take(&self, depth: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0 && depth < self.deepest
    }
}

/// One module of the configuration.
struct Scope<'n> {
    module: &'n Node,
    prefix: String,
    /// The module that calls this one, and the call.
    caller: Option<(&'n Scope<'n>, &'n Node)>,
    stack: u32,
    steps: &'n Steps,
}

impl Written {
    fn of(document: &Node, stack: u32, steps: &Steps) -> Self {
        let mut written = Self::default();
        let root = document
            .get("configuration")
            .and_then(|c| c.get("root_module"));
        if let Some(module) = root {
            let scope = Scope {
                module,
                prefix: String::new(),
                caller: None,
                stack,
                steps,
            };
            written.add(&scope);
        }
        written
    }

    fn add(&mut self, scope: &Scope<'_>) {
        for resource in scope.module.get("resources").map_or(&[][..], items) {
            if let (Some(address), Some(expressions)) =
                (text(resource, "address"), resource.get("expressions"))
            {
                let address = format!("{}{}", scope.prefix, without_keys(address));
                self.expressions
                    .insert(address, scope.value(expressions, 0));
            }
        }
        let calls = scope
            .module
            .get("module_calls")
            .map_or(&[][..], Node::entries);
        for call in calls {
            if let Some(module) = call.value.get("module") {
                let prefix = format!("{}module.{}.", scope.prefix, call.key);
                let caller = Some((scope, &call.value));
                self.add(&Scope {
                    module,
                    prefix,
                    caller,
                    ..*scope
                });
            }
        }
    }
}

impl Scope<'_> {
    /// An expression as a value: what it refers to, or the shape around it.
    fn value(&self, node: &Node, depth: usize) -> Val {
        if let Some(constant) = node.get("constant_value") {
            return Val::plain(constant);
        }
        if let Some(names) = node.get("references") {
            let mut names_of_text = names.items().iter().filter_map(Node::text);
            if let Some(document) = names_of_text.find_map(|name| self.document(name, depth)) {
                return document;
            }
            let mut found = Vec::new();
            for name in names.items().iter().filter_map(Node::text) {
                self.refer(name, depth, &mut found);
            }
            let mut refs = found.into_iter().map(|own| Val::refers(node.at, own));
            return match (refs.next(), refs.next()) {
                (None, _) => Val::new(node.at, Data::Null),
                (Some(only), None) => only,
                (Some(first), Some(second)) => {
                    let all = [first, second].into_iter().chain(refs).collect();
                    Val::new(node.at, Data::List(all))
                }
            };
        }
        let data = match node.entries() {
            [] => Data::List(
                node.items()
                    .iter()
                    .map(|item| self.value(item, depth))
                    .collect(),
            ),
            entries => Data::Map(
                entries
                    .iter()
                    .map(|e| (e.key.clone(), self.value(&e.value, depth)))
                    .collect(),
            ),
        };
        Val::new(node.at, data)
    }

    /// Gives the policy that a data source of this module will write, as far as its blocks say.
    fn document(&self, name: &str, depth: usize) -> Option<Val> {
        let name = without_keys(name);
        let (address, _) = name
            .rsplit_once('.')
            .filter(|_| policy::is_document(&name))?;
        let resources = self.module.get("resources").map_or(&[][..], items);
        let is_own = |own: &&Node| text(own, "address") == Some(address);
        let expressions = resources.iter().find(is_own)?.get("expressions")?;
        let is_taken = self.steps.take(depth);
        is_taken.then(|| policy::of_blocks(&self.value(expressions, depth + 1)))
    }

    /// Adds what a reference leads to. Terraform lists `aws_x.y.arn` and `aws_x.y` both; the
    /// resource counts once.
    fn refer(&self, name: &str, depth: usize, found: &mut Vec<Ref>) {
        let name = without_keys(name);
        let parts: Vec<&str> = name.split('.').collect();
        match parts.as_slice() {
            ["var", input, ..] if self.steps.take(depth) => {
                if let Some((caller, call)) = self.caller
                    && let Some(given) = call.get("expressions").and_then(|e| e.get(input))
                {
                    collect(&caller.value(given, depth + 1), found);
                }
            }
            ["module", call, output, ..] if self.steps.take(depth) => {
                let called = self
                    .module
                    .get("module_calls")
                    .and_then(|calls| calls.get(call));
                let inside = called.and_then(|called| called.get("module"));
                let value = inside
                    .and_then(|inside| inside.get("outputs"))
                    .and_then(|outputs| outputs.get(output))
                    .and_then(|output| output.get("expression"));
                if let (Some(called), Some(module), Some(value)) = (called, inside, value) {
                    let prefix = format!("{}module.{call}.", self.prefix);
                    let caller = Some((self, called));
                    let scope = Scope {
                        module,
                        prefix,
                        caller,
                        ..*self
                    };
                    collect(&scope.value(value, depth + 1), found);
                }
            }
            [
                "var" | "module" | "local" | "each" | "count" | "path" | "self",
                ..,
            ] => {}
            ["data", kind, own, rest @ ..] => self.push(&format!("data.{kind}.{own}"), rest, found),
            [kind, own, rest @ ..] => self.push(&format!("{kind}.{own}"), rest, found),
            _ => {}
        }
    }

    fn push(&self, local: &str, rest: &[&str], found: &mut Vec<Ref>) {
        let id: Arc<str> = format!("{}{local}", self.prefix).into();
        if found.iter().any(|own| own.id == id) {
            return;
        }
        let attribute = (!rest.is_empty()).then(|| rest.join(".").into());
        found.push(Ref {
            stack: self.stack,
            id,
            attribute,
        });
    }
}

fn collect(value: &Val, found: &mut Vec<Ref>) {
    match &value.data {
        Data::Ref(own) if !found.contains(own) => found.push(Ref::clone(own)),
        Data::List(inner) => inner.iter().for_each(|item| collect(item, found)),
        Data::Map(entries) => entries.iter().for_each(|(_, item)| collect(item, found)),
        _ => {}
    }
}

/// Fills what a plan does not know with what the configuration refers to.
fn filled(known: Val, written: &Val) -> Val {
    match (known.data, &written.data) {
        (Data::Null, _) => written.clone(),
        (Data::Map(mut entries), Data::Map(more)) => {
            for (key, value) in more {
                match entries.iter_mut().find(|(own, _)| own == key) {
                    Some((_, own)) => *own = filled(own.clone(), value),
                    None => edit(&mut entries, |all| all.push((key.clone(), value.clone()))),
                }
            }
            Val::new(known.at, Data::Map(entries))
        }
        (Data::List(own), Data::List(more)) if own.len() == more.len() => {
            let pairs = own.into_iter().zip(more);
            Val::new(
                known.at,
                Data::List(pairs.map(|(own, more)| filled(own, more)).collect()),
            )
        }
        (Data::List(own), _) if own.is_empty() => written.clone(),
        (data, _) => Val::new(known.at, data),
    }
}
