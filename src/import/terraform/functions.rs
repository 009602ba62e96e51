//! Functions of the Terraform language, as far as templates of architectures need them.
//!
//! A function that is not here, or whose input has holes it cannot pass on, gives an open value
//! that keeps the references inside. `jsonencode` keeps the structure: a policy or a state machine
//! is read as what it says and not as text.

use super::cost::Cost;
use super::decode;
use super::eval::Evaluator;
use super::loops::entries;
use super::template;
use super::value::{Map, Val};
use rustc_hash::FxHashSet;

/// Calls a function.
pub(crate) fn call(evaluator: &Evaluator<'_>, module: usize, name: &str, args: Vec<Val>) -> Val {
    let cost = evaluator.cost();
    with_files(evaluator, module, name, &args)
        .or_else(|| passing(cost, name, &args))
        .or_else(|| collections(cost, name, &args))
        .or_else(|| texts(cost, name, &args))
        .or_else(|| numbers(name, &args))
        .unwrap_or_else(|| cost.open(format!("{name}(…)"), &args))
}

/// Functions that read a file beside the configuration.
fn with_files(evaluator: &Evaluator<'_>, module: usize, name: &str, args: &[Val]) -> Option<Val> {
    let path = args.first()?.as_text();
    match (name, path) {
        ("file", Some(path)) => evaluator.read_file(module, path).map(Val::text),
        ("templatefile", Some(path)) => {
            let text = evaluator.read_file(module, path)?;
            let vars = args.get(1).cloned().unwrap_or_default();
            Some(template::render_file(evaluator, module, &text, &vars))
        }
        ("fileexists", Some(path)) => Some(Val::Bool(evaluator.read_file(module, path).is_some())),
        _ => None,
    }
}

/// Functions that give back what they are given, holes and all.
fn passing(cost: &Cost<'_>, name: &str, args: &[Val]) -> Option<Val> {
    let first = args.first()?;
    match name {
        "jsonencode" | "yamlencode" | "nonsensitive" | "sensitive" | "tostring" | "tonumber"
        | "tobool" | "tolist" | "toset" | "tomap" | "try" | "sort" | "abspath" | "pathexpand"
        | "trimspace" | "base64encode" | "ephemeralasnull"
            if !first.is_known() =>
        {
            Some(first.clone())
        }
        "jsonencode" | "nonsensitive" | "sensitive" | "tonumber" | "tobool" | "tolist"
        | "toset" | "tomap" | "try" | "abspath" | "pathexpand" => Some(first.clone()),
        "coalesce" => args.iter().find(|a| !matches!(a, Val::Null)).cloned(),
        "coalescelist" => args.iter().find(|a| !a.items().is_empty()).cloned(),
        "jsondecode" => match first {
            Val::Text(text) => decode::json(text),
            other => Some(other.clone()),
        },
        "yamldecode" => match first {
            Val::Text(text) => decode::yaml(text, cost.bounds()),
            other => Some(other.clone()),
        },
        "replace" if !first.is_known() => Some(first.clone()),
        "lower" | "upper" | "title" | "trim" | "trimprefix" | "trimsuffix" | "substr"
            if !first.is_known() =>
        {
            Some(first.clone())
        }
        "format" => format(cost, args),
        "join" => match (first, args.get(1)) {
            (Val::Text(glue), Some(Val::List(items))) => {
                let mut parts = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    if i > 0 {
                        parts.push(Val::Text(glue.clone()));
                    }
                    parts.push(item.clone());
                }
                Some(cost.joined(parts))
            }
            _ => None,
        },
        _ => None,
    }
}

