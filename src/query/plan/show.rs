//! Prints a plan: a line a step in the order of work, inner plans indented below their step.
//!
//! Variables print by their names; what has no name prints as `_` and its slot. The same lines
//! serve `explain` (with expected rows) and `profile` (with rows and time).

mod expr;

use super::Expand;
use super::Frame;
use super::How;
use super::NewPart;
use super::Op;
use super::Plan;
use super::SetOp;
use super::Source;
use super::Step;
use super::WalkMany;
use super::expr::Aggregate;
use super::expr::Expr;
use super::expr::Slot;
use super::pattern::KindSet;
use super::pattern::Side;
use crate::model::GraphView;
use std::fmt::Write as _;
use std::sync::Arc;

/// What stands behind a step on its line.
pub(crate) type Remark<'a> = dyn Fn(&Step) -> String + 'a;

/// Writes a plan with a remark behind every step.
pub(crate) fn show(plan: &Plan, graph: &dyn GraphView, remark: &Remark<'_>) -> String {
    let mut printer = Printer {
        graph,
        remark,
        out: String::new(),
        depth: 0,
    };
    printer.plan(plan, &plan.frame);
    printer.out
}

/// The remark of `explain`: how many rows are expected.
pub(crate) fn expected(step: &Step) -> String {
    format!("~{} rows", step.rows.round().clamp(0.0, 1e15))
}

struct Printer<'a> {
    graph: &'a dyn GraphView,
    remark: &'a Remark<'a>,
    out: String,
    depth: usize,
}

