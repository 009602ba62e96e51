//! State machine definitions in the Amazon States Language: what each task calls.

use super::action;
use super::arn;
use super::candidate::Candidate;
use super::endpoint::End;
use super::finder::Finder;
use super::path::{self, Hit};
use super::schema::{EndRule, Mode, Read};
use super::types;
use super::value::Val;
use crate::model::Value;
use std::sync::Arc;

/// Gives what the tasks of a definition call. Recursion is bounded by the nesting of documents.
pub(crate) fn tasks(finder: &Finder<'_>, definition: &Val, stack: u32) -> Vec<Candidate> {
    let mut all = Vec::new();
    machine(finder, definition, stack, &mut all);
    all
}

fn machine(finder: &Finder<'_>, definition: &Val, stack: u32, all: &mut Vec<Candidate>) {
    for (name, state) in definition.get("States").map_or(&[][..], Val::entries) {
        let from = all.len();
        task(finder, state, stack, all);
        for part in ["ItemReader", "ResultWriter"] {
            state
                .get(part)
                .into_iter()
                .for_each(|part| task(finder, part, stack, all));
        }
        for candidate in all.iter_mut().skip(from) {
            candidate
                .keep
                .push(("state".into(), Value::Text(name.clone())));
        }
        for branch in state.get("Branches").map_or(&[][..], Val::items) {
            machine(finder, branch, stack, all);
        }
        for inner in ["Iterator", "ItemProcessor"] {
            state
                .get(inner)
                .into_iter()
                .for_each(|inner| machine(finder, inner, stack, all));
        }
    }
}

fn task(finder: &Finder<'_>, state: &Val, stack: u32, all: &mut Vec<Candidate>) {
    let arguments = state.get("Parameters").or_else(|| state.get("Arguments"));
    for hit in path::walk(state, None, "Resource") {
        let text = hit.value.rendered().unwrap_or_default();
        let from = all.len();
        match arn::arn(&text).filter(|arn| arn.service == "states" && text.contains(":::")) {
            Some(arn) => integration(finder, arn.rest, &hit, arguments, stack, all),
            None => all.extend(direct(finder, &hit, stack)),
        }
        for candidate in all.iter_mut().skip(from) {
            candidate.found.condition = hit.condition.clone();
        }
    }
}

/// Reads a task that names a function or an activity itself.
fn direct(finder: &Finder<'_>, hit: &Hit<'_>, stack: u32) -> Vec<Candidate> {
    let rule = EndRule {
        types: vec!["AWS::Lambda::Function".to_owned()],
        ..EndRule::default()
    };
    let found = finder.ends(hit, &rule, stack, true);
    let candidates = found.into_iter().map(|found| {
        let activity = finder.stem(&found.end) == "AWS::StepFunctions::Activity";
        let mut candidate = Candidate::from(found);
        candidate.kind = Some("TRIGGERS".into());
        candidate.mode = Some(if activity { Mode::Poll } else { Mode::Sync });
        candidate
    });
    candidates.collect()
}

/// Reads `lambda:invoke`, `sqs:sendMessage.waitForTaskToken`, `aws-sdk:s3:getObject`.
fn integration(
    finder: &Finder<'_>,
    name: &str,
    hit: &Hit<'_>,
    arguments: Option<&Val>,
    stack: u32,
    all: &mut Vec<Candidate>,
) {
    let name = name.strip_prefix("aws-sdk:").unwrap_or(name);
    let (call, pattern) = name.split_once('.').unwrap_or((name, ""));
    let Some((prefix, verb)) = call.split_once(':') else {
        return;
    };
    let service = service_of_call(prefix);
    let known = known_ends(finder, call, arguments, stack).into_iter();
    let mut ends: Vec<End> = known.map(|end| action::in_service(end, prefix)).collect();
    if ends.is_empty() {
        let inside = arguments.map(|value| action::every_resource(finder, value, service, stack));
        ends = inside.unwrap_or_default();
    }
    if ends.is_empty() {
        ends.push(End::service(service));
    }
    let kind: Arc<str> = action::kind_of_call(prefix, verb).into();
    for end in ends {
        let mut candidate = Candidate::from(finder.found(end, hit.value.at, None));
        candidate.kind = Some(kind.clone());
        candidate.mode = Some(Mode::Sync);
        candidate.keep.push(("call".into(), Value::text(call)));
        if !pattern.is_empty() {
            candidate
                .keep
                .push(("pattern".into(), Value::text(pattern)));
        }
        all.push(candidate);
    }
}

fn service_of_call(prefix: &str) -> &str {
    match prefix {
        "http" => "internet",
        "sfn" => types::service_of_prefix("states").unwrap_or(prefix),
        prefix => types::service_of_prefix(prefix).unwrap_or(prefix),
    }
}

/// Gives the ends that the arguments of a known call name; a dynamic argument names none.
fn known_ends(finder: &Finder<'_>, call: &str, arguments: Option<&Val>, stack: u32) -> Vec<End> {
    let (Some(row), Some(arguments)) = (types::call(call), arguments) else {
        return Vec::new();
    };
    let mut ends = Vec::new();
    for path in &row.arguments {
        let rule = EndRule {
            types: row.type_name.clone().into_iter().collect(),
            read: if call == "http:invoke" {
                Read::Address
            } else {
                Read::Plain
            },
            ..EndRule::default()
        };
        for hit in path::walk(arguments, None, path) {
            let dynamic = hit
                .value
                .as_text()
                .is_some_and(|text| text.trim().starts_with("{%"));
            if !dynamic && ends.is_empty() {
                let found = finder.ends(&hit, &rule, stack, true);
                ends.extend(found.into_iter().map(|found| found.end));
            }
        }
    }
    ends
}
