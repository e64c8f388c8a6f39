//! The content words of a text, cut to their stems, as a set that can be compared.

use std::{
    collections::HashSet,
    hash::{BuildHasherDefault, Hasher},
};

use super::super::fold;

/// Letters of a word that count: inflections differ after them ("explore", "explored", "exploring").
const STEM: usize = 5;

/// Content words of a text.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Words(HashSet<u64, BuildHasherDefault<Spread>>);

impl Words {
    pub(in super::super) fn of(text: &str) -> Words {
        let mut words = Words::default();
        words.add(text);
        words
    }

    /// Adds the content words of `text`: four letters or more, or with a figure; the commonest words left out.
    pub(in super::super) fn add(&mut self, text: &str) {
        let key = fold::key(text);
        self.0
            .extend(key.split(' ').filter(|word| is_content(word)).map(stem));
    }

    pub(in super::super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Share of these words that `others` has, 0 to 1; 0 for no words.
    pub(in super::super) fn share_inside(&self, others: &Words) -> f64 {
        if self.0.is_empty() {
            return 0.0;
        }
        let inside = self.0.iter().filter(|word| others.0.contains(word)).count();
        inside as f64 / self.0.len() as f64
    }

    /// Share of these words that `others` lacks, 0 to 1; 0 for no words.
    pub(in super::super) fn share_outside(&self, others: &Words) -> f64 {
        if self.0.is_empty() {
            0.0
        } else {
            1.0 - self.share_inside(others)
        }
    }

    /// These words but for those of `others`.
    pub(in super::super) fn without(&self, others: &Words) -> Words {
        Words(self.0.difference(&others.0).copied().collect())
    }
}

fn is_content(word: &str) -> bool {
    (word.len() >= 4 || word.bytes().any(|b| b.is_ascii_digit())) && !COMMON.contains(&word)
}

/// The commonest words of four letters or more, in English and French.
const COMMON: &[&str] = &[
    "about", "after", "also", "among", "been", "before", "between", "during", "each", "from",
    "have", "into", "more", "most", "other", "over", "said", "some", "such", "than", "that",
    "their", "them", "these", "they", "this", "those", "through", "under", "well", "were", "what",
    "when", "which", "while", "will", "with", "would", "year", "years", "avec", "cette", "comme",
    "dans", "depuis", "deux", "dont", "elle", "entre", "etre", "leur", "leurs", "mais", "meme",
    "nous", "notre", "plus", "pour", "sont", "sous", "tous", "tout", "toutes", "vers", "vous",
    "ainsi", "aussi",
];

fn stem(word: &str) -> u64 {
    let end = word.floor_char_boundary(STEM);
    word.as_bytes()[..end]
        .iter()
        .fold(end as u64, |packed, &b| packed << 8 | u64::from(b))
}

/// Spreads packed stems over the table; they are already as distinct as they can be.
#[derive(Debug, Clone, Copy, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u64(u64::from(b));
        }
    }

    fn write_u64(&mut self, packed: u64) {
        let mixed = (self.0 ^ packed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

/// The acronyms `text` introduces in brackets: "(ABC)", "(IPv6)".
pub(in super::super) fn acronyms(text: &str) -> Vec<String> {
    let inside = memchr::memchr_iter(b'(', text.as_bytes()).filter_map(|open| {
        let rest = fold::head(&text[open + 1..], 16);
        let word = &rest[..rest.find(')')?];
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        (capitals >= 2 && !word.contains(' ')).then(|| word.to_owned())
    });
    inside.collect()
}
