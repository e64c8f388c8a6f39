//! Which words a sentence shares with the rest of its text: by their beginnings, so that endings do not matter.

use std::collections::{HashMap, HashSet};

use super::{Compared, standardised, yes};

/// Shorter words are articles, pronouns and the like in most languages.
const SHORTEST: usize = 4;

/// Letters by which words are compared.
const STEM: usize = 6;

pub(super) fn columns(text: &Compared) -> Vec<(&'static str, Vec<f64>)> {
    let stems = text.stems;
    let sets: Vec<HashSet<&str>> = stems
        .iter()
        .map(|stems| stems.iter().map(String::as_str).collect())
        .collect();
    let mut spread: HashMap<&str, usize> = HashMap::new();
    for &stem in sets.iter().flatten() {
        *spread.entry(stem).or_default() += 1;
    }
    let share = |count: usize, of: usize| count as f64 / (of as f64).max(1.0);
    let common = stems.iter().map(|stems| {
        let logs = stems.iter().map(|stem| (spread[stem.as_str()] as f64).ln());
        logs.sum::<f64>() / (stems.len() as f64).max(1.0)
    });
    let common = common.collect();
    let mut later = spread.clone();
    let mut returning = Vec::with_capacity(sets.len());
    for set in &sets {
        for stem in set {
            if let Some(count) = later.get_mut(stem) {
                *count -= 1;
            }
        }
        returning.push(share(
            set.iter().filter(|stem| later[**stem] > 0).count(),
            set.len(),
        ));
    }
    let title: HashSet<String> = text
        .title
        .map(|title| stems_of(title.text).into_iter().collect())
        .unwrap_or_default();
    let titled = sets.iter().map(|set| {
        let shared = title
            .iter()
            .filter(|stem| set.contains(stem.as_str()))
            .count();
        share(shared, title.len())
    });
    vec![
        ("common_words", standardised(common)),
        ("returning_words", returning),
        ("title_words", titled.collect()),
        (
            "has_title",
            vec![yes(text.title.is_some()); text.sentences.len()],
        ),
    ]
}

/// The beginnings of the words that are long enough, and numbers; each once, in order.
pub(super) fn stems_of(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        word.chars().count() >= SHORTEST || (!word.is_empty() && word.chars().all(char::is_numeric))
    });
    let mut known = HashSet::new();
    words
        .map(|word| word.to_lowercase().chars().take(STEM).collect::<String>())
        .filter(|stem| known.insert(stem.clone()))
        .collect()
}
