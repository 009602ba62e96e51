//! Values to ends of edges: the resource that a property names, or an honest end outside.

use super::arn;
use super::names::{Asked, Names};
use super::path::Hit;
use super::resource::{Model, Resource, ResourceId};
use super::schema::{EndRule, Read, Role, TypeRow};
use super::tree::At;
use super::types::{self, Types};
use super::value::{Data, Ref, Val};
use std::rc::Rc;
use std::sync::Arc;

/// One end of an edge.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum End {
    /// Something loaded.
    Resource(ResourceId),
    /// Something that is not.
    Outside(Outside),
}

impl End {
    /// Gives the resource, if it is one.
    pub(crate) fn resource(&self) -> Option<ResourceId> {
        match self {
            Self::Resource(id) => Some(*id),
            Self::Outside(_) => None,
        }
    }
}

/// An end outside of what was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Outside {
    /// What is known of it: an ARN, a host, a parameter, the name of a service.
    pub(crate) id: Arc<str>,
    /// The id of its service, empty where it is not known.
    pub(crate) service: Arc<str>,
    /// Why it is outside.
    pub(crate) why: &'static str,
}

impl Outside {
    /// Makes the end that stands for a service as a whole.
    pub(crate) fn service(id: &str) -> End {
        End::Outside(Outside {
            id: id.into(),
            service: id.into(),
            why: "a service without a resource here",
        })
    }
}

/// An end as a value named it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) end: End,
    pub(crate) at: At,
    pub(crate) condition: Option<Arc<str>>,
    /// Glue that was looked through on the way.
    pub(crate) via: Vec<ResourceId>,
}

/// Finds ends in a model.
pub(crate) struct Finder<'a> {
    pub(crate) model: &'a Model,
    pub(crate) types: &'a Types,
    pub(crate) names: &'a Names,
    /// The rows of the types of all resources, in the order of the resources.
    pub(crate) rows: &'a [Option<Rc<TypeRow>>],
}

/// Ends of attributes of CloudFormation that mean the resource itself.
const ITSELF: [&str; 9] = [
    "Arn", "ARN", "Id", "Name", "Url", "URL", "Endpoint", "URI", "Address",
];

/// Attributes of Terraform that do.
const ITSELF_IN_TERRAFORM: [&str; 12] = [
    "arn",
    "id",
    "name",
    "url",
    "invoke_arn",
    "qualified_arn",
    "execution_arn",
    "stream_arn",
    "function_url",
    "invoke_url",
    "dns_name",
    "domain_name",
];

/// How often one thing may stand for another before we stop.
const STEPS: usize = 8;

