//! Documents to templates, templates to resources of the model; nested stacks with them.

use super::constructs::Constructs;
use super::includes;
use super::includes::Includes;
use super::loops;
use super::sam;
use super::template::{Given, Template, Templates};
use crate::diag::{Code, Diagnostic};
use crate::import::given::GivenValue;
use crate::import::names_of_files::{joined, stack_name};
use crate::import::resource::{Model, Resource};
use crate::import::tree::{self, At, Entry, Node, Tree, decode};
use crate::import::value::{Data, Val};
use crate::import::{Bounds, Files, Options};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::sync::Arc;

/// A template that was read and waits to be taken in.
pub(crate) struct Read {
    /// The document.
    pub(crate) document: Node,
    /// The resource that nests it, with the parameters it gives.
    nested: Option<Nested>,
    /// The name of the stack; that of the file where there is none.
    stack: Option<Arc<str>>,
    /// Where its resources are in the construct tree, as far as only the assembly knows.
    paths: Paths,
    /// The constructs of the app that it is part of.
    constructs: Arc<Constructs>,
}

/// Paths in the construct tree, by the ids of resources.
pub(super) type Paths = FxHashMap<Arc<str>, Arc<str>>;

impl Read {
    /// Takes a document of an assembly, which says what its stack and its constructs are called.
    pub(super) fn named(document: Node, stack: Option<Arc<str>>, paths: Paths) -> Self {
        Self {
            stack,
            paths,
            ..Self::whole(document)
        }
    }

    /// Says which app the document is part of.
    pub(super) fn within(self, constructs: Arc<Constructs>) -> Self {
        Self { constructs, ..self }
    }

    /// Takes a document that stands for itself.
    pub(crate) fn whole(document: Node) -> Self {
        Self {
            document,
            nested: None,
            stack: None,
            paths: Paths::default(),
            constructs: Arc::default(),
        }
    }
}

/// Lists the files that a template nests, as paths.
pub(crate) fn nested_files(document: &Node, model: &Model) -> Vec<String> {
    let named = resources(document).iter().filter_map(|entry| {
        let location = nested_location(&entry.value)?;
        let (base, path) = file_of(location, model)?;
        Some(joined(&base, &path))
    });
    named.collect()
}

/// Gives the file that a location means, and the one that its path is beside: a path as written, or
/// an address whose end is the hash of an asset.
fn file_of(location: &Node, model: &Model) -> Option<(Arc<str>, Arc<str>)> {
    match location.text().filter(|path| !path.contains("://")) {
        Some(path) => Some((model.file(location.at), path.clone())),
        None => asset_of(location, model),
    }
}

fn asset_of(location: &Node, model: &Model) -> Option<(Arc<str>, Arc<str>)> {
    match &location.data {
        Tree::Text(address) => model.asset(address).cloned(),
        Tree::List(items) => items.iter().find_map(|item| asset_of(item, model)),
        Tree::Map(entries) => entries.iter().find_map(|e| asset_of(&e.value, model)),
        _ => None,
    }
}

/// Gives the section of the resources.
fn resources(document: &Node) -> &[Entry] {
    document.get("Resources").map_or(&[][..], Node::entries)
}

/// Where a template is nested.
struct Nested {
    template: usize,
    stack: u32,
    id: Arc<str>,
    parameters: Vec<Entry>,
}

/// Takes templates in, the nested ones of each after it, then evaluates all of them.
pub(crate) fn load(
    model: &mut Model,
    templates: &mut Templates,
    first: Vec<Read>,
    files: &dyn Files,
    options: &Options,
) {
    let declared = first.iter().map(|read| resources(&read.document).len());
    model.resources.reserve(declared.sum());
    let mut waiting: std::collections::VecDeque<Read> = first.into();
    let mut nested = 0;
    while let Some(read) = waiting.pop_front() {
        nested += usize::from(read.nested.is_some());
        if nested > options.bounds.nested_stacks {
            let most = options.bounds.nested_stacks;
            let message = format!("more than {most} nested stacks (`--max-nested-stacks`)");
            model.note(&Code::CUT_AT_BOUND, read.document.at, message);
            break;
        }
        let index = take_in(model, templates, read, files, options);
        waiting.extend(children(model, templates, index, files, options));
    }
    collect_exports(templates);
    evaluate(model, templates);
    let findings = std::mem::take(&mut *templates.findings.borrow_mut());
    for (code, at, message) in findings {
        model.note(code, at, message);
    }
}

