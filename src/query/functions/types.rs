//! Sets of types, for what a function takes and gives.

use crate::model::Temporal;
use crate::model::Value;
use std::fmt;
use std::fmt::Display;
use std::fmt::Formatter;

/// A set of value types. Null belongs to every type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u32);

impl Types {
    /// No type but null.
    pub const NULL: Self = Self(0);
    /// True or false.
    pub const BOOLEAN: Self = Self(1);
    /// A 64-bit integer.
    pub const INTEGER: Self = Self(1 << 1);
    /// A double.
    pub const FLOAT: Self = Self(1 << 2);
    /// A string.
    pub const STRING: Self = Self(1 << 3);
    /// A list.
    pub const LIST: Self = Self(1 << 4);
    /// A map.
    pub const MAP: Self = Self(1 << 5);
    /// A node.
    pub const NODE: Self = Self(1 << 6);
    /// A relationship.
    pub const RELATIONSHIP: Self = Self(1 << 7);
    /// A path.
    pub const PATH: Self = Self(1 << 8);
    /// A date.
    pub const DATE: Self = Self(1 << 9);
    /// A time of day without a zone.
    pub const LOCAL_TIME: Self = Self(1 << 10);
    /// A time of day with an offset.
    pub const TIME: Self = Self(1 << 11);
    /// A date and time without a zone.
    pub const LOCAL_DATETIME: Self = Self(1 << 12);
    /// A date and time in a zone.
    pub const DATETIME: Self = Self(1 << 13);
    /// A duration.
    pub const DURATION: Self = Self(1 << 14);

    /// An integer or a float.
    pub const NUMBER: Self = Self::INTEGER.or(Self::FLOAT);
    /// Any instant.
    pub const INSTANT: Self = Self::DATE
        .or(Self::LOCAL_TIME)
        .or(Self::TIME)
        .or(Self::LOCAL_DATETIME)
        .or(Self::DATETIME);
    /// Any type at all.
    pub const ANY: Self = Self((1 << 15) - 1);

    /// Joins two sets.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Tells whether a value of one of the types `given` may be meant: they share a type, or
    /// `given` is null.
    #[must_use]
    pub const fn accepts(self, given: Self) -> bool {
        given.0 == 0 || self.0 & given.0 != 0
    }

    /// Gives the type of a value.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Int(_) => Self::INTEGER,
            Value::Float(_) => Self::FLOAT,
            Value::Text(_) => Self::STRING,
            Value::List(_) => Self::LIST,
            Value::Map(_) => Self::MAP,
            Value::Node(_) => Self::NODE,
            Value::Edge(_) => Self::RELATIONSHIP,
            Value::Path(_) => Self::PATH,
            Value::Temporal(temporal) => Self::of_temporal(temporal),
        }
    }

    fn of_temporal(temporal: &Temporal) -> Self {
        match temporal {
            Temporal::Date(_) => Self::DATE,
            Temporal::LocalTime(_) => Self::LOCAL_TIME,
            Temporal::Time(_) => Self::TIME,
            Temporal::LocalDateTime(_) => Self::LOCAL_DATETIME,
            Temporal::DateTime(_) => Self::DATETIME,
            Temporal::Duration(_) => Self::DURATION,
        }
    }
}

const NAMES: [(Types, &str); 15] = [
    (Types::BOOLEAN, "BOOLEAN"),
    (Types::INTEGER, "INTEGER"),
    (Types::FLOAT, "FLOAT"),
    (Types::STRING, "STRING"),
    (Types::LIST, "LIST"),
    (Types::MAP, "MAP"),
    (Types::NODE, "NODE"),
    (Types::RELATIONSHIP, "RELATIONSHIP"),
    (Types::PATH, "PATH"),
    (Types::DATE, "DATE"),
    (Types::LOCAL_TIME, "LOCAL TIME"),
    (Types::TIME, "ZONED TIME"),
    (Types::LOCAL_DATETIME, "LOCAL DATETIME"),
    (Types::DATETIME, "ZONED DATETIME"),
    (Types::DURATION, "DURATION"),
];

impl Display for Types {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if *self == Self::ANY {
            return f.write_str("ANY");
        }
        let names = NAMES.iter().filter(|(one, _)| self.0 & one.0 != 0);
        let names: Vec<&str> = names.map(|(_, name)| *name).collect();
        match names.split_last() {
            None => f.write_str("NULL"),
            Some((last, [])) => f.write_str(last),
            Some((last, rest)) => write!(f, "{} or {last}", rest.join(", ")),
        }
    }
}
