//! The proleptic Gregorian calendar: days to years, months, weeks and quarters and back.
//!
//! Eras of 400 years (146,097 days) carry the arithmetic, so that any year costs the same.

use super::Date;

/// The first and the last year that a date may have.
pub const YEARS: std::ops::RangeInclusive<i64> = -999_999_999..=999_999_999;

/// Days in 400 years.
const ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// Tells whether a year has 366 days.
fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Gives the number of days of a month (1 to 12).
fn month_length(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Counts days from 1970-01-01 to a date whose year starts in March, so that the leap day is last.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let in_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    year.div_euclid(400) * ERA + in_era - EPOCH
}

impl Date {
    /// Makes a date of a year, a month and a day, if there is such a day.
    #[must_use]
    pub fn new(year: i64, month: i64, day: i64) -> Option<Self> {
        let known = YEARS.contains(&year)
            && (1..=12).contains(&month)
            && (1..=month_length(year, month)).contains(&day);
        known.then(|| Self {
            days: days_of(year, month, day),
        })
    }

    /// Makes a date of days since 1970-01-01, if its year is within bounds.
    #[must_use]
    pub fn from_days(days: i64) -> Option<Self> {
        let first = days_of(*YEARS.start(), 1, 1);
        let last = days_of(*YEARS.end(), 12, 31);
        (first..=last).contains(&days).then_some(Self { days })
    }

    /// Makes a date of a year and the day of that year, from 1.
    #[must_use]
    pub fn from_ordinal(year: i64, ordinal: i64) -> Option<Self> {
        let length = if is_leap(year) { 366 } else { 365 };
        let first = Self::new(year, 1, 1)?;
        (1..=length).contains(&ordinal).then_some(())?;
        Self::from_days(first.days + ordinal - 1)
    }

    /// Makes a date of a week-based year, an ISO week and a day from Monday (1) to Sunday (7).
    #[must_use]
    pub fn from_week(week_year: i64, week: i64, weekday: i64) -> Option<Self> {
        (1..=7).contains(&weekday).then_some(())?;
        (1..=weeks_in(week_year)?).contains(&week).then_some(())?;
        Self::from_days(first_monday(week_year)? + (week - 1) * 7 + weekday - 1)
    }

    /// Makes a date of a year, a quarter and the day of that quarter, from 1.
    #[must_use]
    pub fn from_quarter(year: i64, quarter: i64, day: i64) -> Option<Self> {
        (1..=4).contains(&quarter).then_some(())?;
        let month = quarter * 3 - 2;
        let length: i64 = (month..month + 3).map(|m| month_length(year, m)).sum();
        (1..=length).contains(&day).then_some(())?;
        Self::from_days(Self::new(year, month, 1)?.days + day - 1)
    }

    /// Gives year, month and day.
    #[must_use]
    pub fn ymd(self) -> (i64, i64, i64) {
        let shifted = self.days + EPOCH;
        let in_era = shifted.rem_euclid(ERA);
        let of_era = (in_era - in_era / 1460 + in_era / 36_524 - in_era / 146_096) / 365;
        let of_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = (shifted_month + 2) % 12 + 1;
        let year = shifted.div_euclid(ERA) * 400 + of_era + i64::from(month <= 2);
        (year, month, day)
    }

    /// Gives the year.
    #[must_use]
    pub fn year(self) -> i64 {
        self.ymd().0
    }

    /// Gives the day of the year, from 1.
    #[must_use]
    pub fn ordinal(self) -> i64 {
        self.days - days_of(self.year(), 1, 1) + 1
    }

    /// Gives the day of the week, Monday is 1 and Sunday 7.
    #[must_use]
    pub fn weekday(self) -> i64 {
        (self.days + 3).rem_euclid(7) + 1
    }

    /// Gives the week-based year and the ISO week, whose first has the year's first Thursday.
    #[must_use]
    pub fn week(self) -> (i64, i64) {
        let thursday = Self {
            days: self.days - self.weekday() + 4,
        };
        (thursday.year(), (thursday.ordinal() - 1) / 7 + 1)
    }

    /// Gives the quarter, from 1 to 4.
    #[must_use]
    pub fn quarter(self) -> i64 {
        (self.ymd().1 + 2) / 3
    }

    /// Gives the day of the quarter, from 1.
    #[must_use]
    pub fn day_of_quarter(self) -> i64 {
        self.days - days_of(self.year(), self.quarter() * 3 - 2, 1) + 1
    }

    /// Adds months; a day that the new month has not becomes its last.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let (year, month, day) = self.ymd();
        let total = (year * 12 + month - 1).checked_add(months)?;
        let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
        Self::new(year, month, day.min(month_length(year, month)))
    }

    /// Adds days.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Self::from_days(self.days.checked_add(days)?)
    }

    /// Counts the whole months from here to `other`, negative where it lies before.
    #[must_use]
    pub fn months_until(self, other: Self) -> i64 {
        let packed = |date: Self| {
            let (year, month, day) = date.ymd();
            (year * 12 + month - 1) * 32 + day
        };
        (packed(other) - packed(self)) / 32
    }
}

/// Gives the Monday of week 1 in days since 1970-01-01: the week of 4 January.
fn first_monday(week_year: i64) -> Option<i64> {
    let fourth = Date::new(week_year, 1, 4)?;
    Some(fourth.days - fourth.weekday() + 1)
}

fn weeks_in(week_year: i64) -> Option<i64> {
    let last = Date::new(week_year, 12, 28)?;
    Some(last.week().1)
}
