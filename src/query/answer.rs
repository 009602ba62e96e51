//! From a tree and a graph to an answer: lower, rewrite, run, and put the rows together.
//!
//! The statement is the unit: what writes is begun on the graph, and taken back where it fails.

use super::Clock;
use super::Limits;
use super::Procedures;
use super::ast;
use super::check;
use super::check::Context as Given;
use super::exec::Exec;
use super::exec::Input;
use super::exec::Profile;
use super::exec::Row;
use super::exec::Shared;
use super::exec::Still;
use super::exec::Stop;
use super::exec::Writer;
use super::limits::Guard;
use super::plan;
use super::plan::Plan;
use super::plan::Step;
use super::plan::lower::Lowering;
use super::plan::lower::Setting;
use crate::diag::Diagnostic;
use crate::model::Answer;
use crate::model::EdgeId;
use crate::model::Graph;
use crate::model::GraphView;
use crate::model::NodeId;
use crate::model::Piece;
use crate::model::Value;
use crate::model::ValueMap;
use std::cell::Cell;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// From so many edges on, a question that goes along edges and only reads packs them by kind first.
const PACK_FROM: usize = 64;

/// What a statement runs in.
#[derive(Clone, Copy, Debug)]
pub struct Environment<'a> {
    /// Values of `$parameters`.
    pub parameters: &'a ValueMap,
    /// Declared procedures.
    pub procedures: &'a Procedures,
    /// The bounds.
    pub limits: &'a Limits,
    /// Set by whoever wants it to stop.
    pub cancel: &'a AtomicBool,
    /// The time as the statement sees it.
    pub now: Clock,
    /// Collects the piece of graph that pictures draw, and remarks on names the graph does not
    /// know; costs time and memory for each row.
    pub piece: bool,
    /// Names of passes to leave out; for tests and measurements.
    pub without: &'a [&'a str],
}

impl<'a> Environment<'a> {
    /// Makes an environment that collects no piece and runs all passes.
    #[must_use]
    pub fn new(
        parameters: &'a ValueMap,
        procedures: &'a Procedures,
        limits: &'a Limits,
        cancel: &'a AtomicBool,
        now: Clock,
    ) -> Self {
        Self {
            parameters,
            procedures,
            limits,
            cancel,
            now,
            piece: false,
            without: &[],
        }
    }

    /// Says whether the piece of graph is wanted.
    #[must_use]
    pub fn with_piece(mut self, piece: bool) -> Self {
        self.piece = piece;
        self
    }

