//! Labels: the topics an article is likely about, with the sentence that says so.

use std::collections::BTreeMap;

use futures_util::future::try_join_all;
use tokio::sync::OnceCell;

use super::Vocabulary;
use super::calibration::Calibration;
use super::head::Head;
use super::overlap::{self, Overlap};
use super::prototype;
use super::space::{Space, add, wide};
use crate::encoder::{Embedding, Encoder, EncoderError};
use crate::entailment::{EntailmentError, Judge, hypothesis};
use crate::sentence::Span;

/// A topic assigned to a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Id of the topic in its vocabulary.
    pub topic: String,
    /// How likely the text is about the topic, 0 to 1, rounded to four places.
    pub score: f64,
    /// The sentence of the text that lies nearest to the topic.
    pub evidence: Option<Span>,
}

/// How likely a text is about a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Id of the topic in its vocabulary.
    pub topic: String,
    /// 0 to 1, rounded to four places; a topic includes those it is the parent of.
    pub score: f64,
}

/// What a text was found to be about.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Labelled {
    /// Topics, the likeliest first; at most three, none when none is likely enough.
    pub labels: Vec<Label>,
    /// Every topic of the vocabulary, the likeliest first.
    pub ranked: Vec<Scored>,
}

/// Labels given to one text at most.
const MOST: usize = 3;

/// A topic less likely than this is no label.
pub(super) const THRESHOLD: f64 = 0.3;

/// A topic that a text does not rather entail than contradict is no label where a model judges that.
const JUDGED_THRESHOLD: f64 = 0.5;

/// Topics that a model of entailment is asked about, the likeliest by the encoder: each costs it a reading of the text.
const JUDGED: usize = 24;

/// How fast the weight of a sentence wears off along the text.
const DECAY: f64 = 0.2;

/// What a model of entailment is asked about a text.
#[derive(Clone, Copy)]
pub struct Inference<'a> {
    /// The model.
    pub judge: &'a Judge,
    /// The text, in short.
    pub premise: &'a str,
}

/// The vocabulary as points in the encoder's space. Figures: `docs/labels.md`.
pub struct Labeller {
    vocabulary: Vocabulary,
    encoder: Encoder,
    calibration: Calibration,
    /// What editors taught in the space of this model.
    head: Option<Head>,
    /// By language, each encoded when the first text needs it; the empty one stands for all others.
    spaces: BTreeMap<String, OnceCell<Space>>,
}

impl Labeller {
    /// One that reads the embeddings of `encoder`, whose model has the name `model`, and follows what editors taught.
    #[must_use]
    pub fn new(vocabulary: &Vocabulary, encoder: &Encoder, model: &str) -> Self {
        let languages = prototype::languages(vocabulary).into_iter();
        let all = languages.chain(std::iter::once(String::new()));
        Self {
            vocabulary: vocabulary.clone(),
            encoder: encoder.clone(),
            calibration: Calibration::of(model),
            head: vocabulary.head(model).cloned(),
            spaces: all.map(|language| (language, OnceCell::new())).collect(),
        }
    }

