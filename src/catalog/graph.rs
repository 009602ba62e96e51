//! The tables as a graph: services, features and ends outside with their facts, integrations,
//! constraints, comparisons and lists.
//!
//! Nodes and edges come in the order of the tables, so equal tables give equal graphs. Names that
//! do not resolve were refused before; what still does not is left out.

use super::schema::{
    Comparison, Constraint, Datum, Fact, Form, Integration, IntegrationList, Mode, Source,
    Standing, System, Tables, Variant, Was,
};
use crate::model::Date;
use crate::model::Graph;
use crate::model::NodeId;
use crate::model::Symbol;
use crate::model::Temporal;
use crate::model::Value;
use crate::model::ValueMap;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The key of the source that stands for general knowledge.
const GENERAL: &str = "general";

/// Builds the graph of a set of tables; walks them once.
pub(super) fn build(tables: &Tables) -> Graph {
    let mut builder = Builder::new(tables);
    for (owners, label) in [
        (&tables.services, "Service"),
        (&tables.externals, "External"),
    ] {
        for owner in owners {
            builder.system(owner, label, owner);
            for feature in &owner.features {
                builder.system(feature, "Feature", owner);
            }
        }
    }
    for owner in tables.services.iter().chain(&tables.externals) {
        builder.edges(owner);
        for feature in &owner.features {
            builder.edges(feature);
            builder.part(feature, &owner.id);
        }
    }
    tables
        .constraints
        .iter()
        .for_each(|row| builder.constraint(row));
    tables
        .comparisons
        .iter()
        .for_each(|row| builder.comparison(row));
    tables.lists.iter().for_each(|list| builder.list(list));
    builder.ambiguous(tables);
    for row in &tables.criteria {
        let mut properties = Properties::new(&mut builder);
        properties.text("id", &format!("criterion-{}", row.number));
        properties.set("number", i64::from(row.number).into());
        properties.text("question", &row.question);
        properties.text("korean", &row.korean);
        properties.text("key", &row.key);
        let properties = properties.done();
        builder.node("Criterion", properties);
    }
    builder.graph
}

struct Builder<'a> {
    graph: Graph,
    nodes: FxHashMap<&'a str, NodeId>,
    sources: FxHashMap<&'a str, &'a Source>,
    /// Texts that many rows share, each held once.
    shared: FxHashMap<&'a str, Value>,
    dates: FxHashMap<&'a str, Value>,
}

impl<'a> Builder<'a> {
    fn new(tables: &'a Tables) -> Self {
        let sources = tables.sources.iter();
        Self {
            graph: Graph::new(),
            nodes: FxHashMap::default(),
            sources: sources
                .map(|source| (source.key.as_str(), source))
                .collect(),
            shared: FxHashMap::default(),
            dates: FxHashMap::default(),
        }
    }

    fn node(&mut self, label: &str, properties: Vec<(Symbol, Value)>) -> NodeId {
        let label = self.graph.intern(label);
        self.graph.add_node(&[label], properties)
    }

    fn edge(&mut self, kind: &str, from: NodeId, to: NodeId, properties: Vec<(Symbol, Value)>) {
        let kind = self.graph.intern(kind);
        self.graph.add_edge(kind, from, to, properties);
    }

    fn shared(&mut self, text: &'a str) -> Value {
        let value = self.shared.entry(text);
        value.or_insert_with(|| Value::text(text)).clone()
    }

    fn date(&mut self, text: &'a str) -> Value {
        let value = self.dates.entry(text);
        value.or_insert_with(|| date(text)).clone()
    }

    /// Adds the node of a system and its facts.
    fn system(&mut self, system: &'a System, label: &str, owner: &'a System) {
        let mut properties = Properties::new(self);
        properties.text("id", &system.id);
        properties.text("name", &system.name);
        if let Some(category) = system.category.as_ref().or(owner.category.as_ref()) {
            properties.shared("category", category);
            properties.shared("group", group(category));
        }
        if system.id != owner.id {
            properties.shared("service", &owner.id);
        }
        properties.status(system);
        properties.texts("aliases", system.aliases.iter().chain(&system.korean));
        properties.texts("misspelt", system.misspelt.iter());
        properties.maybe("label", system.label.as_deref());
        properties.maybe("contract", system.contract.as_deref());
        properties.texts("cloudformation", system.cloudformation.iter());
        let properties = properties.done();
        let node = self.node(label, properties);
        self.nodes.insert(&system.id, node);
        for fact in &system.facts {
            self.fact(system, node, fact);
        }
    }

