//! Random trees, as the parser could have made them.

use archq::diag::Span;
use archq::query::ast::{
    Arrow, BinaryOp, Clause, ClauseKind, EdgePattern, Expr, ExprKind, Group, LabelExpr, Length,
    Literal, MapItem, Match, Name, NodePattern, PathMode, Pattern, PatternPart, ProcedureCall,
    Projection, ProjectionItem, Quantifier, RemoveItem, Selector, SetItem, SingleQuery, SortItem,
    Statement, UnaryOp, Union, Yield,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use std::sync::Arc;

const NOWHERE: Span = Span { start: 0, end: 0 };

fn at(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: NOWHERE,
    }
}

fn boxed(expr: impl Strategy<Value = Expr>) -> impl Strategy<Value = Box<Expr>> {
    expr.prop_map(Box::new)
}

/// Ordinary names, words of the language, and what has to be quoted.
fn text_of_name() -> impl Strategy<Value = Arc<str>> {
    prop_oneof![
        4 => "[a-z]{1,3}",
        1 => prop::sample::select(vec![
            "count", "exists", "all", "any", "none", "collect", "reduce", "shortest", "trail",
            "call", "yield", "foreach", "asc", "group", "match", "MATCH", "order", "in", "end",
            "case", "null", "true", "not", "shortestPath", "single", "walk", "as", "is",
        ]).prop_map(str::to_owned),
        1 => prop::sample::select(vec![
            "two words", "back`quote", "``", "1st", "é", "이름", "a-b", "$", "x.y", " ", "_", "a'b",
        ]).prop_map(str::to_owned),
    ]
    .prop_map(Arc::from)
}

fn name() -> impl Strategy<Value = Name> {
    text_of_name().prop_map(|text| Name {
        text,
        span: NOWHERE,
    })
}

fn dotted() -> impl Strategy<Value = Name> {
    prop::sample::select(vec![
        "size",
        "toUpper",
        "date.truncate",
        "a.b.c",
        "coalesce",
    ])
    .prop_map(|text| Name {
        text: text.into(),
        span: NOWHERE,
    })
}

fn literal() -> impl Strategy<Value = Literal> {
    let finite = prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    let unit = prop::sample::select(vec![("KiB", 1024.0), ("ms", 1e-3), ("days", 86_400.0)]);
    prop_oneof![
        Just(Literal::Null),
        any::<bool>().prop_map(Literal::Bool),
        prop_oneof![any::<i64>(), -9..9_i64, Just(i64::MIN)].prop_map(Literal::Int),
        finite.prop_map(Literal::Float),
        any::<String>().prop_map(|text| Literal::Text(text.into())),
        (0..9_u8, unit).prop_map(|(number, (word, factor))| Literal::Quantity {
            value: f64::from(number) * factor,
            text: format!("{number} {word}").into(),
        }),
    ]
}

fn labels() -> BoxedStrategy<LabelExpr> {
    let leaf = prop_oneof![4 => name().prop_map(LabelExpr::Name), 1 => Just(LabelExpr::Any)];
    leaf.prop_recursive(3, 8, 2, |inner| {
        let two = || {
            (
                inner.clone().prop_map(Box::new),
                inner.clone().prop_map(Box::new),
            )
        };
        prop_oneof![
            two().prop_map(|(left, right)| LabelExpr::And(left, right)),
            two().prop_map(|(left, right)| LabelExpr::Or(left, right)),
            inner
                .clone()
                .prop_map(|inner| LabelExpr::Not(Box::new(inner))),
        ]
    })
    .boxed()
}