fn take_in(
    model: &mut Model,
    templates: &mut Templates,
    read: Read,
    files: &dyn Files,
    options: &Options,
) -> usize {
    let index = templates.list.len();
    let stack = add_stack(model, &read);
    let given = match &read.nested {
        Some(nested) => given_by(nested),
        None => {
            note_parameters(model, &read.document);
            given_from_outside(options)
        }
    };
    let outer = read.nested.and_then(|nested| {
        let outer = templates.list.get_mut(nested.template)?;
        Some((outer, nested.id))
    });
    if let Some((outer, id)) = outer {
        outer.children.insert(id, index);
    }
    templates.by_stack.insert(stack, index);
    templates.list.push(Template {
        stack,
        root: read.document,
        paths: read.paths,
        constructs: read.constructs,
        resources: FxHashSet::default(),
        given,
        children: FxHashMap::default(),
        decided: RefCell::default(),
    });
    prepare(model, templates, index, files);
    declare(model, templates, index);
    index
}

/// Adds the stack of a template, named after where it is nested, by its manifest, or by its file.
fn add_stack(model: &mut Model, read: &Read) -> u32 {
    let at = read.document.at;
    let name = match (&read.nested, &read.stack) {
        (Some(nested), _) => format!("{}/{}", stack_of(model, nested.stack), nested.id),
        (None, Some(name)) => name.to_string(),
        (None, None) => stack_name(&model.file(at)),
    };
    model.add_stack(&name, read.nested.as_ref().map(|nested| nested.stack), at)
}

/// Notes which parameters can be given from outside.
fn note_parameters(model: &mut Model, document: &Node) {
    let declared = document.get("Parameters").map_or(&[][..], Node::entries);
    model
        .parameters
        .extend(declared.iter().map(|entry| entry.key.clone()));
}

fn given_from_outside(options: &Options) -> FxHashMap<Arc<str>, Given> {
    let texts = options
        .parameters
        .iter()
        .filter_map(|one| match &one.value {
            GivenValue::Text(text) => Some((one.name.clone(), Given::Text(text.clone()))),
            GivenValue::Expression(_) => None,
        });
    texts.collect()
}

fn stack_of(model: &Model, stack: u32) -> Arc<str> {
    model
        .stacks
        .get(stack as usize)
        .map_or_else(|| "".into(), |stack| stack.name.clone())
}

fn given_by(nested: &Nested) -> FxHashMap<Arc<str>, Given> {
    nested
        .parameters
        .iter()
        .map(|entry| {
            (
                entry.key.clone(),
                Given::From(nested.template, entry.value.clone()),
            )
        })
        .collect()
}

/// Works includes, loops and SAM's defaults into the document.
fn prepare(model: &mut Model, templates: &mut Templates, index: usize, files: &dyn Files) {
    let Some(own) = templates.list.get_mut(index) else {
        return;
    };
    let empty = Node {
        at: own.root.at,
        data: Tree::Null,
    };
    let mut root = std::mem::replace(&mut own.root, empty);
    let unfolds = |name: &str| name == includes::TRANSFORM || loops::is_loop(name);
    if model.calls(root.at.file, unfolds) || includes::is_extended(&root) {
        unfold(model, templates, index, files, &mut root);
    }
    sam::apply_globals(&mut root);
    if let Some(own) = templates.list.get_mut(index) {
        own.resources = ids(&root);
        own.root = root;
    }
}

