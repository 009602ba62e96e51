//! How names are compared: without case, spaces, punctuation and the vendor in front.
//!
//! Used by the look-up and by the check that no two systems share a name. Uses nothing of the
//! crate, because the build script takes this file by its path.

/// Gives the form under which a name is compared, `sqs` for `Amazon SQS`.
pub(super) fn fold(name: &str) -> String {
    let folded: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    without_vendor(&folded).to_owned()
}

fn without_vendor(folded: &str) -> &str {
    ["amazon", "aws"]
        .iter()
        .find_map(|vendor| folded.strip_prefix(vendor))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(folded)
}
