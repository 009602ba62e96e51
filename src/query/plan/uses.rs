//! Which slots an operator reads and fills, and which expressions it holds.
//!
//! Passes ask this; operators that run a plan in the same frame count what that plan reads.

use super::Plan;
use super::expr::Expr;
use super::expr::Slot;
use super::op::Create;
use super::op::NewPart;
use super::op::Op;
use super::op::SetOp;
use super::op::Source;
use super::pattern::Pattern;
use super::pattern::Walk;

impl Op {
    /// Calls `f` with each expression that the step holds itself.
    pub(crate) fn each_expr(&self, f: &mut dyn FnMut(&Expr)) {
        match self {
            Self::Match(pattern) => pattern.each_expr(f),
            Self::Scan(scan) => {
                if let Source::Property { value, .. } = &scan.source {
                    f(value);
                }
            }
            Self::Walk(walk) => walk.many.test.iter().for_each(f),
            Self::Repeat(repeat) => repeat.group.imports.iter().for_each(|(expr, _)| f(expr)),
            Self::Filter(conditions) => conditions.iter().for_each(f),
            Self::Extend(items) => items.iter().for_each(|(_, expr)| f(expr)),
            Self::Project(project) => project.items.iter().for_each(f),
            Self::Aggregate(grouping) => {
                grouping.keys.iter().for_each(&mut *f);
                let arguments = grouping.aggregates.iter().flat_map(|a| &a.arguments);
                arguments.chain(&grouping.trace).for_each(f);
            }
            Self::Sort(sort) => sort.top.iter().flatten().for_each(f),
            Self::Skip(count) | Self::Limit(count) => f(count),
            Self::Unwind { list, .. } | Self::Foreach { list, .. } => f(list),
            Self::Apply(apply) => apply.imports.iter().for_each(|(expr, _)| f(expr)),
            Self::Semi { query, .. } => query.imports.iter().for_each(|(expr, _)| f(expr)),
            Self::Join(join) => join.on.iter().for_each(|(probe, _)| f(probe)),
            Self::Call(call) => call.arguments.iter().for_each(f),
            Self::Create(create) => create.each_expr(f),
            Self::Merge(merge) => {
                merge.make.each_expr(f);
                merge.maps.iter().for_each(&mut *f);
                let sets = merge.on_create.iter().chain(&merge.on_match);
                sets.for_each(|set| set.each_expr(f));
            }
            Self::Set(sets) => sets.iter().for_each(|set| set.each_expr(f)),
            Self::Delete { targets, .. } => targets.iter().for_each(f),
            Self::Expand(_)
            | Self::Choose(_)
            | Self::Distinct(_)
            | Self::Optional { .. }
            | Self::Union(_) => {}
        }
    }

