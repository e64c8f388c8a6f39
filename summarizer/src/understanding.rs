//! A text understood: the one way from words to abstract, labels and embedding.

mod gist;
mod spaces;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use crate::abstractive::{self, Known, OwnWords, Writer};
use crate::abstracts::{self, Abstract, Budget};
use crate::encoder::{Computing, Embedding, EncoderError};
use crate::entailment::Judge;
use crate::keyphrase::{self, Keyphrase};
use crate::model::{Identity, ModelError, ModelFolder};
use crate::salience::{self, Headline, Ranked, Ranker, RankerError};
use crate::sentence::{self, Sentence, Span};
use crate::topic::{Inference, Label, Labeller, Scored, Vocabulary};
use spaces::Spaces;

pub use gist::gist;
pub(crate) use spaces::ENGLISH;
pub use spaces::{Maker, is_for_multilingual};

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
    /// Every topic of the vocabulary by how likely the text is about it, the likeliest first; none for a body without a word.
    pub topics: Vec<Scored>,
    /// The phrases by which it would be looked for, the best first; at most [`keyphrase::MOST`].
    pub keyphrases: Vec<Keyphrase>,
    /// Where the text lies among others in the space of `maker`; `None` for a body without a word.
    pub embedding: Option<Embedding>,
    /// The model by which all of it was made.
    pub maker: Maker,
    /// The model of entailment by which the topics were judged, if one was.
    pub judge: Option<Identity>,
    /// What came of saying it in a model's own words; `None` if no model for that is at hand.
    pub own_words: Option<OwnWords>,
}

impl Understanding {
    /// Version of all models and methods by which it was made: equal versions give equal results.
    #[must_use]
    pub fn version(&self) -> String {
        let judge = self.judge.as_ref().map(|judge| judge.version.as_str());
        self.maker.version_with(judge)
    }
}

/// How to summarise.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Cores to compute on, and with how many digits.
    pub computing: Computing,
    /// Folder of the encoder that reads texts in all languages but English, once the first is met. Without it, or if
    /// it cannot be used, the main encoder reads them.
    pub multilingual: Option<PathBuf>,
    /// How long an abstract may be.
    pub budget: Budget,
}

/// Understands texts, many at a time.
pub struct Summarizer {
    spaces: Spaces,
    ranker: Ranker,
    budget: Budget,
    writer: Option<Writer>,
    judge: Option<Judge>,
}

/// Why there is no summarizer.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The weights of the ranker are not those that were learned.
    #[error(transparent)]
    Ranker(#[from] RankerError),
}

/// Weight of the title in the embedding of a text, where all its sentences together have 1.
const TITLE: f64 = 0.5;

impl Summarizer {
    /// Load the main model, which reads English, and encode the vocabulary.
    ///
    /// # Errors
    /// [`LoadError`].
    pub fn load(
        folder: &ModelFolder,
        vocabulary: &Vocabulary,
        options: Options,
    ) -> Result<Self, LoadError> {
        let Options {
            computing,
            multilingual,
            budget,
        } = options;
        Ok(Self {
            spaces: Spaces::load(folder, multilingual, vocabulary, computing)?,
            ranker: Ranker::built_in()?,
            budget,
            writer: None,
            judge: None,
        })
    }

    /// Also let a model write abstracts in its own words.
    #[must_use]
    pub fn with_writer(mut self, writer: Writer) -> Self {
        self.writer = Some(writer);
        self
    }

    /// Also let a model of entailment judge which topics a text is about.
    #[must_use]
    pub fn with_judge(mut self, judge: Judge) -> Self {
        self.judge = Some(judge);
        self
    }

    /// Names of the models at hand, the main one first; whether the other can be used is seen when it is needed.
    #[must_use]
    pub fn models(&self) -> Vec<String> {
        let main = self.spaces.main.maker.model.clone();
        std::iter::once(main).chain(self.multilingual()).collect()
    }

    /// Name of the encoder of all languages, unless it is known that there is none.
    #[must_use]
    pub fn multilingual(&self) -> Option<String> {
        self.spaces.multilingual_name()
    }

    /// Where a text lies in the space of all languages, and who says so; nothing where no encoder has such a space.
    ///
    /// # Errors
    /// [`EncoderError`] when the encoder fails on this text or has stopped.
    pub async fn place(&self, text: &str) -> Result<Option<(Embedding, Maker)>, EncoderError> {
        let Some(space) = self.spaces.multilingual().await else {
            return Ok(None);
        };
        let mut places = space.encoder.encode(vec![text.to_owned()]).await?;
        Ok(places.pop().map(|place| (place, space.maker.clone())))
    }

