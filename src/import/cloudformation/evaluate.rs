//! Intrinsic functions: nodes to values.

use super::includes::INCLUDED;
use super::parameters::open;
use super::template::Templates;
use crate::diag::Code;
use crate::import::tree::{At, Entry, Node, Tree};
use crate::import::value::{Data, Either, Ref, Val};
use std::sync::Arc;

/// Length of a text that costs nothing, in bytes; a part of it that is not known counts as some.
const LONG: usize = 65_536;
/// Length of a text that costs as much as a step.
const LONG_PER_STEP: usize = 8;

fn weight(part: &Val) -> usize {
    match &part.data {
        Data::Text(text) => text.len(),
        Data::Concat(parts) => parts.iter().map(weight).sum(),
        _ => 64,
    }
}

impl Templates {
    /// Gives how deep values may lead into each other.
    pub(super) fn depth_limit(&self) -> usize {
        self.bounds.nesting + 4 * self.bounds.reference_steps
    }

    /// Evaluates a node of a template.
    pub(crate) fn eval(&self, template: usize, node: &Node, depth: usize) -> Val {
        if let Some(value) = self.at_once(template, node, depth) {
            return value;
        }
        let data = match &node.data {
            Tree::List(items) => Data::List(self.eval_list(template, items, depth)),
            Tree::Map(entries) => Data::Map(self.eval_entries(template, entries, depth)),
            _ => return Val::plain(node),
        };
        Val::new(node.at, data)
    }

    /// Evaluates a node that nobody else needs: what is plain moves over as it stands.
    pub(super) fn eval_whole(&self, template: usize, node: Node, depth: usize) -> Val {
        if let Some(value) = self.at_once(template, &node, depth) {
            return value;
        }
        let value_of = |node| self.eval_whole(template, node, depth + 1);
        let data = match node.data {
            Tree::List(items) => {
                // An item is as large before as after, so this takes no memory.
                Data::List(items.into_iter().map(value_of).filter(is_there).collect())
            }
            Tree::Map(entries) => {
                let mut values = Vec::with_capacity(entries.len());
                let each = entries.into_iter();
                let each = each.map(|entry| (entry.key, value_of(entry.value)));
                values.extend(each.filter(|(_, value)| is_there(value)));
                Data::Map(values.into())
            }
            Tree::Null => Data::Null,
            Tree::Bool(truth) => Data::Bool(truth),
            Tree::Int(number) => Data::Int(number),
            Tree::Float(number) => Data::Float(number),
            Tree::Text(text) => Data::Text(text),
        };
        Val::new(node.at, data)
    }

    /// Takes a step: gives what a function gives, or a mark where there are no steps left; nothing
    /// for a node that is taken part by part.
    #[inline]
    fn at_once(&self, template: usize, node: &Node, depth: usize) -> Option<Val> {
        if !self.step() || depth > self.depth_limit() {
            return Some(self.cut(node.at));
        }
        let (name, argument) = node.call()?;
        Some(self.called(template, name, argument, node.at, depth + 1))
    }

    fn cut(&self, at: At) -> Val {
        let message =
            "values lead too far into each other (`--max-steps`, `--max-reference-steps`)";
        self.note(&Code::CUT_AT_BOUND, at, message.to_owned());
        Val::new(at, Data::Open("…".into()))
    }

    fn called(&self, t: usize, name: &str, argument: &Node, at: At, depth: usize) -> Val {
        let value = self.call(t, name, argument, at, depth);
        value.unwrap_or_else(|| self.unsupported(name, argument, at))
    }

    fn eval_list(&self, template: usize, items: &[Node], depth: usize) -> Box<[Val]> {
        let mut values = Vec::with_capacity(items.len());
        let each = items
            .iter()
            .map(|item| self.eval(template, item, depth + 1));
        values.extend(each.filter(is_there));
        values.into()
    }

