//! OpenAPI documents with the integrations and authorizers of an API Gateway API.

use super::action;
use super::endpoint::{End, Finder, Found, Outside};
use super::path;
use super::rules::Candidate;
use super::schema::{EndRule, Read};
use super::types;
use super::value::Val;
use crate::model::Value;

const INTEGRATION: &str = "x-amazon-apigateway-integration";
const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";

/// Gives what the methods of a document integrate with.
pub(crate) fn integrations(finder: &Finder<'_>, document: &Val, stack: u32) -> Vec<Candidate> {
    let mut all = Vec::new();
    for route in path::walk(document, None, "paths.*") {
        for operation in path::walk(&route.value, None, "*") {
            let Some(integration) = operation.value.get(INTEGRATION) else {
                continue;
            };
            let name = route.key.clone().unwrap_or_default();
            let method = operation.key.as_deref().unwrap_or_default();
            let keep = vec![
                ("path".into(), Value::Text(name)),
                ("method".into(), Value::text(method_name(method))),
            ];
            let condition = operation.condition.as_ref().or(route.condition.as_ref());
            for mut candidate in integration_ends(finder, integration, stack) {
                candidate.keep.clone_from(&keep);
                candidate.found.condition = candidate.found.condition.or(condition.cloned());
                all.push(candidate);
            }
        }
    }
    for hit in path::walk(
        document,
        None,
        "components.x-amazon-apigateway-integrations.*",
    ) {
        all.extend(integration_ends(finder, &hit.value, stack));
    }
    all
}

fn method_name(method: &str) -> String {
    match method {
        "x-amazon-apigateway-any-method" => "ANY".to_owned(),
        method => method.to_uppercase(),
    }
}

fn integration_ends(finder: &Finder<'_>, integration: &Val, stack: u32) -> Vec<Candidate> {
    let kind = integration.get_any_case("type").and_then(Val::rendered);
    if kind.is_some_and(|kind| kind.eq_ignore_ascii_case("mock")) {
        return Vec::new();
    }
    let mut all = Vec::new();
    for hit in path::walk(integration, None, "uri") {
        let rule = EndRule::default();
        all.extend(action::targets(
            finder,
            &hit,
            &rule,
            Some(integration),
            stack,
        ));
    }
    let subtype = integration
        .get("integrationSubtype")
        .or_else(|| integration.get("integrationsubtype"));
    if let Some(subtype) = subtype.and_then(Val::rendered) {
        all.extend(first_class(finder, &subtype, integration, stack));
    }
    let link = EndRule::default();
    for name in ["connectionId", "integrationTarget"] {
        for hit in path::walk(integration, None, name) {
            let found = finder.ends(&hit, &link, stack, false);
            all.extend(found.into_iter().map(Candidate::from));
        }
    }
    all
}

/// Reads an HTTP API's own integration: `SQS-SendMessage` with its parameters.
fn first_class(
    finder: &Finder<'_>,
    subtype: &str,
    integration: &Val,
    stack: u32,
) -> Vec<Candidate> {
    let prefix = subtype.split('-').next().unwrap_or(subtype).to_lowercase();
    let prefix = match prefix.as_str() {
        "stepfunctions" => "states",
        "eventbridge" => "events",
        other => other,
    };
    let service = types::service_of_prefix(prefix).unwrap_or(prefix);
    let parameters = integration.get_any_case("requestParameters");
    let mut ends = parameters.map_or_else(Vec::new, |parameters| {
        action::every_resource(finder, parameters, service, stack)
    });
    if ends.is_empty() {
        ends.push(Outside::service(service));
    }
    ends.into_iter().map(|end| at(end, integration)).collect()
}

fn at(end: End, value: &Val) -> Candidate {
    Candidate::from(Found {
        end,
        at: value.at,
        condition: None,
        via: Vec::new(),
    })
}

/// Gives who decides about calls: the user pools, functions and issuers of the security schemes.
pub(crate) fn authorizers(finder: &Finder<'_>, document: &Val, stack: u32) -> Vec<Candidate> {
    let mut all = Vec::new();
    for schemes in ["components.securitySchemes.*", "securityDefinitions.*"] {
        for hit in path::walk(document, None, schemes) {
            let Some(authorizer) = hit.value.get(AUTHORIZER) else {
                continue;
            };
            all.extend(authorizer_ends(finder, authorizer, stack));
        }
    }
    all
}

fn authorizer_ends(finder: &Finder<'_>, authorizer: &Val, stack: u32) -> Vec<Candidate> {
    let mut all = Vec::new();
    let plain = EndRule::default();
    for hit in path::walk(authorizer, None, "authorizerUri") {
        all.extend(action::targets(finder, &hit, &plain, None, stack));
    }
    let pools = EndRule {
        types: vec!["AWS::Cognito::UserPool".to_owned()],
        ..EndRule::default()
    };
    let issuer = EndRule {
        read: Read::Address,
        ..pools.clone()
    };
    for (path, rule) in [
        ("providerARNs[*]", &pools),
        ("jwtConfiguration.issuer", &issuer),
    ] {
        for hit in path::walk(authorizer, None, path) {
            let found = finder.ends(&hit, rule, stack, true);
            all.extend(found.into_iter().map(Candidate::from));
        }
    }
    all
}
