//! The gist of a question that fits no verb: the name and the words of facts that it is made of.
//!
//! `how much memory can I give a function in Lambda` speaks of one name and of a word that a fact is
//! called by, and of nothing else that says anything: it is read as `facts of Lambda about memory`,
//! which asserts nothing but lists what is known. Where a word is not known, where something is
//! denied or compared, or where a list of things is asked for, there is no gist. Who asks is told
//! how it was read.

use super::reading::Reading;
use crate::model::NodeId;

/// Words of facts beyond which no fact speaks of all.
const MOST_TOPICS: usize = 3;

/// What a question is made of.
#[derive(Default)]
struct Gist {
    name: Option<NodeId>,
    topics: Vec<String>,
}

/// Gives the plain question about the same name and words, if all of them are known.
pub(super) fn of(reading: &Reading) -> Option<String> {
    let spoken = reading.reworded(reading.words().to_vec());
    let Gist { name, topics } = Gist::read(&spoken.of_statements())?;
    let node = name?;
    // Facts say many words; what they are called tells that one of them is a topic.
    let is_key = |word: &String| reading.is_topic(word);
    let told = topics.len() <= MOST_TOPICS && topics.iter().any(is_key);
    (told && reading.is_in_catalog(node)).then(|| {
        format!(
            "facts of {} about {}",
            reading.shown(node),
            topics.join(" ")
        )
    })
}

impl Gist {
    fn read(reading: &Reading) -> Option<Self> {
        let mut gist = Self::default();
        let mut at = 0;
        while at < reading.len() {
            at = gist.take(reading, at)?;
        }
        Some(gist)
    }

    /// Takes what stands at a word and gives the word behind it; `None` where it is not known.
    fn take(&mut self, reading: &Reading, at: usize) -> Option<usize> {
        let language = reading.language();
        let word = reading.slice(at, at + 1).to_lowercase();
        if language.denying.contains(&word) || language.turning.contains(&word) {
            return None;
        }
        if language.is_small(&word) {
            return Some(at + 1);
        }
        if let Some((end, nodes)) = reading.name_at(at) {
            let [node] = *nodes.as_slice() else {
                return None;
            };
            // One name may be said twice, but there is only one.
            return (*self.name.get_or_insert(node) == node).then_some(end);
        }
        let plain = word.chars().all(|c| c.is_alphabetic() || c == '-');
        (plain && reading.is_topic(&word)).then(|| {
            self.topics.push(word);
            at + 1
        })
    }
}