impl Printer<'_> {
    /// Prints a plan whose first rows have the slots of `frame`.
    fn plan(&mut self, plan: &Plan, frame: &Frame) {
        let mut frame = frame.clone();
        for step in &plan.steps {
            let line = self.line(&step.op, &frame);
            let indent = "  ".repeat(self.depth);
            let _ = writeln!(self.out, "{indent}{line}  [{}]", (self.remark)(step));
            self.inside(&step.op, &frame);
            match &step.op {
                Op::Project(project) => frame.clone_from(&project.frame),
                Op::Aggregate(grouping) => frame.clone_from(&grouping.frame),
                Op::Union(union) => frame.clone_from(&union.frame),
                _ => {}
            }
        }
    }

    fn inside(&mut self, op: &Op, frame: &Frame) {
        self.depth += 1;
        let own = matches!(
            op,
            Op::Repeat(_) | Op::Apply(_) | Op::Union(_) | Op::Semi { .. }
        );
        op.each_plan(&mut |plan| match own {
            true => self.plan(plan, &plan.frame),
            false => self.plan(plan, frame),
        });
        self.depth -= 1;
    }

    fn line(&self, op: &Op, frame: &Frame) -> String {
        let name = |slot: Slot| name(frame, slot);
        let show = |expr: &Expr| self.expr(expr, frame);
        let list = |exprs: &[Expr]| exprs.iter().map(show).collect::<Vec<_>>().join(", ");
        match op {
            Op::Match(_) => "Match".to_owned(),
            Op::Scan(scan) => match &scan.source {
                Source::All => format!("Scan {} over all nodes", name(scan.slot)),
                Source::Label(_, label) => format!("Scan {} by label {label}", name(scan.slot)),
                Source::Property { key, value, .. } => {
                    let (slot, key) = (name(scan.slot), &key.name);
                    format!("Scan {slot} by index {slot}.{key} = {}", show(value))
                }
            },
            Op::Expand(expand) => self.expand(expand, frame),
            Op::Walk(walk) => self.walk(walk, frame),
            Op::Repeat(repeat) => {
                let max = repeat
                    .group
                    .max
                    .map_or(String::new(), |max| max.to_string());
                let (from, to) = (name(repeat.from), name(repeat.to));
                format!("Repeat {{{},{max}}} ({from})…({to})", repeat.group.min)
            }
            Op::Choose(choose) => {
                let (from, to) = (name(choose.ends.0), name(choose.ends.1));
                format!("Choose {:?} ({from})…({to})", choose.chosen.selector)
            }
            Op::Filter(conditions) => {
                let shown: Vec<String> = conditions.iter().map(show).collect();
                format!("Filter {}", shown.join(" AND "))
            }
            Op::Extend(items) => format!("Extend {}", self.items(items, frame)),
            Op::Project(project) => {
                let items = project.items.iter().zip(&project.frame);
                let items = items.map(|(expr, name)| alias(&show(expr), name));
                format!("Project {}", items.collect::<Vec<_>>().join(", "))
            }
            Op::Aggregate(grouping) => {
                let aggregates = grouping.aggregates.iter();
                let aggregates = aggregates.map(|a| self.aggregate(a, frame));
                let aggregates = aggregates.collect::<Vec<_>>().join(", ");
                let weight = grouping.weight.map(|slot| format!(" times {}", name(slot)));
                let weight = weight.unwrap_or_default();
                match grouping.keys.is_empty() {
                    true => format!("Aggregate {aggregates}{weight}"),
                    false => format!("Aggregate {aggregates}{weight} by {}", list(&grouping.keys)),
                }
            }
            Op::Sort(sort) => {
                let keys = sort.keys.iter();
                let keys = keys.map(|(slot, descending)| match descending {
                    true => format!("{} DESC", name(*slot)),
                    false => name(*slot),
                });
                let keys = keys.collect::<Vec<_>>().join(", ");
                match &sort.top {
                    Some(top) => format!("Top {} by {keys}", list(top).replace(", ", " + ")),
                    None if sort.keys.is_empty() => "Collect".to_owned(),
                    None => format!("Sort by {keys}"),
                }
            }
            Op::Distinct(width) => {
                let names: Vec<String> = (0..*width).map(name).collect();
                format!("Distinct {}", names.join(", "))
            }
            Op::Skip(count) => format!("Skip {}", show(count)),
            Op::Limit(count) => format!("Limit {}", show(count)),
            Op::Unwind { list, slot } => format!("Unwind {} AS {}", show(list), name(*slot)),
            Op::Optional { .. } => "Optional".to_owned(),
            Op::Semi { anti: false, .. } => "SemiJoin".to_owned(),
            Op::Semi { anti: true, .. } => "AntiJoin".to_owned(),
            Op::Apply(_) => "Apply".to_owned(),
            Op::Join(join) => {
                let on = join
                    .on
                    .iter()
                    .map(|(a, b)| format!("{} = {}", show(a), show(b)));
                format!("HashJoin on {}", on.collect::<Vec<_>>().join(" AND "))
            }
            Op::Union(_) => "Union".to_owned(),
            Op::Call(call) => format!("Call {}({})", call.name, list(&call.arguments)),
            Op::Create(create) => format!("Create {}", self.parts(&create.parts, frame)),
            Op::Merge(merge) => format!("Merge {}", self.parts(&merge.make.parts, frame)),
            Op::Set(items) => {
                let items = items.iter().map(|item| self.set(item, frame));
                format!("Set {}", items.collect::<Vec<_>>().join(", "))
            }
            Op::Delete { targets, detach } => {
                let word = if *detach { "DetachDelete" } else { "Delete" };
                format!("{word} {}", list(targets))
            }
            Op::Foreach { list, slot, .. } => {
                format!("Foreach {} IN {}", name(*slot), show(list))
            }
        }
    }

    fn expand(&self, expand: &Expand, frame: &Frame) -> String {
        let (from, to) = (name(frame, expand.from), name(frame, expand.to));
        let edge = match expand.keep {
            true => name(frame, expand.edge),
            false => String::new(),
        };
        let kinds = self.kinds(&expand.kinds);
        let walk = arrow(expand.side, &format!("{edge}{kinds}"));
        let word = match (expand.count, expand.bound, expand.into) {
            (Some(_), ..) => "Degree",
            (None, true, _) => "ExpandKnown",
            (None, false, true) => "ExpandInto",
            (None, false, false) => "Expand",
        };
        format!("{word} ({from}){walk}({to})")
    }

    fn walk(&self, walk: &WalkMany, frame: &Frame) -> String {
        let (from, to) = (name(frame, walk.from), name(frame, walk.to));
        let edge = match walk.keep {
            true => name(frame, walk.edge),
            false => String::new(),
        };
        let max = walk.many.max.map_or(String::new(), |max| max.to_string());
        let length = format!("*{}..{max}", walk.many.min);
        let shape = arrow(
            walk.side,
            &format!("{edge}{}{length}", self.kinds(&walk.kinds)),
        );
        let word = match walk.how {
            How::Trails => "Trails",
            How::Pruned => "TrailsTowards",
            How::Reach => "Reach",
            How::ReachOnce => "ReachOnce",
            How::Shortest => "Shortest",
            How::Meet => "ShortestFromBothEnds",
        };
        format!("{word} ({from}){shape}({to})")
    }

    fn kinds(&self, kinds: &KindSet) -> String {
        match kinds {
            KindSet::Any => String::new(),
            KindSet::Only(kinds) => {
                let names = kinds.iter().map(|kind| self.graph.name(*kind));
                format!(":{}", names.collect::<Vec<_>>().join("|"))
            }
        }
    }

    fn items(&self, items: &[(Slot, Expr)], frame: &Frame) -> String {
        let items = items.iter().map(|(slot, expr)| {
            let shown = self.expr(expr, frame);
            format!("{shown} AS {}", name(frame, *slot))
        });
        items.collect::<Vec<_>>().join(", ")
    }

    fn aggregate(&self, aggregate: &Aggregate, frame: &Frame) -> String {
        let Some(function) = aggregate.function else {
            return "count(*)".to_owned();
        };
        let arguments = aggregate.arguments.iter();
        let arguments = arguments.map(|argument| self.expr(argument, frame));
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        let distinct = if aggregate.distinct { "DISTINCT " } else { "" };
        format!("{}({distinct}{arguments})", function.0.name)
    }

    fn parts(&self, parts: &[NewPart], frame: &Frame) -> String {
        let parts = parts.iter().map(|part| match part {
            NewPart::Node { slot, labels, .. } => {
                let labels = labels.iter().map(|label| format!(":{}", label.name));
                format!("({}{})", name(frame, *slot), labels.collect::<String>())
            }
            NewPart::Edge {
                slot,
                kind,
                from,
                to,
                ..
            } => {
                let (from, to) = (name(frame, *from), name(frame, *to));
                format!("({from})-[{}:{}]->({to})", name(frame, *slot), kind.name)
            }
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    fn set(&self, item: &SetOp, frame: &Frame) -> String {
        match item {
            SetOp::Property { target, key, value } => {
                let (target, value) = (self.expr(target, frame), self.expr(value, frame));
                format!("{target}.{} = {value}", key.name)
            }
            SetOp::Properties { target, add, value } => {
                let sign = if *add { "+=" } else { "=" };
                let (target, value) = (self.expr(target, frame), self.expr(value, frame));
                format!("{target} {sign} {value}")
            }
            SetOp::AddLabels { target, labels } | SetOp::RemoveLabels { target, labels } => {
                let word = matches!(item, SetOp::RemoveLabels { .. });
                let word = if word { "without " } else { "" };
                let labels = labels.iter().map(|label| format!(":{}", label.name));
                let target = self.expr(target, frame);
                format!("{word}{target}{}", labels.collect::<String>())
            }
        }
    }
}

fn alias(shown: &str, name: &Arc<str>) -> String {
    match shown == &**name {
        true => shown.to_owned(),
        false => format!("{shown} AS {name}"),
    }
}

/// Gives the name a slot prints as.
fn name(frame: &Frame, slot: Slot) -> String {
    match frame.get(slot) {
        Some(name) if !name.is_empty() && &**name != "_" => name.to_string(),
        _ => format!("_{slot}"),
    }
}

fn arrow(side: Side, inside: &str) -> String {
    match side {
        Side::Out => format!("-[{inside}]->"),
        Side::In => format!("<-[{inside}]-"),
        Side::Both => format!("-[{inside}]-"),
    }
}
