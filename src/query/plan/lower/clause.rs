//! Clauses, one after the other, each adding its steps.

use super::super::Call;
use super::super::Op;
use super::super::Plan;
use super::super::Project;
use super::super::expr::Expr;
use super::super::expr::ExprKind;
use super::Lower;
use super::Lowered;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast;
use crate::query::procedures::Procedure;
use std::sync::Arc;

impl Lower<'_> {
    pub(super) fn clause(&mut self, clause: &ast::Clause, plan: &mut Plan) -> Lowered<()> {
        match &clause.kind {
            ast::ClauseKind::Match(part) => self.match_clause(part, plan),
            ast::ClauseKind::Unwind { list, name } => {
                let list = self.expr(list)?;
                let slot = self.scope.declare(&name.text);
                plan.push(Op::Unwind { list, slot });
                Ok(())
            }
            ast::ClauseKind::With(projection) => self.projection(projection, plan),
            ast::ClauseKind::Return(projection) => {
                self.projection(projection, plan)?;
                self.result(plan);
                Ok(())
            }
            ast::ClauseKind::Create(patterns) => self.create(patterns, plan),
            ast::ClauseKind::Merge {
                pattern,
                on_create,
                on_match,
            } => self.merge(pattern, on_create, on_match, plan),
            ast::ClauseKind::Set(items) => self.set(items, plan),
            ast::ClauseKind::Remove(items) => self.remove(items, plan),
            ast::ClauseKind::Delete { detach, targets } => self.delete(*detach, targets, plan),
            ast::ClauseKind::Call(call) => self.call_procedure(call, clause.span, plan),
            ast::ClauseKind::Subquery { imports, body } => {
                self.call_subquery(imports.as_deref(), body, clause.span, plan)
            }
            ast::ClauseKind::Foreach { name, list, body } => {
                self.foreach(name, list, body, clause.span, plan)
            }
        }
    }

    fn match_clause(&mut self, part: &ast::Match, plan: &mut Plan) -> Lowered<()> {
        if !part.optional {
            return self.find(part, plan);
        }
        let mut body = Plan::default();
        let before = self.scope.width();
        self.find(part, &mut body)?;
        body.frame = self.scope.names();
        plan.push(Op::Optional {
            body,
            slots: (before..self.scope.width()).collect(),
        });
        Ok(())
    }

    fn find(&mut self, part: &ast::Match, plan: &mut Plan) -> Lowered<()> {
        let mut pattern = self.patterns(&part.patterns)?;
        self.tests(&part.patterns, &mut pattern)?;
        plan.push(Op::Match(Box::new(pattern)));
        self.filter(part.filter.as_ref(), plan)
    }

    /// Names the columns of RETURN, and where the matched things are.
    fn result(&mut self, plan: &mut Plan) {
        let variables = self.scope.names();
        let columns = self.columns;
        plan.columns = variables.into_iter().take(columns).collect();
        plan.trace = self.scope.trace;
    }

    fn call_procedure(
        &mut self,
        call: &ast::ProcedureCall,
        span: Span,
        plan: &mut Plan,
    ) -> Lowered<()> {
        let procedures = self.setting.procedures;
        let Some(procedure) = procedures.get(&call.name.text) else {
            let text = format!("there is no procedure `{}`", call.name.text);
            let error = Diagnostic::error(&Code::PROCEDURE_NOT_FOUND, text);
            return Err(Box::new(error.at(call.name.span)));
        };
        let arguments = self.arguments(call, procedure, span)?;
        let outputs = self.outputs(call, procedure);
        plan.push(Op::Call(Call {
            name: Arc::clone(&call.name.text),
            arguments,
            outputs: outputs.clone(),
        }));
        if let Some(yields) = &call.yields {
            self.filter(yields.filter.as_ref(), plan)?;
        }
        if call.standalone && !procedure.outputs.is_empty() {
            self.standalone(&outputs, plan);
        }
        Ok(())
    }

    /// Lowers the arguments; a call without parentheses takes them from parameters of their names.
    fn arguments(
        &mut self,
        call: &ast::ProcedureCall,
        procedure: &Procedure,
        span: Span,
    ) -> Lowered<Vec<Expr>> {
        if let Some(arguments) = &call.arguments {
            return arguments.iter().map(|expr| self.expr(expr)).collect();
        }
        let names = procedure.inputs.iter();
        names
            .map(|field| {
                let value = self.setting.parameters.get(field.name.as_str()).cloned();
                let value = value.ok_or_else(|| {
                    let text = format!("no value was given for `${}`", field.name);
                    Box::new(Diagnostic::error(&Code::MISSING_PARAMETER, text).at(span))
                })?;
                Ok(Expr::constant(value, span))
            })
            .collect()
    }

    fn outputs(
        &mut self,
        call: &ast::ProcedureCall,
        procedure: &Procedure,
    ) -> Vec<(usize, super::Slot)> {
        let listed = call.yields.as_ref().filter(|yields| !yields.star);
        let pairs: Vec<(usize, Arc<str>)> = match listed {
            Some(yields) => {
                let place = |(field, alias): &(ast::Name, Option<ast::Name>)| {
                    let name = alias.as_ref().unwrap_or(field);
                    Some((procedure.output(&field.text)?, Arc::clone(&name.text)))
                };
                yields.items.iter().filter_map(place).collect()
            }
            None if call.standalone || call.yields.is_some() => {
                let names = procedure
                    .outputs
                    .iter()
                    .map(|field| field.name.as_str().into());
                names.enumerate().collect()
            }
            None => Vec::new(),
        };
        let slots = pairs.into_iter();
        let inputs = procedure.inputs.len();
        slots
            .map(|(column, name)| (inputs + column, self.scope.declare(&name)))
            .collect()
    }

    /// A call that is the whole statement returns what it yields.
    fn standalone(&mut self, outputs: &[(usize, super::Slot)], plan: &mut Plan) {
        let names = self.scope.names();
        let frame: Vec<Arc<str>> = outputs
            .iter()
            .map(|(_, slot)| Arc::clone(&names[*slot]))
            .collect();
        let items = outputs.iter().map(|(_, slot)| *slot);
        let items = items.map(|slot| Expr::new(ExprKind::Slot(slot), Span::default()));
        self.scope.close(plan);
        plan.push(Op::Project(Project {
            items: items.collect(),
            frame: frame.clone(),
        }));
        self.scope.restart(&frame, frame.len());
        self.scope.enter(plan);
        self.columns = frame.len();
        self.result(plan);
    }
}
