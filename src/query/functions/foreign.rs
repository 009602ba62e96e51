//! Functions of other languages, and how the same is had here.
//!
//! Looked up only for a name that is no function here.

const SIZE: &str = "letters and items are counted by `size(…)`";
const JOIN: &str = "texts are joined by `+`";
const ELSE: &str = "a value in place of null is had by `coalesce(…, …)`";
const CHOICE: &str = "a choice is written `CASE WHEN … THEN … ELSE … END`";
const NOW: &str = "the time is `datetime()`, the day `date()`";
const THERE: &str = "whether there is a value is asked by `n.key IS NOT NULL`";
const PART: &str = "one text in another is found by `CONTAINS`";
const ITEM: &str = "an item in a list is found by `IN`";
const LIST: &str = "values are gathered by `collect(…)`";
const TYPE: &str = "types are changed by functions such as `toInteger(…)` and `toString(…)`";
const REGEX: &str = "a text is matched by a regular expression with `=~`";

const FOREIGN: &[(&str, &str)] = &[
    ("len", SIZE),
    ("strlen", SIZE),
    ("array_length", SIZE),
    ("cardinality", SIZE),
    ("concat", JOIN),
    ("concat_ws", JOIN),
    ("strcat", JOIN),
    ("ifnull", ELSE),
    ("isnull", ELSE),
    ("nvl", ELSE),
    ("if", CHOICE),
    ("iif", CHOICE),
    ("decode", CHOICE),
    ("now", NOW),
    ("getdate", NOW),
    ("sysdate", NOW),
    ("current_date", NOW),
    ("current_timestamp", NOW),
    ("has", THERE),
    ("instr", PART),
    ("charindex", PART),
    ("position", PART),
    ("indexof", PART),
    ("includes", ITEM),
    ("array_contains", ITEM),
    ("group_concat", LIST),
    ("string_agg", LIST),
    ("listagg", LIST),
    ("array_agg", LIST),
    ("cast", TYPE),
    ("convert", TYPE),
    ("str", TYPE),
    ("typeof", "the type of a value is told by `valueType(…)`"),
    ("regexp_like", REGEX),
    ("matches", REGEX),
    ("mod", "what a division leaves is had by `%`"),
    ("pow", "a power is written `x ^ 2`"),
    ("power", "a power is written `x ^ 2`"),
    ("median", "the middle value is `percentileCont(x, 0.5)`"),
    ("first", "the first item is `head(list)`"),
];

/// Tells how the same is had here, without regard to case.
pub(super) fn instead_of(name: &str) -> Option<&'static str> {
    let mut rows = FOREIGN.iter();
    rows.find(|(foreign, _)| foreign.eq_ignore_ascii_case(name))
        .map(|(_, help)| *help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::functions::find;

    #[test]
    fn what_is_foreign_is_no_function_here() {
        let ours = FOREIGN.iter().filter(|(name, _)| find(name).is_some());
        assert_eq!(ours.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
    }
}