    fn eval_entries(
        &self,
        template: usize,
        entries: &[Entry],
        depth: usize,
    ) -> Box<[(Arc<str>, Val)]> {
        let mut values = Vec::with_capacity(entries.len());
        let value_of = |entry: &Entry| self.eval(template, &entry.value, depth + 1);
        let each = entries
            .iter()
            .map(|entry| (entry.key.clone(), value_of(entry)));
        values.extend(each.filter(|(_, value)| is_there(value)));
        values.into()
    }

    fn unsupported(&self, name: &str, argument: &Node, at: At) -> Val {
        let message = format!("`{name}` is not worked out");
        self.note(&Code::UNSUPPORTED_INTRINSIC, at, message);
        match argument.scalar() {
            Some(text) => Val::new(at, Data::Open(format!("${{{name} {text}}}").into())),
            None => open(at, name),
        }
    }

    fn call(&self, t: usize, name: &str, argument: &Node, at: At, depth: usize) -> Option<Val> {
        match name {
            "Ref" => self.ref_to(t, argument, at, depth),
            "Fn::GetAtt" => self.attribute(t, argument, at, depth),
            "Fn::Sub" => self.sub(t, argument, at, depth),
            "Fn::Join" => self.join(t, argument, at, depth),
            "Fn::If" => self.choose(t, argument, at, depth),
            "Fn::Select" => self.select(t, argument, at, depth),
            "Fn::Split" => self.split(t, argument, at, depth),
            "Fn::FindInMap" => self.find_in_map(t, argument, at, depth),
            "Fn::ImportValue" => Some(self.import_value(t, argument, at, depth)),
            "Fn::Transform" => Some(self.transform(t, argument, at, depth)),
            "Fn::Base64" | "Fn::ToJsonString" | "Fn::Length" => {
                let mut value = self.eval(t, argument, depth);
                value.at = at;
                Some(value)
            }
            "Fn::GetAZs" | "Fn::Cidr" | "Fn::GetStackOutput" | "Fn::ValueOf" => {
                Some(open(at, name))
            }
            "Fn::And" | "Fn::Or" | "Fn::Not" | "Fn::Equals" | "Fn::Contains" | "Fn::RefAll" => {
                Some(open(at, name))
            }
            _ => None,
        }
    }

    /// `Ref`, whose name may be worked out itself: `!Ref {Fn::Sub: 'Topic${Name}'}`.
    fn ref_to(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        if let Some(name) = argument.text() {
            return Some(self.reference(t, name, at, depth));
        }
        let name = self.eval(t, argument, depth + 1).plain_text()?;
        Some(self.reference(t, &name, at, depth))
    }

    /// `Ref`: a pseudo parameter, a parameter, a resource, or something nobody knows.
    pub(super) fn reference(&self, t: usize, name: &Arc<str>, at: At, depth: usize) -> Val {
        if let Some(value) = self.pseudo(name, at) {
            return value;
        }
        if let Some(mut value) = self.parameter(t, name, at, depth) {
            value.at = at;
            return value;
        }
        let Some(own) = self.list.get(t) else {
            return open(at, name);
        };
        // SAM names what a resource makes by the resource and a word: `Worker.Alias`, `Api.Stage`.
        let made = name
            .split_once('.')
            .filter(|(id, _)| own.resources.contains(*id));
        let (id, attribute) = match made {
            Some((id, word)) => (id.into(), Some(word.into())),
            None => (name.clone(), None),
        };
        let stack = own.stack;
        Val::refers(
            at,
            Ref {
                stack,
                id,
                attribute,
            },
        )
    }

    fn attribute(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        let (id, attribute): (Arc<str>, Arc<str>) = match argument.items() {
            [id, attribute] => {
                let id = self.eval(t, id, depth).rendered()?;
                let attribute = self.eval(t, attribute, depth).rendered();
                (id, attribute.unwrap_or_default())
            }
            [id, rest @ ..] if !rest.is_empty() => {
                let parts: Vec<Arc<str>> = rest
                    .iter()
                    .map(|part| self.eval(t, part, depth).rendered().unwrap_or_default())
                    .collect();
                (self.eval(t, id, depth).rendered()?, parts.join(".").into())
            }
            _ => {
                let (id, attribute) = argument.text()?.split_once('.')?;
                (id.into(), attribute.into())
            }
        };
        Some(self.attribute_of(t, id, attribute, at, depth))
    }