    fn fact(&mut self, system: &'a System, of: NodeId, fact: &'a Fact) {
        let mut properties = Properties::new(self);
        properties.text("id", &fact.id);
        properties.shared("of", &system.id);
        properties.shared("key", &fact.key);
        properties.set("value", value(&fact.value));
        properties.maybe("unit", fact.unit.as_deref());
        properties.text("statement", &fact.statement);
        properties.maybe("note", fact.note.as_deref());
        properties.source(&fact.source, &fact.also, &fact.checked);
        if let (Some(was), Some(status)) = (&fact.was, fact.was_status) {
            properties.set("was", value(was));
            properties.shared(
                "was_status",
                match status {
                    Was::Outdated => "outdated",
                    Was::Wrong => "wrong",
                },
            );
        }
        let properties = properties.done();
        let node = self.node("Fact", properties);
        self.edge("HAS_FACT", of, node, Vec::new());
    }

    /// Adds what goes out from a system.
    fn edges(&mut self, system: &'a System) {
        let Some(&from) = self.nodes.get(system.id.as_str()) else {
            return;
        };
        for row in &system.integrations {
            if let Some(&to) = self.nodes.get(row.to.as_str()) {
                let properties = self.integration(row);
                self.edge(&row.kind, from, to, properties);
            }
        }
        if let Some(whole) = &system.part_of {
            self.part(system, whole);
        }
    }

    fn integration(&mut self, row: &'a Integration) -> Vec<(Symbol, Value)> {
        let mut properties = Properties::new(self);
        properties.shared("mechanism", &row.mechanism);
        properties.maybe("mode", row.mode.map(mode));
        properties.maybe("via", row.via.as_deref());
        properties.maybe("constraint", row.constraint.as_deref());
        properties.texts("lists", row.lists.iter());
        properties.texts("ids", row.ids.iter());
        properties.source(&row.source, &row.also, &row.checked);
        properties.done()
    }

    /// Adds the edge from a part to its whole, unless a row has said it already.
    fn part(&mut self, part: &System, whole: &str) {
        let said = |row: &&Integration| row.kind == "PART_OF" && row.to == whole;
        if part.integrations.iter().any(|row| said(&row)) {
            return;
        }
        if let (Some(&from), Some(&to)) = (self.nodes.get(part.id.as_str()), self.nodes.get(whole))
        {
            self.edge("PART_OF", from, to, Vec::new());
        }
    }

    fn about(&mut self, node: NodeId, ids: &[String]) {
        for id in ids {
            if let Some(&to) = self.nodes.get(id.as_str()) {
                self.edge("ABOUT", node, to, Vec::new());
            }
        }
    }

    /// Gives each system the names that it shares with others, so that a question can ask back.
    fn ambiguous(&mut self, tables: &'a Tables) {
        let mut names: FxHashMap<NodeId, Vec<Value>> = FxHashMap::default();
        for row in &tables.ambiguous {
            let nodes = row
                .means
                .iter()
                .filter_map(|id| self.nodes.get(id.as_str()));
            for node in nodes {
                names.entry(*node).or_default().push(Value::text(&row.name));
            }
        }
        let key = self.graph.intern("ambiguous");
        for (node, names) in names {
            self.graph.set_node_property(node, key, Value::list(names));
        }
    }

    fn constraint(&mut self, row: &'a Constraint) {
        let mut properties = Properties::new(self);
        properties.text("id", &row.id);
        properties.shared("form", form(row.form));
        properties.text("statement", &row.statement);
        properties.set("outdated", row.outdated.into());
        properties.maybe("today", row.today.as_deref());
        properties.maybe("advice", row.advice.as_deref());
        properties.source(&row.source, &[], &row.checked);
        properties.texts("facts", row.facts.iter());
        let properties = properties.done();
        let node = self.node("Constraint", properties);
        self.about(node, &row.about);
    }

    fn comparison(&mut self, row: &'a Comparison) {
        let mut properties = Properties::new(self);
        properties.text("id", &row.id);
        properties.text("name", &row.name);
        properties.text("title", &row.title);
        properties.maybe("note", row.note.as_deref());
        properties.texts("options", row.options.iter());
        properties.set(
            "rows",
            Value::list(
                row.rows
                    .iter()
                    .map(|line| {
                        let attribute = (Arc::from("attribute"), Value::text(&line.attribute));
                        let values = line
                            .values
                            .iter()
                            .map(|(option, v)| (Arc::from(option.as_str()), Value::text(v)));
                        Value::map(std::iter::once(attribute).chain(values).collect())
                    })
                    .collect(),
            ),
        );
        properties.source(&row.source, &[], &row.checked);
        let properties = properties.done();
        let node = self.node("Comparison", properties);
        self.about(node, &row.options);
    }

