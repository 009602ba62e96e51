//! Integers against floats, exactly: no integer is rounded to be compared.

use std::cmp::Ordering;

/// Two to the 63rd: the first float above all integers.
const ABOVE: f64 = 9_223_372_036_854_775_808.0;

/// Compares an integer with a float; `None` for NaN.
pub(super) fn compare_mixed(int: i64, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float >= ABOVE {
        return Some(Ordering::Less);
    }
    if float < -ABOVE {
        return Some(Ordering::Greater);
    }
    let whole = float.trunc();
    let rest = whole.partial_cmp(&float)?;
    Some(int.cmp(&(whole as i64)).then(rest))
}

/// Gives the integer that a float is equal to, if there is one.
pub(super) fn as_integer(float: f64) -> Option<i64> {
    let fits = (-ABOVE..ABOVE).contains(&float) && float == float.trunc();
    fits.then_some(float as i64)
}
