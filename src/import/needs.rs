//! What a rule cannot do without, so that most rules of a type are passed over at a glance.
//!
//! A rule whose items or ends lie under a property that is not there finds nothing. Names of
//! properties are told by a bit each, which some share; where the bit is there, the rule runs and
//! looks for itself.

use super::schema::{EdgeRule, EndRule};
use super::value::{Data, Val};

/// Set for every resource, and all that a rule needs which can do without any property.
const ALWAYS: u64 = 1 << 63;

/// Gives the bits of the properties of a resource; all of them where these are not a plain map.
pub(crate) fn bits_of(properties: &Val) -> u64 {
    match &properties.data {
        Data::Map(entries) => entries
            .iter()
            .fold(ALWAYS, |bits, (key, _)| bits | bit(key)),
        _ => u64::MAX,
    }
}

/// Gives the bit that has to be among those of a resource for a rule to find anything.
pub(crate) fn bit_of(rule: &EdgeRule) -> u64 {
    let names = [&rule.each.as_deref(), &path(&rule.from), &path(&rule.to)];
    let first = names.into_iter().find_map(|path| *path);
    first.and_then(name).map_or(ALWAYS, bit)
}

/// Gives the path without which an end is not found.
fn path(end: &Option<EndRule>) -> Option<&str> {
    let end = end.as_ref()?;
    match end.default {
        Some(_) => None,
        None => end.path.as_deref(),
    }
}

/// Gives the property that a path starts with; none where it starts inside an item, or anywhere.
fn name(path: &str) -> Option<&str> {
    let name = path.split(['.', '[']).next()?;
    (!name.is_empty() && !name.starts_with('@') && name != "*").then_some(name)
}

fn bit(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let end = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    let told = bytes.len() + 5 * end(bytes.first()) + 11 * end(bytes.last());
    1 << (told % 63)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tree::At;

    fn ending(path: &str, default: Option<&str>) -> Option<EndRule> {
        Some(EndRule {
            path: Some(path.into()),
            default: default.map(Into::into),
            ..EndRule::default()
        })
    }

    fn runs(rule: &EdgeRule, keys: &[&str]) -> bool {
        let null = || Val::new(At::default(), Data::Null);
        let entries = keys.iter().map(|key| ((*key).into(), null()));
        let map = Val::new(At::default(), Data::Map(entries.collect()));
        bits_of(&map) & bit_of(rule) != 0
    }

    #[test]
    fn passes_over_a_rule_whose_property_is_not_there() {
        let rule = EdgeRule {
            to: ending("Targets[*].Arn", None),
            ..EdgeRule::default()
        };
        assert!(runs(&rule, &["Name", "Targets"]));
        assert!(!runs(&rule, &["Name"]));
        assert!(!runs(&rule, &[]));
    }

    #[test]
    fn runs_a_rule_that_finds_something_without_any_property() {
        for path in ["*", "@.Arn"] {
            let to = ending(path, None);
            assert!(
                runs(
                    &EdgeRule {
                        to,
                        ..EdgeRule::default()
                    },
                    &[]
                ),
                "{path}"
            );
        }
        let to = ending("ApiId", Some("ServerlessHttpApi"));
        assert!(runs(
            &EdgeRule {
                to,
                ..EdgeRule::default()
            },
            &[]
        ));
    }

    #[test]
    fn runs_every_rule_over_properties_that_are_no_map() {
        let rule = EdgeRule {
            each: Some("Events.*".into()),
            ..EdgeRule::default()
        };
        let text = Val::text(At::default(), "{}");
        assert_ne!(bits_of(&text) & bit_of(&rule), 0);
    }
}