impl Finder<'_> {
    /// Gives the row of the type of a resource.
    pub(crate) fn row(&self, id: ResourceId) -> Option<&TypeRow> {
        self.rows.get(id.0 as usize)?.as_deref()
    }

    /// Gives the resources that are made and whose types have rows, in their order.
    pub(crate) fn known(&self) -> impl Iterator<Item = (ResourceId, &Resource, &TypeRow)> {
        let made = self.model.each().filter(|(_, resource)| !resource.left_out);
        made.filter_map(|(id, resource)| Some((id, resource, self.row(id)?)))
    }

    /// Gives the ends that a value names, read as a rule says. `stub` allows ends outside.
    pub(crate) fn ends(&self, hit: &Hit<'_>, rule: &EndRule, stack: u32, stub: bool) -> Vec<Found> {
        let mut ends = Vec::new();
        self.each_end(hit, rule, stack, stub, &mut |found| ends.push(found));
        ends
    }

    /// Calls `see` with the ends that `ends` gives.
    pub(crate) fn each_end(
        &self,
        hit: &Hit<'_>,
        rule: &EndRule,
        stack: u32,
        stub: bool,
        see: &mut dyn FnMut(Found),
    ) {
        let mut search = Search {
            finder: self,
            rule,
            stack,
            stub,
            see,
        };
        search.step(&hit.value, hit.condition.as_ref());
    }

    /// Gives the type that stands for an end in the tables.
    pub(crate) fn stem(&self, end: &End) -> &str {
        match end {
            End::Resource(id) => {
                let like = self.row(*id).and_then(|row| row.like.as_deref());
                like.unwrap_or(&self.model.resource(*id).type_name)
            }
            End::Outside(outside) => {
                let main = types::service(&outside.service).and_then(|row| row.main.as_deref());
                main.unwrap_or("")
            }
        }
    }

    /// Tells whether an address can lead to a thing: what only says which Region is meant has none.
    fn has_address(&self, id: ResourceId) -> bool {
        let row = self.row(id);
        row.is_none_or(|row| row.role != Role::Glue || row.passes || !row.stands_for.is_empty())
    }

    /// Tells whether what is expected would be looked through, and nothing would be seen past it: a
    /// stage that nobody knows is no end of an edge.
    fn is_looked_through(&self, expected: &[String]) -> bool {
        let seen_past = |name: &String| {
            let row = self.types.row(name);
            row.is_some_and(|row| matches!(row.role, Role::Glue | Role::Part) && !row.passes)
        };
        !expected.is_empty() && expected.iter().all(seen_past)
    }

    /// Gives the resources that a value names: by reference, by ARN, by name.
    pub(crate) fn resources(
        &self,
        value: &Val,
        expected: &[String],
        stack: u32,
    ) -> Vec<ResourceId> {
        if let Data::Ref(reference) = &value.data {
            return self.referred(reference, expected).into_iter().collect();
        }
        let Some(text) = value.rendered() else {
            return Vec::new();
        };
        let asked = Asked {
            model: self.model,
            types: self.types,
            stack,
            expected,
        };
        let known = self.names.find(&asked, &text);
        if !known.is_empty() {
            return known;
        }
        match &value.data {
            Data::Concat(parts) => self.named_inside(parts, expected),
            _ => Vec::new(),
        }
    }

    /// Gives the resource that a reference means; one to an argument means what the argument names:
    /// the function of an alias.
    fn referred(&self, reference: &Ref, expected: &[String]) -> Option<ResourceId> {
        let mut reference = reference;
        for _ in 0..STEPS {
            let id = self.model.target(reference)?;
            if self.means_itself(id, reference, expected) {
                return Some(id);
            }
            let argument = reference.attribute.as_deref()?;
            match &self.model.resource(id).properties.get(argument)?.data {
                Data::Ref(next) => reference = next,
                _ => return None,
            }
        }
        None
    }

    /// Tells whether a reference means the resource, and not something of another type that belongs to
    /// it: a network's own security group.
    fn means_itself(&self, id: ResourceId, reference: &Ref, expected: &[String]) -> bool {
        let Some(attribute) = &reference.attribute else {
            return true;
        };
        ITSELF.iter().any(|end| attribute.ends_with(end))
            || ITSELF_IN_TERRAFORM.contains(&&**attribute)
            || self
                .types
                .is_one_of(&self.model.resource(id).type_name, expected)
    }

    /// Gives the resources referred to inside a text, those of the expected types if there are any.
    fn named_inside(&self, parts: &[Val], expected: &[String]) -> Vec<ResourceId> {
        let mut ids: Vec<ResourceId> = whole_references(parts)
            .into_iter()
            .filter_map(|reference| self.model.target(reference))
            .chain(self.named_with_slash(parts))
            .collect();
        let right = |id: &ResourceId| {
            let mut found = found(End::Resource(*id), At::default());
            let own = &self.model.resource(*id).type_name;
            self.types.is_one_of(own, expected) || {
                self.look_through(&mut found);
                self.is_right(&found.end, expected)
            }
        };
        if !expected.is_empty() && ids.iter().any(right) {
            ids.retain(right);
        }
        ids.dedup();
        ids
    }

    /// Gives the resource that ends an ARN right behind the word for its type: `…:parameter${Path}`,
    /// where the name brings the slash.
    fn named_with_slash(&self, parts: &[Val]) -> Option<ResourceId> {
        let [before @ .., last] = parts else {
            return None;
        };
        let Data::Ref(reference) = &last.data else {
            return None;
        };
        let word = before.last()?.as_text()?.rsplit(':').next()?;
        let id = self.model.target(reference)?;
        let pattern = self.row(id)?.arn.as_deref()?;
        let (_, pattern) = pattern.split_once(':')?;
        let stem = pattern.strip_suffix("/${name}")?;
        (stem == word).then_some(id)
    }

    fn is_right(&self, end: &End, expected: &[String]) -> bool {
        match end {
            End::Resource(id) => self
                .types
                .is_one_of(&self.model.resource(*id).type_name, expected),
            End::Outside(_) => false,
        }
    }

    /// Makes the end outside that a text describes; the Region or account that a stack is in itself
    /// is not outside.
    pub(crate) fn outside(&self, text: &str, rule: &EndRule) -> Option<End> {
        let is_here = text.starts_with("${AWS::") && text.find('}') == Some(text.len() - 1);
        if text.is_empty() || text == "*" || text.starts_with("alias/aws/") || is_here {
            return None;
        }
        let by_rule = || {
            let of_type = rule.types.first().and_then(|name| self.types.row(name));
            let own = rule.service.as_deref().map(Arc::from);
            own.or_else(|| of_type.map(|row| row.service.share()))
        };
        let (id, service, why) = match (arn::arn(text), rule.read) {
            (Some(arn), _) => {
                let service = types::service_of_prefix(arn.service).map(Arc::from);
                (
                    text,
                    service.or_else(by_rule),
                    "an ARN that nothing here has",
                )
            }
            (None, Read::Address | Read::Endpoint) => return Some(address(text)),
            (None, _) if text.starts_with("com.amazonaws.") => {
                let prefix = text.rsplit('.').next().unwrap_or(text);
                return types::service_of_prefix(prefix).map(Outside::service);
            }
            (None, _) if text.contains("://") => return Some(address(text)),
            (None, _) if text.starts_with("${") => (text, by_rule(), "a value that stays open"),
            (None, _) => (text, by_rule(), "a name that nothing here has"),
        };
        Some(End::Outside(Outside {
            id: id.into(),
            service: service.unwrap_or_default(),
            why,
        }))
    }

    /// Replaces an end that stands for another by that other: an alias by its function.
    pub(crate) fn look_through(&self, found: &mut Found) {
        for _ in 0..STEPS {
            let End::Resource(id) = found.end else {
                return;
            };
            let Some(next) = self.stands_for(id) else {
                return;
            };
            found.via.push(id);
            found.end = End::Resource(next);
        }
    }

    fn stands_for(&self, id: ResourceId) -> Option<ResourceId> {
        let resource = self.model.resource(id);
        let row = self.row(id)?;
        if row.role == Role::Node || row.stands_for.is_empty() {
            return None;
        }
        let hits = row
            .stands_for
            .iter()
            .flat_map(|path| super::path::walk(&resource.properties, None, path));
        let mut ids = hits.flat_map(|hit| self.resources(&hit.value, &[], resource.stack));
        ids.find(|next| *next != id)
    }
}

