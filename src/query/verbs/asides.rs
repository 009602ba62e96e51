//! What a question is wrapped in: `could you tell me …`, and the order of words that comes of it.
//!
//! Takes a question that fits no verb; gives the same question without what stands before it, and with
//! its words in the order of a plain question: `what the retention of SQS is`, `whether SNS can start
//! Lambda`, `how SQS differs from SNS`. Of the question itself only the `that` of a clause is ever left
//! out. Which of them is a question is for the matcher to tell.

use super::matcher;
use super::reading::Reading;
use super::words::Word;
use crate::diag::Span;

/// Openings that are taken off, one behind the other: `hi, could you tell me …`.
const OPENINGS: usize = 4;

/// Words a line may have to be looked at so closely; a stranger's line may be long.
const LONGEST: usize = 40;

/// Words from the front before which a sentence may have what a question has moved there: `which of
/// the queue services Lambda can read from`.
const DEEPEST_ASKED: usize = 5;

/// Lists the questions that may be meant, the likeliest first: as little as can be is taken off.
pub(super) fn plainer<'q>(reading: &Reading<'q>) -> Vec<Reading<'q>> {
    let mut found = Vec::new();
    if reading.len() > LONGEST {
        return found;
    }
    found.extend(reordered(reading));
    let mut rest = opened(reading);
    for _ in 0..OPENINGS {
        let Some((question, whether)) = rest else {
            break;
        };
        rest = opened(&question);
        if whether {
            found.push(asked(&question, 0));
        } else {
            let others = reordered(&question);
            found.push(question);
            found.extend(others);
        }
    }
    found
}

/// Gives a question without what stands before it; itself where nothing does.
pub(super) fn bare<'q>(reading: &Reading<'q>) -> Reading<'q> {
    let mut bare = reading.reworded(reading.words().to_vec());
    for _ in 0..OPENINGS {
        match opened(&bare) {
            Some((question, _)) => bare = question,
            None => break,
        }
    }
    bare
}

/// Takes an opening off; tells also whether what follows is to be answered with yes or no.
fn opened<'q>(reading: &Reading<'q>) -> Option<(Reading<'q>, bool)> {
    let openings = reading.table.openings();
    let mut found = openings.iter();
    let found = found.find_map(|opening| matcher::holes(reading, opening))?;
    let start = found.iter().find(|binding| binding.hole == "R")?.span.start;
    let behind = |word: &&Word| word.span.start >= start;
    let words = reading.words().iter().filter(behind).cloned().collect();
    let whether = found.iter().any(|binding| binding.hole == "Q");
    Some((reading.reworded(words), whether))
}

/// Lists the questions that a sentence with a word of asking at its front may stand for.
fn reordered<'q>(reading: &Reading<'q>) -> Vec<Reading<'q>> {
    let first = reading.words().first();
    let asks = first.is_some_and(|word| reading.language().asking.contains(&word.text));
    let fronts = match asks {
        true => 1..reading.len().min(DEEPEST_ASKED + 1),
        false => 0..0,
    };
    let fronts = fronts.filter(|front| names_something(reading, *front));
    let asked = fronts.map(|front| asked(reading, front));
    let whole = closed(reading).into_iter().chain(clause(reading));
    whole.chain(asked).collect()
}

/// Asks what is told in a clause: `list services that Lambda can call`.
fn clause<'q>(reading: &Reading<'q>) -> Option<Reading<'q>> {
    let mut words = reading.words().to_vec();
    let joins = |word: &Word| !word.quoted && word.text == "that";
    let at = words.iter().position(joins).filter(|at| *at > 0)?;
    words.remove(at);
    let reading = reading.reworded(words);
    names_something(&reading, at).then(|| asked(&reading, at))
}

/// Tells whether a name begins at a word: who does something in a sentence stands there. In `what
/// runtime do functions use` nothing has to be moved.
fn names_something(reading: &Reading, at: usize) -> bool {
    reading.name_at(reading.behind_noise(at)).is_some()
}

/// Moves the `is` at the end of `what the retention is` behind the word that asks, that of `which
/// queues there are` before the `there`.
fn closed<'q>(reading: &Reading<'q>) -> Option<Reading<'q>> {
    let (last, rest) = reading.words().split_last()?;
    let closes = !last.quoted && ["is", "are"].contains(&last.text.as_str());
    (closes && rest.len() > 1).then(|| {
        let there = rest.len() - 1;
        let at = match rest[there].text.as_str() {
            "there" => there,
            _ => 1,
        };
        let (before, behind) = rest.split_at(at);
        reading.reordered([before, std::slice::from_ref(last), behind].concat(), at)
    })
}

/// Moves the first verb of asking behind so many words from the front, or puts a `does` there.
fn asked<'q>(reading: &Reading<'q>, front: usize) -> Reading<'q> {
    let mut words = reading.words().to_vec();
    let front = front.min(words.len());
    let auxiliary = &reading.language().auxiliary;
    let asks = |word: &Word| !word.quoted && auxiliary.contains(&word.text);
    let moved = match words.iter().skip(front).position(asks) {
        Some(at) => words.remove(front + at),
        None => does(words.get(front)),
    };
    words.insert(front, moved);
    reading.reordered(words, front)
}

/// Makes the `does` of a question, which has no letters in the line, before the word behind it.
fn does(behind: Option<&Word>) -> Word {
    let at = behind.map_or(0, |word| word.span.start);
    Word {
        text: "does".to_owned(),
        span: Span::new(at, at),
        quoted: false,
    }
}