    /// `Fn::GetAtt`: an output of a nested stack, or an attribute of a resource.
    fn attribute_of(
        &self,
        t: usize,
        id: Arc<str>,
        attribute: Arc<str>,
        at: At,
        depth: usize,
    ) -> Val {
        let Some(own) = self.list.get(t) else {
            return open(at, &id);
        };
        if let Some(output) = attribute.strip_prefix("Outputs.") {
            let child = own.children.get(&id).copied();
            if let Some(mut value) = child.and_then(|child| self.output(child, output, depth)) {
                value.at = at;
                return value;
            }
        }
        Val::refers(
            at,
            Ref {
                stack: own.stack,
                id,
                attribute: Some(attribute),
            },
        )
    }

    fn output(&self, t: usize, name: &str, depth: usize) -> Option<Val> {
        let output = self.list.get(t)?.section("Outputs")?.get(name)?;
        Some(self.eval(t, output.get("Value")?, depth + 1))
    }

    fn sub(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        let (text, variables) = match argument.items() {
            [text, variables] => (text, Some(variables)),
            [text] => (text, None),
            _ => (argument, None),
        };
        let text = text.scalar()?;
        let variables = variables.map_or(&[][..], Node::entries);
        let variables: Vec<(&str, Val)> = variables
            .iter()
            .map(|own| (&*own.key, self.eval(t, &own.value, depth)))
            .collect();
        let mut parts = Vec::new();
        let mut rest: &str = &text;
        while let Some((before, after)) = at_variable(rest) {
            parts.extend(some_text(at, before));
            let Some((name, behind)) = after.split_once('}') else {
                parts.push(Val::text(at, "${"));
                rest = after;
                continue;
            };
            parts.push(self.sub_part(t, name, &variables, at, depth));
            rest = behind;
        }
        parts.extend(some_text(at, rest));
        let mut value = self.concat(at, parts);
        value.at = argument.at;
        Some(value)
    }

    /// Joins parts to a text; one that is longer than people write costs steps, so that texts that
    /// hold each other again and again end.
    fn concat(&self, at: At, parts: Vec<Val>) -> Val {
        let weight: usize = parts.iter().map(weight).sum();
        if weight > LONG && !self.steps(weight / LONG_PER_STEP) {
            let message = "a text becomes too long (`--max-steps`)".to_owned();
            self.note(&Code::CUT_AT_BOUND, at, message);
            return Val::new(at, Data::Open("…".into()));
        }
        Val::concat(at, parts)
    }

    fn sub_part(
        &self,
        t: usize,
        name: &str,
        variables: &[(&str, Val)],
        at: At,
        depth: usize,
    ) -> Val {
        if let Some(literal) = name.strip_prefix('!') {
            return Val::text(at, format!("${{{literal}}}"));
        }
        let name = name.trim();
        if let Some((_, value)) = variables.iter().find(|(own, _)| *own == name) {
            return value.clone();
        }
        match name.split_once('.') {
            Some((id, attribute)) => self.attribute_of(t, id.into(), attribute.into(), at, depth),
            None => self.pseudo(name, at).unwrap_or_else(|| {
                let name = name.into();
                self.reference(t, &name, at, depth)
            }),
        }
    }

    fn join(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        let [separator, list] = argument.items() else {
            return None;
        };
        let separator = self.eval(t, separator, depth).rendered()?;
        let list = self.eval(t, list, depth);
        let mut parts = Vec::new();
        for (i, item) in list.items().iter().enumerate() {
            if i > 0 {
                parts.push(Val::text(at, &separator));
            }
            parts.push(item.clone());
        }
        Some(self.concat(at, parts))
    }