/// Works includes and loops into the document.
fn unfold(
    model: &mut Model,
    templates: &mut Templates,
    index: usize,
    files: &dyn Files,
    root: &mut Node,
) {
    let mut includes = Includes {
        model,
        files,
        bounds: &templates.bounds,
        left: templates.bounds.includes,
    };
    includes.put_all(root);
    // Collections of loops may name parameters, so the template has to be in place.
    if root.has_key(&loops::is_loop) {
        if let Some(own) = templates.list.get_mut(index) {
            own.root.clone_from(root);
        }
        loops::expand(templates, index, root);
    }
}

fn ids(root: &Node) -> FxHashSet<Arc<str>> {
    resources(root)
        .iter()
        .map(|entry| entry.key.clone())
        .collect()
}

/// Reads a file beside another; a missing or broken one is a finding at the place that names it.
pub(super) fn read_document(
    model: &mut Model,
    files: &dyn Files,
    bounds: &Bounds,
    base: &str,
    relative: &str,
    at: At,
) -> Option<Node> {
    if let Some(document) = model.take_kept(&joined(base, relative)) {
        return Some(document);
    }
    let bytes = match files.read(base, relative) {
        Ok(bytes) if bytes.len() <= bounds.file_size => bytes,
        Ok(_) => {
            model.note(
                &Code::CUT_AT_BOUND,
                at,
                format!("`{relative}` is too large"),
            );
            return None;
        }
        Err(error) => {
            let message = format!("`{relative}` cannot be read: {error}");
            model.note(&Code::MISSING_FILE, at, message);
            return None;
        }
    };
    match parsed(model, bounds, &joined(base, relative), &bytes) {
        Ok(found) => {
            model.diagnostics.extend(found.findings);
            found.documents.into_iter().next()
        }
        Err(error) => {
            let finding = Diagnostic::finding(error.code, error.message);
            let place = error.place.map_or_else(|| model.place(at), |place| *place);
            model.diagnostics.push(finding.in_file(place));
            None
        }
    }
}

fn parsed(
    model: &mut Model,
    bounds: &Bounds,
    name: &str,
    bytes: &[u8],
) -> Result<tree::Found, Diagnostic> {
    let number = model.add_file(name);
    let text = decode(bytes)
        .map_err(|(why, _)| Diagnostic::finding(&Code::ODD_SHAPE, format!("`{name}` is {why}")))?;
    let mut found = tree::read(&text, number, &name.into(), bounds)?;
    model.note_functions(number, std::mem::take(&mut found.functions));
    Ok(found)
}

/// Adds the resources of a template to the model, without their properties.
fn declare(model: &mut Model, templates: &Templates, index: usize) {
    let Some(own) = templates.list.get(index) else {
        return;
    };
    for entry in resources(&own.root) {
        let Some(type_name) = entry.value.get("Type").and_then(Node::text) else {
            note_untyped(model, entry);
            continue;
        };
        let condition = entry.value.get("Condition").and_then(Node::text).cloned();
        let decided = condition
            .as_ref()
            .and_then(|name| templates.condition(index, name, 0));
        let path = construct_path(&entry.value).or_else(|| own.paths.get(&entry.key).cloned());
        let construct = path.as_ref().and_then(|path| own.constructs.get(path));
        model.add(Resource {
            stack: own.stack,
            local: entry.key.clone(),
            type_name: type_name.clone(),
            properties: Val::new(entry.at, Data::Null),
            others: Vec::new(),
            at: entry.at,
            condition: condition.filter(|_| decided.is_none()),
            left_out: decided == Some(false),
            depends_on: depends_on(&entry.value),
            made_by: None,
            construct: construct.cloned(),
            path,
        });
    }
}

fn note_untyped(model: &mut Model, entry: &Entry) {
    let (code, what) = match entry.key.starts_with("Fn::") {
        true => (&Code::UNSUPPORTED_INTRINSIC, "is not worked out"),
        false => (&Code::ODD_SHAPE, "has no type"),
    };
    if entry.value.call().is_none() {
        model.note(code, entry.at, format!("`{}` {what}", entry.key));
    }
}

fn depends_on(resource: &Node) -> Vec<Arc<str>> {
    match resource.get("DependsOn") {
        Some(node) => match node.text() {
            Some(one) => vec![one.clone()],
            None => node
                .items()
                .iter()
                .filter_map(|item| item.text().cloned())
                .collect(),
        },
        None => Vec::new(),
    }
}