fn binary_op() -> impl Strategy<Value = BinaryOp> {
    prop::sample::select(vec![
        BinaryOp::Or,
        BinaryOp::Xor,
        BinaryOp::And,
        BinaryOp::Equal,
        BinaryOp::NotEqual,
        BinaryOp::Less,
        BinaryOp::LessEqual,
        BinaryOp::Greater,
        BinaryOp::GreaterEqual,
        BinaryOp::StartsWith,
        BinaryOp::EndsWith,
        BinaryOp::Contains,
        BinaryOp::Matches,
        BinaryOp::In,
        BinaryOp::Add,
        BinaryOp::Subtract,
        BinaryOp::Multiply,
        BinaryOp::Divide,
        BinaryOp::Modulo,
        BinaryOp::Power,
    ])
}

fn comparison() -> impl Strategy<Value = BinaryOp> {
    prop::sample::select(vec![
        BinaryOp::Equal,
        BinaryOp::Less,
        BinaryOp::GreaterEqual,
    ])
}

pub(crate) fn expr() -> BoxedStrategy<Expr> {
    let leaf = prop_oneof![
        literal().prop_map(ExprKind::Literal),
        text_of_name().prop_map(ExprKind::Variable),
        prop_oneof![text_of_name(), Just(Arc::from("1"))].prop_map(ExprKind::Parameter),
        Just(ExprKind::CountStar),
    ]
    .prop_map(at);
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            3 => operators(inner.clone()),
            1 => accesses(inner.clone()),
            2 => brackets(inner.clone()),
            2 => loops(inner.clone()),
            1 => queries(inner),
        ]
        .prop_map(at)
    })
    .boxed()
}

type Inner = BoxedStrategy<Expr>;

fn operators(inner: Inner) -> BoxedStrategy<ExprKind> {
    let unary = prop::sample::select(vec![UnaryOp::Not, UnaryOp::Minus, UnaryOp::Plus]);
    let others = vec((comparison(), inner.clone()), 2..4);
    prop_oneof![
        2 => (binary_op(), boxed(inner.clone()), boxed(inner.clone()))
            .prop_map(|(op, left, right)| ExprKind::Binary(op, left, right)),
        1 => (unary, boxed(inner.clone())).prop_map(|(op, inner)| ExprKind::Unary(op, inner)),
        1 => (boxed(inner), others).prop_map(|(first, rest)| ExprKind::Chain(first, rest)),
    ]
    .boxed()
}

fn accesses(inner: Inner) -> BoxedStrategy<ExprKind> {
    let bound = || of(boxed(inner.clone()));
    let one = || boxed(inner.clone());
    prop_oneof![
        (one(), name()).prop_map(|(subject, key)| ExprKind::Property(subject, key)),
        (one(), one()).prop_map(|(list, index)| ExprKind::Index(list, index)),
        (one(), bound(), bound()).prop_map(|(list, from, to)| ExprKind::Slice(list, from, to)),
        (one(), labels()).prop_map(|(subject, labels)| ExprKind::HasLabels(subject, labels)),
        (one(), any::<bool>()).prop_map(|(subject, null)| ExprKind::IsNull(subject, null)),
    ]
    .boxed()
}

fn brackets(inner: Inner) -> BoxedStrategy<ExprKind> {
    let items = vec(map_item(inner.clone()), 0..3);
    let subject = text_of_name().prop_map(|name| Box::new(at(ExprKind::Variable(name))));
    let branches = vec((inner.clone(), inner.clone()), 1..3);
    let maybe = || of(boxed(inner.clone()));
    prop_oneof![
        vec(inner.clone(), 0..3).prop_map(ExprKind::List),
        vec((name(), inner.clone()), 0..3).prop_map(ExprKind::Map),
        (subject, items).prop_map(|(subject, items)| ExprKind::Projection(subject, items)),
        (maybe(), branches, maybe()).prop_map(|(subject, branches, otherwise)| ExprKind::Case {
            subject,
            branches,
            otherwise,
        }),
        (dotted(), any::<bool>(), vec(inner.clone(), 0..3)).prop_map(
            |(name, distinct, arguments)| ExprKind::Call {
                name,
                distinct,
                arguments,
            }
        ),
    ]
    .boxed()
}

