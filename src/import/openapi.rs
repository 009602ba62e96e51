//! OpenAPI documents with the integrations and authorizers of an API Gateway API.

use super::action;
use super::candidate::Candidate;
use super::finder::Finder;
use super::path;
use super::schema::{EndRule, Read};
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
    let plain = EndRule::default();
    for name in ["uri", "integrationSubtype", "integrationsubtype"] {
        for hit in path::walk(integration, None, name) {
            let around = Some(integration);
            all.extend(action::targets(finder, &hit, &plain, around, stack));
        }
    }
    for name in ["connectionId", "integrationTarget"] {
        for hit in path::walk(integration, None, name) {
            let found = finder.ends(&hit, &plain, stack, false);
            all.extend(found.into_iter().map(Candidate::from));
        }
    }
    all
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
