//! Expressions to values, as far as they can be worked out without a provider.
//!
//! What cannot be known stays symbolic and keeps the names of what it depends on. Evaluation is
//! lazy, remembers what it has worked out, and is bounded in depth and steps.

use super::body;
use super::cost::Cost;
use super::functions;
use super::module::Module;
use super::policy;
use super::template;
use super::value::{Map, Reference, Val};
use crate::import::Bounds;
use hcl_edit::expr::{
    BinaryOperator, Expression, ObjectKey, Traversal, TraversalOperator, UnaryOperator,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// Names bound by `for`, `dynamic`, `each` and `count`, innermost first.
#[derive(Clone, Copy)]
pub(crate) struct Frame<'f> {
    pub(crate) bound: Bound<'f>,
    pub(crate) outer: Option<&'f Frame<'f>>,
}

/// What one frame binds.
#[derive(Clone, Copy)]
pub(crate) enum Bound<'f> {
    /// A name.
    One(&'f str, &'f Val),
    /// The names of a map.
    All(&'f Map),
}

impl<'f> Frame<'f> {
    /// Binds a name.
    pub(crate) fn one(name: &'f str, value: &'f Val, outer: Option<&'f Frame<'f>>) -> Self {
        Self {
            bound: Bound::One(name, value),
            outer,
        }
    }

    fn get(&self, name: &str) -> Option<&'f Val> {
        match self.bound {
            Bound::One(own, value) => (own == name).then_some(value),
            Bound::All(map) => map.get(name),
        }
    }
}

/// Reads a file that a configuration names relative to a folder.
pub(crate) type ReadFile<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// Evaluates expressions of a tree of modules.
pub(crate) struct Evaluator<'a> {
    pub(crate) modules: &'a [Module],
    read: ReadFile<'a>,
    known: RefCell<FxHashMap<(usize, String), Val>>,
    active: RefCell<FxHashSet<(usize, String)>>,
    depth: Cell<usize>,
    cost: Cost<'a>,
}

impl<'a> Evaluator<'a> {
    pub(crate) fn new(modules: &'a [Module], read: ReadFile<'a>, bounds: &'a Bounds) -> Self {
        Self {
            modules,
            read,
            known: RefCell::default(),
            active: RefCell::default(),
            depth: Cell::new(0),
            cost: Cost::new(bounds),
        }
    }

