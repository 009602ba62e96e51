//! What a configuration declares, with arguments worked out.

use super::body::{self, each_value};
use super::eval::{Evaluator, Frame, ReadFile};
use super::functions::instances;
use super::load::Configuration;
use super::module::{Declaration, attribute};
use super::policy;
use super::state::Kept;
use super::value::{Map, Reference, Val};
use crate::import::Bounds;
use std::sync::Arc;

/// What a block declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeclaredKind {
    /// `resource`.
    Resource,
    /// `data`.
    Data,
    /// A `module` that is not on disk.
    Module,
}

/// A resource, a data source, or a module that is not on disk.
#[derive(Clone, Debug)]
pub(crate) struct Declared {
    pub(crate) kind: DeclaredKind,
    /// `module.a.aws_sqs_queue.q`, without instance keys.
    pub(crate) address: Arc<str>,
    /// `aws_sqs_queue`; the source of a module.
    pub(crate) type_name: Arc<str>,
    /// The arguments of each instance; one without `count` and `for_each`.
    pub(crate) bodies: Vec<Val>,
    /// How many there are, where `count` or `for_each` say so.
    pub(crate) count: Option<usize>,
    /// `count` or `for_each` as written, where it decides whether the thing exists at all.
    pub(crate) condition: Option<String>,
    /// `depends_on`.
    pub(crate) depends_on: Vec<Reference>,
    pub(crate) file: Arc<str>,
    pub(crate) line: u32,
}

/// A configuration that was worked out.
pub(crate) struct Whole {
    /// What it declares, in the order of modules, files and lines.
    pub(crate) declared: Vec<Declared>,
    /// What other configurations may read of it.
    pub(crate) kept: Kept,
    /// The bounds that were met, by their flags.
    pub(crate) met: Vec<&'static str>,
}

/// Works out all that a configuration declares; its outputs where others ask for them.
pub(crate) fn declare(
    configuration: &Configuration,
    read: ReadFile<'_>,
    bounds: &Bounds,
    asked: bool,
) -> Whole {
    let evaluator = Evaluator::new(&configuration.modules, read, bounds);
    let mut found = Vec::new();
    for (number, module) in configuration.modules.iter().enumerate() {
        for (name, declaration) in &module.written.resources {
            found.push(one(
                &evaluator,
                number,
                DeclaredKind::Resource,
                name,
                declaration,
            ));
        }
        for (name, declaration) in &module.written.data {
            found.push(one(
                &evaluator,
                number,
                DeclaredKind::Data,
                name,
                declaration,
            ));
        }
        for (name, declaration) in &module.written.calls {
            if !module.children.contains_key(name) {
                found.push(one(
                    &evaluator,
                    number,
                    DeclaredKind::Module,
                    name,
                    declaration,
                ));
            }
        }
    }
    let root = configuration.modules.first();
    let kept = root.map(|root| Kept::read(&evaluator, &root.written, asked));
    let mut met = evaluator.cost().met();
    met.extend(configuration.is_cut.then_some("--max-modules"));
    Whole {
        declared: found,
        kept: kept.unwrap_or_default(),
        met,
    }
}

fn one(
    evaluator: &Evaluator<'_>,
    module: usize,
    kind: DeclaredKind,
    name: &str,
    declaration: &Declaration,
) -> Declared {
    let own = &evaluator.modules[module];
    let (prefix, file) = (&own.prefix, declaration.file.name.clone());
    let address = match kind {
        DeclaredKind::Resource => format!("{prefix}{name}"),
        DeclaredKind::Data => format!("{prefix}data.{name}"),
        DeclaredKind::Module => format!("{prefix}module.{name}"),
    };
    let type_name = match kind {
        DeclaredKind::Module => attribute(&declaration.block.body, "source")
            .and_then(|s| s.as_str())
            .map_or_else(String::new, registered),
        _ => name.split('.').next().unwrap_or(name).to_owned(),
    };
    let mut spread = spread(evaluator, module, declaration);
    if kind == DeclaredKind::Module {
        for body in &mut spread.bodies {
            *body = with_policies(body, LEVELS);
        }
    }
    Declared {
        kind,
        address: address.into(),
        type_name: type_name.into(),
        bodies: spread.bodies,
        count: spread.count,
        condition: spread.condition,
        depends_on: depends_on(evaluator, module, declaration),
        file,
        line: declaration.line,
    }
}

