//! What tells a salient sentence: numbers for each sentence of a text, which no language decides and no encoder scales.
//!
//! Similarities count only against those of the same text, so that encoders whose cosines lie in another range give
//! like numbers.

mod form;
mod likeness;
mod place;
mod wording;

use super::boilerplate;
use super::pairs::Pairs;
use super::{fragment, leaning};
use crate::encoder::Embedding;
use crate::sentence::Sentence;

/// The title of a text.
#[derive(Debug, Clone, Copy)]
pub struct Headline<'a> {
    /// Its words.
    pub text: &'a str,
    /// Where it lies among sentences.
    pub embedding: &'a Embedding,
}

/// Traits of all sentences of a text, a column each.
#[derive(Debug)]
pub struct Traits {
    /// Name of a trait, and its value for each sentence.
    pub columns: Vec<(&'static str, Vec<f64>)>,
    /// How unfit each sentence is to be quoted; from 1 on, never to be quoted while there is another.
    pub unfit: Vec<f64>,
    /// Whether each sentence tells something, but not alone.
    pub(super) fragments: Vec<bool>,
    /// Whether each sentence leans on the one before it.
    pub(super) leans: Vec<bool>,
    /// Words of each sentence, as white space parts them.
    pub(super) words: Vec<f64>,
    /// The beginnings of the words of each sentence.
    pub(super) stems: Vec<Vec<String>>,
    /// How alike they are.
    pub(super) pairs: Pairs,
}

/// A text whose sentences are to be compared.
pub(super) struct Compared<'a> {
    pub(super) sentences: &'a [Sentence<'a>],
    pub(super) embeddings: &'a [Embedding],
    pub(super) title: Option<Headline<'a>>,
    pub(super) unfit: Vec<f64>,
    pub(super) stems: &'a [Vec<String>],
    pub(super) pairs: &'a Pairs,
}

impl Compared<'_> {
    pub(super) fn is_fit(&self, index: usize) -> bool {
        self.unfit[index] < 1.0
    }
}

impl Traits {
    /// Those of the sentences that have an embedding.
    #[must_use]
    pub fn of(
        sentences: &[Sentence<'_>],
        embeddings: &[Embedding],
        title: Option<Headline<'_>>,
    ) -> Self {
        let sentences = &sentences[..sentences.len().min(embeddings.len())];
        let embeddings = &embeddings[..sentences.len()];
        let unfit = boilerplate::penalties(sentences);
        let pairs = Pairs::of(embeddings, |index| unfit[index] < 1.0);
        let stems: Vec<Vec<String>> = sentences
            .iter()
            .map(|sentence| wording::stems_of(sentence.text))
            .collect();
        let text = Compared {
            sentences,
            embeddings,
            title,
            unfit,
            stems: &stems,
            pairs: &pairs,
        };
        let mut columns = place::columns(&text);
        columns.extend(likeness::columns(&text));
        columns.extend(wording::columns(&text));
        columns.extend(form::columns(&text));
        let unfit = text.unfit;
        let leans = sentences
            .iter()
            .map(|sentence| leaning::leans(sentence.text));
        let words = sentences
            .iter()
            .map(|sentence| sentence.text.split_whitespace().count() as f64);
        Self {
            columns,
            unfit,
            fragments: fragment::fragments(sentences),
            leans: leans.collect(),
            words: words.collect(),
            stems,
            pairs,
        }
    }

    /// All of one sentence, in the order of the columns.
    pub fn of_one(&self, index: usize) -> impl Iterator<Item = f64> {
        self.columns.iter().map(move |(_, values)| values[index])
    }

    /// The beginnings of the words of a sentence, each once.
    #[must_use]
    pub fn stems(&self, index: usize) -> &[String] {
        &self.stems[index]
    }

    /// How alike two sentences are among the pairs of their text: 0 for no more than most, 1 for the most alike.
    #[must_use]
    pub fn likeness(&self, left: usize, right: usize) -> f64 {
        self.pairs.relative(left, right)
    }
}

/// Standardised within the text: mean 0, deviation 1; all 0 where nothing differs.
fn standardised(values: Vec<f64>) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count.max(1.0);
    let variance = values
        .iter()
        .map(|value| (value - mean).powi(2))
        .sum::<f64>()
        / count.max(1.0);
    let deviation = variance.sqrt();
    let scale = if deviation > 1e-9 {
        1.0 / deviation
    } else {
        0.0
    };
    values
        .into_iter()
        .map(|value| (value - mean) * scale)
        .collect()
}

fn yes(is: bool) -> f64 {
    f64::from(u8::from(is))
}
