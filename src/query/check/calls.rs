//! Calls of functions: whether there is one, what it takes, where an aggregate may stand.

use super::place::Place;
use super::types::Type;
use super::walk::any;
use super::{Check, Checked};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast::{Expr, ExprKind, Name};
use crate::query::functions;
use crate::query::functions::Function;
use crate::query::functions::Types;

/// Functions that give something else at each call, so that an aggregate over them means nothing.
const VOLATILE: &[&str] = &["rand", "randomuuid"];

impl Check<'_> {
    pub(super) fn call(
        &self,
        name: &Name,
        distinct: bool,
        arguments: &[Expr],
        place: Place<'_>,
    ) -> Checked<Type> {
        let function = functions::find(&name.text).ok_or_else(|| unknown(name))?;
        counted(function, name, arguments.len())?;
        let mut inside = place.as_value();
        if function.is_aggregate() {
            place.aggregate(&name.text, name.span)?;
            arguments.iter().try_for_each(steady)?;
            inside = place.in_aggregate();
        } else if distinct {
            return Err(Diagnostic::error(
                &Code::UNEXPECTED_SYNTAX,
                format!("`{}` is no aggregate and takes no DISTINCT", function.name),
            )
            .at(name.span));
        }
        if function.name == "exists" {
            inside = inside.as_condition();
        }
        for (at, argument) in arguments.iter().enumerate() {
            let known = self.expr(argument, inside)?;
            if function.early && !function.parameter_types(at).accepts(known.of) {
                return Err(wrong_type(function, at, known, argument.span));
            }
        }
        Ok(Type::of(function.result))
    }
}

fn unknown(name: &Name) -> Diagnostic {
    let text = format!("there is no function `{}`", name.text);
    let unknown = Diagnostic::error(&Code::UNKNOWN_FUNCTION, text).at(name.span);
    match functions::instead_of(&name.text) {
        Some(help) => unknown.help(help),
        None => unknown.nearest(functions::nearest_name(&name.text)),
    }
}

fn counted(function: &Function, name: &Name, given: usize) -> Checked {
    let takes = function.arguments();
    if takes.contains(&given) {
        return Ok(());
    }
    let count = match (*takes.start(), *takes.end()) {
        (least, usize::MAX) => format!("at least {least}"),
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    let word = match count.as_str() {
        "1" | "at least 1" => "argument",
        _ => "arguments",
    };
    Err(Diagnostic::error(
        &Code::INVALID_NUMBER_OF_ARGUMENTS,
        format!("`{}` takes {count} {word} and not {given}", function.name),
    )
    .at(name.span)
    .expected(format!("`{}`", function.signature())))
}

/// Refuses something random under an aggregate.
fn steady(argument: &Expr) -> Checked {
    let is_volatile = |part: &Expr| match &part.kind {
        ExprKind::Call { name, .. } => VOLATILE.contains(&name.text.to_lowercase().as_str()),
        _ => false,
    };
    if !any(argument, &is_volatile) {
        return Ok(());
    }
    Err(Diagnostic::error(
        &Code::NON_CONSTANT_EXPRESSION,
        "an aggregate over something random means nothing",
    )
    .at(argument.span)
    .help("compute it in a WITH before"))
}

fn wrong_type(function: &Function, at: usize, known: Type, span: Span) -> Diagnostic {
    let takes: Types = function.parameter_types(at);
    Diagnostic::error(
        &Code::INVALID_ARGUMENT_TYPE,
        format!(
            "`{}` takes {takes} and not a value of type {}",
            function.name, known.of
        ),
    )
    .at(span)
    .expected(format!("`{}`", function.signature()))
}
