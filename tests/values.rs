//! Laws that hold for all values: equality, equivalence, order, and the texts of instants.

use archq::model::Date;
use archq::model::DateTime;
use archq::model::Duration;
use archq::model::Graph;
use archq::model::LocalDateTime;
use archq::model::LocalTime;
use archq::model::Temporal;
use archq::model::Time;
use archq::model::Value;
use archq::model::temporal::DAY;
use archq::query::functions::Clock;
use archq::query::functions::Context;
use archq::query::functions::find;
use archq::query::ops;
use archq::query::ops::Comparison;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::hash::BuildHasher;
use std::hash::BuildHasherDefault;
use std::hash::DefaultHasher;
use std::sync::Arc;
use std::time::SystemTime;

fn hash(value: &Value) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(ops::HashKey(value.clone()))
}

fn date() -> impl Strategy<Value = Date> {
    // All years there are, and more often those of people.
    prop_oneof![-365_242_000_000_i64..365_242_000_000, -800_000_i64..800_000]
        .prop_filter_map("within bounds", Date::from_days)
}

fn time() -> impl Strategy<Value = LocalTime> {
    prop_oneof![
        0..DAY,
        (0..24 * 60_i64).prop_map(|minute| minute * 60_000_000_000)
    ]
    .prop_map(|nanos| LocalTime { nanos })
}

fn offset() -> impl Strategy<Value = i32> {
    prop_oneof![
        Just(0),
        (-18..=18).prop_map(|hour| hour * 3600),
        -64_800..=64_800
    ]
}

fn local() -> impl Strategy<Value = LocalDateTime> {
    (date(), time()).prop_map(|(date, time)| LocalDateTime { date, time })
}

fn duration() -> impl Strategy<Value = Duration> {
    let part = || {
        prop_oneof![
            Just(0),
            -1_000_i64..1_000,
            -1_000_000_000_i64..1_000_000_000
        ]
    };
    let nanos = prop_oneof![Just(0), -2_000_000_000_i64..2_000_000_000];
    (part(), part(), part(), nanos).prop_filter_map("fits", |(months, days, seconds, nanos)| {
        let clock = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        Duration::new(months, days, clock)
    })
}

fn temporal() -> impl Strategy<Value = Temporal> {
    prop_oneof![
        date().prop_map(Temporal::Date),
        time().prop_map(Temporal::LocalTime),
        (time(), offset()).prop_map(|(local, offset)| Temporal::Time(Time { local, offset })),
        local().prop_map(Temporal::LocalDateTime),
        (local(), offset()).prop_map(|(local, offset)| {
            let zone = None;
            Temporal::DateTime(DateTime {
                local,
                offset,
                zone,
            })
        }),
        duration().prop_map(Temporal::Duration),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let numbers = prop_oneof![
        (-3_i64..3).prop_map(Value::Int),
        any::<i64>().prop_map(Value::Int),
        (-3_i64..3).prop_map(|int| Value::Float(int as f64)),
        any::<i64>().prop_map(|int| Value::Float(int as f64)),
        any::<f64>().prop_map(Value::Float),
        Just(Value::Float(f64::NAN)),
    ];
    let simple = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        numbers,
        "[ab]{0,2}".prop_map(Value::from),
        temporal().prop_map(|temporal| Value::Temporal(Arc::new(temporal))),
    ];
    simple.prop_recursive(2, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::list),
            prop::collection::vec(("[ab]", inner), 0..3).prop_map(|entries| {
                let entries = entries.into_iter();
                Value::map(
                    entries
                        .map(|(key, value)| (key.as_str().into(), value))
                        .collect(),
                )
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_equal_is_the_same_and_has_one_hash(a in value(), b in value()) {
        if ops::equal(&a, &b) == Some(true) {
            prop_assert!(ops::same(&a, &b));
        }
        if ops::same(&a, &b) {
            prop_assert_eq!(hash(&a), hash(&b));
            prop_assert_eq!(ops::order(&a, &b), Ordering::Equal);
            prop_assert!(has_nan(&a) || ops::equal(&a, &b) != Some(false));
        }
        prop_assert!(ops::same(&a, &a));
        prop_assert_eq!(ops::equal(&a, &b), ops::equal(&b, &a));
    }

    #[test]
    fn order_is_total(a in value(), b in value(), c in value()) {
        prop_assert_eq!(ops::order(&a, &b), ops::order(&b, &a).reverse());
        if ops::order(&a, &b).is_le() && ops::order(&b, &c).is_le() {
            prop_assert!(ops::order(&a, &c).is_le());
        }
    }

    #[test]
    fn what_compares_is_ordered_that_way(a in value(), b in value()) {
        if let Comparison::Known(order) = ops::compare(&a, &b) {
            prop_assert_eq!(ops::order(&a, &b), order);
        }
    }

    #[test]
    fn a_date_is_its_year_month_and_day(date in date()) {
        let (year, month, day) = date.ymd();
        prop_assert_eq!(Date::new(year, month, day), Some(date));
        prop_assert_eq!(Date::from_ordinal(year, date.ordinal()), Some(date));
        prop_assert_eq!(Date::from_quarter(year, date.quarter(), date.day_of_quarter()), Some(date));
        let (week_year, week) = date.week();
        if (-999_999_998..999_999_999).contains(&year) {
            prop_assert_eq!(Date::from_week(week_year, week, date.weekday()), Some(date));
        }
    }

    #[test]
    fn a_text_reads_back(temporal in temporal()) {
        let (graph, clock) = (Graph::new(), Clock::at(SystemTime::UNIX_EPOCH));
        let context = Context { graph: &graph, clock: &clock };
        let name = match &temporal {
            Temporal::Date(_) => "date",
            Temporal::LocalTime(_) => "localtime",
            Temporal::Time(_) => "time",
            Temporal::LocalDateTime(_) => "localdatetime",
            Temporal::DateTime(_) => "datetime",
            Temporal::Duration(_) => "duration",
        };
        let function = find(name).ok_or_else(|| TestCaseError::fail(name))?;
        let text = temporal.to_string();
        let read = function.call(&context, &[Value::from(text.clone())]);
        prop_assert_eq!(read, Ok(Value::Temporal(Arc::new(temporal))), "{}", text);
    }

    #[test]
    fn a_sum_can_be_taken_back(local in local(), days in -100_000_i64..100_000, nanos in any::<i64>()) {
        let length = Duration::new(0, days, i128::from(nanos));
        let length = length.map(|length| Value::Temporal(Arc::new(Temporal::Duration(length))));
        let length = length.ok_or_else(|| TestCaseError::fail("fits"))?;
        let start = Value::Temporal(Arc::new(Temporal::LocalDateTime(local)));
        if let Ok(end) = ops::add(&start, &length) {
            prop_assert_eq!(ops::subtract(&end, &length), Ok(start));
        }
    }
}

fn has_nan(value: &Value) -> bool {
    match value {
        Value::Float(float) => float.is_nan(),
        Value::List(items) => items.iter().any(has_nan),
        Value::Map(map) => map.values().any(has_nan),
        _ => false,
    }
}
