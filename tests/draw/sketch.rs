//! Graphs for tests, from a few readable lines; `README.md` beside this file tells how.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    reason = "every test uses a part, and may fail"
)]

use archq::model::{Answer, Graph, GraphView, NodeId, Piece, Value};
use archq::render::{Format, Group, Options, render};
use std::collections::HashMap;

/// A graph with the options it is drawn by.
#[derive(Default)]
pub struct Sketch {
    pub graph: Graph,
    pub group: Group,
    places: HashMap<String, NodeId>,
}

impl Sketch {
    pub fn read(text: &str) -> Sketch {
        let mut sketch = Sketch::default();
        for line in text.lines() {
            let line = line.split(" #").next().unwrap_or("").trim();
            if !line.is_empty() && !line.starts_with('#') {
                sketch.line(&line.split_whitespace().collect::<Vec<_>>());
            }
        }
        sketch
    }

    fn line(&mut self, words: &[&str]) {
        match words {
            ["group", name] => self.group = Group::named(name).expect("a group"),
            ["box", name, label, rest @ ..] => self.add(name, &[label], rest),
            ["node", name, label @ ("Service" | "External"), rest @ ..] => {
                self.add(name, &[label], rest)
            }
            ["node", name, label, rest @ ..] => self.add(name, &["Resource", label], rest),
            ["edge", from, kind, to, rest @ ..] => {
                let properties = pairs(rest);
                self.edge(from, kind, to, &properties);
            }
            other => panic!("not a line of a sketch: {other:?}"),
        }
    }

    fn add(&mut self, name: &str, labels: &[&str], rest: &[&str]) {
        let properties = pairs(rest);
        self.node(name, labels, &properties);
        if let ["in", holder, ..] = rest {
            self.edge(holder, "CONTAINS", name, &[]);
        }
    }

    pub fn node(&mut self, name: &str, labels: &[&str], properties: &[(String, Value)]) -> NodeId {
        let labels: Vec<_> = labels
            .iter()
            .map(|label| self.graph.intern(label))
            .collect();
        let mut own = vec![(self.graph.intern("name"), Value::text(name))];
        for (key, value) in properties {
            own.push((self.graph.intern(key), value.clone()));
        }
        let id = self.graph.add_node(&labels, own);
        self.places.insert(name.to_owned(), id);
        id
    }

    pub fn edge(&mut self, from: &str, kind: &str, to: &str, properties: &[(String, Value)]) {
        let kind = self.graph.intern(kind);
        let properties = properties
            .iter()
            .map(|(key, value)| (self.graph.intern(key), value.clone()))
            .collect();
        let (from, to) = (self.places[from], self.places[to]);
        self.graph
            .add_edge(kind, from, to, properties)
            .expect("both ends are there");
    }

    /// Gives an answer that touched everything.
    pub fn answer(&self) -> Answer {
        let nodes = self.graph.nodes().collect();
        let edges = self.graph.edges().into_iter().collect();
        Answer {
            piece: Piece { nodes, edges },
            ..Answer::default()
        }
    }

    pub fn options(&self) -> Options<'static> {
        let mut options = Options::default();
        options.picture.group = self.group.clone();
        options
    }

    pub fn draw(&self, format: &str) -> String {
        self.draw_with(format, &self.options())
    }

    pub fn draw_with(&self, format: &str, options: &Options<'_>) -> String {
        written(&self.answer(), &self.graph, format, options)
    }
}

fn pairs(words: &[&str]) -> Vec<(String, Value)> {
    words
        .iter()
        .filter_map(|word| word.split_once('='))
        .map(|(key, value)| {
            let value = match value.parse::<i64>() {
                Ok(number) => Value::Int(number),
                Err(_) => Value::text(value.replace('_', " ")),
            };
            (key.to_owned(), value)
        })
        .collect()
}

/// Writes an answer in a format.
pub fn written(answer: &Answer, graph: &Graph, format: &str, options: &Options<'_>) -> String {
    let format = Format::named(format).expect("a format");
    let mut out = Vec::new();
    render(answer, graph, format, options, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("text")
}