    /// Gives what is left to be spent.
    pub(crate) fn cost(&self) -> &Cost<'a> {
        &self.cost
    }

    pub(crate) fn read_file(&self, module: usize, path: &str) -> Option<String> {
        (self.read)(&self.modules[module].folder, path)
    }

    /// Works out an expression of a module.
    pub(crate) fn eval(&self, module: usize, expr: &Expression, frame: Option<&Frame<'_>>) -> Val {
        if !self.cost.deeper(self.depth.get()) || !self.cost.spend(1) {
            return Val::unknown(shorten(&expr.to_string()));
        }
        self.depth.set(self.depth.get() + 1);
        let value = self.eval_inner(module, expr, frame);
        self.depth.set(self.depth.get() - 1);
        value
    }

    fn eval_inner(&self, module: usize, expr: &Expression, frame: Option<&Frame<'_>>) -> Val {
        match expr {
            Expression::Null(_) => Val::Null,
            Expression::Bool(value) => Val::Bool(*value.value()),
            Expression::Number(number) => number
                .value()
                .as_f64()
                .map_or_else(|| Val::unknown("number"), Val::Number),
            Expression::String(text) => Val::text(text.value()),
            Expression::Array(items) => Val::list(
                items
                    .iter()
                    .map(|item| self.eval(module, item, frame))
                    .collect(),
            ),
            Expression::Object(_) => self.object(module, expr, frame),
            Expression::StringTemplate(text) => template::render(self, module, text.iter(), frame),
            Expression::HeredocTemplate(text) => {
                template::render(self, module, text.template.iter(), frame)
            }
            Expression::Parenthesis(inner) => self.eval(module, inner.inner(), frame),
            Expression::Variable(name) => match bound(name.as_str(), frame) {
                Some(value) => value.clone(),
                // A bare `aws_x` or `var` alone means nothing.
                None => Val::unknown(name.as_str()),
            },
            Expression::Conditional(choice) => {
                let condition = self.eval(module, &choice.cond_expr, frame);
                let yes = || self.eval(module, &choice.true_expr, frame);
                let no = || self.eval(module, &choice.false_expr, frame);
                match condition {
                    Val::Bool(true) => yes(),
                    Val::Bool(false) => no(),
                    open => self
                        .cost
                        .open(shorten(&expr.to_string()), [&open, &yes(), &no()]),
                }
            }
            Expression::FuncCall(call) => {
                let mut arguments: Vec<Val> = call
                    .args
                    .iter()
                    .map(|argument| self.eval(module, argument, frame))
                    .collect();
                if call.args.expand_final()
                    && let Some(last) = arguments.pop()
                {
                    arguments.extend(last.items().iter().cloned());
                }
                let made = functions::call(self, module, call.name.name.as_str(), arguments);
                self.cost.weighed(made)
            }
            Expression::Traversal(traversal) => self.traversal(module, traversal, frame),
            Expression::UnaryOp(operation) => {
                let value = self.eval(module, &operation.expr, frame);
                match (operation.operator.value(), value) {
                    (UnaryOperator::Not, Val::Bool(value)) => Val::Bool(!value),
                    (UnaryOperator::Neg, Val::Number(value)) => Val::Number(-value),
                    (_, open) => self.cost.open(shorten(&expr.to_string()), [&open]),
                }
            }
            Expression::BinaryOp(operation) => {
                let left = self.eval(module, &operation.lhs_expr, frame);
                let right = self.eval(module, &operation.rhs_expr, frame);
                binary(*operation.operator.value(), &left, &right)
                    .unwrap_or_else(|| self.cost.open(shorten(&expr.to_string()), [&left, &right]))
            }
            Expression::ForExpr(each) => self.cost.weighed(self.for_each(module, each, frame)),
        }
    }

    fn object(&self, module: usize, expr: &Expression, frame: Option<&Frame<'_>>) -> Val {
        let mut map = Map::new();
        for (key, value) in expr
            .as_object()
            .into_iter()
            .flat_map(|object| object.iter())
        {
            let key = match key {
                ObjectKey::Ident(name) => Some(Arc::from(name.as_str())),
                ObjectKey::Expression(Expression::Variable(name)) => Some(Arc::from(name.as_str())),
                ObjectKey::Expression(expr) => key_text(&self.eval(module, expr, frame)),
            };
            if let Some(key) = key {
                map.insert(key, self.eval(module, value.expr(), frame));
            }
        }
        Val::map(map)
    }

    fn traversal(&self, module: usize, traversal: &Traversal, frame: Option<&Frame<'_>>) -> Val {
        let operators = &traversal.operators;
        let Expression::Variable(root) = &traversal.expr else {
            let base = self.eval(module, &traversal.expr, frame);
            return self.follow(module, base, operators.iter().map(|o| o.value()), frame);
        };
        let root = root.as_str();
        if let Some(base) = bound(root, frame) {
            let base = base.clone();
            return self.follow(module, base, operators.iter().map(|o| o.value()), frame);
        }
        let mut rest = operators.iter().map(|o| o.value());
        let Some(TraversalOperator::GetAttr(first)) = rest.next() else {
            return Val::unknown(shorten(&traversal.expr.to_string()));
        };
        let first = first.as_str();
        match root {
            "var" => self.follow(module, self.input(module, first), rest, frame),
            "local" => self.follow(module, self.local(module, first), rest, frame),
            "path" => Val::text("."),
            "terraform" => Val::text("default"),
            "module" => self.output(module, first, rest, frame),
            "data" => match rest.next() {
                Some(TraversalOperator::GetAttr(name)) => {
                    let name = format!("{first}.{}", name.as_str());
                    let mut rest = rest.peekable();
                    let key = self.instance(module, &name, rest.peek().copied(), frame);
                    if key.is_some() {
                        rest.next();
                    }
                    self.follow(module, self.data(module, &name, key.as_ref()), rest, frame)
                }
                _ => Val::unknown("data"),
            },
            _ => {
                let address = format!("{}{root}.{first}", self.modules[module].prefix);
                self.follow(module, reference(&address), rest, frame)
            }
        }
    }

    /// Applies `.name`, `[index]` and splats to a value.
    fn follow<'o>(
        &self,
        module: usize,
        base: Val,
        operators: impl Iterator<Item = &'o TraversalOperator>,
        frame: Option<&Frame<'_>>,
    ) -> Val {
        let mut value = base;
        let mut splat = false;
        for operator in operators {
            let step = |value: &Val| match operator {
                TraversalOperator::GetAttr(name) => self.get(value, name.as_str()),
                TraversalOperator::LegacyIndex(index) => self.at(value, *index.value() as usize),
                TraversalOperator::Index(index) => match self.eval(module, index, frame) {
                    Val::Number(index) if index >= 0.0 => self.at(value, index as usize),
                    Val::Text(key) => self.get_element(value, &key),
                    open => match value {
                        Val::Ref(_) => value.clone(),
                        _ => self.cost.open("[…]", [value, &open]),
                    },
                },
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => value.clone(),
            };
            match operator {
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
                    splat = true;
                    value = Val::list(value.items().to_vec());
                }
                _ if splat => value = Val::list(value.items().iter().map(step).collect()),
                _ => value = step(&value),
            }
        }
        value
    }

    /// Works out a named thing once; a name that leads back to itself stays open.
    fn once(&self, module: usize, name: String, work: impl FnOnce() -> Val) -> Val {
        let key = (module, name);
        if let Some(value) = self.known.borrow().get(&key) {
            return value.clone();
        }
        if !self.active.borrow_mut().insert(key.clone()) {
            return Val::unknown(&key.1);
        }
        let value = self.cost.weighed(work());
        self.active.borrow_mut().remove(&key);
        self.known.borrow_mut().insert(key, value.clone());
        value
    }

    fn local(&self, module: usize, name: &str) -> Val {
        self.once(module, format!("local.{name}"), || {
            match self.modules[module].written.locals.get(name) {
                Some(expr) => self.eval(module, expr, None),
                None => Val::unknown(format!("local.{name}")),
            }
        })
    }

    /// A variable: what the caller gives, what a tfvars file says, or its default.
    fn input(&self, module: usize, name: &str) -> Val {
        self.once(module, format!("var.{name}"), || {
            let own = &self.modules[module];
            if let Some((caller, call)) = &own.caller {
                let call = self.modules[*caller].written.call(call);
                if let Some(given) = call.and_then(|call| self.given(*caller, call, name)) {
                    return given;
                }
            }
            let values = own.given.get(name).or(own.written.values.get(name));
            let default = || own.written.variables.get(name).and_then(Option::as_ref);
            match values.or_else(default) {
                Some(expr) => self.eval(module, expr, None),
                None => Val::unknown(format!("var.{name}")),
            }
        })
    }

    fn output<'o>(
        &self,
        module: usize,
        call: &str,
        operators: impl Iterator<Item = &'o TraversalOperator>,
        frame: Option<&Frame<'_>>,
    ) -> Val {
        // `module.a[0].x` and `module.a["k"].x` mean the same declaration as `module.a.x`.
        let mut rest = operators.skip_while(|o| !matches!(o, TraversalOperator::GetAttr(_)));
        let address = format!("{}module.{call}", self.modules[module].prefix);
        let Some(TraversalOperator::GetAttr(name)) = rest.next() else {
            return reference(&address);
        };
        let name = name.as_str();
        let value = match self.modules[module].children.get(call) {
            None => self.get(&reference(&address), name),
            Some(&child) => self.once(child, format!("output.{name}"), || {
                match self.modules[child].written.outputs.get(name) {
                    Some(expr) => self.eval(child, expr, None),
                    None => self.get(&reference(&address), name),
                }
            }),
        };
        self.follow(module, value, rest, frame)
    }

    /// A data source: policy documents and templates are worked out, the rest is a reference.
    /// Of one that stands for many, `key` names which.
    fn data(&self, module: usize, name: &str, key: Option<&Val>) -> Val {
        let address = format!("{}data.{name}", self.modules[module].prefix);
        let kind = name.split('.').next().unwrap_or("");
        let Some(declaration) = self.modules[module].written.data(name) else {
            return reference(&address);
        };
        let written = key.and_then(Val::to_plain_text).unwrap_or_default();
        self.once(module, format!("data.{name}[{written}]"), || {
            let block = &declaration.block.body;
            let bound = self.repetition(module, block, key);
            let frame = bound
                .as_ref()
                .map(|(word, value)| Frame::one(word, value, None));
            let body = || body::eval(self, module, block, frame.as_ref());
            policy::document(kind, &body())
                .or_else(|| template::data_source(self, module, kind, &body()))
                .unwrap_or_else(|| reference(&address))
        })
    }

    /// `.name` of a value.
    fn get(&self, value: &Val, name: &str) -> Val {
        match value {
            Val::Map(map) => map.get(name).cloned().unwrap_or_default(),
            Val::Ref(reference) => {
                let mut reference = Reference::clone(reference);
                reference.path.push(name.into());
                Val::Ref(Arc::new(reference))
            }
            Val::Null => Val::Null,
            other => self.cost.open(name, [other]),
        }
    }

    /// `["key"]` of a value; an instance of a declared thing is the declared thing.
    fn get_element(&self, value: &Val, key: &str) -> Val {
        match value {
            Val::Ref(reference) if reference.path.is_empty() => value.clone(),
            _ => self.get(value, key),
        }
    }

    /// `[index]` of a value; an instance of a declared thing is the declared thing.
    fn at(&self, value: &Val, index: usize) -> Val {
        match value {
            Val::List(items) => items.get(index).cloned().unwrap_or_default(),
            Val::Ref(_) => value.clone(),
            other => self.cost.open("[…]", [other]),
        }
    }
}

