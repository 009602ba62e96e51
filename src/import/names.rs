//! Physical names and ARNs of the loaded resources, for texts that name one without a reference.

use super::arn::{self, Arn};
use super::path;
use super::resource::{Model, ResourceId};
use super::types::{Types, fits};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Who carries which name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    by_name: FxHashMap<Arc<str>, Vec<ResourceId>>,
    /// Names that start with a slash, without it: so policies name a parameter.
    by_name_after_slash: FxHashMap<Arc<str>, Vec<ResourceId>>,
    by_arn: FxHashMap<String, Vec<ResourceId>>,
    of: FxHashMap<ResourceId, Arc<str>>,
}

impl Names {
    /// Collects the names of all resources of a model.
    pub(crate) fn new(model: &Model, types: &Types) -> Self {
        let mut names = Self::default();
        for (id, resource) in model.each() {
            let Some(row) = types.row(&resource.type_name) else {
                continue;
            };
            let Some(naming) = row.naming.as_deref() else {
                continue;
            };
            for properties in resource.instances() {
                if let Some(name) = path::text(properties, None, naming) {
                    names.add(id, &name, row.arn.iter().chain(&row.inside));
                }
            }
        }
        names
    }

    /// Adds a name of a resource; the first is the one that is shown.
    fn add<'r>(&mut self, id: ResourceId, name: &Arc<str>, arns: impl Iterator<Item = &'r String>) {
        self.by_name.entry(name.clone()).or_default().push(id);
        if let Some(rest) = name.strip_prefix('/') {
            let known = self.by_name_after_slash.entry(rest.into());
            known.or_default().push(id);
        }
        for arn in arns {
            let in_arn = match arn.ends_with("/${name}") {
                true => name.trim_start_matches('/'),
                false => name,
            };
            let key = match arn.strip_suffix("${name}") {
                Some(before) => [before, in_arn].concat(),
                None => arn.replace("${name}", in_arn),
            };
            self.by_arn.entry(key).or_default().push(id);
        }
        self.of.entry(id).or_insert_with(|| name.clone());
    }

    /// Gives the physical name of a resource.
    pub(crate) fn of(&self, id: ResourceId) -> Option<&Arc<str>> {
        self.of.get(&id)
    }

    /// Finds the resources that an ARN, a queue URL, an S3 address or a name means, as seen from a
    /// stack: several where the ARN is a pattern.
    pub(crate) fn find(&self, asked: &Asked<'_>, text: &str) -> Vec<ResourceId> {
        match arn::arn(text) {
            Some(arn) => self.find_arn(asked, &arn),
            None => self.find_name(asked, text).into_iter().collect(),
        }
    }

    fn find_name(&self, asked: &Asked<'_>, text: &str) -> Option<ResourceId> {
        if let Some(queue) = arn::queue_of_url(text) {
            return self.find_key(asked, &format!("sqs:{queue}"));
        }
        if let Some(rest) = text.strip_prefix("s3://") {
            let bucket = rest.split('/').next().unwrap_or(rest);
            return self.find_key(asked, &format!("s3:{bucket}"));
        }
        if let Some(repository) = arn::repository_of_image(text) {
            return self.find_key(asked, &format!("ecr:repository/{repository}"));
        }
        let host = text.contains('.').then(|| arn::host(text));
        if let Some(bucket) = host.and_then(arn::bucket_of_host) {
            return self.find_key(asked, &format!("s3:{bucket}"));
        }
        if asked.expected.is_empty() {
            return None;
        }
        let known = self.by_name.get(text);
        asked.choose(known.or_else(|| self.by_name_after_slash.get(text))?)
    }

    fn find_arn(&self, asked: &Asked<'_>, arn: &Arn<'_>) -> Vec<ResourceId> {
        let rest = arn.rest.strip_suffix("-??????").unwrap_or(arn.rest);
        let mut key = match (arn.service, rest.strip_prefix("execution:")) {
            ("states", Some(run)) => format!("states:stateMachine:{run}"),
            (service, _) => [service, ":", rest].concat(),
        };
        let start = arn.service.len() + 1;
        loop {
            let rest = key.get(start..).unwrap_or_default();
            let found = match wildcard_in_name(rest) {
                true => self.find_pattern(asked, &key),
                false => self.find_key(asked, &key).into_iter().collect(),
            };
            match last_separator(rest) {
                Some(end) if found.is_empty() => key.truncate(start + end),
                _ => return found,
            }
        }
    }

    fn find_key(&self, asked: &Asked<'_>, key: &str) -> Option<ResourceId> {
        asked.choose(self.by_arn.get(key)?)
    }

    fn find_pattern(&self, asked: &Asked<'_>, pattern: &str) -> Vec<ResourceId> {
        let fitting = self.by_arn.iter().filter(|(key, _)| fits(pattern, key));
        let mut found: Vec<ResourceId> = fitting.filter_map(|(_, ids)| asked.choose(ids)).collect();
        found.sort_unstable();
        found
    }
}

/// Finds what the last part of an ARN stands behind.
fn last_separator(rest: &str) -> Option<usize> {
    rest.bytes().rposition(|byte| matches!(byte, b'/' | b':'))
}

/// Tells whether a pattern still says something about the name: `topic:orders-*` and
/// `parameter/orders/*` do, `topic:*` does not.
fn wildcard_in_name(rest: &str) -> bool {
    let (before, name) = match last_separator(rest) {
        Some(end) => rest.split_at(end),
        None => ("", rest),
    };
    let open = name.bytes().any(|byte| matches!(byte, b'*' | b'?'));
    open && (name.chars().any(char::is_alphanumeric) || last_separator(before).is_some())
}

/// Who asks for a name, and what would be right.
pub(crate) struct Asked<'a> {
    pub(crate) model: &'a Model,
    pub(crate) types: &'a Types,
    /// The stack that the text stands in.
    pub(crate) stack: u32,
    /// The types that the end can have.
    pub(crate) expected: &'a [String],
}

impl Asked<'_> {
    /// Chooses among resources of one name: the own stack before others, which count only where the
    /// name holds nothing that is each stack's own.
    fn choose(&self, ids: &[ResourceId]) -> Option<ResourceId> {
        let fitting = |id: &&ResourceId| {
            let type_name = &self.model.resource(**id).type_name;
            self.types.is_one_of(type_name, self.expected)
        };
        let own = |id: &&ResourceId| self.model.resource(**id).stack == self.stack;
        let found = ids.iter().filter(fitting).find(own);
        found.or_else(|| ids.iter().find(fitting)).copied()
    }
}
