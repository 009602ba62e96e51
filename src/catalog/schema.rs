//! The shape of the catalog's tables, as a person writes them in `data/`.
//!
//! Read by three: the build script packs the tables through these types, the program reads the
//! packed form, and `--catalog DIR` reads a folder of the same files. Knows nothing of what a name
//! refers to; that is `verify`'s business. Uses nothing of the crate, because the build script
//! takes this file by its path.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::collections::BTreeMap;
use std::fmt;

/// A service, a feature of one, or a thing outside: whatever a name can mean.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// The name that never changes; of a service also the name of its file.
    pub id: String,
    /// The name in full, as the vendor writes it.
    pub name: String,
    /// The category, `integration.queue`; a feature has its service's where it names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The label that resources of this service carry in a loaded architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The short name that `archq edges` prints.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Namespaces of CloudFormation types that belong to it, `AWS::SQS`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cloudformation: Vec<String>,
    /// The service that this one is a member of: a family, or the load balancers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// Whether it can be had; active where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Other names and abbreviations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Korean names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub korean: Vec<String>,
    /// Usual misspellings: understood, never shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misspelt: Vec<String>,
    /// Sourced statements.
    #[serde(default, rename = "fact", skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What goes out from it.
    #[serde(default, rename = "integration", skip_serializing_if = "Vec::is_empty")]
    pub integrations: Vec<Integration>,
    /// Parts with a meaning of their own.
    #[serde(default, rename = "feature", skip_serializing_if = "Vec::is_empty")]
    pub features: Vec<System>,
}

/// Whether a service can be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Which of the two; what is neither is active.
    pub is: Standing,
    /// The day it came about.
    pub since: String,
    /// What to use in its place, or what still works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The key of the page that says so.
    pub source: String,
}

/// How a service stands that is not simply active.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Works for those who have it; nobody new gets it.
    ClosedToNew,
    /// Gone.
    Ended,
}

/// One sourced statement about a system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The name that never changes.
    pub id: String,
    /// What is told; one key per meaning over all systems, listed in `keys.toml`.
    pub key: String,
    /// Today's value; a quantity is a number in the base unit.
    pub value: Datum,
    /// The unit of a number, listed in `units.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The statement in a sentence.
    pub statement: String,
    /// A condition or an exception.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The key of the page or model it was read from; `general` where there is none to cite.
    pub source: String,
    /// Keys of further pages that say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The day it was looked at.
    pub checked: String,
    /// An older value that is still met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Datum>,
    /// Whether the older value was once true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was_status: Option<Was>,
}

/// What became of an older value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Was {
    /// It was true once.
    Outdated,
    /// It never was.
    Wrong,
}

/// A value as a table holds it.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// A list of values.
    List(Vec<Datum>),
}

/// One edge of the catalog: what its owner can do to `to`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Integration {
    /// The system at the other end.
    pub to: String,
    /// A kind of `kinds.toml`.
    pub kind: String,
    /// How it works, in a few words.
    pub mechanism: String,
    /// Who waits for whom; absent where nothing is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// The feature that it goes through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// What limits it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// The integration lists that it is a row of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lists: Vec<String>,
    /// The names under which other material knows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
    /// The key of the page or model it was read from; `general` where there is none to cite.
    pub source: String,
    /// Keys of further pages that say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The day it was looked at.
    pub checked: String,
}

/// Who waits for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mode {
    /// The caller waits for the answer.
    #[serde(rename = "sync")]
    Sync,
    /// The caller hands over and goes on.
    #[serde(rename = "async")]
    Async,
    /// The end fetches when it is ready.
    #[serde(rename = "poll")]
    Poll,
    /// The caller chooses.
    #[serde(rename = "sync or async")]
    SyncOrAsync,
}

/// A table `externals.toml`: ends outside AWS.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Externals {
    /// The ends.
    #[serde(default, rename = "external")]
    pub externals: Vec<System>,
}

/// A page or an API model that facts were read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The name that facts use.
    pub key: String,
    /// The title of the page.
    pub title: String,
    /// Its public address; only general knowledge has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What was looked at: the page, a copy of it, the API model.
    pub seen: String,
}

/// A table `sources.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// The sources.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
}

/// What a fact can tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The key.
    pub name: String,
    /// What a value under it says, in one line.
    pub means: String,
    /// The dimension of its numbers, where it holds numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimension: Option<String>,
}

/// A table `keys.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The keys.
    #[serde(default, rename = "key")]
    pub keys: Vec<Key>,
}

/// A unit of a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The name that facts use, in the singular.
    pub name: String,
    /// What it measures; numbers of one dimension can be compared.
    pub dimension: String,
    /// How a number of it is written, `B`.
    pub symbol: String,
}

/// A table `units.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// The units.
    #[serde(default, rename = "unit")]
    pub units: Vec<Unit>,
}

/// A category of services; a dot leads to a narrower one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// The name, `integration.queue`.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The Korean name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub korean: Option<String>,
}

/// A table `categories.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Categories {
    /// The categories.
    #[serde(default, rename = "category")]
    pub categories: Vec<Category>,
}

