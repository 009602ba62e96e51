//! Model and links to the graph: a node for everything declared, stubs for what is outside.

use super::endpoint::{End, Outside};
use super::link::Link;
use super::names::Names;
use super::resource::{Model, Resource, ResourceId, Stack};
use super::schema::{Mode, Role};
use super::tree::At;
use super::types::{self, Types};
use super::value::Val;
use crate::model::{Graph, NodeId, Symbol, Value};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Makes the graph. The properties of the resources move into it; the model has them no more.
pub(crate) fn graph(model: &mut Model, types: &Types, names: &Names, links: &[Link]) -> Graph {
    let told = told(model, types);
    let mut builder = Builder {
        graph: Graph::with_capacity(told.len(), told.len() + links.len()),
        model,
        types,
        names,
        keys: Keys::default(),
        resources: Vec::with_capacity(told.len()),
        outside: FxHashMap::default(),
        looks: FxHashMap::default(),
    };
    builder.add_resources(told);
    builder.add_stacks();
    builder.add_links(links);
    builder.graph
}

/// What the properties of a resource tell the graph.
struct Told {
    service: Arc<str>,
    config: Value,
}

fn told(model: &mut Model, types: &Types) -> Vec<Told> {
    let told = model.resources.iter_mut().map(|resource| Told {
        service: service_of(types, resource),
        config: config(resource.take_properties()),
    });
    told.collect()
}

/// Properties for which there is room beside those that all have.
const MORE: usize = 1;

type Properties = Vec<(Symbol, Value)>;

/// Symbols of the keys that all resources have and of those that all links have, once they are
/// known: most properties are of these.
#[derive(Default)]
struct Keys {
    resource: Option<[Symbol; 9]>,
    link: Option<[Symbol; 5]>,
}

/// Gives the symbols of names.
fn symbols<const N: usize>(
    graph: &mut Graph,
    known: &mut Option<[Symbol; N]>,
    names: [&str; N],
) -> [Symbol; N] {
    *known.get_or_insert_with(|| names.map(|name| graph.intern(name)))
}

/// Pairs keys with values, without those that are null; there may be more to come.
fn properties<const N: usize>(keys: [Symbol; N], values: [Value; N]) -> Properties {
    let mut own = Vec::with_capacity(N + MORE);
    for (key, value) in keys.into_iter().zip(values) {
        if !value.is_null() {
            own.push((key, value));
        }
    }
    own
}

struct Builder<'a> {
    graph: Graph,
    model: &'a Model,
    types: &'a Types,
    names: &'a Names,
    keys: Keys,
    /// Node and id of each resource.
    resources: Vec<(NodeId, Arc<str>)>,
    outside: FxHashMap<Outside, NodeId>,
    looks: FxHashMap<(Arc<str>, Arc<str>), Look>,
}

/// What the graph says of all resources of one type and service.
#[derive(Clone)]
struct Look {
    labels: Rc<[Symbol]>,
    service: Arc<str>,
    role: Arc<str>,
}

