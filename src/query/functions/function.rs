//! One entry of the table of functions.

use super::Context;
use super::Types;
use super::error;
use crate::diag::Diagnostic;
use crate::model::Value;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// What a function is to the caller.
#[derive(Clone, Copy)]
pub enum Kind {
    /// Gives a value for the arguments of one row.
    Scalar(fn(&Context<'_>, &[Value]) -> Result<Value, Diagnostic>),
    /// Gives a value for the arguments of all rows of a group.
    Aggregate(fn() -> Box<dyn Accumulator>),
}

/// What an aggregate has gathered so far.
pub trait Accumulator: Send {
    /// Takes the arguments of one more row.
    fn add(&mut self, arguments: &[Value]) -> Result<(), Diagnostic>;
    /// Gives the value of the group.
    fn finish(self: Box<Self>) -> Result<Value, Diagnostic>;
}

/// A parameter of a function.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name in the signature.
    pub name: &'static str,
    /// The types it takes.
    pub types: Types,
}

/// A call and what it gives, both in the language.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The call; for an aggregate its argument is called `x`.
    pub call: &'static str,
    /// What it gives.
    pub result: &'static str,
    /// For an aggregate: the values that `x` takes, as a list.
    pub rows: Option<&'static str>,
}

/// A function: all there is to know of it.
#[derive(Clone, Copy)]
pub struct Function {
    /// The name; found without regard to case.
    pub name: &'static str,
    /// The parameters.
    pub parameters: &'static [Parameter],
    /// How many of the last parameters may be left out.
    pub optional: usize,
    /// Whether the last parameter may be repeated.
    pub repeats: bool,
    /// The types it gives.
    pub result: Types,
    /// One line of help.
    pub help: &'static str,
    /// A call and its result, which a test runs.
    pub example: Example,
    /// Its code.
    pub kind: Kind,
    /// Whether a null among the arguments makes the result null without a call.
    pub strict: bool,
    /// Whether argument types that are known before the run are judged then.
    pub early: bool,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Function({})", self.name)
    }
}

/// Makes a parameter.
pub(super) const fn p(name: &'static str, types: Types) -> Parameter {
    Parameter { name, types }
}

impl Function {
    /// Makes the entry of a function over the arguments of one row.
    pub(super) const fn scalar(
        name: &'static str,
        parameters: &'static [Parameter],
        result: Types,
        code: fn(&Context<'_>, &[Value]) -> Result<Value, Diagnostic>,
    ) -> Self {
        Self::new(name, parameters, result, Kind::Scalar(code))
    }

    /// Makes the entry of an aggregate.
    pub(super) const fn aggregate(
        name: &'static str,
        parameters: &'static [Parameter],
        result: Types,
        code: fn() -> Box<dyn Accumulator>,
    ) -> Self {
        Self::new(name, parameters, result, Kind::Aggregate(code)).lenient()
    }

    const fn new(
        name: &'static str,
        parameters: &'static [Parameter],
        result: Types,
        kind: Kind,
    ) -> Self {
        Self {
            name,
            parameters,
            optional: 0,
            repeats: false,
            result,
            help: "",
            example: Example {
                call: "",
                result: "",
                rows: None,
            },
            kind,
            strict: true,
            early: true,
        }
    }

    /// Adds one line of help.
    pub(super) const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    /// Adds a call and its result.
    pub(super) const fn example(mut self, call: &'static str, result: &'static str) -> Self {
        self.example.call = call;
        self.example.result = result;
        self
    }

    /// Adds the values that `x` takes in the example of an aggregate.
    pub(super) const fn over(mut self, rows: &'static str) -> Self {
        self.example.rows = Some(rows);
        self
    }

    /// Says how many of the last parameters may be left out.
    pub(super) const fn optional(mut self, count: usize) -> Self {
        self.optional = count;
        self
    }

    /// Lets the last parameter be repeated.
    pub(super) const fn repeats(mut self) -> Self {
        self.repeats = true;
        self
    }

    /// Lets nulls through to the code.
    pub(super) const fn lenient(mut self) -> Self {
        self.strict = false;
        self
    }

    /// Leaves types to the run, also where they are known before.
    pub(super) const fn late(mut self) -> Self {
        self.early = false;
        self
    }

    /// Gives how many arguments it takes.
    #[must_use]
    pub fn arguments(&self) -> RangeInclusive<usize> {
        let least = self.parameters.len() - self.optional;
        let most = if self.repeats {
            usize::MAX
        } else {
            self.parameters.len()
        };
        least..=most
    }

    /// Gives the types that an argument may have, counted from 0.
    #[must_use]
    pub fn parameter_types(&self, at: usize) -> Types {
        let parameter = self.parameters.get(at).or(self.parameters.last());
        parameter.map_or(Types::NULL, |parameter| parameter.types)
    }

    /// Tells whether it is an aggregate.
    #[must_use]
    pub fn is_aggregate(&self) -> bool {
        matches!(self.kind, Kind::Aggregate(_))
    }

    /// Gives the signature: `left(text :: STRING, length :: INTEGER) :: STRING`.
    #[must_use]
    pub fn signature(&self) -> String {
        let mut text = format!("{}(", self.name);
        let least = self.parameters.len() - self.optional;
        for (at, parameter) in self.parameters.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            let optional = if at >= least { "?" } else { "" };
            let _ = write!(
                text,
                "{comma}{}{optional} :: {}",
                parameter.name, parameter.types
            );
        }
        let more = if self.repeats { ", …" } else { "" };
        let _ = write!(text, "{more}) :: {}", self.result);
        text
    }

    /// Runs a function over the arguments of one row, after a look at nulls and types.
    pub fn call(&self, context: &Context<'_>, arguments: &[Value]) -> Result<Value, Diagnostic> {
        let Kind::Scalar(code) = self.kind else {
            return Err(error::aggregate_in_row(self));
        };
        if self.strict && arguments.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        for (at, argument) in arguments.iter().enumerate() {
            if !self.parameter_types(at).accepts(Types::of(argument)) {
                return Err(error::wrong_type(self, at, argument));
            }
        }
        code(context, arguments)
    }
}