    fn choose(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        let [name, yes, no] = argument.items() else {
            return None;
        };
        let name = name.text()?;
        let side = |node| self.eval(t, node, depth);
        Some(match self.condition(t, name, depth) {
            Some(true) => side(yes),
            Some(false) => side(no),
            None => {
                let (condition, yes, no) = (name.clone(), side(yes), side(no));
                Val::new(at, Data::Either(Box::new(Either { condition, yes, no })))
            }
        })
    }

    fn select(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        let [index, list] = argument.items() else {
            return None;
        };
        let index = self.eval(t, index, depth).plain_text();
        let index = index.and_then(|text| text.parse::<usize>().ok());
        let list = self.eval(t, list, depth);
        match (&list.data, index) {
            (Data::List(items), Some(index)) => items.get(index).cloned(),
            (Data::List(_), None) => Some(open(at, "Fn::Select")),
            _ => Some(list),
        }
    }

    fn split(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        let [separator, text] = argument.items() else {
            return None;
        };
        let separator = self.eval(t, separator, depth).rendered()?;
        let text = self.eval(t, text, depth);
        let parts = match text.data {
            Data::Concat(parts) => parts.into_vec(),
            Data::Text(_) => vec![text],
            // The parts of an attribute are not known; each still refers to it.
            _ => return Some(text),
        };
        if separator.is_empty() {
            return None;
        }
        let mut items: Vec<Vec<Val>> = vec![Vec::new()];
        for part in parts {
            let Some(plain) = part.as_text() else {
                items.last_mut()?.push(part);
                continue;
            };
            for (i, piece) in plain.split(&*separator).enumerate() {
                if i > 0 {
                    items.push(Vec::new());
                }
                items.last_mut()?.push(Val::text(at, piece));
            }
        }
        let items = items
            .into_iter()
            .map(|parts| Val::concat(at, parts))
            .collect();
        Some(Val::new(at, Data::List(items)))
    }

    fn find_in_map(&self, t: usize, argument: &Node, at: At, depth: usize) -> Option<Val> {
        let [map, first, second, rest @ ..] = argument.items() else {
            return None;
        };
        let key = |node: &Node| self.eval(t, node, depth).plain_text();
        let mappings = self.list.get(t)?.section("Mappings");
        let found = (|| {
            let map = mappings?.get(&key(map)?)?;
            map.get(&key(first)?)?.get(&key(second)?)
        })();
        if let Some(found) = found {
            let mut value = self.eval(t, found, depth);
            value.at = at;
            return Some(value);
        }
        let default = rest.first().and_then(|options| options.get("DefaultValue"));
        Some(default.map_or_else(
            || open(at, "Fn::FindInMap"),
            |node| self.eval(t, node, depth),
        ))
    }

    fn import_value(&self, t: usize, argument: &Node, at: At, depth: usize) -> Val {
        let name = self.eval(t, argument, depth).rendered().unwrap_or_default();
        let exports = self.exports.borrow();
        match exports.find(&name) {
            Some((owner, node)) => {
                let mut value = self.eval(*owner, node, depth + 1);
                value.at = at;
                value
            }
            None => open(at, &["export:", &name].concat()),
        }
    }

    /// `AWS::Include` has been put in place when the template was loaded; other macros stay open.
    fn transform(&self, t: usize, argument: &Node, at: At, depth: usize) -> Val {
        match argument.get(INCLUDED) {
            Some(document) => self.eval(t, document, depth),
            None => open(at, "Fn::Transform"),
        }
    }
}

/// Splits a text at the first `${`.
fn at_variable(text: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find('$')?;
        if let Some(after) = text.get(at + 1..)?.strip_prefix('{') {
            return Some((text.get(..at)?, after));
        }
        from = at + 1;
    }
}

fn some_text(at: At, text: &str) -> Option<Val> {
    (!text.is_empty()).then(|| Val::text(at, text))
}

fn is_there(value: &Val) -> bool {
    !matches!(value.data, Data::Null)
}
