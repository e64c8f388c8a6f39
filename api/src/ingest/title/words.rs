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
        self.0.extend(
            key.as_bytes()
                .split(|&b| b == b' ')
                .filter(|word| is_content(word))
                .map(stem),
        );
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

fn is_content(word: &[u8]) -> bool {
    (word.len() >= 4 || word.iter().any(u8::is_ascii_digit)) && !is_common(word)
}

/// Whether `word` is one of the commonest of four letters or more, in English and French.
fn is_common(word: &[u8]) -> bool {
    #[rustfmt::skip]
    let common = matches!(
        word,
        b"about" | b"after" | b"also" | b"among" | b"been" | b"before" | b"between" | b"during" | b"each" | b"from" | b"have" | b"into" | b"more" | b"most" | b"other" | b"over" | b"said"
            | b"some" | b"such" | b"than" | b"that" | b"their" | b"them" | b"these" | b"they" | b"this" | b"those" | b"through" | b"under" | b"well" | b"were" | b"what" | b"when"
            | b"which" | b"while" | b"will" | b"with" | b"would" | b"year" | b"years" | b"avec" | b"cette" | b"comme" | b"dans" | b"depuis" | b"deux" | b"dont" | b"elle" | b"entre"
            | b"etre" | b"leur" | b"leurs" | b"mais" | b"meme" | b"nous" | b"notre" | b"plus" | b"pour" | b"sont" | b"sous" | b"tous" | b"tout" | b"toutes" | b"vers" | b"vous"
            | b"ainsi" | b"aussi"
    );
    common
}

/// The first letters of a word, packed; a letter beyond ASCII is packed byte by byte.
fn stem(word: &[u8]) -> u64 {
    let letters = &word[..word.len().min(STEM)];
    letters.iter().fold(letters.len() as u64, |packed, &b| {
        packed << 8 | u64::from(b)
    })
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
