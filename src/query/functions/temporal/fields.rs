//! The fields of a map that describes an instant: `{year: 2015, week: 30, hour: 21, …}`.
//!
//! Fields may stand on a base (`{date: other, day: 1}`), which gives what they leave out.

use super::super::error::bad_value;
use super::parts::Target;
use crate::diag::Diagnostic;
use crate::diag::nearest;
use crate::model::Date;
use crate::model::LocalTime;
use crate::model::Value;
use crate::model::ValueMap;
use crate::query::ops::Zone;

const DATE_FIELDS: &[&str] = &[
    "year",
    "month",
    "day",
    "week",
    "dayOfWeek",
    "quarter",
    "dayOfQuarter",
    "ordinalDay",
    "date",
    "datetime",
];
const TIME_FIELDS: &[&str] = &[
    "hour",
    "minute",
    "second",
    "millisecond",
    "microsecond",
    "nanosecond",
    "time",
    "datetime",
];
const ZONE_FIELDS: &[&str] = &["timezone"];
const EPOCH_FIELDS: &[&str] = &["epochSeconds", "epochMillis"];

/// Fields that cannot stand together: a date is told in one way only.
const WAYS: [&[&str]; 4] = [
    &["month", "day"],
    &["week", "dayOfWeek"],
    &["quarter", "dayOfQuarter"],
    &["ordinalDay"],
];

/// The fields of a map.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a>(&'a ValueMap);

impl<'a> Fields<'a> {
    /// Takes a map whose keys all make sense for the type that is wanted.
    pub(super) fn new(map: &'a ValueMap, target: Target) -> Result<Self, Diagnostic> {
        let known: Vec<&str> = [
            (target.has_date(), DATE_FIELDS),
            (target.has_time(), TIME_FIELDS),
            (true, ZONE_FIELDS),
            (target == Target::DateTime, EPOCH_FIELDS),
        ]
        .into_iter()
        .flat_map(|(wanted, fields)| if wanted { fields } else { &[] })
        .copied()
        .collect();
        match map.keys().find(|key| !known.contains(&&***key)) {
            None => Ok(Self(map)),
            Some(key) => Err(bad_value(format!("`{}()` takes no `{key}`", target.name()))
                .nearest(nearest(key, known))),
        }
    }

    /// Tells whether only a time zone is given.
    pub(super) fn only_zone(self) -> bool {
        self.0.len() == 1 && self.0.contains_key("timezone")
    }

