//! From sources to the graph: the stages in order.

use super::access;
use super::apply;
use super::cloudformation;
use super::detect::{Format, format_of};
use super::edges::edges;
use super::endpoint::Finder;
use super::evidence;
use super::hooks::Hooks;
use super::link::Link;
use super::make;
use super::mentions;
use super::names::Names;
use super::neighbours::{Evaluate, Neighbours};
use super::passing;
use super::resource::Model;
use super::rules;
use super::schema::Role;
use super::terraform;
use super::tree::{self, Entry, Node, Tree, decode};
use super::types::{self, Types};
use super::{Bounds, Counts, Files, Imported, Options, Source};
use crate::diag::{Code, Diagnostic, Place, Severity};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Tells what an input is; `Format::Other` also where it cannot be read.
#[must_use]
pub fn detect(source: &Source) -> Format {
    if terraform::is_configuration(source) {
        return Format::Terraform;
    }
    let mut model = Model::default();
    match read(source, &mut model, &Bounds::default()) {
        Ok(node) => format_of(&node),
        // A broken template is one all the same, so that its reader is told.
        Err(_) if names_a_type(&source.bytes) => Format::CloudFormation,
        Err(_) => Format::Other,
    }
}

fn names_a_type(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.contains("AWSTemplateFormatVersion") || text.contains("AWS::Serverless-2016-10-31")
}

/// Reads inputs into one graph. An input that cannot be read is an error among the diagnostics; the
/// others are still there.
#[must_use]
pub fn import(sources: &[Source], files: &dyn Files, options: &Options) -> Imported {
    let mut model = Model::default();
    let mut templates = cloudformation::Templates::new(&options.bounds);
    let mut found = Vec::new();
    let alone = sources.len() == 1;
    let (configurations, documents): (Vec<&Source>, Vec<&Source>) = sources
        .iter()
        .partition(|source| terraform::is_configuration(source));
    terraform::take_in(&mut model, &configurations, files);
    for source in documents {
        match read(source, &mut model, &options.bounds) {
            Ok(node) => match format_of(&node) {
                Format::CloudFormation => found.push(cloudformation::Read::whole(node)),
                Format::CdkManifest => found.extend(cloudformation::templates_of(
                    &node,
                    &mut model,
                    files,
                    &options.bounds,
                )),
                Format::OpenApi if alone => {
                    found.push(wrapped("AWS::ApiGateway::RestApi", "Body", node))
                }
                Format::StateMachine if alone => {
                    found.push(wrapped(
                        "AWS::StepFunctions::StateMachine",
                        "Definition",
                        node,
                    ));
                }
                Format::OpenApi | Format::StateMachine => {}
                Format::TerraformPlan | Format::TerraformState => {
                    terraform::take_in_shown(&mut model, &node, &source.name);
                }
                _ => model.diagnostics.push(not_ours(&source.name)),
            },
            Err(error) => model.diagnostics.push(error),
        }
    }
    let found = without_nested(without_twins(found, &model), &model);
    cloudformation::load(&mut model, &mut templates, found, files, options);
    let evaluate = |stack, node: &Node| templates.evaluate_beside(stack, node);
    finish(model, &evaluate, files, options)
}

/// Takes a definition that stands alone for the resource that would hold it.
fn wrapped(type_name: &str, property: &str, node: Node) -> cloudformation::Read {
    let at = node.at;
    let map = |entries: Vec<(&str, Node)>| Node {
        at,
        data: Tree::Map(
            entries
                .into_iter()
                .map(|(key, value)| Entry {
                    key: key.into(),
                    at,
                    value,
                })
                .collect(),
        ),
    };
    let kind = Node {
        at,
        data: Tree::Text(type_name.into()),
    };
    let properties = map(vec![(property, node)]);
    let resource = map(vec![("Type", kind), ("Properties", properties)]);
    let name = type_name.rsplit("::").next().unwrap_or(type_name);
    let resources = map(vec![(name, resource)]);
    cloudformation::Read::whole(map(vec![("Resources", resources)]))
}

fn not_ours(name: &str) -> Diagnostic {
    let message = "neither a CloudFormation template nor anything else we read";
    Diagnostic::error(&Code::UNKNOWN_INPUT_FORMAT, message)
        .in_file(Place {
            file: name.into(),
            line: 1,
            column: 1,
        })
        .expected("a CloudFormation or SAM template, or what a CDK app puts out")
}