fn collections(cost: &Cost<'_>, name: &str, args: &[Val]) -> Option<Val> {
    let first = args.first();
    match name {
        "concat" => Some(Val::list(
            args.iter()
                .flat_map(|a| a.items().iter().cloned())
                .collect(),
        )),
        "list" => Some(Val::list(args.to_vec())),
        "flatten" => Some(Val::list(flat(cost, first?, 0))),
        "compact" => Some(Val::list(
            first?
                .items()
                .iter()
                .filter(|v| **v != Val::Null && v.as_text() != Some(""))
                .cloned()
                .collect(),
        )),
        "distinct" => Some(distinct(cost, first?.items())),
        "merge" => Some(merge(args)),
        "keys" => match first? {
            Val::Map(map) => Some(Val::list(
                map.keys().map(|k| Val::Text(k.clone())).collect(),
            )),
            _ => None,
        },
        "values" => match first? {
            Val::Map(map) => Some(Val::list(map.values().cloned().collect())),
            _ => None,
        },
        "lookup" => match (first?, args.get(1)?) {
            (Val::Map(map), Val::Text(key)) => map.get(key).or(args.get(2)).cloned(),
            _ => None,
        },
        "element" => match (first?, args.get(1)?) {
            (Val::List(items), Val::Number(at)) if !items.is_empty() => {
                items.get(*at as usize % items.len()).cloned()
            }
            (Val::Ref(reference), _) => Some(Val::Ref(reference.clone())),
            _ => None,
        },
        "one" => Some(first?.items().first().cloned().unwrap_or_default()),
        "length" => match first? {
            Val::List(items) => Some(Val::Number(items.len() as f64)),
            Val::Map(map) => Some(Val::Number(map.len() as f64)),
            Val::Text(text) => Some(Val::Number(text.chars().count() as f64)),
            _ => None,
        },
        "contains" if args.iter().all(Val::is_known) => {
            Some(Val::Bool(first?.items().contains(args.get(1)?)))
        }
        "zipmap" => match (first?, args.get(1)?) {
            (Val::List(keys), Val::List(values)) => Some(Val::map(
                keys.iter()
                    .zip(values.iter())
                    .filter_map(|(k, v)| Some((k.to_plain_text()?, v.clone())))
                    .collect(),
            )),
            _ => None,
        },
        "range" => range(cost, args),
        "slice" => match (first?, args.get(1)?, args.get(2)?) {
            (Val::List(items), Val::Number(from), Val::Number(to)) => items
                .get(*from as usize..*to as usize)
                .map(|items| Val::list(items.to_vec())),
            _ => None,
        },
        "reverse" => Some(Val::list(first?.items().iter().rev().cloned().collect())),
        "sort" => {
            let mut items = first?.items().to_vec();
            items.sort_by(|a, b| a.as_text().cmp(&b.as_text()));
            Some(Val::list(items))
        }
        "can" => Some(Val::Bool(true)),
        _ => None,
    }
}

/// Gives each item once. Texts are looked up; other items are compared one by one, which costs.
fn distinct(cost: &Cost<'_>, items: &[Val]) -> Val {
    let mut texts = FxHashSet::default();
    let (mut seen, mut others): (Vec<Val>, Vec<&Val>) = (Vec::new(), Vec::new());
    for item in items.iter().take(cost.most_items()) {
        let is_new = match item.as_text() {
            Some(text) => texts.insert(text),
            None => cost.spend(others.len() / 8) && !others.contains(&item),
        };
        if is_new {
            seen.push(item.clone());
            others.extend(item.as_text().is_none().then_some(item));
        }
    }
    Val::list(seen)
}

fn flat(cost: &Cost<'_>, value: &Val, depth: usize) -> Vec<Val> {
    match value {
        Val::List(items) if depth < 16 => items
            .iter()
            .flat_map(|item| flat(cost, item, depth + 1))
            .take(cost.most_items())
            .collect(),
        other => vec![other.clone()],
    }
}

/// What is open could add anything; what is known still counts.
fn merge(args: &[Val]) -> Val {
    let mut merged = Map::new();
    for arg in args {
        if let Val::Map(map) = arg {
            merged.extend(map.iter().map(|(k, v)| (k.clone(), v.clone())));
        }
    }
    Val::map(merged)
}