impl Builder<'_> {
    fn add_resources(&mut self, told: Vec<Told>) {
        let model = self.model;
        for ((id, resource), told) in model.each().zip(told) {
            let own = model.qualified(resource);
            let node = self.add_resource(id, resource, &own, told);
            self.resources.push((node, own));
        }
    }

    fn add_resource(
        &mut self,
        number: ResourceId,
        resource: &Resource,
        id: &Arc<str>,
        told: Told,
    ) -> NodeId {
        let look = self.look(&resource.type_name, &told.service);
        let name = self.names.of(number).filter(|name| !name.starts_with("${"));
        let maker = resource.made_by.and_then(|maker| self.id(maker));
        let keys = [
            "id",
            "name",
            "logical_id",
            "type",
            "service",
            "role",
            "config",
            "file",
            "line",
        ];
        let keys = symbols(&mut self.graph, &mut self.keys.resource, keys);
        let values = [
            Value::Text(id.clone()),
            Value::Text(name.unwrap_or(&resource.local).clone()),
            Value::Text(resource.local.clone()),
            Value::Text(resource.type_name.clone()),
            Value::Text(look.service),
            Value::Text(look.role),
            told.config,
            Value::Text(self.model.file(resource.at)),
            Value::Int(i64::from(resource.at.line)),
        ];
        let mut own = properties(keys, values);
        self.tell_text(&mut own, "condition", resource.condition.as_ref());
        if resource.left_out {
            self.tell(&mut own, "left_out", Value::Bool(true));
        }
        self.tell_text(&mut own, "made_by", maker.as_ref());
        self.tell_text(&mut own, "construct", resource.path.as_ref());
        self.tell_text(&mut own, "construct_class", resource.construct.as_ref());
        self.graph.add_node(&look.labels, own)
    }

    fn look(&mut self, type_name: &Arc<str>, service: &Arc<str>) -> Look {
        let key = (type_name.clone(), service.clone());
        if let Some(known) = self.looks.get(&key) {
            return known.clone();
        }
        let role = self.types.role(type_name);
        let mut labels = vec!["Resource".to_owned(), types::label(service)];
        if role == Role::Container {
            // A Terraform type is labelled as the CloudFormation type it is like.
            labels.push(container_label(&self.types.stem(type_name)).to_owned());
        }
        let labels = labels.iter().map(|label| self.graph.intern(label));
        let look = Look {
            labels: labels.collect(),
            service: service.clone(),
            role: role_name(role).into(),
        };
        self.looks.entry(key).or_insert(look).clone()
    }

    /// Adds a property to those of a node or an edge; one that is null is none.
    fn tell(&mut self, own: &mut Properties, key: &'static str, value: Value) {
        let key = self.graph.intern(key);
        if !value.is_null() {
            own.push((key, value));
        }
    }

    /// Adds a text, if there is one.
    fn tell_text<'t>(
        &mut self,
        own: &mut Properties,
        key: &'static str,
        text: impl Into<Option<&'t Arc<str>>>,
    ) {
        if let Some(text) = text.into() {
            self.tell(own, key, Value::Text(text.clone()));
        }
    }

    fn tell_place(&mut self, own: &mut Properties, at: At) {
        self.tell(own, "file", Value::Text(self.model.file(at)));
        self.tell(own, "line", Value::Int(i64::from(at.line)));
    }

    /// Gives the id of a resource that has been added.
    fn id(&self, resource: ResourceId) -> Option<Arc<str>> {
        let (_, id) = self.resources.get(resource.0 as usize)?;
        Some(id.clone())
    }

    fn node(&self, resource: ResourceId) -> Option<NodeId> {
        let (node, _) = self.resources.get(resource.0 as usize)?;
        Some(*node)
    }

    /// A nested stack is the resource that nests it; others get a node of their own.
    fn add_stacks(&mut self) {
        let mut nodes: Vec<NodeId> = Vec::new();
        let label = self.graph.intern("Stack");
        for stack in &self.model.stacks {
            let own = stack.name.rsplit('/').next().unwrap_or(&stack.name);
            let nesting = stack.parent.and_then(|parent| self.model.find(parent, own));
            let nesting = nesting.and_then(|id| self.node(id));
            nodes.push(nesting.unwrap_or_else(|| self.add_stack(label, stack)));
        }
        let contains = self.graph.intern("CONTAINS");
        for (id, resource) in self.model.each() {
            let stack = nodes.get(resource.stack as usize);
            if let (Some(stack), Some(node)) = (stack, self.node(id)) {
                self.graph.add_edge(contains, *stack, node, Vec::new());
            }
        }
    }

    fn add_stack(&mut self, label: Symbol, stack: &Stack) -> NodeId {
        let mut own = Vec::new();
        self.tell_text(&mut own, "id", &stack.name);
        self.tell_text(&mut own, "name", &stack.name);
        self.tell_place(&mut own, stack.at);
        self.graph.add_node(&[label], own)
    }

    fn add_links(&mut self, links: &[Link]) {
        let mut seen = FxHashSet::with_capacity_and_hasher(links.len(), FxBuildHasher);
        for link in links {
            let key = (
                &link.from,
                &link.to,
                &link.kind,
                &link.mechanism,
                &link.rule,
                link.at.line,
            );
            if !seen.insert(key) {
                continue;
            }
            let (Some(from), Some(to)) = (self.end(&link.from), self.end(&link.to)) else {
                continue;
            };
            let kind = self.graph.intern(&link.kind);
            let properties = self.link_properties(link);
            self.graph.add_edge(kind, from, to, properties);
        }
    }

    fn end(&mut self, end: &End) -> Option<NodeId> {
        let outside = match end {
            End::Resource(id) => return self.node(*id),
            End::Outside(outside) => &**outside,
        };
        if let Some(node) = self.outside.get(outside) {
            return Some(*node);
        }
        let mut labels = vec![self.graph.intern("External")];
        if !outside.service.is_empty() {
            let label = types::label(&outside.service);
            labels.push(self.graph.intern(&label));
        }
        let mut own = Vec::new();
        self.tell_text(&mut own, "id", &outside.id);
        self.tell_text(&mut own, "name", &outside.id);
        self.tell(&mut own, "service", text_or_null(&outside.service));
        self.tell(&mut own, "why", Value::text(outside.why));
        let node = self.graph.add_node(&labels, own);
        self.outside.insert(outside.clone(), node);
        Some(node)
    }

    fn link_properties(&mut self, link: &Link) -> Properties {
        let mode = link.mode.map(|mode| Value::text(mode_name(mode)));
        let keys = ["mechanism", "mode", "rule", "file", "line"];
        let keys = symbols(&mut self.graph, &mut self.keys.link, keys);
        let values = [
            Value::Text(link.mechanism.clone()),
            mode.unwrap_or_default(),
            Value::Text(link.rule.clone()),
            Value::Text(self.model.file(link.at)),
            Value::Int(i64::from(link.at.line)),
        ];
        let mut own = properties(keys, values);
        if !link.via.is_empty() {
            let via = link.via.iter().filter_map(|id| self.id(*id));
            let via = Value::list(via.map(Value::Text).collect());
            self.tell(&mut own, "via", via);
        }
        self.tell_text(&mut own, "condition", link.condition.as_ref());
        for (key, value) in &link.keep {
            own.push((self.graph.intern(key), value.clone()));
        }
        own
    }
}