/// A complete answer to one question of integration: what can trigger a function, what a rule can
/// reach. Its rows are the integrations that name it, and what is no edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntegrationList {
    /// The name that integrations use.
    pub id: String,
    /// The question it answers.
    pub title: String,
    /// The system that it speaks of.
    pub of: String,
    /// What to know about it as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Rows that are variants and not ends of an edge.
    #[serde(default, rename = "variant", skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
}

/// A row of an integration list that is a way of doing it, not another end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The word of the API.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// How it works, in a few words.
    pub mechanism: String,
    /// Who waits for whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// The key of the page or model it was read from.
    pub source: String,
    /// Keys of further pages that say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The day it was looked at.
    pub checked: String,
}

/// A table `lists.toml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// The lists.
    #[serde(default, rename = "list")]
    pub lists: Vec<IntegrationList>,
}

/// What cannot be done, or only so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// The name that never changes.
    pub id: String,
    /// The systems that it speaks of.
    pub about: Vec<String>,
    /// How it binds.
    pub form: Form,
    /// The statement in a sentence, as it was or as it is.
    pub statement: String,
    /// Present where the statement no longer holds as it stands.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outdated: bool,
    /// What holds today, or an exception.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub today: Option<String>,
    /// What follows for a design.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// The key of the page or model it was read from; `general` where there is none to cite.
    pub source: String,
    /// The day it was looked at.
    pub checked: String,
    /// Facts that say the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
}

/// How a constraint binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// It is not possible.
    Cannot,
    /// It is possible in this way and no other.
    Only,
    /// It has to be so.
    Must,
    /// Something else is needed for it.
    Requires,
    /// It goes no further.
    Limit,
    /// Two things that are taken for one another are not the same.
    NotSame,
}

/// A table `constraints.toml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraints {
    /// The constraints.
    #[serde(default, rename = "constraint")]
    pub constraints: Vec<Constraint>,
}

/// A guide to choosing: options side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// The name that never changes.
    pub id: String,
    /// The name that a question uses, `rds-vs-aurora`.
    pub name: String,
    /// The title for people.
    pub title: String,
    /// What is compared: systems by id, other things by name.
    pub options: Vec<String>,
    /// What to know about it as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The key of the page or model it was read from; `general` where there is none to cite.
    pub source: String,
    /// The day it was looked at.
    pub checked: String,
    /// What is compared about them.
    #[serde(default, rename = "row")]
    pub rows: Vec<ComparisonRow>,
}

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComparisonRow {
    /// What is compared.
    pub attribute: String,
    /// What holds for each option.
    pub values: BTreeMap<String, String>,
}

/// A table `comparisons.toml`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparisons {
    /// The comparisons.
    #[serde(default, rename = "comparison")]
    pub comparisons: Vec<Comparison>,
}

/// A question to answer before choosing a database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its place in the order of asking.
    pub number: u32,
    /// The question.
    pub question: String,
    /// The Korean question.
    pub korean: String,
    /// The key of the facts that answer it.
    pub key: String,
}

/// A table `criteria.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criteria {
    /// The questions.
    #[serde(default, rename = "criterion")]
    pub criteria: Vec<Criterion>,
}

/// A name that is meant to be ambiguous: a question gets the candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ambiguous {
    /// The name.
    pub name: String,
    /// What it can mean.
    pub means: Vec<String>,
}

/// A table `ambiguous.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ambiguities {
    /// The names.
    #[serde(default, rename = "ambiguous")]
    pub ambiguous: Vec<Ambiguous>,
}

/// All tables of a catalog; as it is packed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// Services with their features, by id.
    pub services: Vec<System>,
    /// Ends outside AWS.
    pub externals: Vec<System>,
    /// Pages and models.
    pub sources: Vec<Source>,
    /// What facts tell.
    pub keys: Vec<Key>,
    /// Units of numbers.
    pub units: Vec<Unit>,
    /// Categories.
    pub categories: Vec<Category>,
    /// Integration lists.
    pub lists: Vec<IntegrationList>,
    /// Constraints.
    pub constraints: Vec<Constraint>,
    /// Comparisons.
    pub comparisons: Vec<Comparison>,
    /// Questions before choosing a database.
    pub criteria: Vec<Criterion>,
    /// Names with more than one meaning.
    pub ambiguous: Vec<Ambiguous>,
}

/// Reads a value of any of the kinds that a table may hold.
struct DatumVisitor;

impl<'de> de::Visitor<'de> for DatumVisitor {
    type Value = Datum;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, a text, true or false, or a list of them")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Datum, E> {
        Ok(Datum::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Datum, E> {
        Ok(Datum::Int(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Datum, E> {
        i64::try_from(value)
            .map(Datum::Int)
            .map_err(|_| E::custom("a number that is too large"))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Datum, E> {
        Ok(Datum::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Datum, E> {
        Ok(Datum::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Datum, E> {
        Ok(Datum::Text(value))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Datum, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Datum::List(list))
    }
}

impl<'de> Deserialize<'de> for Datum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DatumVisitor)
    }
}

impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(value) => serializer.serialize_i64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::List(items) => items.serialize(serializer),
        }
    }
}