fn range(cost: &Cost<'_>, args: &[Val]) -> Option<Val> {
    let numbers: Vec<f64> = args
        .iter()
        .map(|arg| match arg {
            Val::Number(number) => Some(*number),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let (from, to, step) = match numbers[..] {
        [to] => (0.0, to, 1.0),
        [from, to] => (from, to, 1.0),
        [from, to, step] => (from, to, step),
        _ => return None,
    };
    if step <= 0.0 {
        return None;
    }
    let most = cost.most_items() as f64;
    let count = ((to - from) / step).ceil().clamp(0.0, most) as usize;
    Some(Val::list(
        (0..count)
            .map(|i| Val::Number(from + step * i as f64))
            .collect(),
    ))
}

fn texts(cost: &Cost<'_>, name: &str, args: &[Val]) -> Option<Val> {
    let first = args.first()?.to_plain_text()?;
    let second = || args.get(1).and_then(Val::to_plain_text);
    match name {
        "lower" => Some(Val::text(first.to_lowercase())),
        "upper" => Some(Val::text(first.to_uppercase())),
        "tostring" | "title" | "yamlencode" => Some(Val::Text(first)),
        "trimspace" | "chomp" => Some(Val::text(first.trim())),
        "trimprefix" => Some(Val::text(first.strip_prefix(&*second()?).unwrap_or(&first))),
        "trimsuffix" => Some(Val::text(first.strip_suffix(&*second()?).unwrap_or(&first))),
        "trim" => {
            let cut = second()?;
            Some(Val::text(first.trim_matches(|c| cut.contains(c))))
        }
        "replace" => {
            let (from, to) = (second()?, args.get(2)?.to_plain_text()?);
            // A pattern in slashes is a regular expression, which is not worked out.
            if from.len() > 1 && from.starts_with('/') && from.ends_with('/') || from.is_empty() {
                return None;
            }
            let made = first.matches(&*from).count().saturating_mul(to.len()) + first.len();
            cost.spend(made / 64)
                .then(|| Val::text(first.replace(&*from, &to)))
        }
        "split" => {
            let text = second()?;
            if first.is_empty() {
                return None;
            }
            Some(Val::list(
                text.split(&*first)
                    .take(cost.most_items())
                    .map(Val::text)
                    .collect(),
            ))
        }
        "substr" => match (args.get(1)?, args.get(2)?) {
            (Val::Number(from), Val::Number(length)) if *from >= 0.0 => {
                let length = if *length < 0.0 {
                    usize::MAX
                } else {
                    *length as usize
                };
                let cut: String = first.chars().skip(*from as usize).take(length).collect();
                Some(Val::text(cut))
            }
            _ => None,
        },
        "startswith" => Some(Val::Bool(first.starts_with(&*second()?))),
        "endswith" => Some(Val::Bool(first.ends_with(&*second()?))),
        "basename" => Some(Val::text(first.rsplit('/').next().unwrap_or(""))),
        "dirname" => Some(Val::text(
            first.rsplit_once('/').map_or(".", |(folder, _)| folder),
        )),
        _ => None,
    }
}

fn numbers(name: &str, args: &[Val]) -> Option<Val> {
    let numbers: Vec<f64> = args
        .iter()
        .map(|arg| match arg {
            Val::Number(number) => Some(*number),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let made = match (name, numbers.as_slice()) {
        ("max", all) => all.iter().copied().reduce(f64::max)?,
        ("min", all) => all.iter().copied().reduce(f64::min)?,
        ("abs", [x]) => x.abs(),
        ("ceil", [x]) => x.ceil(),
        ("floor", [x]) => x.floor(),
        _ => return None,
    };
    Some(Val::Number(made))
}

/// `format("%s-%d", …)`: every verb takes the next argument as it stands.
fn format(cost: &Cost<'_>, args: &[Val]) -> Option<Val> {
    let pattern = args.first()?.as_text()?;
    let mut rest = args[1..].iter();
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '%' {
            literal.push(c);
            continue;
        }
        if chars.peek() == Some(&'%') {
            chars.next();
            literal.push('%');
            continue;
        }
        // Width and precision do not matter for names.
        while chars.next_if(|c| !c.is_ascii_alphabetic()).is_some() {}
        chars.next();
        parts.push(Val::text(std::mem::take(&mut literal)));
        parts.push(rest.next().cloned().unwrap_or_default());
    }
    parts.push(Val::text(literal));
    Some(cost.joined(parts))
}

/// The pairs of `for_each`, a set or a map; a number for `count` gives that many.
pub(crate) fn instances(cost: &Cost<'_>, value: &Val) -> Option<Vec<(Val, Val)>> {
    match value {
        Val::Number(count) => {
            let count = count.clamp(0.0, cost.most_items() as f64) as usize;
            Some(
                (0..count)
                    .map(|i| (Val::Number(i as f64), Val::Number(i as f64)))
                    .collect(),
            )
        }
        other => entries(other),
    }
}
