//! One question, spelled in several ways: the answer does not depend on the spelling.
//!
//! The tree of a random question is changed in a way that keeps its meaning, printed, and asked again.

use super::answer;
use super::answer_to;
use super::pick;
use super::question;
use super::shape;
use archq::model::Value;
use archq::model::ValueMap;
use archq::query::ast::Arrow;
use archq::query::ast::BinaryOp;
use archq::query::ast::Clause;
use archq::query::ast::ClauseKind;
use archq::query::ast::Expr;
use archq::query::ast::ExprKind;
use archq::query::ast::Match;
use archq::query::ast::Name;
use archq::query::ast::Pattern;
use archq::query::ast::PatternPart;
use archq::query::ast::Projection;
use archq::query::ast::Statement;
use archq::query::syntax;
use proptest::prelude::*;

/// A way to say the same.
type Respelling = fn(&mut Statement);

const RESPELLINGS: &[(&str, Respelling)] = &[
    ("printed", |_| {}),
    ("patterns from the other end", turn_patterns),
    ("the paths of a MATCH the other way round", turn_paths),
    ("properties as conditions", properties_to_conditions),
    ("WITH * behind each MATCH", with_all_between),
    ("conditions the other way round", turn_conditions),
];

fn matches(statement: &mut Statement) -> impl Iterator<Item = &mut Match> {
    let clauses = statement.first.clauses.iter_mut();
    clauses.filter_map(|clause| match &mut clause.kind {
        ClauseKind::Match(matched) => Some(matched),
        _ => None,
    })
}

/// `(a)-[:R]->(b)` as `(b)<-[:R]-(a)`.
fn turn_patterns(statement: &mut Statement) {
    let patterns = matches(statement).flat_map(|matched| &mut matched.patterns);
    patterns.for_each(turn);
}

fn turn(pattern: &mut Pattern) {
    pattern.parts.reverse();
    for part in &mut pattern.parts {
        if let PatternPart::Edge(edge) = part {
            edge.arrow = match edge.arrow {
                Arrow::Right => Arrow::Left,
                Arrow::Left => Arrow::Right,
                Arrow::Either => Arrow::Either,
            };
        }
    }
}

fn turn_paths(statement: &mut Statement) {
    matches(statement).for_each(|matched| matched.patterns.reverse());
}

/// `(a {x: 1})` as `(a) WHERE a.x = 1`; what has no name gets one.
fn properties_to_conditions(statement: &mut Statement) {
    let mut given = 0;
    for matched in matches(statement) {
        let parts = matched
            .patterns
            .iter_mut()
            .flat_map(|pattern| &mut pattern.parts);
        for part in parts {
            let (name, properties) = match part {
                PatternPart::Node(node) => (&mut node.name, &mut node.properties),
                PatternPart::Edge(edge) if edge.length.is_none() => {
                    (&mut edge.name, &mut edge.properties)
                }
                _ => continue,
            };
            let Some(ExprKind::Map(entries)) = properties.take().map(|map| map.kind) else {
                continue;
            };
            given += 1;
            let name = name.get_or_insert_with(|| named(&format!("given{given}")));
            for (key, value) in entries {
                let subject = unplaced(ExprKind::Variable(name.text.clone()));
                let property = unplaced(ExprKind::Property(Box::new(subject), key));
                let holds = binary(BinaryOp::Equal, property, value);
                matched.filter = Some(match matched.filter.take() {
                    Some(filter) => binary(BinaryOp::And, filter, holds),
                    None => holds,
                });
            }
        }
    }
}

fn named(text: &str) -> Name {
    Name {
        text: text.into(),
        span: Default::default(),
    }
}

fn unplaced(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: Default::default(),
    }
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    unplaced(ExprKind::Binary(op, Box::new(left), Box::new(right)))
}

/// A `WITH *` behind each MATCH that has a name behind it or before it.
fn with_all_between(statement: &mut Statement) {
    let mut named = false;
    for clause in std::mem::take(&mut statement.first.clauses) {
        let between = match &clause.kind {
            ClauseKind::Match(matched) => {
                named |= matched.patterns.iter().any(names_a_node);
                named
            }
            ClauseKind::With(_) => {
                named = true;
                false
            }
            _ => false,
        };
        let span = clause.span;
        statement.first.clauses.push(clause);
        if between {
            let kind = ClauseKind::With(everything());
            statement.first.clauses.push(Clause { kind, span });
        }
    }
}

fn names_a_node(pattern: &Pattern) -> bool {
    let named = |part: &PatternPart| matches!(part, PatternPart::Node(n) if n.name.is_some());
    pattern.parts.iter().any(named)
}

fn everything() -> Projection {
    Projection {
        distinct: false,
        star: true,
        items: Vec::new(),
        order: Vec::new(),
        skip: None,
        limit: None,
        filter: None,
    }
}

