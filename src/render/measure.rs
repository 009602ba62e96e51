//! How wide text is in a drawing, without a font at hand.
//!
//! Widths are the greater of those of Helvetica, to whose measure many fonts are made, and of Noto
//! Sans, which PNG is drawn with, and a little room for wider ones; what is not ASCII counts by its
//! columns on a terminal.

use unicode_width::UnicodeWidthChar;

/// Widths of the characters from space to tilde, in thousandths of the size.
const ASCII: [u16; 95] = [
    278, 278, 413, 599, 556, 889, 678, 233, 333, 333, 510, 584, 278, 333, 278, 361, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 340, 500, 667, 556, 841, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 305, 361, 305, 530, 556, 538, 556, 570, 500, 570, 556, 339, 570, 575, 267, 267, 542,
    267, 866, 575, 561, 570, 570, 397, 500, 380, 575, 500, 748, 506, 500, 500, 352, 510, 352, 584,
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