/// A search for the ends that one value names.
struct Search<'s> {
    finder: &'s Finder<'s>,
    rule: &'s EndRule,
    stack: u32,
    /// Ends outside are found too.
    stub: bool,
    see: &'s mut dyn FnMut(Found),
}

impl Search<'_> {
    /// Searches a value under a condition, the innermost one.
    fn step(&mut self, value: &Val, condition: Option<&Arc<str>>) {
        match &value.data {
            Data::Either(name, both) => {
                self.step(&both.0, Some(name));
                self.step(&both.1, Some(name));
            }
            Data::List(items) => items.iter().for_each(|item| self.step(item, condition)),
            Data::Map(entries) if self.rule.read == Read::Every => {
                let values = entries.iter().map(|(_, value)| value);
                values.for_each(|value| self.step(value, condition));
            }
            Data::Null | Data::Map(_) => {}
            _ => self.scalar(value, condition),
        }
    }

    fn scalar(&mut self, value: &Val, condition: Option<&Arc<str>>) {
        let (finder, rule) = (self.finder, self.rule);
        let mut ids = finder.resources(value, &rule.types, self.stack);
        if ids.is_empty() && rule.read == Read::LogicalId {
            let id = value.as_text();
            ids.extend(id.and_then(|id| finder.model.find(self.stack, id)));
        }
        if rule.read == Read::Address {
            ids.retain(|id| finder.has_address(*id));
        }
        for id in &ids {
            self.found(End::Resource(*id), value.at, condition);
        }
        if ids.is_empty() && self.stub && !finder.is_looked_through(&rule.types) {
            let end = value
                .rendered()
                .and_then(|text| finder.outside(&text, rule));
            if let Some(end) = end {
                self.found(end, value.at, condition);
            }
        }
    }

    fn found(&mut self, end: End, at: At, condition: Option<&Arc<str>>) {
        let mut found = Found {
            condition: condition.cloned(),
            ..found(end, at)
        };
        self.finder.look_through(&mut found);
        (self.see)(found);
    }
}

fn found(end: End, at: At) -> Found {
    Found {
        end,
        at,
        condition: None,
        via: Vec::new(),
    }
}

fn address(text: &str) -> End {
    if arn::queue_of_url(text).is_some() {
        return End::Outside(Outside {
            id: text.into(),
            service: "sqs".into(),
            why: "a queue that nothing here has",
        });
    }
    let host = arn::host(text);
    if !text.contains("://")
        && (text.contains('@') || text.starts_with("${") || !host.contains('.'))
    {
        return End::Outside(Outside {
            id: text.into(),
            service: "".into(),
            why: "a person or an address that is not known",
        });
    }
    let of_host = arn::service_of_host(host).and_then(types::service_of_prefix);
    End::Outside(Outside {
        id: host.into(),
        service: of_host.unwrap_or("internet").into(),
        why: "an address outside",
    })
}

/// Colons before the part of an ARN that names something: what stands before is Region or account.
const ARN_COLONS: usize = 5;

fn colons_of(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b':').count()
}

/// Lists the references of a text that are whole words of it: `…:${Queue}/*`, and not
/// `${Bucket}-copy`, which is the name of something else, nor the account in an ARN.
fn whole_references(parts: &[Val]) -> Vec<&Ref> {
    let text_of = |i: Option<usize>| i.and_then(|i| parts.get(i)).and_then(Val::as_text);
    let is_arn = text_of(Some(0)).is_some_and(|text| text.starts_with("arn:"));
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_".contains(c));
    let mut colons = 0;
    let mut found = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        colons += part.as_text().map_or(0, colons_of);
        let Data::Ref(reference) = &part.data else {
            continue;
        };
        let before = text_of(i.checked_sub(1)).and_then(|text| text.chars().next_back());
        let after = text_of(Some(i + 1)).and_then(|text| text.chars().next());
        let names = !is_arn || colons >= ARN_COLONS;
        if names && !joined(before) && !joined(after) {
            found.push(reference);
        }
    }
    found
}