/// `a AND b` as `b AND a`, `a < b` as `b > a`, and so on, at the top of each condition.
fn turn_conditions(statement: &mut Statement) {
    let filters = matches(statement).filter_map(|matched| matched.filter.as_mut());
    filters.for_each(turn_condition);
}

fn turn_condition(condition: &mut Expr) {
    let ExprKind::Binary(op, left, right) = &mut condition.kind else {
        return;
    };
    let turned = match *op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        same @ (BinaryOp::Equal | BinaryOp::NotEqual) => same,
        same @ (BinaryOp::And | BinaryOp::Or | BinaryOp::Xor) => {
            turn_condition(left);
            turn_condition(right);
            same
        }
        _ => return,
    };
    std::mem::swap(left, right);
    *op = turned;
}

/// A walk with the edges and nodes that it goes along, and the same from its other end.
fn walk_both_ways() -> impl Strategy<Value = (String, String)> {
    let ends = [
        ("(a)", "(b)"),
        ("(a)", "(b:A)"),
        ("(a:B)", "(b)"),
        ("(a)", "(b {id: 0})"),
        ("(a:A)", "(b:B)"),
    ];
    let arrows = [
        (("-", "->"), ("<-", "-")),
        (("<-", "-"), ("-", "->")),
        (("-", "-"), ("-", "-")),
    ];
    let edge = pick(&[":R*1..2", ":R|S*0..2", "*", ":S*2..3", "*1..3 {w: 1}"]);
    let ends = prop::sample::select(ends.to_vec());
    let arrows = prop::sample::select(arrows.to_vec());
    (ends, arrows, edge).prop_map(|((from, to), (there, back), edge)| {
        let edges = "[e IN es | id(e)]";
        let nodes = "[n IN nodes(p) | n.id]";
        let (left, right) = there;
        let there = format!(
            "MATCH p = {from}{left}[es{edge}]{right}{to} RETURN a.id, b.id, {edges}, {nodes}"
        );
        let (left, right) = back;
        let back = format!(
            "MATCH p = {to}{left}[es{edge}]{right}{from} \
             RETURN a.id, b.id, reverse({edges}), reverse({nodes})"
        );
        (there, back)
    })
}

/// Literals of questions and the parameters that stand for them.
const LITERALS: &[(&str, &str)] = &[
    (" 0}", " $zero}"),
    (" 1}", " $one}"),
    (" 1 ", " $one "),
    (" 2 ", " $two "),
    (" 3 ", " $three "),
    ("'u'", "$u"),
    ("'v'", "$v"),
    ("[0, 2]", "$list"),
];

/// The question with parameters for its literals.
fn with_parameters(text: &str) -> String {
    let text = format!("{text} ");
    LITERALS.iter().fold(text, |text, (literal, parameter)| {
        text.replace(literal, parameter)
    })
}

fn parameters() -> ValueMap {
    let mut parameters = ValueMap::new();
    for (name, number) in [("zero", 0), ("one", 1), ("two", 2), ("three", 3)] {
        parameters.insert(name.into(), Value::Int(number));
    }
    for name in ["u", "v"] {
        parameters.insert(name.into(), Value::from(name));
    }
    let list = vec![Value::Int(0), Value::Int(2)];
    parameters.insert("list".into(), Value::from(list));
    parameters
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn another_spelling_has_the_same_answer(shape in shape(), text in question()) {
        let plain = answer(shape.graph(), &text, &[]);
        prop_assert!(plain.is_ok(), "{:?}: {}", plain, text);
        for (name, respell) in RESPELLINGS {
            let mut tree = syntax::parse(&text).map_err(|e| TestCaseError::fail(e.message))?;
            respell(&mut tree);
            let again = tree.to_string();
            let other = answer(shape.graph(), &again, &[]);
            prop_assert_eq!(&other, &plain, "{}:\n{}\n{}", name, again, text);
        }
    }

    #[test]
    fn a_walk_from_its_other_end_is_the_walk_turned_round(
        shape in shape(),
        (there, back) in walk_both_ways(),
    ) {
        let plain = answer(shape.graph(), &there, &[]);
        prop_assert!(plain.is_ok(), "{:?}: {}", plain, there);
        prop_assert_eq!(&answer(shape.graph(), &back, &[]), &plain, "{}\n{}", back, there);
        prop_assert_eq!(&answer(shape.at_rest(), &back, &[]), &plain, "at rest: {}", back);
    }

    #[test]
    fn a_parameter_is_as_good_as_a_literal(shape in shape(), text in question()) {
        let plain = answer(shape.graph(), &text, &[]);
        let again = with_parameters(&text);
        let other = answer_to(shape.graph(), &again, &[], &parameters());
        prop_assert_eq!(&other, &plain, "{}\n{}", again, text);
    }
}
