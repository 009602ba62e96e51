//! Statements: what follows what, and which variables go from one clause to the next.

use super::place::Place;
use super::scope::{Scope, Variables};
use super::{Check, Checked, projection};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::diag::Span;
use crate::query::ast::{Clause, ClauseKind, Expr, Name, SingleQuery, Statement};
use crate::query::functions::Types;
use std::sync::Arc;

/// Columns of an answer.
pub(super) type Columns = Variables;

/// What a statement inside another one is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The question itself.
    Whole,
    /// `CALL { … }`.
    Subquery,
    /// `EXISTS { … }` and `COUNT { … }`: reads, and need not give anything.
    Test,
    /// `COLLECT { … }`: reads and gives one column.
    Value,
}

impl Check<'_> {
    /// The whole statement.
    pub(super) fn whole(&self, statement: &Statement, scope: &Scope<'_>) -> Checked<Columns> {
        self.statement(statement, scope, Purpose::Whole)
    }

    /// A statement that sees a scope; gives its columns.
    pub(super) fn statement(
        &self,
        statement: &Statement,
        scope: &Scope<'_>,
        purpose: Purpose,
    ) -> Checked<Columns> {
        let columns = self.single_query(&statement.first, scope, purpose)?;
        for union in &statement.unions {
            if union.all != statement.unions[0].all {
                return Err(
                    composition("UNION and UNION ALL cannot be mixed", union.span)
                        .help("put one of them into `CALL { … }`"),
                );
            }
            let others = self.single_query(&union.query, scope, purpose)?;
            if !others.keys().eq(columns.keys()) {
                return Err(different_columns(&columns, &others, union.query.span));
            }
        }
        Ok(columns)
    }

    fn single_query(
        &self,
        query: &SingleQuery,
        around: &Scope<'_>,
        purpose: Purpose,
    ) -> Checked<Columns> {
        composed(query, purpose)?;
        let mut scope = Scope::inside(around);
        if purpose == Purpose::Subquery {
            scope = Scope::of(Columns::default());
        }
        let mut columns = Columns::default();
        for (count, clause) in query.clauses.iter().enumerate() {
            let imports = count == 0 && purpose == Purpose::Subquery && is_import(clause);
            if imports {
                scope = Scope::inside(around);
            }
            if let ClauseKind::Return(part) = &clause.kind {
                columns = self.projection(part, &scope)?;
                projection::judge_star(part, &columns, clause.span)?;
                continue;
            }
            scope = self.clause(clause, scope)?;
        }
        if purpose == Purpose::Value && columns.len() != 1 {
            return Err(
                composition("COLLECT needs a query of one column", query.span)
                    .expected("RETURN with one column at the end"),
            );
        }
        Ok(columns)
    }

    /// One clause; gives what the next one sees.
    fn clause<'s>(&self, clause: &Clause, mut scope: Scope<'s>) -> Checked<Scope<'s>> {
        match &clause.kind {
            ClauseKind::Match(part) => self.matched(part, &mut scope)?,
            ClauseKind::Unwind { list, name } => {
                let list = self.expr(list, Place::plain(&scope))?;
                scope.free(name)?;
                scope.bind(&name.text, list.item());
            }
            ClauseKind::With(part) => {
                projection::judge_names(part)?;
                let columns = self.projection(part, &scope)?;
                return Ok(Scope::of(columns));
            }
            ClauseKind::Return(_) => {}
            ClauseKind::Subquery { imports, body } => {
                self.subquery(imports.as_deref(), body, &mut scope)?;
            }
            ClauseKind::Call(call) => self.procedure(call, &mut scope, clause.span)?,
            ClauseKind::Foreach { name, list, body } => self.foreach(name, list, body, &scope)?,
            _ => self.update(&clause.kind, &mut scope)?,
        }
        Ok(scope)
    }

    fn subquery(
        &self,
        imports: Option<&[Name]>,
        body: &Statement,
        scope: &mut Scope<'_>,
    ) -> Checked {
        let columns = match imports {
            None => self.statement(body, scope, Purpose::Subquery)?,
            Some(names) => {
                let mut seen = Columns::default();
                for name in names {
                    let known = scope.find(&name.text, name.span)?;
                    seen.insert(Arc::clone(&name.text), known);
                }
                self.statement(body, &Scope::of(seen), Purpose::Whole)?
            }
        };
        for (name, known) in columns {
            if scope.has(&name) {
                let span = body.first.span;
                return Err(super::scope::already_bound(&Name { text: name, span })
                    .help("give the column another name by `AS`"));
            }
            scope.bind(&name, known);
        }
        Ok(())
    }

    fn foreach(&self, name: &Name, list: &Expr, body: &[Clause], scope: &Scope<'_>) -> Checked {
        let list = self.expr(list, Place::plain(scope))?;
        if list.excludes(Types::LIST) {
            return Err(Diagnostic::error(
                &Code::INVALID_ARGUMENT_TYPE,
                format!("FOREACH walks a list and not a value of type {}", list.of),
            )
            .at(name.span));
        }
        let mut inner = Scope::with(scope, name, list.item());
        for clause in body {
            if !writes(clause) {
                return Err(composition("FOREACH only updates", clause.span)
                    .expected("CREATE, MERGE, SET, REMOVE, DELETE or FOREACH"));
            }
            inner = self.clause(clause, inner)?;
        }
        Ok(())
    }
}

