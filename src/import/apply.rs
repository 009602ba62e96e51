//! Model and links to the graph: a node for everything declared, stubs for what is outside.

use super::endpoint::{End, Outside};
use super::link::Link;
use super::names::Names;
use super::resource::{Model, Resource, ResourceId};
use super::schema::{Mode, Role};
use super::tree::At;
use super::types::{self, Types};
use super::value::Val;
use crate::model::{Graph, NodeId, Symbol, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;
use std::sync::Arc;

/// Makes the graph. The properties of the resources move into it; the model has them no more.
pub(crate) fn graph(model: &mut Model, types: &Types, names: &Names, links: &[Link]) -> Graph {
    let told = told(model, types);
    let mut builder = Builder {
        graph: Graph::new(),
        model,
        types,
        names,
        resources: Vec::new(),
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

struct Builder<'a> {
    graph: Graph,
    model: &'a Model,
    types: &'a Types,
    names: &'a Names,
    resources: Vec<NodeId>,
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
            let node = self.add_resource(id, resource, told);
            self.resources.push(node);
        }
    }

    fn add_resource(&mut self, id: ResourceId, resource: &Resource, told: Told) -> NodeId {
        let look = self.look(&resource.type_name, &told.service);
        let name = self.names.of(id).filter(|name| !name.starts_with("${"));
        let mut properties = vec![
            ("id", Value::Text(self.model.qualified(resource))),
            ("name", Value::Text(name.unwrap_or(&resource.local).clone())),
            ("logical_id", Value::Text(resource.local.clone())),
            ("type", Value::Text(resource.type_name.clone())),
            ("service", Value::Text(look.service)),
            ("role", Value::Text(look.role)),
            ("config", told.config),
        ];
        properties.extend(self.place(resource.at));
        if let Some(condition) = &resource.condition {
            properties.push(("condition", Value::Text(condition.clone())));
        }
        if resource.left_out {
            properties.push(("left_out", Value::Bool(true)));
        }
        if let Some(maker) = resource.made_by {
            let maker = self.model.qualified(self.model.resource(maker));
            properties.push(("made_by", Value::Text(maker)));
        }
        if let Some(path) = &resource.path {
            properties.push(("construct", Value::Text(path.clone())));
        }
        if let Some(class) = &resource.construct {
            properties.push(("construct_class", Value::Text(class.clone())));
        }
        self.add_node(&look.labels, properties)
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

    fn place(&self, at: At) -> [(&'static str, Value); 2] {
        [
            ("file", Value::Text(self.model.file(at))),
            ("line", Value::Int(i64::from(at.line))),
        ]
    }

    fn add_node(&mut self, labels: &[Symbol], properties: Vec<(&str, Value)>) -> NodeId {
        let properties = properties
            .into_iter()
            .map(|(key, value)| (self.graph.intern(key), value))
            .collect();
        self.graph.add_node(labels, properties)
    }

    /// A nested stack is the resource that nests it; others get a node of their own.
    fn add_stacks(&mut self) {
        let mut nodes: Vec<NodeId> = Vec::new();
        let label = self.graph.intern("Stack");
        for stack in &self.model.stacks {
            let own = stack.name.rsplit('/').next().unwrap_or(&stack.name);
            let nesting = stack.parent.and_then(|parent| self.model.find(parent, own));
            let node = match nesting.and_then(|id| self.resources.get(id.0 as usize)) {
                Some(node) => *node,
                None => {
                    let mut properties = vec![
                        ("id", Value::Text(stack.name.clone())),
                        ("name", Value::Text(stack.name.clone())),
                    ];
                    properties.extend(self.place(stack.at));
                    self.add_node(&[label], properties)
                }
            };
            nodes.push(node);
        }
        let contains = self.graph.intern("CONTAINS");
        for (id, resource) in self.model.each() {
            let stack = nodes.get(resource.stack as usize);
            if let (Some(stack), Some(node)) = (stack, self.resources.get(id.0 as usize)) {
                self.graph.add_edge(contains, *stack, *node, Vec::new());
            }
        }
    }

    fn add_links(&mut self, links: &[Link]) {
        let mut seen = FxHashSet::default();
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
            End::Resource(id) => return self.resources.get(id.0 as usize).copied(),
            End::Outside(outside) => outside,
        };
        if let Some(node) = self.outside.get(outside) {
            return Some(*node);
        }
        let properties = vec![
            ("id", Value::Text(outside.id.clone())),
            ("name", Value::Text(outside.id.clone())),
            ("service", text_or_null(&outside.service)),
            ("why", Value::text(outside.why)),
        ];
        let mut labels = vec![self.graph.intern("External")];
        if !outside.service.is_empty() {
            let label = types::label(&outside.service);
            labels.push(self.graph.intern(&label));
        }
        let node = self.add_node(&labels, properties);
        self.outside.insert(outside.clone(), node);
        Some(node)
    }

    fn link_properties(&mut self, link: &Link) -> Vec<(Symbol, Value)> {
        let via = link.via.iter().map(|id| {
            let resource = self.model.resource(*id);
            Value::Text(self.model.qualified(resource))
        });
        let via: Vec<Value> = via.collect();
        let mode = |mode| Value::text(mode_name(mode));
        let [file, line] = self.place(link.at);
        let own = [
            ("mechanism", Value::Text(link.mechanism.clone())),
            ("mode", link.mode.map_or(Value::Null, mode)),
            ("rule", Value::Text(link.rule.clone())),
            file,
            line,
        ];
        let via = (!via.is_empty()).then(|| ("via", Value::list(via)));
        let condition = link.condition.clone();
        let condition = condition.map(|name| ("condition", Value::Text(name)));
        let kept = link.keep.iter();
        let kept = kept.map(|(key, value)| (&**key, value.clone()));
        own.into_iter()
            .chain(via)
            .chain(condition)
            .chain(kept)
            .map(|(key, value)| (self.graph.intern(key), value))
            .collect()
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
