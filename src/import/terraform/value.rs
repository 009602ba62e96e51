//! What a Terraform expression comes to: plain data, or data with named holes.

use indexmap::IndexMap;
use std::sync::Arc;

/// A map with the order in which its keys were written.
pub(crate) type Map = IndexMap<Arc<str>, Val>;

/// A value as far as it can be worked out without a provider.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Val {
    /// `null`.
    #[default]
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text without holes.
    Text(Arc<str>),
    /// A list, a tuple or a set.
    List(Arc<Vec<Val>>),
    /// An object, a map, or the body of a block.
    Map(Arc<Map>),
    /// An attribute of something declared, known after apply.
    Ref(Arc<Reference>),
    /// A text with holes: the parts stand one behind the other.
    Join(Arc<Vec<Val>>),
    /// Not worked out; what it would depend on is known.
    Open(Arc<Open>),
}

/// `aws_sqs_queue.orders.arn`, seen from the root module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Reference {
    /// The address without instance keys: `module.a.aws_sqs_queue.orders`.
    pub(crate) address: Arc<str>,
    /// The attribute and what follows: `["arn"]`.
    pub(crate) path: Vec<Arc<str>>,
}

/// An expression that stays open.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Open {
    /// The expression as a person would read it.
    pub(crate) text: Arc<str>,
    /// The declared things that it names.
    pub(crate) references: Vec<Reference>,
}

impl Val {
    pub(crate) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    pub(crate) fn list(items: Vec<Val>) -> Self {
        Self::List(Arc::new(items))
    }

    pub(crate) fn map(map: Map) -> Self {
        Self::Map(Arc::new(map))
    }

    /// Makes an open value that remembers what it would depend on.
    pub(crate) fn open(text: impl AsRef<str>, references: Vec<Reference>) -> Self {
        Self::Open(Arc::new(Open {
            text: text.as_ref().into(),
            references,
        }))
    }

    /// Makes an open value that depends on nothing declared.
    pub(crate) fn unknown(text: impl AsRef<str>) -> Self {
        Self::open(text, Vec::new())
    }

    /// Joins parts to a text; neighbouring known parts melt into one.
    pub(crate) fn join(parts: Vec<Val>) -> Self {
        let mut melted = Melted::default();
        for part in &parts {
            match part {
                Val::Join(inner) => inner.iter().for_each(|part| melted.push(part)),
                part => melted.push(part),
            }
        }
        melted.finish()
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Val> {
        match self {
            Self::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// Gives the items of a list; any other value but null is a list of itself.
    pub(crate) fn items(&self) -> &[Val] {
        match self {
            Self::Null => &[],
            Self::List(items) => items,
            other => std::slice::from_ref(other),
        }
    }

    /// Tells whether the value has no holes.
    pub(crate) fn is_known(&self) -> bool {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => true,
            Self::List(items) => items.iter().all(Val::is_known),
            Self::Map(map) => map.values().all(Val::is_known),
            Self::Ref(_) | Self::Join(_) | Self::Open(_) => false,
        }
    }

    /// Writes a plain value as text, as `"${…}"` does; `None` for lists, maps and holes.
    pub(crate) fn to_plain_text(&self) -> Option<Arc<str>> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Bool(value) => Some(value.to_string().into()),
            Self::Number(number) => Some(number.to_string().into()),
            _ => None,
        }
    }

    /// Adds the references inside to `found`, until there are so many.
    pub(crate) fn collect_references(&self, found: &mut Vec<Reference>, most: usize) {
        let mut add = |reference: &Reference| {
            if found.len() < most && !found.contains(reference) {
                found.push(reference.clone());
            }
        };
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => {}
            Self::List(items) | Self::Join(items) => {
                (items.iter()).for_each(|item| item.collect_references(found, most));
            }
            Self::Map(map) => (map.values()).for_each(|item| item.collect_references(found, most)),
            Self::Ref(reference) => add(reference),
            Self::Open(open) => open.references.iter().for_each(add),
        }
    }
}

/// Parts of a text, what is known of them melted together.
#[derive(Default)]
struct Melted {
    parts: Vec<Val>,
    /// The known text behind the last part.
    text: String,
}

impl Melted {
    fn push(&mut self, part: &Val) {
        match part {
            Val::Text(text) => self.text.push_str(text),
            part => match part.to_plain_text() {
                Some(text) => self.text.push_str(&text),
                None => {
                    self.close();
                    self.parts.push(part.clone());
                }
            },
        }
    }

    fn close(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(Val::text(std::mem::take(&mut self.text)));
        }
    }

    fn finish(mut self) -> Val {
        self.close();
        match self.parts.len() {
            0 => Val::text(""),
            1 => self.parts.remove(0),
            _ => Val::Join(Arc::new(self.parts)),
        }
    }
}
