//! Topics that a text cannot tell apart: what an editor of a vocabulary should know before articles are labelled.

use super::Vocabulary;
use super::calibration::Calibration;
use super::space::{Space, wide};
use crate::encoder::Embedding;

/// Of a topic's texts, at least this many nearer to another topic are no accident.
const LEAST: usize = 2;

/// … and at least one in this many.
const ONE_IN: usize = 4;

/// Two topics of which one says what the other is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// Id of the topic whose texts are meant.
    pub topic: String,
    /// Id of the topic to which some of them are nearer.
    pub other: String,
    /// How many.
    pub nearer: usize,
    /// Of how many.
    pub of: usize,
    /// One of them.
    pub example: String,
}

/// Topics of which a text would be labelled as another topic if it were not their own. `texts` are those of each topic,
/// `encoded` their embeddings.
pub(super) fn overlaps(
    vocabulary: &Vocabulary,
    texts: &[Vec<String>],
    encoded: &[Vec<Embedding>],
    calibration: Calibration,
) -> Vec<Overlap> {
    let topics = vocabulary.topics();
    let kin = |one: usize, other: usize| {
        let is_above = |above, below| vocabulary.above(below).any(|topic| topic == above);
        one == other || is_above(one, other) || is_above(other, one)
    };
    let mut found = Vec::new();
    for topic in 0..topics.len() {
        // By the other topic: which texts are nearer to it.
        let mut nearer: Vec<Vec<usize>> = vec![Vec::new(); topics.len()];
        for (index, text) in encoded[topic].iter().enumerate() {
            let mut others = encoded.to_vec();
            others[topic].remove(index);
            let likely = Space::new(vocabulary, &others, calibration).likely(&wide(text));
            let best = likely.iter().enumerate().reduce(|best, other| {
                // The first of equals.
                if other.1 > best.1 { other } else { best }
            });
            if let Some((best, _)) = best
                && !kin(topic, best)
            {
                nearer[best].push(index);
            }
        }
        for (other, indices) in nearer.iter().enumerate() {
            let of = texts[topic].len();
            if indices.len() >= LEAST && indices.len() * ONE_IN >= of {
                found.push(Overlap {
                    topic: topics[topic].id.clone(),
                    other: topics[other].id.clone(),
                    nearer: indices.len(),
                    of,
                    example: texts[topic][indices[0]].clone(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_whose_texts_say_what_another_says_overlaps_with_it() {
        let text = "[[topic]]\nid = \"sea\"\n[[topic]]\nid = \"ship\"\n[[topic]]\nid = \"tree\"\n";
        let vocabulary = Vocabulary::parse(text, "file").expect("a vocabulary");
        let at = |values: [f64; 3]| Embedding::normalised(&values);
        let sea = vec![
            at([1.0, 0.0, 0.0]),
            at([0.9, 0.1, 0.0]),
            at([0.95, 0.0, 0.1]),
        ];
        let ship = vec![
            at([0.0, 1.0, 0.0]),
            at([0.05, 1.0, 0.0]),
            at([1.0, 0.02, 0.0]),
            at([0.96, 0.0, 0.05]),
        ];
        let tree = vec![
            at([0.0, 0.1, 1.0]),
            at([0.0, 0.0, 1.0]),
            at([0.1, 0.0, 0.9]),
        ];
        let texts = vec![["a", "b", "c", "d"].map(str::to_owned).to_vec(); 3];
        let found = overlaps(
            &vocabulary,
            &texts,
            &[sea, ship, tree],
            Calibration::of("any"),
        );
        let ship = found.iter().find(|overlap| overlap.topic == "ship");
        let ship = ship.expect("an overlap");
        assert_eq!((ship.other.as_str(), ship.nearer, ship.of), ("sea", 2, 4));
        assert_eq!(ship.example, "c");
        assert!(found.iter().all(|overlap| overlap.topic != "tree"));
    }
}