fn construct_path(resource: &Node) -> Option<Arc<str>> {
    resource
        .get("Metadata")?
        .get("aws:cdk:path")?
        .text()
        .cloned()
}

/// Reads the templates that the resources of a template nest.
fn children(
    model: &mut Model,
    templates: &Templates,
    index: usize,
    files: &dyn Files,
    options: &Options,
) -> Vec<Read> {
    let Some(own) = templates.list.get(index) else {
        return Vec::new();
    };
    let entries = resources(&own.root);
    let mut child = |entry: &Entry| child(model, own, index, entry, files, options);
    entries.iter().filter_map(&mut child).collect()
}

fn child(
    model: &mut Model,
    own: &Template,
    index: usize,
    entry: &Entry,
    files: &dyn Files,
    options: &Options,
) -> Option<Read> {
    let location = nested_location(&entry.value)?;
    let (base, path) = file_of(location, model)?;
    if in_a_ring(model, own.stack, &joined(&base, &path)) {
        let message = format!("`{path}` nests itself");
        model.note(&Code::CUT_AT_BOUND, location.at, message);
        return None;
    }
    let document = read_document(model, files, &options.bounds, &base, &path, location.at)?;
    let parameters = entry
        .value
        .get("Properties")
        .and_then(|p| p.get("Parameters"));
    let nested = Nested {
        template: index,
        stack: own.stack,
        id: entry.key.clone(),
        parameters: parameters.map_or(&[][..], Node::entries).to_vec(),
    };
    let whole = super::is_template(&document);
    whole.then(|| Read {
        nested: Some(nested),
        ..Read::whole(document).within(own.constructs.clone())
    })
}

/// Gives where a nested stack's or application's template is.
fn nested_location(resource: &Node) -> Option<&Node> {
    let properties = resource.get("Properties")?;
    match resource.get("Type")?.text()?.as_ref() {
        "AWS::CloudFormation::Stack" => resource
            .get("Metadata")
            .and_then(|metadata| metadata.get("aws:asset:path"))
            .or_else(|| properties.get("TemplateURL")),
        "AWS::Serverless::Application" => properties.get("Location"),
        _ => None,
    }
}

fn in_a_ring(model: &Model, stack: u32, file: &str) -> bool {
    let mut at = Some(stack);
    while let Some(stack) = at.and_then(|number| model.stacks.get(number as usize)) {
        if &*model.file(stack.at) == file {
            return true;
        }
        at = stack.parent;
    }
    false
}

fn collect_exports(templates: &Templates) {
    for (index, own) in templates.list.iter().enumerate() {
        for output in own.section("Outputs").map_or(&[][..], Node::entries) {
            let name = output
                .value
                .get("Export")
                .and_then(|export| export.get("Name"));
            let (Some(name), Some(value)) = (name, output.value.get("Value")) else {
                continue;
            };
            if let Some(name) = templates.eval(index, name, 0).rendered() {
                templates.exports.borrow_mut().add(name, index, value);
            }
        }
    }
}

/// Evaluates the properties of all resources, which are taken out of their templates: they are the
/// most of them, and nothing else asks for them.
fn evaluate(model: &mut Model, templates: &mut Templates) {
    for index in 0..templates.list.len() {
        let Some((stack, resources)) = templates.list.get_mut(index).map(resources_of) else {
            continue;
        };
        for mut entry in resources {
            let Some(id) = model.find(stack, &entry.key) else {
                continue;
            };
            let Some(properties) = entry.value.take("Properties") else {
                continue;
            };
            let value = templates.eval_whole(index, properties, 0);
            if let Some(resource) = model.resources.get_mut(id.0 as usize) {
                resource.properties = value;
            }
        }
    }
}

fn resources_of(own: &mut Template) -> (u32, Box<[Entry]>) {
    let resources = own.root.take("Resources").map(|node| node.data);
    match resources {
        Some(Tree::Map(entries)) => (own.stack, entries),
        _ => (own.stack, Box::default()),
    }
}
