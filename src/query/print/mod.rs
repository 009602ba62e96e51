//! Tree to text: `Display` for every node of the AST, so that what is printed parses to the same
//! tree.
//!
//! Takes a tree, gives one line. Parentheses stand only where the tree needs them; names are quoted
//! where they must be. Knows no graph and no width of a page.

mod clauses;
mod expressions;
mod names;
mod patterns;

use crate::query::ast::{SingleQuery, Statement, Union};
use std::fmt::{Display, Formatter, Result};

impl Display for Statement {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}", self.first)?;
        self.unions
            .iter()
            .try_for_each(|union| write!(f, " {union}"))
    }
}

impl Display for Union {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let all = if self.all { " ALL" } else { "" };
        write!(f, "UNION{all} {}", self.query)
    }
}

impl Display for SingleQuery {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        joined(f, &self.clauses, " ")
    }
}

/// Writes items with something between them.
fn joined<T: Display>(f: &mut Formatter<'_>, items: &[T], between: &str) -> Result {
    for (count, item) in items.iter().enumerate() {
        if count > 0 {
            f.write_str(between)?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

/// Writes a part that may be there, with words before it.
fn part<T: Display>(f: &mut Formatter<'_>, before: &str, part: Option<&T>) -> Result {
    part.map_or(Ok(()), |part| write!(f, "{before}{part}"))
}