    /// What labels texts in a language, and the model it labels them by.
    pub async fn labeller(&self, language: &str) -> (Arc<Labeller>, Maker) {
        let space = self.spaces.of(None, language).await;
        (Arc::clone(&space.labeller), space.maker.clone())
    }

    /// What labels texts, whatever their language, each with its model: one for each model at hand.
    pub async fn labellers(&self) -> Vec<(Arc<Labeller>, Maker)> {
        let mut found = vec![self.labeller(ENGLISH).await];
        let other = self.labeller("").await;
        if other.1.model != found[0].1.model {
            found.push(other);
        }
        found
    }

    /// Understand a text by the encoder for its language. Texts understood at the same time share the encoder's batches;
    /// the result of each depends on itself alone.
    ///
    /// # Errors
    /// [`EncoderError`] when the encoder fails on this text or has stopped.
    pub async fn summarize(&self, text: Text<'_>) -> Result<Understanding, EncoderError> {
        self.summarize_by(None, text).await
    }

    /// The same by the model of this name, where it is at hand.
    ///
    /// # Errors
    /// As for [`Summarizer::summarize`].
    pub async fn summarize_by(
        &self,
        model: Option<&str>,
        text: Text<'_>,
    ) -> Result<Understanding, EncoderError> {
        let space = self.spaces.of(model, text.language).await;
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
        let mut embeddings = space.encoder.encode(words).await?;
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
        let own_words = match &self.writer {
            Some(writer) if abstract_.is_some() => {
                let known = Known {
                    text,
                    ranking: &ranking,
                    embeddings: if space.maker.multilingual {
                        &[]
                    } else {
                        &embeddings
                    },
                    budget: self.budget,
                };
                Some(abstractive::say(writer, &space.encoder, known).await?)
            }
            _ => None,
        };
        // Where languages meet, all articles are placed by the same part of them.
        let shared = space.maker.multilingual && embedding.is_some();
        let spans = ranking.iter().map(|ranked| ranked.span);
        let judge = self.judge.as_ref();
        let judge = judge.filter(|judge| judge.identity().knows(text.language));
        let gist = (shared || judge.is_some())
            .then(|| gist(text.title, text.body, spans))
            .flatten();
        let embedding = match &gist {
            Some(gist) if shared => space.encoder.encode(vec![gist.clone()]).await?.pop(),
            _ => embedding,
        };
        let inference = judge.zip(gist.as_deref());
        let inference = inference.map(|(judge, premise)| Inference { judge, premise });
        let labelled = space
            .labeller
            .label(
                text.language,
                title.as_ref(),
                &telling,
                embedding.as_ref(),
                inference,
            )
            .await?;
        Ok(Understanding {
            abstract_,
            own_words,
            ranking,
            labels: labelled.labels,
            topics: labelled.ranked,
            keyphrases: keyphrase::keyphrases(
                text.language,
                text.title,
                &worded(encoded, &telling),
            ),
            embedding,
            maker: space.maker.clone(),
            judge: judge.map(|judge| judge.identity().clone()),
        })
    }
}

/// The sentences that say something, in the order of the text; all if none does.
fn telling<'a>(
    sentences: &[Sentence<'_>],
    embeddings: &'a [Embedding],
    ranking: &[Ranked],
) -> Vec<(Span, &'a Embedding)> {
    let fit: HashSet<Span> = ranking
        .iter()
        .filter(|ranked| ranked.telling)
        .map(|ranked| ranked.span)
        .collect();
    let all = sentences
        .iter()
        .map(|sentence| sentence.span)
        .zip(embeddings);
    all.filter(|(span, _)| fit.is_empty() || fit.contains(span))
        .collect()
}

/// Those sentences with their words.
fn worded<'a>(
    sentences: &[Sentence<'a>],
    telling: &[(Span, &'a Embedding)],
) -> Vec<(&'a str, &'a Embedding)> {
    let by_span: HashMap<Span, &str> = sentences
        .iter()
        .map(|sentence| (sentence.span, sentence.text))
        .collect();
    telling
        .iter()
        .filter_map(|&(span, embedding)| Some((*by_span.get(&span)?, embedding)))
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
