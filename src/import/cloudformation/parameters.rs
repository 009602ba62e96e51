//! Values of parameters and pseudo parameters.

use super::template::{Given, Templates};
use crate::import::tree::{At, Node};
use crate::import::value::{Data, Val};
use std::sync::Arc;

impl Templates {
    /// Gives the value of a parameter: given, by default, or open; none where there is none of the
    /// name.
    pub(super) fn parameter(
        &self,
        template: usize,
        name: &str,
        at: At,
        depth: usize,
    ) -> Option<Val> {
        let own = self.list.get(template)?;
        let declared = own.section("Parameters")?.get(name)?;
        let value = match own.given.get(name) {
            Some(Given::Text(text)) => Some(Val::new(at, Data::Text(text.clone()))),
            Some(Given::From(outer, node)) => Some(self.eval(*outer, node, depth + 1)),
            None => default_value(declared, at),
        };
        let value = value.unwrap_or_else(|| open(at, name));
        Some(match (&value.data, is_list(declared)) {
            (Data::Text(text), true) => split_list(text, at),
            _ => value,
        })
    }

    /// Gives a pseudo parameter, which stays as it is written; there are few, so that each is
    /// written once.
    pub(super) fn pseudo(&self, name: &str, at: At) -> Option<Val> {
        if !name.starts_with("AWS::") {
            return None;
        }
        if name == "AWS::NoValue" {
            return Some(Val::new(at, Data::Null));
        }
        let mut written = self.pseudo.borrow_mut();
        let known = written.get(name).cloned();
        let text = known.unwrap_or_else(|| {
            let text = shown(name);
            written.insert(name.into(), text.clone());
            text
        });
        Some(Val::new(at, Data::Open(text)))
    }
}

/// Gives the default; that of an SSM parameter is a name and not the value.
fn default_value(declared: &Node, at: At) -> Option<Val> {
    let type_name = declared.get("Type").and_then(Node::text);
    if type_name.is_some_and(|name| name.starts_with("AWS::SSM::Parameter::Value")) {
        return None;
    }
    let text = declared.get("Default")?.scalar()?;
    (!text.is_empty()).then(|| Val::new(at, Data::Text(text)))
}

fn is_list(declared: &Node) -> bool {
    let type_name = declared.get("Type").and_then(Node::text);
    type_name.is_some_and(|name| &**name == "CommaDelimitedList" || name.starts_with("List<"))
}

fn split_list(text: &str, at: At) -> Val {
    let items = text
        .split(',')
        .map(|item| Val::text(at, item.trim()))
        .collect();
    Val::new(at, Data::List(items))
}

/// Makes an open value that shows the name.
pub(super) fn open(at: At, name: &str) -> Val {
    Val::new(at, Data::Open(shown(name)))
}

fn shown(name: &str) -> Arc<str> {
    ["${", name, "}"].concat().into()
}