    /// Calls `f` with each expression that the step holds itself, to be changed in place.
    pub(crate) fn each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match self {
            Self::Match(pattern) => pattern.each_expr_mut(f),
            Self::Scan(scan) => {
                if let Source::Property { value, .. } = &mut scan.source {
                    f(value);
                }
            }
            Self::Walk(walk) => walk.many.test.iter_mut().for_each(f),
            Self::Repeat(repeat) => {
                let imports = repeat.group.imports.iter_mut();
                imports.for_each(|(expr, _)| f(expr));
            }
            Self::Filter(conditions) => conditions.iter_mut().for_each(f),
            Self::Extend(items) => items.iter_mut().for_each(|(_, expr)| f(expr)),
            Self::Project(project) => project.items.iter_mut().for_each(f),
            Self::Aggregate(grouping) => {
                grouping.keys.iter_mut().for_each(&mut *f);
                let aggregates = grouping.aggregates.iter_mut();
                let arguments = aggregates.flat_map(|a| &mut a.arguments);
                arguments.chain(&mut grouping.trace).for_each(f);
            }
            Self::Sort(sort) => sort.top.iter_mut().flatten().for_each(f),
            Self::Skip(count) | Self::Limit(count) => f(count),
            Self::Unwind { list, .. } | Self::Foreach { list, .. } => f(list),
            Self::Apply(apply) => apply.imports.iter_mut().for_each(|(expr, _)| f(expr)),
            Self::Semi { query, .. } => {
                let imports = query.imports.iter_mut();
                imports.for_each(|(expr, _)| f(expr));
            }
            Self::Join(join) => join.on.iter_mut().for_each(|(probe, _)| f(probe)),
            Self::Call(call) => call.arguments.iter_mut().for_each(f),
            Self::Create(create) => create.each_expr_mut(f),
            Self::Merge(merge) => {
                merge.make.each_expr_mut(f);
                merge.maps.iter_mut().for_each(&mut *f);
                let sets = merge.on_create.iter_mut().chain(&mut merge.on_match);
                sets.for_each(|set| set.each_expr_mut(f));
            }
            Self::Set(sets) => sets.iter_mut().for_each(|set| set.each_expr_mut(f)),
            Self::Delete { targets, .. } => targets.iter_mut().for_each(f),
            Self::Expand(_)
            | Self::Choose(_)
            | Self::Distinct(_)
            | Self::Optional { .. }
            | Self::Union(_) => {}
        }
    }

    /// Adds the slots that the step reads from the row it is given. Slots read only for pictures
    /// (soft ones) are added if `soft`.
    pub(crate) fn reads(&self, soft: bool, into: &mut Vec<Slot>) {
        self.each_expr(&mut |expr| expr.each_slot(soft, &mut |slot| into.push(slot)));
        match self {
            Self::Match(pattern) => pattern.reads(into),
            Self::Expand(expand) => {
                into.push(expand.from);
                into.extend(expand.into.then_some(expand.to));
                into.extend(expand.bound.then_some(expand.edge));
                into.extend(&expand.unlike);
            }
            Self::Walk(walk) => {
                into.push(walk.from);
                into.extend(walk.into.then_some(walk.to));
                into.extend(walk.bound.then_some(walk.edge));
                into.extend(&walk.unlike);
            }
            Self::Repeat(repeat) => {
                into.push(repeat.from);
                into.extend(repeat.into.then_some(repeat.to));
                into.extend(&repeat.unlike);
            }
            Self::Choose(choose) => {
                choose.body.reads(soft, into);
                into.extend([choose.ends.0, choose.ends.1]);
            }
            Self::Optional { body, .. } | Self::Foreach { body, .. } => body.reads(soft, into),
            Self::Merge(merge) => {
                merge.find.reads(soft, into);
                merge.make.reads(into);
            }
            Self::Create(create) => create.reads(into),
            Self::Sort(sort) => into.extend(sort.keys.iter().map(|(slot, _)| *slot)),
            Self::Distinct(width) => into.extend(0..*width),
            Self::Aggregate(grouping) => into.extend(grouping.weight),
            Self::Union(union) => {
                let branches = union.branches.iter();
                branches.for_each(|branch| branch.reads(soft, into));
            }
            _ => {}
        }
    }

    /// Adds the slots that the step fills in the same frame.
    pub(crate) fn fills(&self, into: &mut Vec<Slot>) {
        match self {
            Self::Match(pattern) => into.extend(pattern.introduced()),
            Self::Scan(scan) => into.push(scan.slot),
            Self::Expand(expand) => {
                into.extend([expand.edge, expand.to]);
                into.extend(expand.count);
            }
            Self::Walk(walk) => into.extend([walk.edge, walk.to]),
            Self::Repeat(repeat) => {
                into.extend([repeat.edge, repeat.to]);
                into.extend(repeat.group.lists.iter().map(|(_, outer)| *outer));
            }
            Self::Choose(choose) => into.extend(choose.chosen.pattern.introduced()),
            Self::Extend(items) => into.extend(items.iter().map(|(slot, _)| *slot)),
            Self::Unwind { slot, .. } => into.push(*slot),
            Self::Optional { slots, .. } => into.extend(slots),
            Self::Join(join) => into.extend(&join.slots),
            Self::Apply(apply) => into.extend(apply.exports.iter().map(|(_, outer)| *outer)),
            Self::Call(call) => into.extend(call.outputs.iter().map(|(_, slot)| *slot)),
            Self::Create(create) => create.fills(into),
            Self::Merge(merge) => merge.make.fills(into),
            _ => {}
        }
    }

    /// Tells whether the step starts a new frame.
    #[must_use]
    pub(crate) fn new_frame(&self) -> bool {
        matches!(self, Self::Project(_) | Self::Aggregate(_) | Self::Union(_))
    }
}

