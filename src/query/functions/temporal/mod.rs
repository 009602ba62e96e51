//! Functions on instants and durations.
//!
//! `parts` takes instants apart and puts them together, `parse` reads texts, `fields` reads maps;
//! `make`, `truncate`, `between` and `length` are the functions. Sums and components are operators
//! and live in `query::ops`; the calendar lives in `model::temporal`.

mod between;
mod fields;
mod length;
mod make;
mod parse;
mod parts;
mod truncate;

use super::Context;
use super::Function;
use super::Parameter;
use super::Types;
use super::function::p;
use crate::diag::Diagnostic;
use crate::model::Value;
use parts::Target;

type Code = fn(&Context<'_>, &[Value]) -> Result<Value, Diagnostic>;

const SOURCE: &[Parameter] = &[p("from", Types::STRING.or(Types::MAP).or(Types::INSTANT))];
const ZONE: &[Parameter] = &[p("timezone", Types::STRING.or(Types::MAP))];
const TRUNCATED: &[Parameter] = &[
    p("unit", Types::STRING),
    p("instant", Types::INSTANT),
    p("fields", Types::MAP),
];
const ENDS: &[Parameter] = &[p("from", Types::INSTANT), p("to", Types::INSTANT)];

const fn made(name: &'static str, result: Types, code: Code) -> Function {
    Function::scalar(name, SOURCE, result, code).optional(1)
}

const fn shown(name: &'static str, result: Types, code: Code) -> Function {
    Function::scalar(name, ZONE, result, code).optional(1)
}

const fn truncated(name: &'static str, result: Types, code: Code) -> Function {
    Function::scalar(name, TRUNCATED, result, code)
        .optional(2)
        .help("gives the start of a unit (year, month, week, day, hour, …), with fields set anew")
}

const fn measured(name: &'static str, code: Code) -> Function {
    Function::scalar(name, ENDS, Types::DURATION, code)
}

/// The functions on instants.
pub(super) const INSTANTS: &[Function] = &[
    made("date", Types::DATE, |c, a| make::make(Target::Date, c, a))
        .help("makes a date of a text, a map or another instant; of now without argument")
        .example("date('2015-W30-2')", "date('2015-07-21')"),
    shown("date.statement", Types::DATE, |c, a| make::show(Target::Date, c.clock.statement(), a))
        .help("gives a date: the start of the statement, in UTC or another zone")
        .example("date.statement() = date()", "true"),
    shown("date.transaction", Types::DATE, |c, a| make::show(Target::Date, c.clock.statement(), a))
        .help("gives a date: the start of the statement, in UTC or another zone")
        .example("date.transaction() = date()", "true"),
    shown("date.realtime", Types::DATE, |c, a| make::show(Target::Date, c.clock.realtime(), a))
        .help("gives a date: right now, in UTC or another zone")
        .example("date.realtime() IS NULL", "false"),
    truncated("date.truncate", Types::DATE, |c, a| truncate::truncate(Target::Date, c, a))
        .example("date.truncate('month', date('2015-07-21'))", "date('2015-07-01')"),
    made("localtime", Types::LOCAL_TIME, |c, a| make::make(Target::LocalTime, c, a))
        .help("makes a time of day without a zone of a text, a map or another instant; of now without argument")
        .example("localtime({hour: 21, minute: 40})", "localtime('21:40')"),
    shown("localtime.statement", Types::LOCAL_TIME, |c, a| make::show(Target::LocalTime, c.clock.statement(), a))
        .help("gives a time of day without a zone: the start of the statement, in UTC or another zone")
        .example("localtime.statement() = localtime()", "true"),
    shown("localtime.transaction", Types::LOCAL_TIME, |c, a| make::show(Target::LocalTime, c.clock.statement(), a))
        .help("gives a time of day without a zone: the start of the statement, in UTC or another zone")
        .example("localtime.transaction() = localtime()", "true"),
    shown("localtime.realtime", Types::LOCAL_TIME, |c, a| make::show(Target::LocalTime, c.clock.realtime(), a))
        .help("gives a time of day without a zone: right now, in UTC or another zone")
        .example("localtime.realtime() IS NULL", "false"),
    truncated("localtime.truncate", Types::LOCAL_TIME, |c, a| truncate::truncate(Target::LocalTime, c, a))
        .example("localtime.truncate('hour', localtime('21:40:32'))", "localtime('21:00')"),
    made("time", Types::TIME, |c, a| make::make(Target::Time, c, a))
        .help("makes a time of day with an offset of a text, a map or another instant; of now without argument")
        .example("time({hour: 21, minute: 40, timezone: '+01:00'})", "time('21:40+01:00')"),
    shown("time.statement", Types::TIME, |c, a| make::show(Target::Time, c.clock.statement(), a))
        .help("gives a time of day with an offset: the start of the statement, in UTC or another zone")
        .example("time.statement() = time()", "true"),
    shown("time.transaction", Types::TIME, |c, a| make::show(Target::Time, c.clock.statement(), a))
        .help("gives a time of day with an offset: the start of the statement, in UTC or another zone")
        .example("time.transaction() = time()", "true"),
    shown("time.realtime", Types::TIME, |c, a| make::show(Target::Time, c.clock.realtime(), a))
        .help("gives a time of day with an offset: right now, in UTC or another zone")
        .example("time.realtime() IS NULL", "false"),
    truncated("time.truncate", Types::TIME, |c, a| truncate::truncate(Target::Time, c, a))
        .example("time.truncate('hour', time('21:40:32+01:00'))", "time('21:00+01:00')"),
    made("localdatetime", Types::LOCAL_DATETIME, |c, a| make::make(Target::LocalDateTime, c, a))
        .help("makes a date and time without a zone of a text, a map or another instant; of now without argument")
        .example("localdatetime({date: date('2015-07-21'), hour: 21})", "localdatetime('2015-07-21T21:00')"),
    shown("localdatetime.statement", Types::LOCAL_DATETIME, |c, a| make::show(Target::LocalDateTime, c.clock.statement(), a))
        .help("gives a date and time without a zone: the start of the statement, in UTC or another zone")
        .example("localdatetime.statement() = localdatetime()", "true"),
    shown("localdatetime.transaction", Types::LOCAL_DATETIME, |c, a| make::show(Target::LocalDateTime, c.clock.statement(), a))
        .help("gives a date and time without a zone: the start of the statement, in UTC or another zone")
        .example("localdatetime.transaction() = localdatetime()", "true"),
    shown("localdatetime.realtime", Types::LOCAL_DATETIME, |c, a| make::show(Target::LocalDateTime, c.clock.realtime(), a))
        .help("gives a date and time without a zone: right now, in UTC or another zone")
        .example("localdatetime.realtime() IS NULL", "false"),
    truncated("localdatetime.truncate", Types::LOCAL_DATETIME, |c, a| truncate::truncate(Target::LocalDateTime, c, a))
        .example("localdatetime.truncate('day', localdatetime('2015-07-21T21:40'))", "localdatetime('2015-07-21T00:00')"),
    made("datetime", Types::DATETIME, |c, a| make::make(Target::DateTime, c, a))
        .help("makes a date and time in a zone of a text, a map or another instant; of now without argument")
        .example("datetime({year: 2015, month: 7, day: 21, timezone: 'Europe/Stockholm'})", "datetime('2015-07-21T00:00+02:00[Europe/Stockholm]')"),
    shown("datetime.statement", Types::DATETIME, |c, a| make::show(Target::DateTime, c.clock.statement(), a))
        .help("gives a date and time in a zone: the start of the statement, in UTC or another zone")
        .example("datetime.statement() = datetime()", "true"),
    shown("datetime.transaction", Types::DATETIME, |c, a| make::show(Target::DateTime, c.clock.statement(), a))
        .help("gives a date and time in a zone: the start of the statement, in UTC or another zone")
        .example("datetime.transaction() = datetime()", "true"),
    shown("datetime.realtime", Types::DATETIME, |c, a| make::show(Target::DateTime, c.clock.realtime(), a))
        .help("gives a date and time in a zone: right now, in UTC or another zone")
        .example("datetime.realtime() IS NULL", "false"),
    truncated("datetime.truncate", Types::DATETIME, |c, a| truncate::truncate(Target::DateTime, c, a))
        .example("datetime.truncate('year', datetime('2015-07-21T21:40Z'), {day: 2})", "datetime('2015-01-02T00:00Z')"),
    Function::scalar(
        "datetime.fromepoch",
        &[p("seconds", Types::INTEGER), p("nanoseconds", Types::INTEGER)],
        Types::DATETIME,
        make::from_epoch,
    )
    .optional(1)
    .help("makes a date and time of seconds since 1970-01-01T00:00Z")
    .example("datetime.fromepoch(1700000000, 5)", "datetime('2023-11-14T22:13:20.000000005Z')"),
    Function::scalar(
        "datetime.fromepochmillis",
        &[p("milliseconds", Types::INTEGER)],
        Types::DATETIME,
        make::from_epoch_millis,
    )
    .help("makes a date and time of milliseconds since 1970-01-01T00:00Z")
    .example("datetime.fromepochmillis(1700000000123)", "datetime('2023-11-14T22:13:20.123Z')"),
    Function::scalar("timestamp", &[], Types::INTEGER, timestamp)
        .help("gives the milliseconds since 1970-01-01T00:00Z at the start of the statement")
        .example("timestamp() = datetime().epochMillis", "true"),
];

/// The functions on durations.
pub(super) const DURATIONS: &[Function] = &[
    Function::scalar(
        "duration",
        &[p("from", Types::STRING.or(Types::MAP).or(Types::DURATION))],
        Types::DURATION,
        length::duration,
    )
    .help("makes a duration of a text or a map of years, months, weeks, days, hours, …")
    .example(
        "duration({days: 14, hours: 16.5})",
        "duration('P14DT16H30M')",
    ),
    measured("duration.between", between::between)
        .help("gives what lies between two instants: months, days and the rest")
        .example(
            "duration.between(date('1984-10-11'), date('2015-06-24'))",
            "duration('P30Y8M13D')",
        ),
    measured("duration.inMonths", between::in_months)
        .help("gives the whole months between two instants")
        .example(
            "duration.inMonths(date('1984-10-11'), date('2015-06-24'))",
            "duration('P30Y8M')",
        ),
    measured("duration.inDays", between::in_days)
        .help("gives the whole days between two instants")
        .example(
            "duration.inDays(date('1984-10-11'), date('2015-06-24'))",
            "duration('P11213D')",
        ),
    measured("duration.inSeconds", between::in_seconds)
        .help("gives the seconds between two instants")
        .example(
            "duration.inSeconds(localtime('21:40'), localtime('21:41'))",
            "duration('PT1M')",
        ),
];

fn timestamp(context: &Context<'_>, _: &[Value]) -> Result<Value, Diagnostic> {
    let millis = context.clock.statement().div_euclid(1_000_000);
    Ok(Value::Int(millis as i64))
}
