//! The size of the terminal.

/// Gives the columns of the terminal on standard output, if it is one.
#[must_use]
pub(crate) fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size()?;
    Some(usize::from(width.0)).filter(|width| *width > 0)
}
