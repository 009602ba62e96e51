//! Paths of rules: `Targets[*].Arn`, `Events.*`, `@.Properties.Queue`.
//!
//! A path also goes through both sides of an open condition and through JSON inside a text, and
//! `[*]` takes a single value for a list.

use super::embedded;
use super::value::{Data, Val};
use std::borrow::Cow;
use std::sync::Arc;

/// A value that a path leads to.
#[derive(Clone, Debug)]
pub(crate) struct Hit<'a> {
    /// The value.
    pub(crate) value: Cow<'a, Val>,
    /// The key that `.*` took, the last one if there are several.
    pub(crate) key: Option<Arc<str>>,
    /// The condition on the way, the innermost one.
    pub(crate) condition: Option<Arc<str>>,
}

impl<'a> Hit<'a> {
    /// Starts at a value.
    pub(crate) fn whole(value: &'a Val) -> Self {
        Self {
            value: Cow::Borrowed(value),
            key: None,
            condition: None,
        }
    }

    fn owned(self) -> Hit<'static> {
        Hit {
            value: Cow::Owned(self.value.into_owned()),
            key: self.key,
            condition: self.condition,
        }
    }
}

/// Calls `see` with what a path leads to, from a resource's properties or, after `@`, from an item.
pub(crate) fn each<'a>(
    properties: &'a Val,
    item: Option<&'a Hit<'_>>,
    path: &str,
    see: &mut dyn FnMut(Hit<'a>),
) {
    let mut walk = Walk { see };
    match (path.strip_prefix('@'), item) {
        (Some(rest), Some(item)) => {
            let way = Way {
                key: item.key.clone(),
                condition: item.condition.clone(),
            };
            walk.step(&item.value, rest.trim_start_matches('.'), &way);
        }
        _ => walk.step(properties, path, &Way::default()),
    }
}

/// Gives what a path leads to, as `each` does.
pub(crate) fn walk<'a>(properties: &'a Val, item: Option<&'a Hit<'_>>, path: &str) -> Vec<Hit<'a>> {
    let mut found = Vec::new();
    each(properties, item, path, &mut |hit| found.push(hit));
    found
}

/// Gives the first value of a path that can be written as text.
pub(crate) fn text(properties: &Val, item: Option<&Hit<'_>>, path: &str) -> Option<Arc<str>> {
    let mut text = None;
    each(properties, item, path, &mut |hit| {
        text = text.take().or_else(|| hit.value.rendered());
    });
    text
}

/// What was passed on the way to a value.
#[derive(Clone, Default)]
struct Way {
    key: Option<Arc<str>>,
    condition: Option<Arc<str>>,
}

struct Walk<'s, 'a> {
    see: &'s mut dyn FnMut(Hit<'a>),
}

impl<'a> Walk<'_, 'a> {
    fn step(&mut self, value: &'a Val, path: &str, way: &Way) {
        match &value.data {
            Data::Either(own) => {
                self.step(&own.yes, path, &way.under(own.condition.clone()));
                self.step(
                    &own.no,
                    path,
                    &way.under(format!("not {}", own.condition).into()),
                );
            }
            Data::Null => {}
            _ if path.is_empty() => (self.see)(Hit {
                value: Cow::Borrowed(value),
                key: way.key.clone(),
                condition: way.condition.clone(),
            }),
            _ => match every_item(path) {
                Some(rest) => {
                    value
                        .items()
                        .iter()
                        .for_each(|item| self.step(item, rest, way));
                }
                None => self.named_step(value, path, way),
            },
        }
    }

    fn named_step(&mut self, value: &'a Val, path: &str, way: &Way) {
        let mut letters = path.as_bytes().iter();
        let end = letters.position(|byte| matches!(byte, b'.' | b'['));
        let end = end.unwrap_or(path.len());
        let (name, rest) = path.split_at(end);
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        match &value.data {
            Data::Map(entries) if name == "*" => {
                for (key, value) in entries {
                    self.step(value, rest, &way.through(key.clone()));
                }
            }
            Data::Map(_) => {
                if let Some(value) = value.get(name) {
                    self.step(value, rest, way);
                }
            }
            // Blocks of Terraform are lists even where there is one.
            Data::List(items) => items.iter().for_each(|item| self.step(item, path, way)),
            Data::Text(_) | Data::Concat(_) => self.step_into_text(value, path, way),
            _ => {}
        }
    }

    /// Walks a document inside a text, which does not outlive the walk.
    fn step_into_text(&mut self, value: &Val, path: &str, way: &Way) {
        let Some(inside) = embedded::text(value) else {
            return;
        };
        let mut see = |hit: Hit<'_>| (self.see)(hit.owned());
        Walk { see: &mut see }.step(&inside, path, way);
    }
}

/// Gives what comes behind `[*]`, where a path starts so. Looks at one letter first, for few do.
fn every_item(path: &str) -> Option<&str> {
    path.as_bytes().first().filter(|byte| **byte == b'[')?;
    let rest = path.strip_prefix("[*]")?;
    Some(rest.trim_start_matches('.'))
}

impl Way {
    fn under(&self, condition: Arc<str>) -> Self {
        Self {
            key: self.key.clone(),
            condition: Some(condition),
        }
    }

    fn through(&self, key: Arc<str>) -> Self {
        Self {
            key: Some(key),
            condition: self.condition.clone(),
        }
    }
}
