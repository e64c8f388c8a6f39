//! Labels: the topics an article lies near to, with the sentence that says so.

use std::collections::{BTreeMap, HashMap};

use futures_util::future::try_join_all;

use super::{Topic, Vocabulary};
use crate::encoder::{Embedding, Encoder, EncoderError};
use crate::sentence::Span;

/// A topic assigned to a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Id of the topic in its vocabulary.
    pub topic: String,
    /// How near the text lies to the topic, 0 to 1, rounded to four places.
    pub score: f64,
    /// The sentence of the text that lies nearest to the topic.
    pub evidence: Option<Span>,
}

/// How near a text lies to a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Id of the topic in its vocabulary.
    pub topic: String,
    /// 0 to 1, rounded to four places.
    pub score: f64,
}

/// Labels given to one text at most.
const MOST: usize = 3;

/// A score below this is no label: of 400 BBC articles, about one in thirty then has none.
const THRESHOLD: f64 = 0.15;

/// A label must come this near to the best one.
const MARGIN: f64 = 0.06;

/// How many of a topic's texts a score is the mean of: the nearest ones, as an article is about one part of a topic.
const NEAREST: usize = 3;

/// Share of what all topics have in common (above all the language they are written in) that is left out of every
/// comparison.
const COMMON: f64 = 0.5;

/// The vocabulary as points in the encoder's space.
///
/// Measured on 400 BBC articles (five sections mapped onto the 17 topics, so that a politics article labelled as crime
/// counts as wrong, however true): the best label is right for 76.5 %, one of the labels for 82.0 %; 1.29 labels a
/// text, none for 2.8 %. On 511 of AG News, which are but a headline and a lead: 68.5 %, 75.9 %, 1.16, 9.2 %.
pub struct Labeller {
    ids: Vec<String>,
    /// By language; the empty one stands for all others.
    spaces: BTreeMap<String, Space>,
}

/// The topics in the words of one language.
struct Space {
    /// The mean of all topics.
    common: Vec<f64>,
    /// The texts of each topic.
    topics: Vec<Vec<Embedding>>,
}

impl Labeller {
    /// Encode the vocabulary, for each language that describes all of it and for all languages together.
    ///
    /// # Errors
    /// [`EncoderError`] when the encoder fails.
    pub async fn new(vocabulary: &Vocabulary, encoder: &Encoder) -> Result<Self, EncoderError> {
        let topics = vocabulary.topics();
        let encoded = encode_once(topics, encoder).await?;
        let mut languages: Vec<Option<&str>> = vec![None];
        for language in topics.iter().flat_map(|topic| topic.descriptions.keys()) {
            // Half a vocabulary would draw all labels to its half.
            let describes = |topic: &Topic| topic.descriptions.contains_key(language);
            if topics.iter().all(describes) && !languages.contains(&Some(language.as_str())) {
                languages.push(Some(language));
            }
        }
        let space = |language: Option<&str>| {
            let of_topic = |topic: &Topic| {
                let texts = topic.texts(language).into_iter();
                texts
                    .filter_map(|text| encoded.get(text).cloned())
                    .collect()
            };
            Space::new(topics.iter().map(of_topic).collect())
        };
        let spaces = languages
            .into_iter()
            .map(|language| (language.unwrap_or_default().to_owned(), space(language)));
        Ok(Self {
            ids: topics.iter().map(|topic| topic.id.clone()).collect(),
            spaces: spaces.collect(),
        })
    }

    /// Every topic by how near a text of this embedding lies to it, the nearest first.
    #[must_use]
    pub fn rank(&self, language: &str, article: &Embedding) -> Vec<Scored> {
        let Some(space) = self.space(language) else {
            return Vec::new();
        };
        let scores = space.scores(article).into_iter().zip(&self.ids);
        let mut ranked: Vec<Scored> = scores
            .map(|(score, topic)| Scored {
                topic: topic.clone(),
                score,
            })
            .collect();
        // Stable: of equals, the first in the vocabulary.
        ranked.sort_by(|left, right| right.score.total_cmp(&left.score));
        ranked
    }

    fn space(&self, language: &str) -> Option<&Space> {
        self.spaces.get(language).or_else(|| self.spaces.get(""))
    }

    /// The labels of a text, the best first: the first of `ranked`, as far as they are near enough. `sentences` are
    /// those that may be shown as evidence.
    #[must_use]
    pub fn label(
        &self,
        language: &str,
        ranked: &[Scored],
        sentences: &[(Span, &Embedding)],
    ) -> Vec<Label> {
        let Some(space) = self.space(language) else {
            return Vec::new();
        };
        let best = ranked.first().map_or(0.0, |best| best.score);
        let near = |scored: &&Scored| scored.score >= THRESHOLD && scored.score >= best - MARGIN;
        let scores = ranked.iter().take_while(near).take(MOST);
        let by_sentence: Vec<(Span, Vec<f64>)> = sentences
            .iter()
            .map(|&(span, embedding)| (span, space.scores(embedding)))
            .collect();
        let label = |scored: &Scored| {
            let topic = self.ids.iter().position(|id| *id == scored.topic)?;
            // The first of equals.
            let nearest = by_sentence.iter().reduce(|best, other| {
                if other.1[topic] > best.1[topic] {
                    other
                } else {
                    best
                }
            });
            Some(Label {
                topic: scored.topic.clone(),
                score: scored.score,
                evidence: nearest.map(|(span, _)| *span),
            })
        };
        scores.filter_map(label).collect()
    }
}

