//! Bytes to text: byte order marks, UTF-16, and what is no text at all.

use std::borrow::Cow;

/// Gives the text of a file.
///
/// # Errors
/// Says why the bytes are no text, and the offset of the first bad one where there is such.
pub(crate) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, (String, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest, 3),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0, _, 0, _, ..] => utf16(bytes, u16::from_be_bytes),
        [_, 0, _, 0, ..] => utf16(bytes, u16::from_le_bytes),
        _ => utf8(bytes, 0),
    }
}

fn utf8(bytes: &[u8], skipped: usize) -> Result<Cow<'_, str>, (String, usize)> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        (
            "not text in UTF-8 or UTF-16".to_owned(),
            skipped + e.valid_up_to(),
        )
    })?;
    if !has_zero(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let at = text.find('\0').unwrap_or(0);
    Err(("a binary file".to_owned(), skipped + at))
}

/// Tells whether a byte is zero. Looks at all of a stretch in any case, so that the compiler takes
/// many bytes at once.
fn has_zero(bytes: &[u8]) -> bool {
    const STRETCH: usize = 256;
    let mut stretches = bytes.chunks(STRETCH);
    stretches.any(|stretch| stretch.iter().fold(false, |seen, byte| seen | (*byte == 0)))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'_, str>, (String, usize)> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)))
        .collect::<Result<String, _>>()
        .map_err(|_| ("not text in UTF-16".to_owned(), 0))?;
    match text.contains('\0') {
        true => Err(("a binary file".to_owned(), 0)),
        false => Ok(Cow::Owned(text)),
    }
}
