//! What is worked out before the run has the value that the run would give it.
//!
//! A random expression is asked with its values as literals, as parameters and as variables.

use super::answer_to;
use archq::model::Graph;
use archq::model::Value;
use archq::model::ValueMap;
use proptest::prelude::*;

/// The values that expressions are made of, as literals.
const VALUES: [&str; 16] = [
    "null",
    "true",
    "false",
    "0",
    "1",
    "-2",
    "3",
    "1.5",
    "-0.0",
    "''",
    "'ab'",
    "'B'",
    "[]",
    "[1, null, 2]",
    "['ab', 1.5]",
    "{a: 1, b: null}",
];

/// Operations; `_` stands for a part.
const OPERATIONS: &[&str] = &[
    "(_ + _)",
    "(_ - _)",
    "(_ * _)",
    "(_ / _)",
    "(_ % _)",
    "(_ ^ _)",
    "-(_)",
    "(_ = _)",
    "(_ <> _)",
    "(_ < _)",
    "(_ <= _ < _)",
    "(_ AND _)",
    "(_ OR _)",
    "(_ XOR _)",
    "NOT (_)",
    "(_ IN _)",
    "(_) IS NULL",
    "(_) IS NOT NULL",
    "(_ STARTS WITH _)",
    "(_ CONTAINS _)",
    "(_)[_]",
    "(_)[_.._]",
    "(_).a",
    "[_, _]",
    "{a: _, c: _}",
    "CASE _ WHEN _ THEN _ ELSE _ END",
    "CASE WHEN (_) IS NULL THEN _ ELSE _ END",
    "coalesce(_, _)",
    "[x IN _ WHERE x <> _ | [x, _]]",
    "any(x IN _ WHERE x = _)",
    "all(x IN _ WHERE x < _)",
    "reduce(t = _, x IN _ | t + x)",
    "size(_)",
    "toString(_)",
    "toInteger(_)",
    "head(_)",
    "reverse(_)",
    "toUpper(_)",
    "abs(_)",
    "range(_, _)",
];

/// An expression in which `<3>` stands for the fourth of the values.
fn expression() -> impl Strategy<Value = String> {
    let value = (0..VALUES.len()).prop_map(|at| format!("<{at}>"));
    value.prop_recursive(3, 12, 4, |part| {
        let parts = prop::collection::vec(part, 4);
        (prop::sample::select(OPERATIONS), parts).prop_map(|(operation, parts)| {
            let mut parts = parts.into_iter();
            let mut pieces = operation.split('_');
            let first = pieces.next().unwrap_or("").to_owned();
            pieces.fold(first, |text, piece| {
                text + &parts.next().unwrap_or_default() + piece
            })
        })
    })
}

/// The expression with something in place of each value.
fn with(expression: &str, value: impl Fn(usize) -> String) -> String {
    let values = 0..VALUES.len();
    values.fold(expression.to_owned(), |text, at| {
        text.replace(&format!("<{at}>"), &value(at))
    })
}

/// The values as an answer has them.
fn values() -> ValueMap {
    let mut values = ValueMap::new();
    for (at, text) in VALUES.iter().enumerate() {
        values.insert(format!("p{at}").into(), literal(text));
    }
    values
}

fn literal(text: &str) -> Value {
    let query = archq::query::parse_core(&format!("RETURN {text} AS x")).expect("a literal");
    let (none, procedures) = (ValueMap::new(), archq::query::Procedures::new());
    let (limits, cancel) = Default::default();
    let clock = archq::query::Clock::at(std::time::SystemTime::UNIX_EPOCH);
    let env = archq::query::Environment::new(&none, &procedures, &limits, &cancel, clock);
    let answer = query.run(&mut Graph::new(), &env).expect("a value");
    answer.rows[0][0].clone()
}

proptest! {
    #![proptest_config(super::config())]

    #[test]
    fn a_literal_a_parameter_and_a_variable_have_one_value(expression in expression()) {
        let ask = |text: &str| answer_to(Graph::new(), text, &[], &values());
        let plain = ask(&format!("RETURN {} AS x", with(&expression, |at| VALUES[at].into())));
        let given = ask(&format!("RETURN {} AS x", with(&expression, |at| format!("$p{at}"))));
        // What is certainly wrong is refused even where it would not be reached.
        if plain.is_ok() {
            prop_assert_eq!(&given, &plain, "{}", expression);
        }
        let bound = (0..VALUES.len()).map(|at| format!("$p{at} AS v{at}"));
        let bound = bound.collect::<Vec<_>>().join(", ");
        let value = with(&expression, |at| format!("v{at}"));
        let row = ask(&format!("WITH {bound} RETURN {value} AS x"));
        prop_assert_eq!(&row, &given, "{}", expression);
    }
}
