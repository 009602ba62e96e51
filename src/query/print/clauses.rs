//! Clauses.

use super::names::{Dotted, Word};
use super::{joined, part};
use crate::query::ast::{
    Clause, ClauseKind, Match, Name, Pattern, ProcedureCall, Projection, ProjectionItem,
    RemoveItem, SetItem, SortItem, Yield,
};
use std::fmt::{Display, Formatter, Result};

impl Display for Clause {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.kind)
    }
}

impl Display for ClauseKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Match(clause) => write!(f, "{clause}"),
            Self::Unwind { list, name } => write!(f, "UNWIND {list} AS {name}"),
            Self::With(projection) => write!(f, "WITH {projection}"),
            Self::Return(projection) => write!(f, "RETURN {projection}"),
            Self::Create(patterns) => listed(f, "CREATE ", patterns),
            Self::Merge {
                pattern,
                on_create,
                on_match,
            } => merge(f, pattern, on_create, on_match),
            Self::Set(items) => listed(f, "SET ", items),
            Self::Remove(items) => listed(f, "REMOVE ", items),
            Self::Delete { detach, targets } => listed(
                f,
                if *detach { "DETACH DELETE " } else { "DELETE " },
                targets,
            ),
            Self::Call(call) => write!(f, "{call}"),
            Self::Subquery { imports, body } => subquery(f, imports.as_deref(), body),
            Self::Foreach { name, list, body } => {
                write!(f, "FOREACH ({name} IN {list} | ")?;
                joined(f, body, " ")?;
                f.write_str(")")
            }
        }
    }
}

fn listed<T: Display>(f: &mut Formatter<'_>, word: &str, items: &[T]) -> Result {
    f.write_str(word)?;
    joined(f, items, ", ")
}

fn merge(
    f: &mut Formatter<'_>,
    pattern: &Pattern,
    on_create: &[SetItem],
    on_match: &[SetItem],
) -> Result {
    write!(f, "MERGE {pattern}")?;
    for (word, items) in [(" ON CREATE SET ", on_create), (" ON MATCH SET ", on_match)] {
        if !items.is_empty() {
            listed(f, word, items)?;
        }
    }
    Ok(())
}

fn subquery(
    f: &mut Formatter<'_>,
    imports: Option<&[Name]>,
    body: &crate::query::ast::Statement,
) -> Result {
    f.write_str("CALL ")?;
    if let Some(names) = imports {
        f.write_str("(")?;
        joined(f, names, ", ")?;
        f.write_str(") ")?;
    }
    write!(f, "{{ {body} }}")
}

impl Display for Match {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(if self.optional {
            "OPTIONAL MATCH "
        } else {
            "MATCH "
        })?;
        joined(f, &self.patterns, ", ")?;
        part(f, " WHERE ", self.filter.as_ref())
    }
}

impl Display for Projection {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.distinct {
            f.write_str("DISTINCT ")?;
        }
        if self.star {
            f.write_str(if self.items.is_empty() { "*" } else { "*, " })?;
        }
        joined(f, &self.items, ", ")?;
        if !self.order.is_empty() {
            listed(f, " ORDER BY ", &self.order)?;
        }
        part(f, " SKIP ", self.skip.as_ref())?;
        part(f, " LIMIT ", self.limit.as_ref())?;
        part(f, " WHERE ", self.filter.as_ref())
    }
}

impl Display for ProjectionItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.expr)?;
        part(f, " AS ", self.alias.as_ref())
    }
}

impl Display for SortItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.expr)?;
        f.write_str(if self.descending { " DESC" } else { "" })
    }
}

impl Display for SetItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Property { target, key, value } => {
                write!(f, "{}.{} = {value}", target.as_subject(), Word(&key.text))
            }
            Self::Properties { target, add, value } => {
                write!(f, "{target} {} {value}", if *add { "+=" } else { "=" })
            }
            Self::Labels { target, labels } => with_labels(f, target, labels),
        }
    }
}

impl Display for RemoveItem {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Property { target, key } => {
                write!(f, "{}.{}", target.as_subject(), Word(&key.text))
            }
            Self::Labels { target, labels } => with_labels(f, target, labels),
        }
    }
}

fn with_labels(f: &mut Formatter<'_>, target: &Name, labels: &[Name]) -> Result {
    write!(f, "{target}")?;
    labels
        .iter()
        .try_for_each(|label| write!(f, ":{}", Word(&label.text)))
}

impl Display for ProcedureCall {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "CALL {}", Dotted(&self.name.text))?;
        if let Some(arguments) = &self.arguments {
            listed(f, "(", arguments)?;
            f.write_str(")")?;
        }
        part(f, " YIELD ", self.yields.as_ref())
    }
}

impl Display for Yield {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if self.star {
            f.write_str("*")?;
        }
        for (count, (field, name)) in self.items.iter().enumerate() {
            f.write_str(if count > 0 { ", " } else { "" })?;
            write!(f, "{field}")?;
            part(f, " AS ", name.as_ref())?;
        }
        part(f, " WHERE ", self.filter.as_ref())
    }
}
