//! Keyphrases: the words by which an article would be looked for.
//!
//! Candidates are runs of words that neither begin nor end with a function word. One is worth what the sentences that hold
//! it are worth, each by how near it lies to the whole text; a phrase counts only where it is not part of a longer one
//! (the C-value of Frantzi, Ananiadou and Mima, 2000). The encoder has read the sentences anyway: this encodes nothing.

mod candidate;
mod function_word;

use std::collections::HashMap;

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
    // How many longer ones hold a phrase, and their worth together. Each has nine parts at most, so that a text of many
    // different words costs no more than one that repeats itself.
    let mut longer: HashMap<&[String], (f64, f64)> = HashMap::new();
    for candidate in candidates {
        for part in candidate.parts() {
            let (count, worth) = longer.entry(part).or_default();
            *count += 1.0;
            *worth += candidate.worth;
        }
    }
    let value = |candidate: &Candidate| {
        let (count, worth) = longer.get(&*candidate.words).copied().unwrap_or_default();
        let within = worth / f64::max(count, 1.0);
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
    /// What [`values`] does, by comparing each candidate with every other.
    fn slow_values(candidates: &[Candidate]) -> Vec<f64> {
        let holds = |longer: &Candidate, part: &Candidate| {
            longer.words.len() > part.words.len()
                && longer
                    .words
                    .windows(part.words.len())
                    .any(|words| words == part.words)
        };
        let value = |candidate: &Candidate| {
            let longer: Vec<f64> = candidates
                .iter()
                .filter(|other| holds(other, candidate))
                .map(|other| other.worth)
                .collect();
            let within = longer.iter().sum::<f64>() / longer.len().max(1) as f64;
            let name = if candidate.is_name { NAME } else { 1.0 };
            let often = (candidate.count as f64).min(3.0).sqrt();
            let length = (1.0 + candidate.words.len() as f64).log2();
            name * often * length * (candidate.worth - within)
        };
        candidates.iter().map(value).collect()
    }

    #[test]
    fn each_candidate_is_worth_what_comparing_it_with_every_other_says() {
        // Few words in many orders, so that phrases repeat, hold others, and hold some twice.
        let names = ["lake", "Ondre", "algae", "the", "water", "of", "lake-side"];
        let texts: Vec<String> = (0..60_usize)
            .map(|line| {
                let words = (0..12).map(|at| names[(line * line + at * (line + 3) + at / 2) % 7]);
                words.collect::<Vec<_>>().join(" ")
            })
            .collect();
        let parts = texts.iter().enumerate();
        let parts = parts.map(|(at, text)| (text.as_str(), 1.0 / (1.0 + at as f64 / 7.0)));
        let found = candidates("en", parts);
        assert!(found.len() > 50, "{}", found.len());
        assert_eq!(values(&found), slow_values(&found));
    }

    #[test]
    fn a_list_of_fifteen_thousand_different_words_takes_no_time() {
        let lines: Vec<String> = (0..150)
            .map(|line| {
                let words = (0..100).map(|at| format!("w{}x", line * 100 + at));
                words.collect::<Vec<_>>().join(" ")
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let began = std::time::Instant::now();
        assert_eq!(texts("en", "", &lines).len(), MOST);
        let taken = began.elapsed();
        assert!(taken < std::time::Duration::from_secs(5), "{taken:?}");
    }

    #[test]
    fn words_beyond_those_of_any_article_are_not_read() {
        let filler = "algae ".repeat(candidate::MOST);
        let found = texts("en", "", &["the harbour", &filler, "the lighthouse"]);
        assert!(found.iter().any(|text| text == "harbour"), "{found:?}");
        assert!(found.iter().all(|text| text != "lighthouse"), "{found:?}");
    }
}