    /// Label a text by its title and those sentences of it that may be shown as evidence, in their order. `whole` is the
    /// embedding that is stored of it, by which editors' labels of the like count. With a model of entailment, that has the
    /// last word on the topics that come first.
    ///
    /// # Errors
    /// [`EncoderError`] when the vocabulary could not be encoded, or the model of entailment failed.
    pub async fn label(
        &self,
        language: &str,
        title: Option<&Embedding>,
        sentences: &[(Span, &Embedding)],
        whole: Option<&Embedding>,
        inference: Option<Inference<'_>>,
    ) -> Result<Labelled, EncoderError> {
        if sentences.is_empty() {
            return Ok(Labelled::default());
        }
        let space = self.space(language).await?;
        let mut likely = space.likely(&weighted_mean(
            title.map(|title| (title, self.calibration.title)),
            sentences,
        ));
        if let (Some(head), Some(whole)) = (&self.head, whole) {
            for (likely, topic) in likely.iter_mut().zip(self.vocabulary.topics()) {
                *likely = head.corrected(&topic.id, *likely, whole);
            }
        }
        let mut threshold = THRESHOLD;
        if let Some(inference) = inference {
            likely = self.judged(inference, language, &likely).await?;
            threshold = JUDGED_THRESHOLD;
        }
        let ranked = ranked(&likely);
        let id = |topic: usize| self.vocabulary.topics()[topic].id.clone();
        let labels = assigned(&self.vocabulary, &ranked, threshold).into_iter();
        let labels = labels.map(|(topic, score)| Label {
            topic: id(topic),
            score: rounded(score),
            evidence: evidence(space, topic, sentences),
        });
        let scored = ranked.iter().map(|&(topic, score)| Scored {
            topic: id(topic),
            score: rounded(score),
        });
        Ok(Labelled {
            labels: labels.collect(),
            ranked: scored.collect(),
        })
    }

    /// How likely an article of this embedding, scaled to 1, is about each topic, by id; without what editors taught.
    ///
    /// # Errors
    /// [`EncoderError`] when the vocabulary could not be encoded.
    pub async fn likely_of(
        &self,
        language: &str,
        whole: &Embedding,
    ) -> Result<BTreeMap<String, f64>, EncoderError> {
        let likely = self.whole(language, whole).await?;
        let topics = self.vocabulary.topics().iter();
        Ok(topics.map(|topic| topic.id.clone()).zip(likely).collect())
    }

    /// Ids of the topics that an article of this embedding, scaled to 1, would be labelled with, about: what its
    /// sentences say one by one is not known.
    ///
    /// # Errors
    /// [`EncoderError`] when the vocabulary could not be encoded.
    pub async fn topics_of(
        &self,
        language: &str,
        whole: &Embedding,
    ) -> Result<Vec<&str>, EncoderError> {
        let ranked = ranked(&self.whole(language, whole).await?);
        let assigned = assigned(&self.vocabulary, &ranked, THRESHOLD);
        let topics = self.vocabulary.topics();
        let ids = assigned
            .into_iter()
            .map(|(topic, _)| topics[topic].id.as_str());
        Ok(ids.collect())
    }

    async fn whole(&self, language: &str, whole: &Embedding) -> Result<Vec<f64>, EncoderError> {
        let mut text = Vec::new();
        add(&mut text, whole, self.calibration.length);
        Ok(self.space(language).await?.likely(&text))
    }

    /// Languages in which all topics are described about equally well, in the order of their codes.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        let all = self.spaces.keys().map(String::as_str);
        all.filter(|language| !language.is_empty()).collect()
    }

    /// Topics that texts in this language cannot tell apart.
    ///
    /// # Errors
    /// [`EncoderError`] when the vocabulary could not be encoded.
    pub async fn overlaps(&self, language: &str) -> Result<Vec<Overlap>, EncoderError> {
        let texts = prototype::texts(&self.vocabulary, Some(language));
        let encoded = encode_all(&texts, &self.encoder).await?;
        let found = overlap::overlaps(&self.vocabulary, &texts, &encoded, self.calibration);
        Ok(found)
    }

    /// How likely each topic is once a model of entailment has judged the likeliest; no other comes before those.
    async fn judged(
        &self,
        Inference { judge, premise }: Inference<'_>,
        language: &str,
        likely: &[f64],
    ) -> Result<Vec<f64>, EncoderError> {
        let topics = self.vocabulary.topics();
        let first = ranked(likely).into_iter().take(JUDGED);
        let first: Vec<usize> = first.map(|(topic, _)| topic).collect();
        let hypotheses = first
            .iter()
            .map(|&topic| hypothesis(language, topics[topic].name(language)));
        let entailed = judge.entailed(premise, hypotheses.collect()).await;
        let entailed = entailed.map_err(|error| match error {
            EntailmentError::Stopped => EncoderError::Stopped,
            error => EncoderError::Failed(error.to_string()),
        })?;
        let least = entailed.iter().copied().fold(1.0, f64::min);
        let mut judged: Vec<f64> = likely.iter().map(|likely| likely.min(least)).collect();
        for (&topic, entailed) in first.iter().zip(&entailed) {
            judged[topic] = *entailed;
        }
        for &topic in &first {
            // What a topic is about, its parents are about too.
            for parent in self.vocabulary.above(topic) {
                judged[parent] = judged[parent].max(judged[topic]);
            }
        }
        Ok(judged)
    }

    async fn space(&self, language: &str) -> Result<&Space, EncoderError> {
        let own = self.spaces.get_key_value(language);
        let found = own.or_else(|| self.spaces.get_key_value(""));
        let (language, cell) = found.ok_or(EncoderError::Stopped)?;
        cell.get_or_try_init(|| self.encode(language)).await
    }

    async fn encode(&self, language: &str) -> Result<Space, EncoderError> {
        let language = (!language.is_empty()).then_some(language);
        let texts = prototype::texts(&self.vocabulary, language);
        let encoded = encode_all(&texts, &self.encoder).await?;
        Ok(Space::new(&self.vocabulary, &encoded, self.calibration))
    }
}