    /// Gives the value of a field.
    pub(super) fn value(self, key: &str) -> Option<&'a Value> {
        self.0.get(key)
    }

    /// Gives the whole number of a field.
    pub(super) fn int(self, key: &str) -> Result<Option<i64>, Diagnostic> {
        match self.0.get(key) {
            None => Ok(None),
            Some(Value::Int(number)) => Ok(Some(*number)),
            Some(other) => Err(bad_value(format!(
                "`{key}` must be INTEGER, not {}",
                other.type_name()
            ))),
        }
    }

    /// Gives the time zone.
    pub(super) fn zone(self) -> Result<Option<Zone>, Diagnostic> {
        match self.0.get("timezone") {
            None => Ok(None),
            Some(Value::Text(text)) => Zone::parse(text).map(Some),
            Some(other) => Err(bad_value(format!(
                "`timezone` must be STRING, not {}",
                other.type_name()
            ))),
        }
    }

    fn any(self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.0.contains_key(key))
    }

    /// Makes a date of the fields over a base; `None` where neither says anything.
    pub(super) fn date(self, base: Option<Date>) -> Result<Option<Date>, Diagnostic> {
        let ways: Vec<&[&str]> = WAYS.into_iter().filter(|way| self.any(way)).collect();
        if let [first, second, ..] = ways[..] {
            let message = format!("`{}` and `{}` tell a date in two ways", first[0], second[0]);
            return Err(bad_value(message));
        }
        let way = ways.first().map_or("", |way| way[0]);
        if way.is_empty() && !self.0.contains_key("year") {
            return Ok(base);
        }
        let date = match way {
            "week" => self.by_week(base)?,
            "quarter" => self.by_quarter(base)?,
            "ordinalDay" => {
                let ordinal = self.int("ordinalDay")?.unwrap_or(1);
                Date::from_ordinal(self.year(base.map(Date::year))?, ordinal)
            }
            _ => self.by_month(base)?,
        };
        let none = || bad_value("there is no such day in the calendar");
        date.map(Some).ok_or_else(none)
    }

    fn year(self, base: Option<i64>) -> Result<i64, Diagnostic> {
        let year = self.int("year")?.or(base);
        year.ok_or_else(|| bad_value("a date needs a `year`"))
    }

    fn by_month(self, base: Option<Date>) -> Result<Option<Date>, Diagnostic> {
        let year = self.year(base.map(Date::year))?;
        let (month, day) = (self.int("month")?, self.int("day")?);
        if base.is_none() && month.is_none() && day.is_some() {
            return Err(bad_value("a `day` needs a `month`"));
        }
        let month = month.unwrap_or(base.map_or(1, |date| date.ymd().1));
        Ok(match (day, base) {
            (Some(day), _) => Date::new(year, month, day),
            (None, None) => Date::new(year, month, 1),
            // A day that the month has not becomes its last.
            (None, Some(date)) => Date::new(year, month, 1).and_then(|_| {
                let (own_year, own_month, _) = date.ymd();
                date.plus_months((year - own_year) * 12 + month - own_month)
            }),
        })
    }

    fn by_week(self, base: Option<Date>) -> Result<Option<Date>, Diagnostic> {
        let year = self.year(base.map(|date| date.week().0))?;
        let week = self.int("week")?.or(base.map(|date| date.week().1));
        let week = week.ok_or_else(|| bad_value("a `dayOfWeek` needs a `week`"))?;
        let day = self.int("dayOfWeek")?.or(base.map(Date::weekday));
        Ok(Date::from_week(year, week, day.unwrap_or(1)))
    }

    fn by_quarter(self, base: Option<Date>) -> Result<Option<Date>, Diagnostic> {
        let year = self.year(base.map(Date::year))?;
        let quarter = self.int("quarter")?.or(base.map(Date::quarter));
        let quarter = quarter.ok_or_else(|| bad_value("a `dayOfQuarter` needs a `quarter`"))?;
        let day = self.int("dayOfQuarter")?;
        Ok(match (day, base) {
            (Some(day), _) => Date::from_quarter(year, quarter, day),
            (None, None) => Date::from_quarter(year, quarter, 1),
            // The same month and day within the other quarter.
            (None, Some(date)) => Date::from_quarter(year, quarter, 1).and_then(|_| {
                let months = (year - date.year()) * 12 + (quarter - date.quarter()) * 3;
                date.plus_months(months)
            }),
        })
    }

    /// Makes a time of the fields over a base; `None` where neither says anything.
    pub(super) fn time(self, base: Option<LocalTime>) -> Result<Option<LocalTime>, Diagnostic> {
        let own = [
            self.int("hour")?,
            self.int("minute")?,
            self.int("second")?,
            self.nano()?,
        ];
        if own.iter().all(Option::is_none) {
            return Ok(base);
        }
        let first_gap = own.iter().position(Option::is_none);
        let last = own.iter().rposition(Option::is_some);
        if base.is_none() && first_gap < last && first_gap.is_some() {
            return Err(bad_value(
                "a time names all that is coarser than its finest field",
            ));
        }
        let base = base.unwrap_or(LocalTime::MIDNIGHT);
        let time = LocalTime::new(
            own[0].unwrap_or(base.hour()),
            own[1].unwrap_or(base.minute()),
            own[2].unwrap_or(base.second()),
            own[3].unwrap_or(base.nano()),
        );
        let none = || bad_value("there is no such time of day");
        time.map(Some).ok_or_else(none)
    }

    /// Joins milliseconds, microseconds and nanoseconds; beside a coarser one a finer one counts
    /// within it.
    fn nano(self) -> Result<Option<i64>, Diagnostic> {
        let (milli, micro, nano) = (
            self.int("millisecond")?,
            self.int("microsecond")?,
            self.int("nanosecond")?,
        );
        if milli.or(micro).or(nano).is_none() {
            return Ok(None);
        }
        let micro_bound = if milli.is_some() { 1_000 } else { 1_000_000 };
        let nano_bound = match (milli, micro) {
            (_, Some(_)) => 1_000,
            (Some(_), None) => 1_000_000,
            (None, None) => 1_000_000_000,
        };
        let (milli, micro, nano) = (milli.unwrap_or(0), micro.unwrap_or(0), nano.unwrap_or(0));
        let within = (0..1_000).contains(&milli)
            && (0..micro_bound).contains(&micro)
            && (0..nano_bound).contains(&nano);
        match within {
            true => Ok(Some(milli * 1_000_000 + micro * 1_000 + nano)),
            false => Err(bad_value("the fraction of a second is out of range")),
        }
    }
}
