//! Patterns and label expressions.

use super::names::Word;
use super::{joined, part};
use crate::query::ast::{
    Arrow, EdgePattern, Group, LabelExpr, Length, NodePattern, PathMode, Pattern, PatternPart,
    Selector,
};
use std::fmt::{Display, Formatter, Result};

impl Display for Pattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(name) = &self.name {
            write!(f, "{name} = ")?;
        }
        write!(f, "{}{}", self.selector, self.mode)?;
        joined(f, &self.parts, "")
    }
}

impl Pattern {
    /// As a value or condition: selectors only in the older spelling, `shortestPath(…)`.
    pub(super) fn as_value(&self, f: &mut Formatter<'_>) -> Result {
        match self.selector {
            Selector::AnyShortest => f.write_str("shortestPath(")?,
            Selector::AllShortest => f.write_str("allShortestPaths(")?,
            _ => return joined(f, &self.parts, ""),
        }
        joined(f, &self.parts, "")?;
        f.write_str(")")
    }
}

impl Display for Selector {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::All => Ok(()),
            Self::AnyShortest => f.write_str("ANY SHORTEST "),
            Self::AllShortest => f.write_str("ALL SHORTEST "),
            Self::Shortest(count) => write!(f, "SHORTEST {count} "),
            Self::ShortestGroups(count) => write!(f, "SHORTEST {count} GROUPS "),
            Self::Any(count) => write!(f, "ANY {count} "),
        }
    }
}

impl Display for PathMode {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Default => "",
            Self::Trail => "TRAIL ",
            Self::Acyclic => "ACYCLIC ",
            Self::Simple => "SIMPLE ",
            Self::Walk => "WALK ",
        })
    }
}

impl Display for PatternPart {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Node(node) => write!(f, "{node}"),
            Self::Edge(edge) => write!(f, "{edge}"),
            Self::Group(group) => write!(f, "{group}"),
        }
    }
}

impl Display for NodePattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("(")?;
        part(f, "", self.name.as_ref())?;
        part(f, ":", self.labels.as_ref())?;
        let blank = self.name.is_some() || self.labels.is_some();
        part(f, if blank { " " } else { "" }, self.properties.as_ref())?;
        part(f, " WHERE ", self.filter.as_ref())?;
        f.write_str(")")
    }
}

impl Display for EdgePattern {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(if self.arrow == Arrow::Left { "<-" } else { "-" })?;
        let length = self.length.filter(|length| !length.quantifier);
        let name = self.name.is_some() || self.kinds.is_some() || length.is_some();
        if name || self.properties.is_some() || self.filter.is_some() {
            f.write_str("[")?;
            part(f, "", self.name.as_ref())?;
            part(f, ":", self.kinds.as_ref())?;
            part(f, "", length.as_ref())?;
            part(f, if name { " " } else { "" }, self.properties.as_ref())?;
            part(f, " WHERE ", self.filter.as_ref())?;
            f.write_str("]")?;
        }
        f.write_str(if self.arrow == Arrow::Right {
            "->"
        } else {
            "-"
        })?;
        part(
            f,
            "",
            self.length.filter(|length| length.quantifier).as_ref(),
        )
    }
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.quantifier {
            write!(f, "{{")?;
            part(f, "", self.min.as_ref())?;
            f.write_str(",")?;
            part(f, "", self.max.as_ref())?;
            return f.write_str("}");
        }
        match (self.min, self.max) {
            (None, None) => f.write_str("*"),
            (Some(min), Some(max)) if min == max => write!(f, "*{min}"),
            _ => {
                part(f, "*", self.min.as_ref())?;
                f.write_str(if self.min.is_none() { "*.." } else { ".." })?;
                part(f, "", self.max.as_ref())
            }
        }
    }
}

impl Display for Group {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "({}", self.pattern)?;
        part(f, " WHERE ", self.filter.as_ref())?;
        f.write_str(")")?;
        part(f, "", self.length.as_ref())
    }
}

impl Display for LabelExpr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Name(name) => write!(f, "{}", Word(&name.text)),
            Self::And(left, right) => pair(f, left, self.sign(), right, self.level()),
            Self::Or(left, right) => pair(f, left, self.sign(), right, self.level()),
            Self::Not(inner) => {
                f.write_str("!")?;
                inner.at_level(f, self.level())
            }
            Self::Any => f.write_str("%"),
        }
    }
}

/// The left side may be of the same level, the right side has to bind more strongly.
fn pair(
    f: &mut Formatter<'_>,
    left: &LabelExpr,
    sign: &str,
    right: &LabelExpr,
    level: u8,
) -> Result {
    left.at_level(f, level)?;
    f.write_str(sign)?;
    right.at_level(f, level + 1)
}

impl LabelExpr {
    fn level(&self) -> u8 {
        match self {
            Self::Or(..) => 0,
            Self::And(..) => 1,
            Self::Not(..) => 2,
            Self::Name(_) | Self::Any => 3,
        }
    }

    /// Names alone are joined the way openCypher does it.
    fn sign(&self) -> &'static str {
        match self {
            Self::Or(..) => "|",
            _ if self.is_plain() => ":",
            _ => "&",
        }
    }

    fn is_plain(&self) -> bool {
        match self {
            Self::Name(_) => true,
            Self::And(left, right) => left.is_plain() && right.is_plain(),
            _ => false,
        }
    }

    fn at_level(&self, f: &mut Formatter<'_>, level: u8) -> Result {
        if self.level() < level {
            write!(f, "({self})")
        } else {
            write!(f, "{self}")
        }
    }
}
