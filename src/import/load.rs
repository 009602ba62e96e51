//! From sources to the graph: the stages in order.

use super::access;
use super::apply;
use super::cloudformation;
use super::detect::Format;
use super::edges;
use super::evidence;
use super::finder::Finder;
use super::grants;
use super::hooks::Hooks;
use super::link::Link;
use super::make;
use super::mentions::{self, Mention};
use super::names::Names;
use super::neighbours::{Evaluate, Neighbours};
use super::parse::{Content, Parsed, parse};
use super::passed;
use super::passing;
use super::resource::Model;
use super::rules;
use super::schema::{Role, TypeRow};
use super::terraform;
use super::tree::{Entry, Node, Tree};
use super::types::{self, Types};
use super::{Bounds, Counts, Files, Imported, Options, Source, Stop};
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::Graph;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

/// Reads inputs into one graph. An input that cannot be read is an error among the diagnostics; the
/// others are still there.
#[must_use]
pub fn import(sources: &[Source], files: &dyn Files, options: &Options) -> Imported {
    let numbered = sources.iter().zip(0..);
    let parsed = numbered.map(|(source, number)| parse(source, number, options));
    assemble(parsed.collect(), files, options)
}

/// Joins inputs that were parsed into one graph.
#[must_use]
pub fn assemble(parsed: Vec<Parsed>, files: &dyn Files, options: &Options) -> Imported {
    let alone = parsed.len() == 1;
    let mut model = Model::default();
    let (configurations, documents) = sorted(parsed, &mut model);
    let (given, bounds) = (&options.parameters, &options.bounds);
    let states = terraform::take_in(&mut model, configurations, files, given, bounds);
    let mut templates = cloudformation::Templates::new(&options.bounds);
    let found = roots(documents, alone, &mut model, files, options);
    cloudformation::load(&mut model, &mut templates, found, files, options);
    terraform::resolve(&mut model, &states);
    let evaluate = |stack, node: &Node| templates.evaluate_beside(stack, node);
    match options.bounds.stop.is_set() {
        true => interrupted(),
        false => finish(model, &evaluate, files, options),
    }
}

fn interrupted() -> Imported {
    Imported {
        graph: Graph::new(),
        diagnostics: vec![Stop::interrupted()],
        parameters: BTreeSet::new(),
        counts: Counts::default(),
    }
}

/// Gives the names of the inputs to the model, and tells configurations from documents.
fn sorted(parsed: Vec<Parsed>, model: &mut Model) -> (Vec<terraform::File>, Vec<(Format, Node)>) {
    let (mut configurations, mut documents) = (Vec::new(), Vec::new());
    for one in parsed {
        model.name_file(one.number, one.name);
        model.note_functions(one.number, one.functions);
        model.diagnostics.extend(one.findings);
        match one.content {
            Ok(Content::Configuration(file)) => configurations.push(file),
            Ok(Content::Document(format, node)) => documents.push((format, node)),
            Err(error) => model.diagnostics.push(error),
        }
    }
    (configurations, documents)
}

/// Gives the templates that nothing else names; what something may name is kept by the model.
fn roots(
    documents: Vec<(Format, Node)>,
    alone: bool,
    model: &mut Model,
    files: &dyn Files,
    options: &Options,
) -> Vec<cloudformation::Read> {
    let mut found = Vec::new();
    let mut manifests = Vec::new();
    for (format, node) in documents {
        match format {
            Format::CloudFormation => found.push(node),
            Format::CdkManifest => manifests.push(node),
            Format::OpenApi if alone => {
                found.push(wrapped("AWS::ApiGateway::RestApi", "Body", node));
            }
            Format::StateMachine if alone => {
                let type_name = "AWS::StepFunctions::StateMachine";
                found.push(wrapped(type_name, "Definition", node));
            }
            Format::OpenApi | Format::StateMachine => model.keep(node),
            Format::TerraformPlan | Format::TerraformState => {
                let name = model.file(node.at);
                terraform::take_in_shown(model, &node, &name, &options.bounds);
            }
            Format::Other => {}
        }
    }
    for manifest in &manifests {
        cloudformation::note_assets(manifest, model, files, &options.bounds);
    }
    for template in &found {
        cloudformation::note_assets_beside(template, model, files, &options.bounds);
    }
    let found = unnamed(found, model, cloudformation::nested_files);
    let manifests = unnamed(manifests, model, cloudformation::inner_manifests);
    joined(found, manifests, model, files, &options.bounds)
}