/// Leaves out templates that a manifest among the inputs has named already.
fn without_twins(found: Vec<cloudformation::Read>, model: &Model) -> Vec<cloudformation::Read> {
    let named: FxHashSet<Arc<str>> = found
        .iter()
        .filter(|read| read.is_named())
        .map(|read| read.file(model))
        .collect();
    let twin = |read: &cloudformation::Read| !read.is_named() && named.contains(&read.file(model));
    found.into_iter().filter(|read| !twin(read)).collect()
}

/// Leaves out templates that another of the inputs nests: they are read with it. Templates that nest
/// each other in a ring stay.
fn without_nested(found: Vec<cloudformation::Read>, model: &Model) -> Vec<cloudformation::Read> {
    let nested: FxHashSet<String> = found
        .iter()
        .flat_map(|read| read.nested_files(model))
        .collect();
    let is_nested = |read: &cloudformation::Read| nested.contains(&*read.file(model));
    match found.iter().all(is_nested) {
        true => found,
        false => found.into_iter().filter(|read| !is_nested(read)).collect(),
    }
}

/// Reads one input to a document.
fn read(source: &Source, model: &mut Model, bounds: &Bounds) -> Result<Node, Diagnostic> {
    let place = |line| Place {
        file: source.name.as_str().into(),
        line,
        column: 1,
    };
    if source.bytes.len() > bounds.file_size {
        let message = format!("more than {} bytes", bounds.file_size);
        return Err(Diagnostic::error(&Code::INPUT_TOO_LARGE, message).in_file(place(1)));
    }
    let text = decode(&source.bytes).map_err(|(why, at)| {
        let before = source.bytes.get(..at).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Diagnostic::error(&Code::UNREADABLE_INPUT, why).in_file(place(line as u32))
    })?;
    let number = model.add_file(&source.name);
    let found = tree::read(&text, number, &source.name.as_str().into(), bounds)?;
    model.diagnostics.extend(found.findings);
    found
        .documents
        .into_iter()
        .next()
        .ok_or_else(|| Diagnostic::error(&Code::NOTHING_FOUND, "an empty file").in_file(place(1)))
}

/// From evaluated resources to the graph; the same for every input language.
fn finish(
    mut model: Model,
    evaluate: &Evaluate<'_>,
    files: &dyn Files,
    options: &Options,
) -> Imported {
    let types = Types::default();
    make::run(&mut model, &types);
    mentions::note_dangling(&mut model);
    note_unknown_types(&mut model, &types);
    let neighbours = Neighbours::new(files, &options.bounds, evaluate);
    let names = Names::new(&model, &types);
    let links = links(&model, &types, &names, &neighbours, &options.bounds);
    let (more_files, findings) = neighbours.finish();
    model.files.extend(more_files);
    model.diagnostics.extend(findings);
    let graph = apply::graph(&model, &types, &names, &links);
    let counts = count(&model, &types, &graph);
    Imported {
        graph,
        diagnostics: model.diagnostics,
        counts,
    }
}

fn links(
    model: &Model,
    types: &Types,
    names: &Names,
    neighbours: &Neighbours<'_>,
    bounds: &Bounds,
) -> Vec<Link> {
    let finder = Finder {
        model,
        types,
        names,
    };
    let hooks = Hooks { neighbours, bounds };
    let mut links = rules::run(&finder, &hooks);
    links.extend(access::links(&finder));
    passing::add(&finder, &mut links);
    evidence::add(&finder, &mut links);
    mentions::add(&finder, &mut links);
    links
}

fn note_unknown_types(model: &mut Model, types: &Types) {
    let mut unknown = Vec::new();
    for (_, resource) in model.each() {
        if types::is_of_aws(&resource.type_name) && types.row(&resource.type_name).is_none() {
            unknown.push((resource.at, resource.type_name.clone()));
        }
    }
    for (at, name) in unknown {
        model.note(
            &Code::UNKNOWN_TYPE,
            at,
            format!("no rule knows the type `{name}`"),
        );
    }
}

fn count(model: &Model, types: &Types, graph: &crate::model::Graph) -> Counts {
    let declared: Vec<_> = model
        .each()
        .map(|(_, resource)| resource)
        .filter(|resource| resource.made_by.is_none())
        .collect();
    let looked_through = |role| matches!(role, Role::Glue | Role::Part);
    let is_finding = |d: &&Diagnostic| d.severity == Severity::Finding;
    Counts {
        resources: declared.len(),
        glue: declared
            .iter()
            .filter(|resource| looked_through(types.role(&resource.type_name)))
            .count(),
        edges: edges(graph).count(),
        findings: model.diagnostics.iter().filter(is_finding).count(),
    }
}