fn map_item(inner: Inner) -> BoxedStrategy<MapItem> {
    prop_oneof![
        name().prop_map(MapItem::Property),
        Just(MapItem::All),
        (name(), inner).prop_map(|(key, value)| MapItem::Entry(key, value)),
        name().prop_map(MapItem::Variable),
    ]
    .boxed()
}

fn loops(inner: Inner) -> BoxedStrategy<ExprKind> {
    let quantifier = prop::sample::select(vec![
        Quantifier::All,
        Quantifier::Any,
        Quantifier::None,
        Quantifier::Single,
    ]);
    let one = || boxed(inner.clone());
    let maybe = || of(boxed(inner.clone()));
    prop_oneof![
        (name(), one(), maybe(), maybe()).prop_map(|(name, list, filter, value)| {
            ExprKind::Comprehension {
                name,
                list,
                filter,
                value,
            }
        }),
        (quantifier, name(), one(), maybe()).prop_map(|(quantifier, name, list, filter)| {
            ExprKind::Quantified {
                quantifier,
                name,
                list,
                filter,
            }
        }),
        (name(), one(), name(), one(), one()).prop_map(|(total, start, name, list, step)| {
            ExprKind::Reduce {
                total,
                start,
                name,
                list,
                step,
            }
        }),
    ]
    .boxed()
}

fn queries(inner: Inner) -> BoxedStrategy<ExprKind> {
    let selector = prop::sample::select(vec![
        Selector::All,
        Selector::AnyShortest,
        Selector::AllShortest,
    ]);
    let value = (selector, walk(inner.clone(), 1)).prop_map(|(selector, mut pattern)| {
        pattern.selector = selector;
        ExprKind::Pattern(Box::new(pattern))
    });
    let filter = of(boxed(inner.clone()));
    let made = (
        of(name()),
        walk(inner.clone(), 1),
        filter,
        boxed(inner.clone()),
    )
        .prop_map(|(name, mut pattern, filter, value)| {
            pattern.name = name;
            ExprKind::PatternComprehension {
                pattern: Box::new(pattern),
                filter,
                value,
            }
        });
    let body = || statement_of(inner.clone()).prop_map(Box::new);
    prop_oneof![
        value,
        made,
        body().prop_map(ExprKind::Exists),
        body().prop_map(ExprKind::Count),
        body().prop_map(ExprKind::Collect),
    ]
    .boxed()
}

fn properties(inner: Inner) -> BoxedStrategy<Option<Expr>> {
    of(prop_oneof![
        vec((name(), inner), 0..2).prop_map(ExprKind::Map),
        text_of_name().prop_map(ExprKind::Parameter),
    ]
    .prop_map(at))
    .boxed()
}

fn node(inner: Inner) -> BoxedStrategy<PatternPart> {
    let filter = of(boxed(inner.clone()));
    (of(name()), of(labels()), properties(inner), filter)
        .prop_map(|(name, labels, properties, filter)| {
            PatternPart::Node(NodePattern {
                name,
                labels,
                properties,
                filter,
                span: NOWHERE,
            })
        })
        .boxed()
}

fn length(quantifier: bool) -> BoxedStrategy<Length> {
    (of(0..4_u64), of(0..9_u64))
        .prop_map(move |(min, max)| Length {
            min: if quantifier { min.or(Some(0)) } else { min },
            max,
            span: NOWHERE,
            quantifier,
        })
        .boxed()
}

fn edge(inner: Inner) -> BoxedStrategy<PatternPart> {
    let arrow = prop::sample::select(vec![Arrow::Left, Arrow::Right, Arrow::Either]);
    let length = of(prop_oneof![length(true), length(false)]);
    let filter = of(boxed(inner.clone()));
    (
        of(name()),
        of(labels()),
        properties(inner),
        filter,
        arrow,
        length,
    )
        .prop_map(|(name, kinds, properties, filter, arrow, length)| {
            PatternPart::Edge(EdgePattern {
                name,
                kinds,
                properties,
                filter,
                arrow,
                length,
                span: NOWHERE,
            })
        })
        .boxed()
}

