//! What both readers of YAML mean by a scalar without quotes and by a short tag.

use super::shared::Shared;
use super::{Entry, Node, Tree};
use std::sync::Arc;

/// What the long form of a function starts with.
const LONG_FORM: &str = "Fn::";

/// Names of functions behind short tags.
pub(super) struct Functions {
    /// Room for a name, which starts with `LONG_FORM`.
    name: String,
}

impl Default for Functions {
    fn default() -> Self {
        Self {
            name: LONG_FORM.to_owned(),
        }
    }
}

impl Functions {
    /// Gives the function that a tag means: `Ref` for `!Ref`, `Fn::Sub` for `!Sub`.
    pub(super) fn of(&mut self, tag: &str, shared: &mut Shared) -> Arc<str> {
        if matches!(tag, "Ref" | "Condition") {
            return shared.get(tag);
        }
        self.name.truncate(LONG_FORM.len());
        self.name.push_str(tag);
        shared.get(&self.name)
    }
}

/// Turns a value with the tag `!GetAtt` into `{Fn::GetAtt: value}`.
pub(super) fn called(value: Node, function: Option<Arc<str>>) -> Node {
    let Some(key) = function else {
        return value;
    };
    let at = value.at;
    let data = Tree::Map([Entry { key, at, value }].into());
    Node { at, data }
}

/// Reads a scalar without quotes; gives nothing where it is a text. A number that starts with a zero
/// is one: account ids do.
pub(super) fn plain(text: &str) -> Option<Tree> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Tree::Null),
        "true" | "True" | "TRUE" => return Some(Tree::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Tree::Bool(false)),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if leading_zero || !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let whole = text.parse().map(Tree::Int);
    whole.or_else(|_| text.parse().map(Tree::Float)).ok()
}