/// The embeddings of some topics' texts, each text encoded once.
async fn encode_all(
    texts: &[Vec<String>],
    encoder: &Encoder,
) -> Result<Vec<Vec<Embedding>>, EncoderError> {
    // A request for each topic, so that all of the encoder's threads have something to do.
    try_join_all(texts.iter().map(|texts| encoder.encode(texts.clone()))).await
}

/// The mean of the parts of a text; the title comes with its weight.
fn weighted_mean(title: Option<(&Embedding, f64)>, sentences: &[(Span, &Embedding)]) -> Vec<f64> {
    let weight = |place: usize| 1.0 / (1.0 + DECAY * place as f64);
    let all: f64 = (0..sentences.len()).map(weight).sum();
    let whole = 1.0 + title.map_or(0.0, |(_, weight)| weight);
    let mut sum = Vec::new();
    for (place, (_, sentence)) in sentences.iter().enumerate() {
        add(&mut sum, sentence, weight(place) / all / whole);
    }
    if let Some((title, weight)) = title {
        add(&mut sum, title, weight / whole);
    }
    sum
}

/// The sentence that lies nearest to a topic, the first of equals.
fn evidence(space: &Space, topic: usize, sentences: &[(Span, &Embedding)]) -> Option<Span> {
    let near = sentences
        .iter()
        .map(|(span, sentence)| (*span, space.near(topic, &wide(sentence))));
    let nearest = near.reduce(|best, other| if other.1 > best.1 { other } else { best });
    nearest.map(|(span, _)| span)
}

/// Those likely enough, three at most; instead of a topic, what belongs to it, where that is likely enough by itself.
pub(super) fn assigned(
    vocabulary: &Vocabulary,
    ranked: &[(usize, f64)],
    threshold: f64,
) -> Vec<(usize, f64)> {
    let topics = vocabulary.topics();
    let likely: Vec<(usize, f64)> = ranked
        .iter()
        .copied()
        .take_while(|&(_, score)| score >= threshold)
        .collect();
    let is_parent = |id: &str| {
        let mut all = likely.iter();
        all.any(|&(other, _)| topics[other].parent.as_deref() == Some(id))
    };
    let most_specific = likely
        .iter()
        .copied()
        .filter(|&(topic, _)| !is_parent(&topics[topic].id));
    most_specific.take(MOST).collect()
}

/// Each topic with its score, the likeliest first; of equals, the first in the vocabulary.
pub(super) fn ranked(likely: &[f64]) -> Vec<(usize, f64)> {
    let mut ranked: Vec<(usize, f64)> = likely.iter().copied().enumerate().collect();
    ranked.sort_by(|left, right| right.1.total_cmp(&left.1));
    ranked
}

fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}