/// A node and some steps.
fn walk(inner: Inner, least: usize) -> BoxedStrategy<Pattern> {
    let step = (edge(inner.clone()), node(inner.clone()));
    (node(inner), vec(step, least..3))
        .prop_map(|(first, steps)| {
            let rest = steps.into_iter().flat_map(|(edge, node)| [edge, node]);
            bare(std::iter::once(first).chain(rest).collect())
        })
        .boxed()
}

fn bare(parts: Vec<PatternPart>) -> Pattern {
    Pattern {
        name: None,
        selector: Selector::All,
        mode: PathMode::Default,
        parts,
        span: NOWHERE,
    }
}

/// A pattern of MATCH: with name, selector, mode and groups.
fn pattern(inner: Inner) -> BoxedStrategy<Pattern> {
    let selector = prop_oneof![
        4 => Just(Selector::All),
        1 => Just(Selector::AnyShortest),
        1 => Just(Selector::AllShortest),
        1 => (0..9_u64).prop_map(Selector::Shortest),
        1 => (0..9_u64).prop_map(Selector::ShortestGroups),
        1 => (0..9_u64).prop_map(Selector::Any),
    ];
    let mode = prop::sample::select(vec![
        PathMode::Default,
        PathMode::Trail,
        PathMode::Acyclic,
        PathMode::Simple,
        PathMode::Walk,
    ]);
    let group = (
        walk(inner.clone(), 1),
        of(boxed(inner.clone())),
        of(length(true)),
    );
    let tail = (group, of(node(inner.clone())));
    let parts = (walk(inner, 0), of(tail)).prop_map(|(mut walk, tail)| {
        if let Some(((pattern, filter, length), node)) = tail {
            walk.parts.push(PatternPart::Group(Group {
                pattern: Box::new(pattern),
                filter,
                length,
                span: NOWHERE,
            }));
            walk.parts.extend(node);
        }
        walk
    });
    (of(name()), selector, mode, parts)
        .prop_map(|(name, selector, mode, pattern)| Pattern {
            name,
            selector,
            mode,
            ..pattern
        })
        .boxed()
}

fn projection(inner: Inner, filters: bool) -> BoxedStrategy<Projection> {
    let item = (inner.clone(), of(name())).prop_map(|(expr, alias)| ProjectionItem {
        text: expr.to_string().into(),
        expr,
        alias,
    });
    let sort =
        (inner.clone(), any::<bool>()).prop_map(|(expr, descending)| SortItem { expr, descending });
    let bounds = (of(inner.clone()), of(inner.clone()), of(inner));
    (
        any::<(bool, bool)>(),
        vec(item, 1..3),
        vec(sort, 0..2),
        bounds,
    )
        .prop_map(
            move |((distinct, star), items, order, (skip, limit, filter))| Projection {
                distinct,
                star,
                items,
                order,
                skip,
                limit,
                filter: filter.filter(|_| filters),
            },
        )
        .boxed()
}

fn set_item(inner: Inner) -> BoxedStrategy<SetItem> {
    prop_oneof![
        (target(), name(), inner.clone()).prop_map(|(target, key, value)| SetItem::Property {
            target,
            key,
            value
        }),
        (name(), any::<bool>(), inner).prop_map(|(target, add, value)| SetItem::Properties {
            target,
            add,
            value
        }),
        (name(), vec(name(), 1..3)).prop_map(|(target, labels)| SetItem::Labels { target, labels }),
    ]
    .boxed()
}

fn target() -> impl Strategy<Value = Expr> {
    (text_of_name(), of(name())).prop_map(|(variable, key)| {
        let variable = at(ExprKind::Variable(variable));
        match key {
            Some(key) => at(ExprKind::Property(Box::new(variable), key)),
            None => variable,
        }
    })
}

