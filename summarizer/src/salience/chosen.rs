//! What has been chosen for an abstract, and how the sentences that are left stand to it.

use std::collections::HashSet;

use super::traits::Traits;

/// Names of the traits that depend on what has been chosen, in the order of [`Chosen::of`].
pub const NAMES: [&str; 6] = [
    "like_chosen",
    "shares_chosen_words",
    "beside_chosen",
    "after_chosen",
    "chosen_length",
    "length_by_chosen",
];

/// Beyond so many words, an abstract is long.
const LONG: f64 = 120.0;

/// A sentence of which only one word in so many is new says nothing new.
const REPEATED: usize = 3;

/// The sentences chosen so far.
#[derive(Debug)]
pub struct Chosen<'a> {
    traits: &'a Traits,
    /// For each sentence, its likeness to the most alike one chosen.
    likeness: Vec<f64>,
    words: f64,
    stems: HashSet<&'a str>,
    indices: Vec<usize>,
}

impl<'a> Chosen<'a> {
    /// None yet.
    #[must_use]
    pub fn none(traits: &'a Traits) -> Self {
        Self {
            traits,
            likeness: vec![0.0; traits.unfit.len()],
            words: 0.0,
            stems: HashSet::new(),
            indices: Vec::new(),
        }
    }

    /// The traits of the text they are chosen from.
    #[must_use]
    pub fn traits(&self) -> &'a Traits {
        self.traits
    }

    /// One more.
    pub fn choose(&mut self, index: usize) {
        for (other, likeness) in self.likeness.iter_mut().enumerate() {
            *likeness = likeness.max(self.traits.likeness(index, other));
        }
        self.words += self.traits.words[index];
        self.stems
            .extend(self.traits.stems[index].iter().map(String::as_str));
        self.indices.push(index);
    }

    /// Whether a sentence that is left only says again what was chosen, other numbers apart.
    #[must_use]
    pub fn has_said(&self, index: usize) -> bool {
        let stems = &self.traits.stems[index];
        let new = stems.iter().filter(|stem| {
            !stem.chars().all(char::is_numeric) && !self.stems.contains(stem.as_str())
        });
        !self.indices.is_empty() && new.count() * REPEATED <= stems.len()
    }

    /// Whether a sentence that is left leans on one that is not chosen.
    #[must_use]
    pub fn lacks_support(&self, index: usize) -> bool {
        index > 0 && self.traits.leans[index] && !self.indices.contains(&(index - 1))
    }

    /// The traits of a sentence that is left.
    #[must_use]
    pub fn of(&self, index: usize) -> [f64; 6] {
        let stems = &self.traits.stems[index];
        let shared = stems
            .iter()
            .filter(|stem| self.stems.contains(stem.as_str()))
            .count();
        let beside = self
            .indices
            .iter()
            .any(|chosen| chosen.abs_diff(index) == 1);
        let after = self.indices.iter().all(|&chosen| chosen < index);
        let length = self.words.clamp(1.0, LONG).ln() / 4.0;
        let own = self.traits.words[index].ln_1p() / 4.0;
        [
            self.likeness[index],
            shared as f64 / (stems.len() as f64).max(1.0),
            f64::from(u8::from(beside)),
            f64::from(u8::from(after)),
            length,
            own * length,
        ]
    }
}
