//! The rows of `data/types`: what a resource type is, and which edges its properties mean.
//!
//! Shared with the build script, which reads the TOML files with these very types and packs them;
//! names nothing of the program. A row never names code except by a reader's name (`Read`).

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// One file of types: those of one service in one input language.
#[allow(dead_code, reason = "only the build script reads whole files")]
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypeFile {
    /// The types, by name.
    #[serde(rename = "type", default)]
    pub(crate) types: Vec<TypeRow>,
}

/// A text of a row that goes onto every edge or resource which the row makes; all share one copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(crate) struct Name(Arc<str>);

impl Name {
    /// Gives the copy.
    pub(crate) fn share(&self) -> Arc<str> {
        self.0.clone()
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.as_ref().into()
    }
}

/// What a resource of a type is in a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    /// A thing of its own.
    #[default]
    Node,
    /// Joins, permits or configures others; looked through.
    Glue,
    /// Belongs to another resource and is seen as it.
    Part,
    /// Holds others.
    Container,
}

/// One resource type.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypeRow {
    /// The type as a template names it.
    pub(crate) name: String,
    /// The id of its service.
    pub(crate) service: Name,
    /// What it is in a picture.
    #[serde(default, skip_serializing_if = "is_node")]
    pub(crate) role: Role,
    /// The type whose place it can take: the CloudFormation type behind a SAM or Terraform type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) like: Option<String>,
    /// The property that holds its physical name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) naming: Option<String>,
    /// The argument by which a data source asks for its name, where that is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) asked_by: Option<String>,
    /// Its ARN without partition, Region and account: `sqs:${name}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) arn: Option<String>,
    /// ARNs of what lies in it and has no type of its own: `kafka:topic/${name}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) inside: Vec<String>,
    /// The property that names what it stands for; an edge that ends here goes there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) stands_for: Vec<String>,
    /// An edge into it and an edge out of it are one edge past it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) passes: bool,
    /// Properties that name the roles it acts with; what they allow, it may do. `*` are the roles that
    /// others pass to its service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) acts_as: Vec<String>,
    /// Another service where a property says so.
    #[serde(rename = "variant", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) variants: Vec<Variant>,
    /// Where it grants rights.
    #[serde(rename = "grant", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) grants: Vec<GrantRule>,
    /// The kind of edge when another resource names it and no rule says why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) named: Option<Named>,
    /// The edges that its properties mean.
    #[serde(rename = "edge", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) edges: Vec<EdgeRule>,
    /// The resources that it makes without the template naming them.
    #[serde(rename = "make", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) makes: Vec<MakeRule>,
}

fn is_node(role: &Role) -> bool {
    *role == Role::Node
}

/// A service that a resource of a type belongs to under a condition.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Variant {
    /// The id of the service.
    pub(crate) service: Name,
    /// All have to hold.
    pub(crate) when: Vec<When>,
}

/// Where a resource grants rights: a policy document, or the name of a policy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GrantRule {
    /// The property with the document, or with a list of documents and names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) document: Option<String>,
    /// The property with names or ARNs of policies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<String>,
    /// The property that names who gets the rights; the resource itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<String>,
}

/// The kind for a plain mention of a resource.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    /// The kind.
    pub(crate) kind: Name,
    /// The edge runs from the resource that is named to the one that names it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) backwards: bool,
    /// Attributes that are its network address. Where there are some, the kind is meant for one that
    /// acts with rights and is given such an address: a program that connects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) addresses: Vec<String>,
}

/// A property that means an edge.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EdgeRule {
    /// Its name, on every edge it makes.
    pub(crate) id: Name,
    /// Runs once for every item here; paths that start with `@` are inside the item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) each: Option<String>,
    /// All have to hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) when: Vec<When>,
    /// Where the edge starts; the resource itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<EndRule>,
    /// Where the edge ends; the resource itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<EndRule>,
    /// A kind, or `by TABLE`, which asks the type of the end.
    pub(crate) kind: Name,
    /// How: `event source mapping`, `redrive policy`.
    pub(crate) mechanism: Name,
    /// Whether the source waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) mode: Option<Mode>,
    /// Properties to keep on the edge.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) keep: BTreeMap<Name, String>,
    /// The kind to assume where nothing else joins the ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) assume: Option<Name>,
    /// Only a hint: no stub where the end is not found.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) hint: bool,
    /// Whether an end that is not found is worth a stub; worked out when it is first asked.
    #[serde(skip)]
    pub(crate) stubs: OnceCell<bool>,
    /// The bit of the property without which it finds nothing; worked out when it is first asked.
    #[serde(skip)]
    pub(crate) needs: OnceCell<u64>,
}

/// Whether and for what the source waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    /// For the answer.
    Sync,
    /// For nothing.
    Async,
    /// The target fetches.
    Poll,
}

/// A condition on a property; an open value fulfils it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct When {
    /// The property.
    pub(crate) path: String,
    /// One of these texts, without regard to case; with `*` at the end the start of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) is: Vec<String>,
    /// None of these texts, written as above.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) is_not: Vec<String>,
    /// Is there, or is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) exists: Option<bool>,
}

