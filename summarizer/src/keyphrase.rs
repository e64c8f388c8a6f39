//! Keyphrases: the words by which an article would be looked for.
//!
//! Candidates are runs of words that neither begin nor end with a function word. One is worth what the sentences that hold
//! it are worth, each by how near it lies to the whole text; a phrase counts only where it is not part of a longer one
//! (the C-value of Frantzi, Ananiadou and Mima, 2000). The encoder has read the sentences anyway: this encodes nothing.

mod candidate;
mod function_word;

use crate::encoder::Embedding;
use candidate::{Candidate, candidates};

/// A phrase of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyphrase {
    /// As it stands in the text where it stands first.
    pub text: String,
    /// How much the article is about it, compared to its first keyphrase: 0 to 1, rounded to four places.
    pub score: f64,
}

/// Keyphrases of one article at most.
pub const MOST: usize = 8;

/// What standing in the title is worth, where standing in a sentence is worth 1 at most.
const TITLE: f64 = 1.5;

/// How fast the worth of a sentence wears off along the text.
const DECAY: f64 = 0.05;

/// What a name, written with capitals within a sentence, is worth compared with other words.
const NAME: f64 = 1.3;

/// A phrase that shares more than this part of its words with a better one says little more.
const ALIKE: f64 = 0.5;

/// The keyphrases of a text, the best first: of its title, and of sentences with their embeddings, in order.
#[must_use]
pub fn keyphrases(language: &str, title: &str, sentences: &[(&str, &Embedding)]) -> Vec<Keyphrase> {
    let whole = Embedding::mean(sentences.iter().map(|&(_, embedding)| (embedding, 1.0)));
    let Some(whole) = whole else {
        return Vec::new();
    };
    let worth = |place: usize, embedding: &Embedding| {
        whole.similarity(embedding).max(0.0) / (1.0 + DECAY * place as f64)
    };
    let body = sentences
        .iter()
        .enumerate()
        .map(|(place, &(text, embedding))| (text, worth(place, embedding)));
    let parts = std::iter::once((title, TITLE)).chain(body);
    let mut found = candidates(language, parts);
    let values = values(&found);
    for (candidate, value) in found.iter_mut().zip(values) {
        candidate.worth = value;
    }
    // Stable: of equals, the one that stands first.
    found.sort_by(|left, right| right.worth.total_cmp(&left.worth));
    let mut chosen: Vec<&Candidate> = Vec::new();
    for candidate in found.iter().filter(|candidate| candidate.worth > 0.0) {
        if chosen.iter().all(|other| alike(candidate, other) <= ALIKE) {
            chosen.push(candidate);
        }
        if chosen.len() == MOST {
            break;
        }
    }
    let best = chosen.first().map_or(1.0, |best| best.worth);
    chosen
        .iter()
        .map(|candidate| Keyphrase {
            text: candidate.text.clone(),
            score: (candidate.worth / best * 1e4).round() / 1e4,
        })
        .collect()
}

/// What each candidate is worth, less what longer ones that hold it are worth.
fn values(candidates: &[Candidate]) -> Vec<f64> {
    let value = |candidate: &Candidate| {
        let longer: Vec<f64> = candidates
            .iter()
            .filter(|other| other.holds(candidate))
            .map(|other| other.worth)
            .collect();
        let within = longer.iter().sum::<f64>() / longer.len().max(1) as f64;
        let name = if candidate.is_name { NAME } else { 1.0 };
        // Said once in passing, a long phrase is no key to the text.
        let often = (candidate.count as f64).min(3.0).sqrt();
        let length = (1.0 + candidate.words.len() as f64).log2();
        name * often * length * (candidate.worth - within)
    };
    candidates.iter().map(value).collect()
}

/// Share of a phrase's words that the other has too.
fn alike(one: &Candidate, other: &Candidate) -> f64 {
    let shared = one.words.iter().filter(|word| other.words.contains(word));
    shared.count() as f64 / one.words.len().min(other.words.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(language: &str, title: &str, sentences: &[&str]) -> Vec<String> {
        let embedding = Embedding::normalised(&[1.0, 0.0]);
        let sentences: Vec<(&str, &Embedding)> =
            sentences.iter().map(|&text| (text, &embedding)).collect();
        let found = keyphrases(language, title, &sentences);
        assert!(found.is_sorted_by(|a, b| a.score >= b.score), "{found:?}");
        found.into_iter().map(|phrase| phrase.text).collect()
    }

    #[test]
    fn what_the_text_goes_on_about_comes_first() {
        let found = texts(
            "en",
            "Agency opens a water laboratory",
            &[
                "The water laboratory on Lake Ondre will measure algae.",
                "Visitors may see the water laboratory in May, and algae in a jar.",
                "The ship sails on Lake Ondre.",
            ],
        );
        assert_eq!(found[0], "water laboratory", "{found:?}");
        assert!(found.iter().any(|text| text == "Lake Ondre"), "{found:?}");
        assert!(
            found
                .iter()
                .all(|text| text != "water" && text != "the water")
        );
        assert!(found.len() <= MOST);
    }

    #[test]
    fn french_phrases_keep_their_little_words_inside() {
        let found = texts(
            "fr",
            "La qualité de l’eau s’améliore",
            &[
                "La qualité de l’eau du lac est mesurée.",
                "Le lac et la qualité de l’eau.",
            ],
        );
        assert_eq!(found[0], "qualité de l’eau", "{found:?}");
    }

    #[test]
    fn a_text_without_words_has_none() {
        assert!(texts("en", "", &[]).is_empty());
        assert!(texts("en", "", &["12 % – 3"]).is_empty());
    }
}