    fn shared(&'a self, profile: Option<Profile>) -> Shared<'a> {
        Shared {
            guard: Guard::new(self.limits, self.cancel),
            clock: &self.now,
            procedures: self.procedures,
            profile,
            runs: Cell::new(0),
        }
    }
}

fn lowered(
    statement: &ast::Statement,
    graph: &dyn GraphView,
    env: &Environment<'_>,
) -> Result<Lowering, Diagnostic> {
    let given = Given {
        parameters: Some(env.parameters),
        procedures: env.procedures,
    };
    check::check(statement, &given)?;
    let setting = Setting {
        graph,
        parameters: env.parameters,
        procedures: env.procedures,
        piece: env.piece,
        depth: env.limits.depth,
    };
    plan::lower::lower(statement, &setting).map_err(|error| *error)
}

fn finish(plan: &mut Plan, graph: &dyn GraphView, env: &Environment<'_>) {
    plan::finish(plan, graph, &|name| !env.without.contains(&name));
}

/// Plans a statement that is to be run. What it names and the graph does not know gets a symbol if
/// it writes, so that what it makes in one clause is found in the next.
fn planned(
    statement: &ast::Statement,
    writes: bool,
    graph: &mut Graph,
    env: &Environment<'_>,
) -> Result<Lowering, Diagnostic> {
    let mut lowering = lowered(statement, graph, env)?;
    if writes {
        // What is not there yet may be about to be made.
        lowering.notes.clear();
    }
    if writes && !lowering.unknown.is_empty() {
        for name in &lowering.unknown {
            graph.intern(name);
        }
        lowering.plan = lowered(statement, graph, env)?.plan;
    }
    finish(&mut lowering.plan, graph, env);
    Ok(lowering)
}

/// Gives the plan as text.
pub(super) fn explain(
    statement: &ast::Statement,
    graph: &dyn GraphView,
    env: &Environment<'_>,
) -> Result<String, Diagnostic> {
    let mut plan = lowered(statement, graph, env)?.plan;
    finish(&mut plan, graph, env);
    Ok(plan::show(&plan, graph, &plan::expected))
}

/// Runs a statement.
pub(super) fn run(
    statement: &ast::Statement,
    writes: bool,
    graph: &mut Graph,
    env: &Environment<'_>,
) -> Result<Answer, Diagnostic> {
    let started = Instant::now();
    let Lowering { plan, notes, .. } = planned(statement, writes, graph, env)?;
    let shared = env.shared(None);
    execute(&plan, notes, graph, &shared, started)
}

/// The plan of a statement that only reads, and what it was made for.
#[derive(Debug)]
pub(super) struct Planned {
    plan: Plan,
    notes: Vec<Diagnostic>,
    parameters: ValueMap,
    piece: bool,
    depth: usize,
}

impl Planned {
    fn fits(&self, env: &Environment<'_>) -> bool {
        self.piece == env.piece
            && self.depth == env.limits.depth
            && env.without.is_empty()
            && self.parameters == *env.parameters
    }
}

/// Runs a statement that only reads, by the plan at hand if that fits.
pub(super) fn run_planned(
    statement: &ast::Statement,
    planned: &mut Option<Planned>,
    graph: &mut Graph,
    env: &Environment<'_>,
) -> Result<Answer, Diagnostic> {
    let started = Instant::now();
    let known = planned.take().filter(|planned| planned.fits(env));
    let fresh = |graph: &mut Graph| {
        let Lowering { plan, notes, .. } = self::planned(statement, false, graph, env)?;
        Ok(Planned {
            plan,
            notes,
            parameters: env.parameters.clone(),
            piece: env.piece,
            depth: env.limits.depth,
        })
    };
    let own = known.map_or_else(|| fresh(graph), Ok)?;
    let shared = env.shared(None);
    let answer = execute(&own.plan, own.notes.clone(), graph, &shared, started);
    *planned = Some(own);
    answer
}

/// Runs a statement and gives what each step took.
pub(super) fn profile(
    statement: &ast::Statement,
    writes: bool,
    graph: &mut Graph,
    env: &Environment<'_>,
) -> Result<(Answer, String), Diagnostic> {
    let started = Instant::now();
    let Lowering { plan, notes, .. } = planned(statement, writes, graph, env)?;
    let shared = env.shared(Some(Profile::new(plan.size())));
    let answer = execute(&plan, notes, graph, &shared, started)?;
    let text = plan::show(&plan, graph, &|step| measured(step, &shared));
    Ok((answer, text))
}

/// The remark of `profile`: rows that came in, rows expected to go out, time of the step alone.
fn measured(step: &Step, shared: &Shared<'_>) -> String {
    let measure = shared.profile.as_ref().map(|profile| profile.of(step.id));
    let measure = measure.unwrap_or_default();
    let micros = measure.own.as_nanos() as f64 / 1e3;
    format!(
        "{} rows in, ~{} out, {micros:.1} µs",
        measure.rows,
        step.rows.round()
    )
}

fn execute(
    plan: &Plan,
    notes: Vec<Diagnostic>,
    graph: &mut Graph,
    shared: &Shared<'_>,
    started: Instant,
) -> Result<Answer, Diagnostic> {
    let mut answer = Answer {
        columns: plan.columns.iter().map(|name| name.to_string()).collect(),
        notes,
        ..Answer::default()
    };
    let mut things = Things::default();
    if plan.writes() {
        write(plan, graph, shared, &mut answer, &mut things)?;
    } else {
        read(plan, graph, shared, &mut answer, &mut things)?;
    }
    if plan.trace.is_some() {
        answer.piece = things.piece(graph);
    }
    if let Some(note) = shared.guard.cut_note() {
        answer.cut = true;
        answer.notes.push(note);
    }
    answer.elapsed = started.elapsed();
    Ok(answer)
}

fn read(
    plan: &Plan,
    graph: &Graph,
    shared: &Shared<'_>,
    answer: &mut Answer,
    things: &mut Things,
) -> Result<(), Diagnostic> {
    if graph.edge_count() >= PACK_FROM && plan.expands() {
        graph.prepare();
    }
    let still = Still::new(graph);
    let exec = Exec {
        view: graph,
        shared,
        still: Some(&still),
    };
    let mut row: Row = vec![Value::Null; plan.frame.len()];
    let result = exec.drive(&plan.steps, Input::One(&mut row), &mut |row| {
        take(plan, row, shared, answer, things)
    });
    ended(result)
}

fn write(
    plan: &Plan,
    graph: &mut Graph,
    shared: &Shared<'_>,
    answer: &mut Answer,
    things: &mut Things,
) -> Result<(), Diagnostic> {
    graph.begin();
    let mut writer = Writer::new(graph, shared);
    let row: Row = vec![Value::Null; plan.frame.len()];
    let result = writer.run(plan, vec![row]).and_then(|rows| {
        writer.settle()?;
        Ok(rows)
    });
    let result = result.and_then(|rows| {
        let mut rows = rows.into_iter();
        rows.try_for_each(|mut row| take(plan, &mut row, shared, answer, things))
    });
    match ended(result) {
        Ok(()) => {
            answer.changes = graph.commit();
            Ok(())
        }
        Err(error) => {
            graph.rollback();
            Err(error)
        }
    }
}

fn ended(result: Result<(), Stop>) -> Result<(), Diagnostic> {
    match result {
        Ok(()) | Err(Stop::Done(_) | Stop::Cut) => Ok(()),
        Err(Stop::Failed(error)) => Err(*error),
    }
}

/// Takes one row of the result. Its values move out: the row is not read again.
fn take(
    plan: &Plan,
    row: &mut Row,
    shared: &Shared<'_>,
    answer: &mut Answer,
    things: &mut Things,
) -> Result<(), Stop> {
    if plan.columns.is_empty() {
        return Ok(());
    }
    if answer.rows.len() >= shared.guard.limits().rows {
        shared.guard.mark_cut("rows");
        return Err(Stop::Cut);
    }
    let columns = plan.columns.len();
    shared
        .guard
        .keep(size_of::<Row>() + columns * size_of::<Value>())?;
    if let Some(trace) = plan.trace {
        row.iter().take(columns).for_each(|value| things.add(value));
        things.add(&row[trace]);
    }
    let values = row.iter_mut().take(columns).map(std::mem::take);
    answer.rows.push(values.collect());
    Ok(())
}

/// Nodes and edges of an answer.
#[derive(Default)]
struct Things {
    nodes: Vec<NodeId>,
    edges: Vec<EdgeId>,
}

impl Things {
    fn add(&mut self, value: &Value) {
        match value {
            Value::Node(node) => self.nodes.push(*node),
            Value::Edge(edge) => self.edges.push(*edge),
            Value::Path(path) => {
                self.nodes.extend(&path.nodes);
                self.edges.extend(&path.edges);
            }
            Value::List(items) => items.iter().for_each(|item| self.add(item)),
            Value::Map(map) => map.values().for_each(|item| self.add(item)),
            _ => {}
        }
    }

    /// Gives what is still there, with the ends of all edges.
    fn piece(self, graph: &Graph) -> Piece {
        let edges = self.edges.into_iter();
        let mut piece = Piece {
            edges: edges.filter(|edge| graph.has_edge(*edge)).collect(),
            nodes: self.nodes.into_iter().collect(),
        };
        for edge in &piece.edges {
            let ends = graph.ends(*edge);
            piece.nodes.extend([ends.from, ends.to]);
        }
        piece.nodes.retain(|node| graph.has_node(*node));
        piece
    }
}