    fn list(&mut self, list: &'a IntegrationList) {
        let mut properties = Properties::new(self);
        properties.text("id", &list.id);
        properties.text("title", &list.title);
        properties.maybe("note", list.note.as_deref());
        if !list.variants.is_empty() {
            properties.set(
                "variants",
                Value::list(list.variants.iter().map(variant).collect()),
            );
        }
        let properties = properties.done();
        let node = self.node("IntegrationList", properties);
        self.about(node, std::slice::from_ref(&list.of));
    }
}

/// The properties of one node or edge, in the order they are set.
struct Properties<'b, 'a> {
    builder: &'b mut Builder<'a>,
    set: Vec<(Symbol, Value)>,
}

impl<'b, 'a> Properties<'b, 'a> {
    fn new(builder: &'b mut Builder<'a>) -> Self {
        Self {
            builder,
            set: Vec::with_capacity(14),
        }
    }

    fn done(self) -> Vec<(Symbol, Value)> {
        self.set
    }

    fn set(&mut self, key: &str, value: Value) {
        let key = self.builder.graph.intern(key);
        self.set.push((key, value));
    }

    fn text(&mut self, key: &str, text: &str) {
        self.set(key, Value::text(text));
    }

    fn shared(&mut self, key: &str, text: &'a str) {
        let value = self.builder.shared(text);
        self.set(key, value);
    }

    fn maybe(&mut self, key: &str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.shared(key, text);
        }
    }

    fn texts(&mut self, key: &str, texts: impl Iterator<Item = &'a String>) {
        let texts: Vec<Value> = texts.map(|text| self.builder.shared(text)).collect();
        if !texts.is_empty() {
            self.set(key, Value::list(texts));
        }
    }

    /// Sets title and address of the source, further addresses, and the day it was looked at.
    fn source(&mut self, key: &'a str, also: &'a [String], checked: &'a str) {
        let found = self.builder.sources.get(key).copied();
        let title = match found {
            Some(source) if key != GENERAL => source.title.as_str(),
            _ => key,
        };
        self.shared("source", title);
        self.maybe(
            "address",
            found.and_then(|source| source.address.as_deref()),
        );
        let further: Vec<Value> = also
            .iter()
            .filter_map(|key| self.builder.sources.get(key.as_str())?.address.as_deref())
            .map(|address| {
                self.builder
                    .shared
                    .get(address)
                    .cloned()
                    .unwrap_or_else(|| Value::text(address))
            })
            .collect();
        if !further.is_empty() {
            self.set("also", Value::list(further));
        }
        let checked = self.builder.date(checked);
        self.set("checked", checked);
    }

    fn status(&mut self, system: &'a System) {
        let Some(status) = &system.status else {
            self.shared("status", "active");
            return;
        };
        self.shared(
            "status",
            match status.is {
                Standing::ClosedToNew => "closed_to_new",
                Standing::Ended => "ended",
            },
        );
        let since = self.builder.date(&status.since);
        self.set("status_date", since);
        self.maybe("status_note", status.note.as_deref());
        let source = self.builder.sources.get(status.source.as_str()).copied();
        self.maybe(
            "status_source",
            source.and_then(|source| source.address.as_deref()),
        );
    }
}

/// The part of a category before the dot.
fn group(category: &str) -> &str {
    category.split('.').next().unwrap_or(category)
}

fn value(datum: &Datum) -> Value {
    match datum {
        Datum::Bool(value) => Value::Bool(*value),
        Datum::Int(value) => Value::Int(*value),
        Datum::Float(value) => Value::Float(*value),
        Datum::Text(value) => Value::text(value),
        Datum::List(items) => Value::list(items.iter().map(value).collect()),
    }
}

fn variant(row: &Variant) -> Value {
    let mut map = ValueMap::new();
    let mut put = |key: &str, text: &str| map.insert(Arc::from(key), Value::text(text));
    put("id", &row.id);
    put("name", &row.name);
    put("mechanism", &row.mechanism);
    if let Some(own) = row.mode {
        put("mode", mode(own));
    }
    Value::map(map)
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Sync => "sync",
        Mode::Async => "async",
        Mode::Poll => "poll",
        Mode::SyncOrAsync => "sync or async",
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Cannot => "cannot",
        Form::Only => "only",
        Form::Must => "must",
        Form::Requires => "requires",
        Form::Limit => "limit",
        Form::NotSame => "not_same",
    }
}

/// Turns `2026-11-24` into a date; null where it is none.
fn date(text: &str) -> Value {
    let mut parts = text.split('-').map(|part| part.parse::<i64>().ok());
    let mut next = || parts.next().flatten();
    match (next(), next(), next()) {
        (Some(year), Some(month), Some(day)) => {
            let days = days_since_epoch(year, month, day);
            Value::Temporal(Arc::new(Temporal::Date(Date { days })))
        }
        _ => Value::Null,
    }
}

/// Counts the days from 1970-01-01 in the Gregorian calendar: years begin in March, so that the
/// leap day is their last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}