fn updates(inner: Inner) -> BoxedStrategy<ClauseKind> {
    let sets = || vec(set_item(inner.clone()), 0..2);
    let remove = prop_oneof![
        (target(), name()).prop_map(|(target, key)| RemoveItem::Property { target, key }),
        (name(), vec(name(), 1..3))
            .prop_map(|(target, labels)| RemoveItem::Labels { target, labels }),
    ];
    prop_oneof![
        vec(pattern(inner.clone()), 1..3).prop_map(ClauseKind::Create),
        (pattern(inner.clone()), sets(), sets()).prop_map(|(pattern, on_create, on_match)| {
            ClauseKind::Merge {
                pattern,
                on_create,
                on_match,
            }
        }),
        vec(set_item(inner.clone()), 1..3).prop_map(ClauseKind::Set),
        vec(remove, 1..3).prop_map(ClauseKind::Remove),
        (any::<bool>(), vec(inner.clone(), 1..3))
            .prop_map(|(detach, targets)| ClauseKind::Delete { detach, targets }),
    ]
    .boxed()
}

fn call(inner: Inner) -> BoxedStrategy<ClauseKind> {
    let yields =
        (vec((name(), of(name())), 0..3), of(inner.clone())).prop_map(|(items, filter)| Yield {
            star: items.is_empty(),
            items,
            filter,
        });
    (dotted(), of(vec(inner, 0..3)), of(yields))
        .prop_map(|(name, arguments, yields)| {
            ClauseKind::Call(ProcedureCall {
                name,
                arguments,
                yields,
                standalone: false,
            })
        })
        .boxed()
}

fn clause(inner: Inner) -> BoxedStrategy<ClauseKind> {
    let matched = (
        any::<bool>(),
        vec(pattern(inner.clone()), 1..3),
        of(inner.clone()),
    )
        .prop_map(|(optional, patterns, filter)| Match {
            optional,
            patterns,
            filter,
        });
    let body = vec(updates(inner.clone()).prop_map(placed), 1..3);
    prop_oneof![
        matched.prop_map(ClauseKind::Match),
        (inner.clone(), name()).prop_map(|(list, name)| ClauseKind::Unwind { list, name }),
        projection(inner.clone(), true).prop_map(ClauseKind::With),
        projection(inner.clone(), false).prop_map(ClauseKind::Return),
        updates(inner.clone()),
        call(inner.clone()),
        (name(), inner, body).prop_map(|(name, list, body)| ClauseKind::Foreach {
            name,
            list,
            body
        }),
    ]
    .boxed()
}

fn placed(kind: ClauseKind) -> Clause {
    Clause {
        kind,
        span: NOWHERE,
    }
}

/// A statement whose expressions are of this kind.
fn statement_of(inner: Inner) -> BoxedStrategy<Statement> {
    let query = vec(clause(inner).prop_map(placed), 1..3).prop_map(|clauses| SingleQuery {
        clauses,
        span: NOWHERE,
    });
    let union = (any::<bool>(), query.clone()).prop_map(|(all, query)| Union {
        all,
        span: NOWHERE,
        query,
    });
    (query, vec(union, 0..2))
        .prop_map(|(first, unions)| Statement { first, unions })
        .boxed()
}

/// A whole question.
pub(crate) fn statement() -> BoxedStrategy<Statement> {
    let plain = statement_of(expr());
    let subquery = (of(vec(name(), 0..3)), plain.clone()).prop_map(|(imports, body)| {
        let kind = ClauseKind::Subquery {
            imports,
            body: Box::new(body),
        };
        Statement {
            first: SingleQuery {
                clauses: vec![placed(kind)],
                span: NOWHERE,
            },
            unions: Vec::new(),
        }
    });
    prop_oneof![8 => plain, 1 => subquery]
        .prop_map(|mut statement| {
            let alone = statement.first.clauses.len() == 1 && statement.unions.is_empty();
            if let (true, ClauseKind::Call(call)) = (alone, &mut statement.first.clauses[0].kind) {
                call.standalone = true;
            }
            statement
        })
        .boxed()
}