/// One end of an edge.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndRule {
    /// The property that names the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// How to read it.
    #[serde(default, skip_serializing_if = "is_plain")]
    pub(crate) read: Read,
    /// Types the end can have; tells a name from a name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) types: Vec<String>,
    /// A service instead of a resource, or the service of an end that is not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) service: Option<Cow<'static, str>>,
    /// The resource id to take when the property is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) default: Option<String>,
}

/// How the text of a property names its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Read {
    /// A reference, an ARN, a URL or a name.
    #[default]
    Plain,
    /// Every reference, ARN or name inside.
    Every,
    /// A logical id, as SAM takes in some places.
    LogicalId,
    /// An address: a host name or URL; what is no resource is a host outside.
    Address,
    /// The end of a subscription: an ARN, a URL, a mail address, a number.
    Endpoint,
    /// The name or ARN of an event bus; `default` is the default bus.
    Bus,
    /// A service principal or the source of an event pattern: `aws.s3`.
    ServiceName,
    /// The principals of a policy document.
    Principals,
    /// An action of a service in a URI: `arn:…:apigateway:…:sqs:path/…`, `arn:aws:scheduler:::aws-sdk:…`.
    Action,
    /// An OpenAPI document, or the path of one: every integration in it.
    Openapi,
    /// The authorizers of an OpenAPI document.
    OpenapiAuthorizers,
    /// A state machine's definition, or the path of one: every task in it.
    States,
    /// A metric's dimension.
    Dimension,
}

fn is_plain(read: &Read) -> bool {
    *read == Read::Plain
}

/// A resource that a resource makes: an event of a function makes a mapping or a rule.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MakeRule {
    /// Runs once for every item here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) each: Option<String>,
    /// All have to hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) when: Vec<When>,
    /// The type that is made.
    #[serde(rename = "type")]
    pub(crate) type_name: String,
    /// Its id: `${id}` is the maker's, `${key}` the key of the item.
    pub(crate) id: String,
    /// Its properties: `@.Properties.Queue` is taken from the item, `Queue` from the maker, `$self` is
    /// the maker, `=TEXT` is a text. Keys may be paths.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) properties: BTreeMap<String, String>,
}

/// A file of tables that belong to no type.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tables {
    /// Kinds by the type of the target.
    #[serde(default)]
    pub(crate) by_target: BTreeMap<String, BTreeMap<String, String>>,
    /// What an action means: the first pattern that fits.
    #[serde(rename = "action", default)]
    pub(crate) actions: Vec<ActionRow>,
    /// What a call of a service means: `dynamodb:putItem`.
    #[serde(rename = "call", default)]
    pub(crate) calls: Vec<CallRow>,
    /// The service behind the first part of an action or an ARN.
    #[serde(default)]
    pub(crate) prefixes: BTreeMap<String, String>,
    /// The service behind a principal or an event source.
    #[serde(default)]
    pub(crate) principals: BTreeMap<String, String>,
    /// Label and contract name of a service.
    #[serde(rename = "service", default)]
    pub(crate) services: BTreeMap<String, ServiceRow>,
    /// Named policies of SAM and AWS.
    #[serde(rename = "policy", default)]
    pub(crate) policies: Vec<PolicyRow>,
    /// Dimension names of a metric namespace and the type each names.
    #[serde(default)]
    pub(crate) dimensions: BTreeMap<String, BTreeMap<String, String>>,
    /// What a SAM connector between two types means.
    #[serde(rename = "connector", default)]
    pub(crate) connectors: Vec<ConnectorRow>,
    /// Properties of a SAM type that `Globals` may set, by the section's name.
    #[serde(default)]
    pub(crate) globals: BTreeMap<String, String>,
}

/// What the actions of a policy mean.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActionRow {
    /// Patterns with `*`: `dynamodb:Get*`.
    pub(crate) of: Vec<String>,
    /// The kind; absent where the action says nothing about the architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
}

/// One call of a service.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallRow {
    /// `sqs:sendMessage`.
    pub(crate) call: String,
    /// What it means.
    pub(crate) kind: String,
    /// The arguments that name the end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) arguments: Vec<String>,
    /// The type of the end.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub(crate) type_name: Option<String>,
}

/// How a service is written elsewhere.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceRow {
    /// The label of its resources: `SQS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<String>,
    /// The type that an end without a resource counts as: `AWS::Lambda::Function`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) main: Option<String>,
    /// Its short name where it differs from the id: `apigateway`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) contract: Option<String>,
}

/// A policy known by name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyRow {
    /// Its name: `DynamoDBCrudPolicy`.
    pub(crate) name: String,
    /// What it allows.
    pub(crate) actions: Vec<String>,
    /// Its parameters and the type each names; without any it allows the actions on everything.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) parameters: BTreeMap<String, String>,
}

/// One pair of types that a connector joins.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConnectorRow {
    /// The type of the source.
    pub(crate) from: String,
    /// The type of the destination.
    pub(crate) to: String,
    /// `Read` or `Write`.
    pub(crate) permission: String,
    /// What it means.
    pub(crate) kind: String,
    /// The kind to assume where nothing else joins the two: what it grants serves an integration that
    /// is declared elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) assume: Option<String>,
}