impl Plan {
    /// Adds the slots of the first frame that the plan reads.
    pub(crate) fn reads(&self, soft: bool, into: &mut Vec<Slot>) {
        for step in &self.steps {
            step.op.reads(soft, into);
            if step.op.new_frame() {
                return;
            }
        }
    }
}

impl Pattern {
    fn reads(&self, into: &mut Vec<Slot>) {
        let nodes = self.nodes.iter().map(|node| node.slot);
        let links = self.links.iter().map(|link| link.edge);
        into.extend(nodes.chain(links).filter(|slot| self.bound.contains(slot)));
    }

    fn each_expr(&self, f: &mut dyn FnMut(&Expr)) {
        self.filters.iter().for_each(&mut *f);
        self.paths.iter().for_each(|(_, expr)| f(expr));
        for link in &self.links {
            match &link.walk {
                Walk::One => {}
                Walk::Many(many) => many.test.iter().for_each(&mut *f),
                Walk::Group(group) => group.imports.iter().for_each(|(expr, _)| f(expr)),
                Walk::Chosen(chosen) => chosen.pattern.each_expr(f),
            }
        }
    }

    fn each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        self.filters.iter_mut().for_each(&mut *f);
        self.paths.iter_mut().for_each(|(_, expr)| f(expr));
        for link in &mut self.links {
            match &mut link.walk {
                Walk::One => {}
                Walk::Many(many) => many.test.iter_mut().for_each(&mut *f),
                Walk::Group(group) => group.imports.iter_mut().for_each(|(expr, _)| f(expr)),
                Walk::Chosen(chosen) => chosen.pattern.each_expr_mut(f),
            }
        }
    }
}

impl Create {
    fn each_expr(&self, f: &mut dyn FnMut(&Expr)) {
        for part in &self.parts {
            match part {
                NewPart::Node { properties, .. } | NewPart::Edge { properties, .. } => {
                    properties.iter().for_each(&mut *f);
                }
            }
        }
        self.paths.iter().for_each(|(_, expr)| f(expr));
    }

    fn each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        for part in &mut self.parts {
            match part {
                NewPart::Node { properties, .. } | NewPart::Edge { properties, .. } => {
                    properties.iter_mut().for_each(&mut *f);
                }
            }
        }
        self.paths.iter_mut().for_each(|(_, expr)| f(expr));
    }

    fn reads(&self, into: &mut Vec<Slot>) {
        for part in &self.parts {
            if let NewPart::Edge { from, to, .. } = part {
                into.extend([*from, *to]);
            }
        }
    }

    fn fills(&self, into: &mut Vec<Slot>) {
        for part in &self.parts {
            match part {
                NewPart::Node { slot, .. } | NewPart::Edge { slot, .. } => into.push(*slot),
            }
        }
        into.extend(self.paths.iter().map(|(slot, _)| *slot));
    }
}

impl SetOp {
    fn each_expr(&self, f: &mut dyn FnMut(&Expr)) {
        match self {
            Self::Property { target, value, .. } | Self::Properties { target, value, .. } => {
                f(target);
                f(value);
            }
            Self::AddLabels { target, .. } | Self::RemoveLabels { target, .. } => f(target),
        }
    }

    fn each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match self {
            Self::Property { target, value, .. } | Self::Properties { target, value, .. } => {
                f(target);
                f(value);
            }
            Self::AddLabels { target, .. } | Self::RemoveLabels { target, .. } => f(target),
        }
    }
}
