//! Units behind a number: which word is how much of the base unit.
//!
//! Sizes are bytes, times are seconds, as in the catalog's facts. Knows no quantities of the graph.

/// A word and its factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// The word as written; matched letter for letter, for `Mb` is not `MB`.
    pub word: &'static str,
    /// How many of the base unit it is.
    pub factor: f64,
    /// The base unit.
    pub base: &'static str,
}

macro_rules! units {
    ($($base:ident { $($factor:literal $($word:literal)+;)+ })+) => {
        &[$($($(Unit { word: $word, factor: $factor, base: stringify!($base) },)+)+)+]
    };
}

/// All units.
pub const UNITS: &[Unit] = units! {
    bytes {
        1.0 "byte" "bytes" "B";
        1e3 "KB" "kB";
        1e6 "MB";
        1e9 "GB";
        1e12 "TB";
        1e15 "PB";
        1024.0 "KiB";
        1048576.0 "MiB";
        1073741824.0 "GiB";
        1099511627776.0 "TiB";
        1125899906842624.0 "PiB";
    }
    seconds {
        1e-6 "us" "µs";
        1e-3 "ms" "millisecond" "milliseconds";
        1.0 "s" "sec" "second" "seconds";
        60.0 "min" "minute" "minutes";
        3600.0 "h" "hour" "hours";
        86400.0 "d" "day" "days";
        604800.0 "week" "weeks";
        2629746.0 "month" "months";
        31556952.0 "year" "years";
    }
};

/// Finds a unit: letter for letter, else in any case.
#[must_use]
pub fn unit(word: &str) -> Option<&'static Unit> {
    let exact = UNITS.iter().find(|unit| unit.word == word);
    let mut any_case = UNITS.iter();
    exact.or_else(|| any_case.find(|unit| unit.word.eq_ignore_ascii_case(word)))
}
