//! Labels: the topics an article lies near to, with the sentence that says so.

use std::collections::BTreeMap;

use super::Vocabulary;
use crate::encoder::{Embedding, Encoder, EncoderError};
use crate::sentence::{Sentence, Span};

/// A topic assigned to a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Id of the topic in its vocabulary.
    pub topic: String,
    /// How near the text lies to the topic: cosine, 0 to 1, rounded to four places.
    pub score: f64,
    /// The sentence of the text that lies nearest to the topic.
    pub evidence: Option<Span>,
}

/// Labels given to one text at most.
const MOST: usize = 3;

/// A score below this is no label.
const THRESHOLD: f64 = 0.2;

/// A label must come this near to the best one.
const MARGIN: f64 = 0.1;

/// The vocabulary as points in the encoder's space.
pub struct Labeller {
    ids: Vec<String>,
    /// By language; the empty one stands for all others.
    points: BTreeMap<String, Vec<Embedding>>,
}

impl Labeller {
    /// Encode the vocabulary: the mean of each topic's texts, for each language and for all together.
    ///
    /// # Errors
    /// [`EncoderError`] when the encoder fails.
    pub async fn new(vocabulary: &Vocabulary, encoder: &Encoder) -> Result<Self, EncoderError> {
        let topics = vocabulary.topics();
        let mut languages: Vec<Option<&str>> = vec![None];
        let described = topics.iter().flat_map(|topic| topic.descriptions.keys());
        for language in described {
            // A language counts if it describes every topic: half a vocabulary would draw all labels to its half.
            let complete = topics
                .iter()
                .all(|topic| topic.descriptions.contains_key(language));
            if complete && !languages.contains(&Some(language.as_str())) {
                languages.push(Some(language));
            }
        }
        let mut points = BTreeMap::new();
        for language in languages {
            let mut of_topics = Vec::with_capacity(topics.len());
            for topic in topics {
                let texts = topic
                    .texts(language)
                    .into_iter()
                    .map(str::to_owned)
                    .collect();
                let embeddings = encoder.encode(texts).await?;
                of_topics.extend(Embedding::mean(
                    embeddings.iter().map(|embedding| (embedding, 1.0)),
                ));
            }
            points.insert(language.unwrap_or_default().to_owned(), of_topics);
        }
        Ok(Self {
            ids: topics.iter().map(|topic| topic.id.clone()).collect(),
            points,
        })
    }

    /// The labels of a text, the best first. `article` is the embedding of the whole text.
    #[must_use]
    pub fn label(
        &self,
        language: &str,
        article: &Embedding,
        sentences: &[Sentence<'_>],
        embeddings: &[Embedding],
    ) -> Vec<Label> {
        let points = self.points.get(language).or_else(|| self.points.get(""));
        let points = points.map(Vec::as_slice).unwrap_or_default();
        let mut scored: Vec<(usize, f64)> = points
            .iter()
            .map(|point| rounded(point.similarity(article)))
            .enumerate()
            .collect();
        // Stable: of equals, the first in the vocabulary.
        scored.sort_by(|left, right| right.1.total_cmp(&left.1));
        let best = scored.first().map_or(0.0, |best| best.1);
        scored
            .into_iter()
            .take(MOST)
            .filter(|&(_, score)| score >= THRESHOLD && score >= best - MARGIN)
            .map(|(index, score)| Label {
                topic: self.ids[index].clone(),
                score,
                evidence: nearest(&points[index], sentences, embeddings),
            })
            .collect()
    }
}

fn rounded(similarity: f64) -> f64 {
    (similarity.clamp(0.0, 1.0) * 1e4).round() / 1e4
}

/// The sentence nearest to a topic; the first of equals.
fn nearest(
    point: &Embedding,
    sentences: &[Sentence<'_>],
    embeddings: &[Embedding],
) -> Option<Span> {
    let similarities = embeddings
        .iter()
        .map(|embedding| rounded(point.similarity(embedding)));
    let nearest = sentences
        .iter()
        .zip(similarities)
        .reduce(|best, other| if other.1 > best.1 { other } else { best });
    nearest.map(|(sentence, _)| sentence.span)
}