fn text_or_null(text: &Arc<str>) -> Value {
    match text.is_empty() {
        true => Value::Null,
        false => Value::Text(text.clone()),
    }
}

/// Gives the service of a resource: that of its type, or of the variant whose condition holds.
fn service_of(types: &Types, resource: &Resource) -> Arc<str> {
    let Some(row) = types.row(&resource.type_name) else {
        return types::service_of_unknown(&resource.type_name).into();
    };
    let variant = row.variants.iter().find(|variant| {
        let certain = |when: &super::schema::When| {
            let hits = super::path::walk(&resource.properties, None, &when.path);
            hits.iter().any(|hit| hit.value.plain_text().is_some())
        };
        variant
            .when
            .iter()
            .all(|when| certain(when) && super::when::holds(&resource.properties, None, when))
    });
    variant.map_or_else(|| row.service.share(), |variant| variant.service.share())
}

fn config(properties: Val) -> Value {
    match properties.into_value() {
        Value::Null => Value::map(crate::model::ValueMap::new()),
        value => value,
    }
}

fn container_label(type_name: &str) -> &str {
    match type_name.rsplit("::").next().unwrap_or(type_name) {
        "VPC" => "Vpc",
        "Application" => "Stack",
        label => label,
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Node => "node",
        Role::Glue => "glue",
        Role::Part => "part",
        Role::Container => "container",
    }
}

fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Sync => "sync",
        Mode::Async => "async",
        Mode::Poll => "poll",
    }
}