/// Gives the templates that manifests name, then those that none does.
fn joined(
    found: Vec<Node>,
    manifests: Vec<Node>,
    model: &mut Model,
    files: &dyn Files,
    bounds: &Bounds,
) -> Vec<cloudformation::Read> {
    let places: Vec<Arc<str>> = found.iter().map(|node| model.file(node.at)).collect();
    found.into_iter().for_each(|node| model.keep(node));
    let mut all: Vec<_> = manifests
        .into_iter()
        .flat_map(|manifest| cloudformation::templates_of(manifest, model, files, bounds))
        .collect();
    let rest = places.iter().filter_map(|file| model.take_kept(file));
    all.extend(rest.map(cloudformation::Read::whole));
    all
}

/// Takes a definition that stands alone for the resource that would hold it.
fn wrapped(type_name: &str, property: &str, node: Node) -> Node {
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
    map(vec![("Resources", resources)])
}

/// Gives what nothing else of the inputs names, as a whole of its own: templates that none nests,
/// manifests that none holds. Where all name each other in a ring, all are such. The rest is kept
/// by the model until it is asked for.
fn unnamed(
    documents: Vec<Node>,
    model: &mut Model,
    names: fn(&Node, &Model) -> Vec<String>,
) -> Vec<Node> {
    let named: FxHashSet<String> = documents
        .iter()
        .flat_map(|document| names(document, model))
        .collect();
    let is_named = |document: &Node| named.contains(&*model.file(document.at));
    let (kept, roots): (Vec<Node>, Vec<Node>) = documents.into_iter().partition(is_named);
    if roots.is_empty() {
        return kept;
    }
    kept.into_iter().for_each(|document| model.keep(document));
    roots
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
    let mentions = mentions::collect(&mut model);
    note_unknown_types(&mut model, &types);
    let neighbours = Neighbours::new(files, &options.bounds, evaluate);
    let names = Names::new(&model, &types);
    let rows = rows(&model, &types);
    let finder = Finder {
        model: &model,
        types: &types,
        names: &names,
        rows: &rows,
    };
    let links = links(&finder, &mentions, &neighbours, &options.bounds);
    let (more_files, findings) = neighbours.finish();
    model.files.extend(more_files);
    model.diagnostics.extend(findings);
    let graph = apply::graph(&mut model, &types, &names, &links);
    let counts = count(&model, &types, &graph);
    Imported {
        graph,
        diagnostics: model.diagnostics,
        parameters: model.parameters,
        counts,
    }
}

/// Gives the rows of the types of all resources, in the order of the resources.
fn rows(model: &Model, types: &Types) -> Vec<Option<Rc<TypeRow>>> {
    let resources = model.each();
    resources
        .map(|(_, resource)| types.row(&resource.type_name))
        .collect()
}

fn links(
    finder: &Finder<'_>,
    mentions: &[Mention],
    neighbours: &Neighbours<'_>,
    bounds: &Bounds,
) -> Vec<Link> {
    let hooks = Hooks { neighbours, bounds };
    let mut links = rules::run(finder, &hooks);
    let grants = grants::collect(finder);
    links.extend(access::links(finder, &grants));
    passing::add(finder, &mut links);
    evidence::add(finder, &mut links);
    mentions::add(finder, mentions, &mut links);
    passed::add(finder, &grants, &mut links);
    links
}

fn note_unknown_types(model: &mut Model, types: &Types) {
    let mut unknown = Vec::new();
    for (_, resource) in model.each() {
        if is_unknown(&resource.type_name, types) {
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

fn is_unknown(type_name: &str, types: &Types) -> bool {
    types::is_of_aws(type_name) && types.row(type_name).is_none()
}

fn count(model: &Model, types: &Types, graph: &Graph) -> Counts {
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
        unknown: declared
            .iter()
            .filter(|resource| is_unknown(&resource.type_name, types))
            .count(),
        edges: edges::count(graph),
        findings: model.diagnostics.iter().filter(is_finding).count(),
    }
}