/// Where modules are published by `NAMESPACE/NAME/PROVIDER`.
const REGISTRIES: [&str; 2] = ["registry.terraform.io/", "registry.opentofu.org/"];

/// Writes the source of a module as the registry does: `NAMESPACE/NAME/PROVIDER//FOLDER`, also where it
/// is taken from the repository behind it.
fn registered(source: &str) -> String {
    let plain = source.split('?').next().unwrap_or(source);
    let plain = plain.split_once("://").map_or(plain, |(_, rest)| rest);
    let plain = plain.trim_start_matches("git::").trim_start_matches("git@");
    let of_registry = REGISTRIES.iter().find_map(|host| plain.strip_prefix(host));
    let of_repository = plain
        .strip_prefix("github.com")
        .and_then(|rest| in_registry(rest.trim_start_matches(['/', ':'])));
    let written = of_registry.map(str::to_owned).or(of_repository);
    written.unwrap_or_else(|| source.to_owned())
}

/// Reads `NAMESPACE/terraform-PROVIDER-NAME.git//FOLDER`.
fn in_registry(path: &str) -> Option<String> {
    let (repository, folder) = path.split_once("//").unwrap_or((path, ""));
    let (namespace, name) = repository.trim_end_matches(".git").split_once('/')?;
    let (provider, name) = name.strip_prefix("terraform-")?.split_once('-')?;
    let folder = match folder.is_empty() {
        true => String::new(),
        false => format!("//{folder}"),
    };
    Some(format!("{namespace}/{name}/{provider}{folder}"))
}

/// The inputs by which modules of the registry take statements of a policy.
const STATEMENTS: [&str; 3] = [
    "policy_statements",
    "tasks_iam_role_statements",
    "instance_policy_statements",
];

/// How deep they stand: a module may take several services, each with its statements.
const LEVELS: usize = 2;

fn with_policies(body: &Val, levels: usize) -> Val {
    let Val::Map(map) = body else {
        return body.clone();
    };
    let read = |name: &str, value: &Val| match STATEMENTS.contains(&name) {
        true => policy::of_statements(value),
        false if levels > 0 => with_policies(value, levels - 1),
        false => value.clone(),
    };
    let inputs = map.iter();
    Val::map(
        inputs
            .map(|(name, value)| (name.clone(), read(name, value)))
            .collect(),
    )
}

struct Spread {
    bodies: Vec<Val>,
    count: Option<usize>,
    condition: Option<String>,
}

fn spread(evaluator: &Evaluator<'_>, module: usize, declaration: &Declaration) -> Spread {
    let body = &declaration.block.body;
    let count = attribute(body, "count").map(|expr| ("count", expr));
    let Some((word, expr)) = count.or(attribute(body, "for_each").map(|expr| ("for_each", expr)))
    else {
        let bodies = vec![body::eval(evaluator, module, body, None)];
        return Spread {
            bodies,
            count: None,
            condition: None,
        };
    };
    let value = evaluator.eval(module, expr, None);
    let known = instances(evaluator.cost(), &value);
    let condition = known
        .as_ref()
        .is_none_or(Vec::is_empty)
        .then(|| format!("{word} = {}", super::eval::shorten(&expr.to_string())));
    let count = known.as_ref().map(Vec::len);
    let open = || {
        vec![(
            evaluator.cost().open(format!("{word}.key"), [&value]),
            evaluator.cost().open(format!("{word}.value"), [&value]),
        )]
    };
    let pairs = known.filter(|pairs| !pairs.is_empty()).unwrap_or_else(open);
    let bodies = evaluator.cost().instances(pairs).map(|(key, item)| {
        let bound = match word {
            "count" => Val::map(Map::from_iter([(Arc::from("index"), key)])),
            _ => each_value(key, item),
        };
        let name = if word == "count" { word } else { "each" };
        let frame = Frame::one(name, &bound, None);
        body::eval(evaluator, module, body, Some(&frame))
    });
    Spread {
        bodies: bodies.collect(),
        count,
        condition,
    }
}

fn depends_on(
    evaluator: &Evaluator<'_>,
    module: usize,
    declaration: &Declaration,
) -> Vec<Reference> {
    let written = attribute(&declaration.block.body, "depends_on");
    let named = written.map(|expr| evaluator.eval(module, expr, None));
    evaluator.cost().references(&named)
}
