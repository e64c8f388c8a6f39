//! A text understood: the one way from words to abstract, labels and embedding.

use std::collections::HashSet;
use std::num::NonZeroUsize;

use thiserror::Error;

use crate::abstracts::{self, Abstract, Budget};
use crate::encoder::{Embedding, Encoder, EncoderError};
use crate::model::{ModelError, ModelFolder};
use crate::salience::{self, Headline, Ranked, Ranker, RankerError};
use crate::sentence::{self, Sentence, Span};
use crate::topic::{Label, Labeller, Scored, Vocabulary};

/// A press release to be understood.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Its title; may be empty.
    pub title: &'a str,
    /// Paragraphs, a blank line between them.
    pub body: &'a str,
    /// ISO 639-1; anything else is read as "some language".
    pub language: &'a str,
}

/// What was made of a text. All spans are of its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Understanding {
    /// A short summary; `None` for a body without a word.
    pub abstract_: Option<Abstract>,
    /// Every sentence of the body, the most salient first.
    pub ranking: Vec<Ranked>,
    /// Topics, the best first; at most three.
    pub labels: Vec<Label>,
    /// Every topic of the vocabulary by how near the text lies to it, the nearest first; none for a body without a word.
    pub topics: Vec<Scored>,
    /// Where the text lies among others; `None` for a body without a word.
    pub embedding: Option<Embedding>,
}

/// How to summarise.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Cores to compute on.
    pub threads: NonZeroUsize,
    /// How long an abstract may be.
    pub budget: Budget,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
            budget: Budget::default(),
        }
    }
}

/// Understands texts, many at a time.
pub struct Summarizer {
    encoder: Encoder,
    labeller: Labeller,
    ranker: Ranker,
    budget: Budget,
    model: String,
    version: String,
}

/// Why there is no summarizer.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The vocabulary could not be encoded.
    #[error("encoding the topics: {0}")]
    Topics(#[from] EncoderError),
    /// The weights of the ranker are not those that were learned.
    #[error(transparent)]
    Ranker(#[from] RankerError),
}

/// Weight of the title in the embedding of a text, where all its sentences together have 1.
const TITLE: f64 = 0.5;

impl Summarizer {
    /// Load the model and encode the vocabulary.
    ///
    /// # Errors
    /// [`LoadError`].
    pub async fn load(
        folder: &ModelFolder,
        vocabulary: &Vocabulary,
        options: Options,
    ) -> Result<Self, LoadError> {
        let encoder = Encoder::start(folder, options.threads)?;
        let labeller = Labeller::new(vocabulary, &encoder).await?;
        Ok(Self {
            encoder,
            labeller,
            ranker: Ranker::built_in()?,
            budget: options.budget,
            model: folder.name().to_owned(),
            version: folder.version(),
        })
    }

    /// Name of the model, to be stored with what it made.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Version of model and method: equal versions give equal results.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Understand a text. Texts understood at the same time share the encoder's batches; the result of each
    /// depends on itself alone.
    ///
    /// # Errors
    /// [`EncoderError`] when the encoder fails on this text or has stopped.
    pub async fn summarize(&self, text: Text<'_>) -> Result<Understanding, EncoderError> {
        let sentences = sentence::without_openings(sentence::split(text.body));
        let encoded = &sentences[..sentences.len().min(salience::MOST)];
        let mut words: Vec<String> = encoded
            .iter()
            .map(|sentence| sentence.text.to_owned())
            .collect();
        let has_title = !text.title.trim().is_empty();
        if has_title {
            words.push(text.title.to_owned());
        }
        let mut embeddings = self.encoder.encode(words).await?;
        let title = if has_title { embeddings.pop() } else { None };

        let headline = title.as_ref().map(|embedding| Headline {
            text: text.title,
            embedding,
        });
        let mut ranking = salience::rank(&self.ranker, &sentences, &embeddings, headline);
        abstracts::note_omissions(text.body, &mut ranking);
        let abstract_ = abstracts::compose(text.body, &ranking, self.budget);
        let telling = telling(encoded, &embeddings, &ranking);
        let embedding = whole(title.as_ref(), &telling);
        let topics = embedding.as_ref().map_or_else(Vec::new, |embedding| {
            self.labeller.rank(text.language, embedding)
        });
        let labels = self.labeller.label(text.language, &topics, &telling);
        Ok(Understanding {
            abstract_,
            ranking,
            labels,
            topics,
            embedding,
        })
    }
}

/// The sentences that say something, in the order of the text: those fit to be quoted; all if none is.
fn telling<'a>(
    sentences: &[Sentence<'_>],
    embeddings: &'a [Embedding],
    ranking: &[Ranked],
) -> Vec<(Span, &'a Embedding)> {
    let fit: HashSet<Span> = ranking
        .iter()
        .filter(|ranked| ranked.score >= 0.0)
        .map(|ranked| ranked.span)
        .collect();
    let all = sentences
        .iter()
        .map(|sentence| sentence.span)
        .zip(embeddings);
    all.filter(|(span, _)| fit.is_empty() || fit.contains(span))
        .collect()
}

/// The embedding of a whole text: the mean of its sentences, and its title.
fn whole(title: Option<&Embedding>, sentences: &[(Span, &Embedding)]) -> Option<Embedding> {
    if sentences.is_empty() {
        return None;
    }
    let share = 1.0 / sentences.len() as f64;
    let title = title.map(|title| (title, TITLE));
    Embedding::mean(
        title
            .into_iter()
            .chain(sentences.iter().map(|&(_, embedding)| (embedding, share))),
    )
}

#[cfg(test)]
mod tests;
