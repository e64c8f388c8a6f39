//! How much of what a sentence says stands in the source, and where.

use super::reading::Reading;

/// Sentences of the source that a sentence may be put together from.
const SENTENCES: usize = 3;

/// What the source has of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Support {
    /// Share of its words that carry meaning which the best two or three sentences have, from 0 to 1.
    pub(super) overlap: f64,
    /// Those sentences, the one that has most first.
    pub(super) sentences: Vec<usize>,
}

/// Choose the sentences of the source that together have most of the words of `output`.
pub(super) fn support(output: &Reading, source: &[Reading]) -> Support {
    let words: Vec<(usize, &str)> = output
        .content()
        .map(|(at, token)| (at, token.folded.as_str()))
        .collect();
    if words.is_empty() {
        return Support {
            overlap: 0.0,
            sentences: Vec::new(),
        };
    }
    let has: Vec<Vec<bool>> = source
        .iter()
        .map(|reading| {
            let has = |&(at, word)| reading.has(word) || has_quantity(reading, output, at);
            words.iter().map(has).collect()
        })
        .collect();
    let mut covered = vec![false; words.len()];
    let mut sentences = Vec::new();
    while sentences.len() < SENTENCES {
        let gain = |row: &Vec<bool>| {
            row.iter()
                .zip(&covered)
                .filter(|(has, covered)| **has && !**covered)
                .count()
        };
        // The first of equals, as what is said first is said best.
        let Some((best, most)) = has
            .iter()
            .map(gain)
            .enumerate()
            .max_by_key(|&(at, gain)| (gain, std::cmp::Reverse(at)))
        else {
            break;
        };
        // One word more is chance, unless it is all that is missing.
        if most == 0
            || most == 1
                && !sentences.is_empty()
                && covered.iter().filter(|covered| !**covered).count() > 1
        {
            break;
        }
        sentences.push(best);
        for (covered, has) in covered.iter_mut().zip(&has[best]) {
            *covered |= has;
        }
    }
    let count = covered.iter().filter(|covered| **covered).count();
    Support {
        overlap: count as f64 / words.len() as f64,
        sentences,
    }
}

/// Whether a sentence has the number that a token belongs to, however it is written there: "1,250", "1250".
fn has_quantity(reading: &Reading, output: &Reading, at: usize) -> bool {
    let mut quantities = output.quantities.iter();
    let quantity = quantities.find(|quantity| !quantity.vague && quantity.tokens.contains(&at));
    quantity.is_some_and(|quantity| {
        reading
            .quantities
            .iter()
            .any(|other| other.equals(quantity))
    })
}
