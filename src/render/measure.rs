//! How wide text is in a drawing, without a font at hand.
//!
//! Widths are those of Helvetica and of the many fonts made to its measure, with a little room for
//! wider ones; what is not ASCII counts by its columns on a terminal.

use unicode_width::UnicodeWidthChar;

/// Widths of the characters from space to tilde, in thousandths of the size.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Room for fonts that run wider.
const ROOM: f64 = 1.08;

/// Share by which bold text is wider.
const BOLD: f64 = 1.06;

/// Gives the width of a text at a size.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(char_width(c))).sum();
    f64::from(thousandths) / 1000.0 * size * ROOM * if bold { BOLD } else { 1.0 }
}

fn char_width(c: char) -> u16 {
    let at = (c as usize).wrapping_sub(usize::from(b' '));
    match (ASCII.get(at), c.width()) {
        (Some(width), _) => *width,
        (None, Some(0) | None) => 0,
        (None, Some(1)) => 600,
        (None, Some(_)) => 1000,
    }
}

/// Cuts a text to a number of characters, with an ellipsis where something is lost.
pub(super) fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars()
        .take(most.saturating_sub(1))
        .chain(['…'])
        .collect()
}
