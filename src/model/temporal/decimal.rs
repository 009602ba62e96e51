//! A decimal fraction, so that `0.1` days are 8,640 seconds and not a nanosecond less.

/// Digits behind the point that are kept.
const DIGITS: u32 = 18;
const ONE: i128 = 10_i128.pow(DIGITS);

/// A number with up to eighteen digits behind the point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decimal(i128);

impl Decimal {
    /// Reads `12`, `-1.5` or `2.5e-7`; `None` for what is no number or out of range.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (text, negative) = match text.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (text.strip_prefix('+').unwrap_or(text), false),
        };
        let (digits, power) = match text.split_once(['e', 'E']) {
            Some((digits, power)) => (digits, power.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let scale = DIGITS as i32 + power - i32::try_from(fraction.len()).ok()?;
        let value = shift(&format!("{whole}{fraction}"), scale)?;
        Some(Self(if negative { -value } else { value }))
    }

    /// Reads a float by its shortest text; `None` for NaN and what is out of range.
    #[must_use]
    pub fn from_float(float: f64) -> Option<Self> {
        Self::parse(&format!("{float:e}"))
    }

    /// Multiplies by a whole number.
    #[must_use]
    pub fn times(self, factor: i64) -> Option<Self> {
        self.0.checked_mul(i128::from(factor)).map(Self)
    }

    /// Adds another number.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// Gives the whole part, cut towards zero.
    #[must_use]
    pub fn whole(self) -> Option<i64> {
        i64::try_from(self.0 / ONE).ok()
    }

    /// Gives what the fraction behind the whole part is of `unit`, cut towards zero.
    #[must_use]
    pub fn fraction_of(self, unit: i64) -> i128 {
        // Less than one times less than 2^63: 123 bits hold it.
        self.0 % ONE * i128::from(unit) / ONE
    }
}

impl From<i64> for Decimal {
    fn from(whole: i64) -> Self {
        Self(i128::from(whole) * ONE)
    }
}

/// Reads digits and moves the point by `scale` places to the right.
fn shift(digits: &str, scale: i32) -> Option<i128> {
    let kept = i32::try_from(digits.len()).ok()? + scale.min(0);
    let digits = match kept {
        ..=0 => "0",
        kept if scale < 0 => digits.get(..kept.unsigned_abs() as usize)?,
        _ => digits,
    };
    let value: i128 = digits.parse().ok()?;
    if value == 0 {
        return Some(0);
    }
    let factor = 10_i128.checked_pow(scale.max(0).unsigned_abs())?;
    value.checked_mul(factor)
}
