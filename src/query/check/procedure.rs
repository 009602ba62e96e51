//! CALL of a declared procedure: its arguments and what it yields.

use super::place::Place;
use super::scope::{Scope, already_bound};
use super::types::Type;
use super::{Check, Checked};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::diag::nearest;
use crate::query::Procedure;
use crate::query::ast::{Expr, Name, ProcedureCall, Yield};
use crate::query::functions::Types;

impl Check<'_> {
    pub(super) fn procedure(
        &self,
        call: &ProcedureCall,
        scope: &mut Scope<'_>,
        span: Span,
    ) -> Checked {
        let known = self.context.procedures;
        let Some(procedure) = known.get(&call.name.text) else {
            let names = known.iter().map(|procedure| procedure.name.as_str());
            return Err(unknown(&call.name, nearest(&call.name.text, names)));
        };
        match &call.arguments {
            Some(arguments) => self.arguments(procedure, call, arguments, scope)?,
            None => self.implicit(procedure, call)?,
        }
        match &call.yields {
            Some(yields) => self.yielded(procedure, call, yields, scope, span),
            None => Ok(()),
        }
    }

    fn arguments(
        &self,
        procedure: &Procedure,
        call: &ProcedureCall,
        arguments: &[Expr],
        scope: &Scope<'_>,
    ) -> Checked {
        let (takes, given) = (procedure.inputs.len(), arguments.len());
        if takes != given {
            return Err(Diagnostic::error(
                &Code::INVALID_NUMBER_OF_ARGUMENTS,
                format!(
                    "`{}` takes {takes} arguments and not {given}",
                    procedure.name
                ),
            )
            .at(call.name.span));
        }
        for (argument, field) in arguments.iter().zip(&procedure.inputs) {
            let known = self.expr(argument, Place::plain(scope))?;
            if known.excludes(declared(&field.kind)) {
                return Err(Diagnostic::error(
                    &Code::INVALID_ARGUMENT_TYPE,
                    format!(
                        "`{}` takes {} as `{}` and not a value of type {}",
                        procedure.name, field.kind, field.name, known.of
                    ),
                )
                .at(argument.span));
            }
        }
        Ok(())
    }

    /// Without parentheses the parameters of the same names are the arguments.
    fn implicit(&self, procedure: &Procedure, call: &ProcedureCall) -> Checked {
        if !call.standalone {
            if procedure.inputs.is_empty() {
                return Ok(());
            }
            return Err(Diagnostic::error(
                &Code::INVALID_ARGUMENT_PASSING_MODE,
                "inside a query the arguments are written down",
            )
            .at(call.name.span)
            .expected(format!("`{}(…)`", procedure.name)));
        }
        let Some(given) = self.context.parameters else {
            return Ok(());
        };
        let missing = procedure
            .inputs
            .iter()
            .find(|field| !given.contains_key(field.name.as_str()));
        match missing {
            None => Ok(()),
            Some(field) => Err(Diagnostic::error(
                &Code::MISSING_PARAMETER,
                format!("the parameter `${}` was not given", field.name),
            )
            .at(call.name.span)
            .help(format!(
                "or write the arguments down: `{}(…)`",
                procedure.name
            ))),
        }
    }

    fn yielded(
        &self,
        procedure: &Procedure,
        call: &ProcedureCall,
        yields: &Yield,
        scope: &mut Scope<'_>,
        span: Span,
    ) -> Checked {
        if yields.star {
            if !call.standalone {
                return Err(Diagnostic::error(
                    &Code::UNEXPECTED_SYNTAX,
                    "`YIELD *` stands alone; inside a query outputs are named",
                )
                .at(span)
                .expected("`YIELD name, …`"));
            }
            for field in &procedure.outputs {
                scope.bind(&field.name.as_str().into(), Type::ANY);
            }
        }
        for (field, alias) in &yields.items {
            if procedure.output(&field.text).is_none() {
                return Err(no_output(procedure, field));
            }
            let name = alias.as_ref().unwrap_or(field);
            if scope.has(&name.text) {
                return Err(already_bound(name));
            }
            scope.bind(&name.text, Type::ANY);
        }
        yields
            .filter
            .iter()
            .try_for_each(|filter| self.filter(filter, scope))
    }
}

fn no_output(procedure: &Procedure, field: &Name) -> Diagnostic {
    let outputs = procedure.outputs.iter().map(|output| output.name.as_str());
    Diagnostic::error(
        &Code::UNDEFINED_VARIABLE,
        format!("`{}` yields no `{}`", procedure.name, field.text),
    )
    .at(field.span)
    .nearest(nearest(&field.text, outputs))
}

/// The types that a declared type takes; what is not known takes all.
fn declared(kind: &str) -> Types {
    match kind.trim_end_matches('?').to_uppercase().as_str() {
        "BOOLEAN" => Types::BOOLEAN,
        "INTEGER" => Types::INTEGER,
        "FLOAT" | "NUMBER" => Types::NUMBER,
        "STRING" => Types::STRING,
        "MAP" => Types::MAP,
        "NODE" => Types::NODE,
        "RELATIONSHIP" => Types::RELATIONSHIP,
        "PATH" => Types::PATH,
        kind if kind.starts_with("LIST") => Types::LIST,
        _ => Types::ANY,
    }
}

fn unknown(name: &Name, near: Option<&str>) -> Diagnostic {
    let text = format!("there is no procedure `{}`", name.text);
    let unknown = Diagnostic::error(&Code::PROCEDURE_NOT_FOUND, text).at(name.span);
    match near {
        Some(near) => unknown.nearest(Some(near)),
        None => unknown.help(
            "what the graph holds is asked by patterns: `MATCH (n) RETURN DISTINCT labels(n)`",
        ),
    }
}