/// Every text of the vocabulary with its embedding.
async fn encode_once<'a>(
    topics: &'a [Topic],
    encoder: &Encoder,
) -> Result<HashMap<&'a str, Embedding>, EncoderError> {
    // A request for each topic, so that all of the encoder's threads have something to do.
    let of_topic = async |topic: &'a Topic| {
        let texts = topic.texts(None);
        let embeddings = encoder
            .encode(texts.iter().map(|&text| text.to_owned()).collect())
            .await?;
        Ok(texts.into_iter().zip(embeddings))
    };
    let encoded = try_join_all(topics.iter().map(of_topic)).await?;
    Ok(encoded.into_iter().flatten().collect())
}

impl Space {
    fn new(topics: Vec<Vec<Embedding>>) -> Self {
        let mut common: Vec<f64> = Vec::new();
        let means = topics
            .iter()
            .filter_map(|texts| Embedding::mean(texts.iter().map(|text| (text, 1.0))));
        for mean in means {
            common.resize(common.len().max(mean.values().len()), 0.0);
            for (sum, value) in common.iter_mut().zip(mean.values()) {
                *sum += f64::from(*value) / topics.len() as f64;
            }
        }
        let apart =
            |texts: Vec<Embedding>| texts.iter().map(|text| without(text, &common)).collect();
        let topics = topics.into_iter().map(apart).collect();
        Self { common, topics }
    }

    /// How near a text lies to each topic, 0 to 1, rounded so that noise in the last digits decides nothing.
    fn scores(&self, text: &Embedding) -> Vec<f64> {
        let text = without(text, &self.common);
        let score = |texts: &Vec<Embedding>| {
            let mut near: Vec<f64> = texts.iter().map(|other| other.similarity(&text)).collect();
            near.sort_by(|left, right| right.total_cmp(left));
            near.truncate(NEAREST);
            let mean = near.iter().sum::<f64>() / near.len().max(1) as f64;
            (mean.clamp(0.0, 1.0) * 1e4).round() / 1e4
        };
        self.topics.iter().map(score).collect()
    }
}

/// The direction of a text, less its share of what all topics have in common.
fn without(text: &Embedding, common: &[f64]) -> Embedding {
    let apart: Vec<f64> = text
        .values()
        .iter()
        .zip(common)
        .map(|(value, common)| f64::from(*value) - COMMON * common)
        .collect();
    Embedding::normalised(&apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(values: [f64; 3]) -> Embedding {
        Embedding::normalised(&values)
    }

    fn labeller() -> Labeller {
        let topics = vec![
            vec![at([1.0, 0.0, 0.2])],
            vec![at([0.0, 1.0, 0.2])],
            vec![at([0.9, 0.1, 0.2])],
        ];
        Labeller {
            ids: ["sun", "moon", "star"].map(str::to_owned).to_vec(),
            spaces: BTreeMap::from([(String::new(), Space::new(topics))]),
        }
    }

    fn labels(article: &Embedding, sentences: &[(Span, &Embedding)]) -> Vec<Label> {
        let labeller = labeller();
        labeller.label("en", &labeller.rank("en", article), sentences)
    }

    fn topics(labels: &[Label]) -> Vec<&str> {
        labels.iter().map(|label| label.topic.as_str()).collect()
    }

    #[test]
    fn near_topics_are_labels_the_nearest_first() {
        let labels = labels(&at([1.0, 0.0, 0.2]), &[]);
        assert_eq!(topics(&labels), ["sun", "star"]);
        assert!(
            labels[0].score > 0.99 && labels[1].score > 0.9 && labels[1].score < labels[0].score
        );
    }

    #[test]
    fn a_text_far_from_all_topics_has_no_label() {
        assert!(labels(&at([-1.0, -1.0, 0.3]), &[]).is_empty());
    }

    #[test]
    fn the_evidence_is_the_nearest_sentence_the_first_of_equals() {
        let (far, near) = (at([0.0, 1.0, 0.0]), at([1.0, 0.0, 0.0]));
        let span = |start| Span {
            start,
            end: start + 1,
        };
        let sentences = [(span(0), &far), (span(2), &near), (span(4), &near)];
        let labels = labels(&near, &sentences);
        assert_eq!(labels[0].evidence, Some(span(2)));
    }
}
