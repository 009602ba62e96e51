//! Model and links to the graph: a node for everything declared, stubs for what is outside.

use super::endpoint::{End, Outside};
use super::link::Link;
use super::names::Names;
use super::resource::{Model, Resource, ResourceId};
use super::schema::{Mode, Role};
use super::tree::At;
use super::types::{self, Types};
use crate::model::{Graph, NodeId, Symbol, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Makes the graph.
pub(crate) fn graph(model: &Model, types: &Types, names: &Names, links: &[Link]) -> Graph {
    let mut builder = Builder {
        graph: Graph::new(),
        model,
        types,
        names,
        resources: Vec::new(),
        outside: FxHashMap::default(),
    };
    builder.add_resources();
    builder.add_stacks();
    builder.add_links(links);
    builder.graph
}

struct Builder<'a> {
    graph: Graph,
    model: &'a Model,
    types: &'a Types,
    names: &'a Names,
    resources: Vec<NodeId>,
    outside: FxHashMap<Outside, NodeId>,
}

impl Builder<'_> {
    fn add_resources(&mut self) {
        for (id, resource) in self.model.each() {
            let node = self.add_resource(id, resource);
            self.resources.push(node);
        }
    }

    fn add_resource(&mut self, id: ResourceId, resource: &Resource) -> NodeId {
        let service = service_of(self.types, resource);
        let role = self.types.role(&resource.type_name);
        let mut labels = vec!["Resource".to_owned(), types::label(&service)];
        if role == Role::Container {
            // A Terraform type is labelled as the CloudFormation type it is like.
            let row = self.types.row(&resource.type_name);
            let like = row.as_ref().and_then(|row| row.like.as_deref());
            labels.push(container_label(like.unwrap_or(&resource.type_name)).to_owned());
        }
        let name = self.names.of(id).filter(|name| !name.starts_with("${"));
        let mut properties = vec![
            ("id", Value::Text(self.model.qualified(resource))),
            ("name", Value::Text(name.unwrap_or(&resource.local).clone())),
            ("logical_id", Value::Text(resource.local.clone())),
            ("type", Value::Text(resource.type_name.clone())),
            ("service", Value::text(&service)),
            ("role", Value::text(role_name(role))),
            ("config", config(resource)),
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
        self.add_node(&labels, properties)
    }

    fn place(&self, at: At) -> [(&'static str, Value); 2] {
        [
            ("file", Value::Text(self.model.file(at))),
            ("line", Value::Int(i64::from(at.line))),
        ]
    }

    fn add_node(&mut self, labels: &[String], properties: Vec<(&str, Value)>) -> NodeId {
        let labels: Vec<Symbol> = labels
            .iter()
            .map(|label| self.graph.intern(label))
            .collect();
        let properties = properties
            .into_iter()
            .map(|(key, value)| (self.graph.intern(key), value))
            .collect();
        self.graph.add_node(&labels, properties)
    }

    /// A nested stack is the resource that nests it; others get a node of their own.
    fn add_stacks(&mut self) {
        let mut nodes: Vec<NodeId> = Vec::new();
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
                    self.add_node(&["Stack".to_owned()], properties)
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
        let mut labels = vec!["External".to_owned()];
        if !outside.service.is_empty() {
            labels.push(types::label(&outside.service));
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
        let mut properties: Vec<(Arc<str>, Value)> = vec![
            ("mechanism".into(), Value::Text(link.mechanism.clone())),
            (
                "mode".into(),
                link.mode
                    .map_or(Value::Null, |mode| Value::text(mode_name(mode))),
            ),
            ("rule".into(), Value::Text(link.rule.clone())),
        ];
        for (key, value) in self.place(link.at) {
            properties.push((key.into(), value));
        }
        if !via.is_empty() {
            properties.push(("via".into(), Value::list(via)));
        }
        if let Some(condition) = &link.condition {
            properties.push(("condition".into(), Value::Text(condition.clone())));
        }
        properties.extend(link.keep.iter().cloned());
        properties
            .into_iter()
            .map(|(key, value)| (self.graph.intern(&key), value))
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
pub(crate) fn service_of(types: &Types, resource: &Resource) -> String {
    let Some(row) = types.row(&resource.type_name) else {
        return types::service_of_unknown(&resource.type_name);
    };
    let variant = row.variants.iter().find(|variant| {
        let certain = |when: &super::schema::When| {
            let hits = super::path::walk(&resource.properties, None, &when.path);
            hits.iter().any(|hit| hit.value.plain_text().is_some())
        };
        variant
            .when
            .iter()
            .all(|when| certain(when) && super::rules::holds(&resource.properties, None, when))
    });
    variant.map_or_else(|| row.service.clone(), |variant| variant.service.clone())
}

fn config(resource: &Resource) -> Value {
    match resource.properties.to_value() {
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
