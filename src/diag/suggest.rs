//! The nearest of the names we know.

/// Gives the known name that is most like `word`, if one is near enough to be meant.
///
/// Nearness is the Damerau-Levenshtein distance (strsim) without regard to case; at most a third of
/// the longer name may differ. A name that starts with the word is near, too.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_three(word, known).into_iter().next()
}

/// Gives up to three known names that are near, nearest first; of equal ones first those that begin
/// as the word does, then by name.
pub fn nearest_three<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = word.to_lowercase();
    let mut found: Vec<(usize, usize, &str)> = known
        .into_iter()
        .filter_map(|name| {
            let lower = name.to_lowercase();
            distance(&wanted, &lower).map(|d| (d, unlike_start(&wanted, &lower), name))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(.., name)| name).collect()
}

/// How many letters of the word the name does not begin with.
fn unlike_start(word: &str, name: &str) -> usize {
    let same = word.chars().zip(name.chars()).take_while(|(a, b)| a == b);
    word.chars().count() - same.count()
}

fn distance(word: &str, name: &str) -> Option<usize> {
    let (short, long) = (word.chars().count(), name.chars().count());
    let bound = short.max(long).div_ceil(3);
    if long > short && short >= 3 && name.starts_with(word) {
        return Some(bound.min(long - short));
    }
    if short.abs_diff(long) > bound {
        return None;
    }
    let distance = strsim::damerau_levenshtein(word, name);
    (distance <= bound && distance < short.max(long)).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_near_name_and_not_a_far_one() {
        let known = ["Lambda", "Lambda@Edge", "SQS", "DynamoDB"];
        assert_eq!(nearest("lamda", known), Some("Lambda"));
        assert_eq!(nearest("dynamo", known), Some("DynamoDB"));
        assert_eq!(nearest("kafka", known), None);
        assert_eq!(nearest("dsc", ["ASC", "DESC"]), Some("DESC"));
        assert_eq!(nearest("siz", ["sin", "size"]), Some("size"));
        assert_eq!(nearest("writ", ["right", "write"]), Some("write"));
    }
}