/// Finds what a name is bound to, innermost first.
fn bound<'f>(name: &str, frame: Option<&'f Frame<'f>>) -> Option<&'f Val> {
    let mut frames = std::iter::successors(frame, |frame| frame.outer);
    frames.find_map(|own| own.get(name))
}

/// A key of a map as text; an open key is written as a person would read it.
pub(super) fn key_text(value: &Val) -> Option<Arc<str>> {
    value.to_plain_text().or_else(|| match value {
        Val::Open(open) => Some(format!("${{{}}}", open.text).into()),
        Val::Ref(reference) => Some(format!("${{{}}}", reference.address).into()),
        _ => None,
    })
}

pub(crate) fn reference(address: &str) -> Val {
    Val::Ref(Arc::new(Reference {
        address: address.into(),
        path: Vec::new(),
    }))
}

fn binary(operator: BinaryOperator, left: &Val, right: &Val) -> Option<Val> {
    use BinaryOperator as Op;
    match (operator, left, right) {
        (Op::Eq, a, b) if a.is_known() && b.is_known() => Some(Val::Bool(a == b)),
        (Op::NotEq, a, b) if a.is_known() && b.is_known() => Some(Val::Bool(a != b)),
        (Op::And, Val::Bool(a), Val::Bool(b)) => Some(Val::Bool(*a && *b)),
        (Op::Or, Val::Bool(a), Val::Bool(b)) => Some(Val::Bool(*a || *b)),
        (_, Val::Number(a), Val::Number(b)) => arithmetic(operator, *a, *b),
        _ => None,
    }
}

fn arithmetic(operator: BinaryOperator, a: f64, b: f64) -> Option<Val> {
    use BinaryOperator as Op;
    Some(match operator {
        Op::Less => Val::Bool(a < b),
        Op::LessEq => Val::Bool(a <= b),
        Op::Greater => Val::Bool(a > b),
        Op::GreaterEq => Val::Bool(a >= b),
        Op::Plus => Val::Number(a + b),
        Op::Minus => Val::Number(a - b),
        Op::Mul => Val::Number(a * b),
        Op::Div if b != 0.0 => Val::Number(a / b),
        Op::Mod if b != 0.0 => Val::Number(a % b),
        _ => return None,
    })
}

/// Longest text of an open expression that is kept, in characters.
const OPEN_TEXT: usize = 80;

pub(crate) fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(OPEN_TEXT) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