/// A leading WITH of `CALL { … }` that names variables of outside.
fn is_import(clause: &Clause) -> bool {
    matches!(clause.kind, ClauseKind::With(_))
}

/// Judges what follows what.
fn composed(query: &SingleQuery, purpose: Purpose) -> Checked {
    let Some((last, before)) = query.clauses.split_last() else {
        return Ok(());
    };
    if let Some(early) = before
        .iter()
        .find(|c| matches!(c.kind, ClauseKind::Return(_)))
    {
        return Err(composition("RETURN ends a query", early.span)
            .help("to go on with its rows write WITH instead"));
    }
    if matches!(purpose, Purpose::Test | Purpose::Value)
        && let Some(clause) = query.clauses.iter().find(|clause| writes(clause))
    {
        return Err(
            composition("a query inside an expression only reads", clause.span)
                .help("update in a clause of its own"),
        );
    }
    let ends = matches!(
        last.kind,
        ClauseKind::Return(_) | ClauseKind::Call(_) | ClauseKind::Subquery { .. }
    );
    if ends || writes(last) || purpose == Purpose::Test {
        return Ok(());
    }
    let word = word_of(&last.kind);
    Err(
        composition(format!("a query cannot end with {word}"), last.span)
            .expected("RETURN or an update at the end")
            .help("say what is wanted: `RETURN *`"),
    )
}

fn word_of(kind: &ClauseKind) -> &'static str {
    match kind {
        ClauseKind::With(_) => "WITH",
        ClauseKind::Unwind { .. } => "UNWIND",
        _ => "MATCH",
    }
}

fn writes(clause: &Clause) -> bool {
    match &clause.kind {
        ClauseKind::Create(_)
        | ClauseKind::Merge { .. }
        | ClauseKind::Set(_)
        | ClauseKind::Remove(_)
        | ClauseKind::Delete { .. }
        | ClauseKind::Foreach { .. } => true,
        ClauseKind::Subquery { body, .. } => {
            let unions = body.unions.iter().flat_map(|union| &union.query.clauses);
            body.first.clauses.iter().chain(unions).any(writes)
        }
        _ => false,
    }
}

fn composition(message: impl Into<String>, span: Span) -> Diagnostic {
    Diagnostic::error(&Code::INVALID_CLAUSE_COMPOSITION, message).at(span)
}

fn different_columns(first: &Columns, other: &Columns, span: Span) -> Diagnostic {
    let list = |columns: &Columns| {
        let names: Vec<String> = columns.keys().map(|name| format!("`{name}`")).collect();
        match names.as_slice() {
            [] => "no columns".to_owned(),
            _ => names.join(", "),
        }
    };
    Diagnostic::error(
        &Code::DIFFERENT_COLUMNS_IN_UNION,
        format!(
            "UNION joins queries of the same columns, here {} and {}",
            list(first),
            list(other)
        ),
    )
    .at(span)
    .help("give the columns the same names by `AS`, in the same order")
}
