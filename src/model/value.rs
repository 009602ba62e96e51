//! Values of properties, parameters and answers, as openCypher 9 has them.
//!
//! Equality and order in the sense of the language (three-valued, numbers across types) are the
//! language's business and live in `query`; `PartialEq` here is structural.

use super::map::ValueMap;
use super::temporal::Temporal;
use super::view::{EdgeId, NodeId};
use std::sync::Arc;

/// A value; cheap to clone, what is large is shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// Nothing known.
    #[default]
    Null,
    /// True or false.
    Bool(bool),
    /// A 64-bit integer.
    Int(i64),
    /// A double; may be NaN or infinite.
    Float(f64),
    /// A string.
    Text(Arc<str>),
    /// A list of values of any types.
    List(Arc<Vec<Value>>),
    /// A map from names to values.
    Map(Arc<ValueMap>),
    /// A node of the graph that was asked.
    Node(NodeId),
    /// A relationship of the graph that was asked.
    Edge(EdgeId),
    /// A walk through the graph that was asked.
    Path(Arc<Path>),
    /// A date, a time, an instant or a duration.
    Temporal(Arc<Temporal>),
}

/// A walk: one node more than edges; an edge may have been walked against its direction.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The nodes in the order walked; never empty.
    pub nodes: Vec<NodeId>,
    /// The edges in the order walked.
    pub edges: Vec<EdgeId>,
}

impl Value {
    /// Makes a string value.
    #[must_use]
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    /// Makes a list value.
    #[must_use]
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(Arc::new(items))
    }

    /// Makes a map value.
    #[must_use]
    pub fn map(map: ValueMap) -> Self {
        Self::Map(Arc::new(map))
    }

    /// Tells whether the value is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Gives the text of a string value.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Gives the number of an integer value.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            _ => None,
        }
    }

    /// Gives the items of a list value.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Value]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// Gives the entries of a map value.
    #[must_use]
    pub fn as_map(&self) -> Option<&ValueMap> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Names the type as the language does (`INTEGER`, `LIST`, `NODE`, …).
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Bool(_) => "BOOLEAN",
            Self::Int(_) => "INTEGER",
            Self::Float(_) => "FLOAT",
            Self::Text(_) => "STRING",
            Self::List(_) => "LIST",
            Self::Map(_) => "MAP",
            Self::Node(_) => "NODE",
            Self::Edge(_) => "RELATIONSHIP",
            Self::Path(_) => "PATH",
            Self::Temporal(temporal) => temporal.type_name(),
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::list(items)
    }
}
