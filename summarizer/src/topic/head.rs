//! What editors taught: for each topic, a linear correction of how likely the zero-shot way finds it.

use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Vocabulary;
use super::labelling::THRESHOLD;
use crate::encoder::Embedding;

/// Articles that got a topic, from an editor or the zero-shot way, before a linear model is fitted for it; with fewer,
/// each that an editor gave it is one more prototype.
const ENOUGH: usize = 5;

/// How far a prototype by an editor moves the odds of an article that is the same in all respects.
const PROTOTYPE: f64 = 4.0;

/// How strongly the weights are held near zero, so that what is not learned stays zero-shot.
const RIDGE: f64 = 0.002;

/// Steps of the descent, and how long each is: more change nothing in the third digit.
const STEPS: usize = 300;
const STEP: f64 = 2.0;

/// Odds beyond e to this are not believed of the zero-shot way.
const CERTAIN: f64 = 5.0;

/// An article that an editor labelled.
#[derive(Debug, Clone)]
pub struct Taught {
    /// Its stored embedding.
    pub embedding: Embedding,
    /// How likely the zero-shot way finds each topic, by id.
    pub likely: BTreeMap<String, f64>,
    /// Ids of the topics that the editor gave it; none is an answer too.
    pub topics: BTreeSet<String>,
}

/// Corrections learned from one archive, in the space of one model.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The mean of the articles it was learned from.
    middle: Vec<f32>,
    /// By id of the topic.
    topics: BTreeMap<String, Lean>,
}

/// The correction for one topic: added to the logarithm of its odds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Lean {
    bias: f64,
    weights: Vec<f32>,
}

impl Head {
    /// Learn from articles, in this order; the same articles give the same head. An article that was given a topic is
    /// about all that the topic is a part of, too.
    #[must_use]
    pub fn fit(taught: &[Taught], vocabulary: &Vocabulary) -> Self {
        let middle = middle(taught);
        let points: Vec<Vec<f64>> = taught
            .iter()
            .map(|article| apart(&article.embedding, &middle))
            .collect();
        let topics: Vec<BTreeSet<&str>> = taught
            .iter()
            .map(|article| vocabulary.with_those_above(&article.topics))
            .collect();
        let ids: BTreeSet<&str> = taught
            .iter()
            .flat_map(|article| article.likely.keys().map(String::as_str))
            .chain(topics.iter().flatten().copied())
            .collect();
        let lean = |id: &str| {
            let given: Vec<bool> = topics.iter().map(|topics| topics.contains(id)).collect();
            let likely = taught.iter().map(|article| article.likely.get(id));
            let likely: Vec<f64> = likely
                .map(|likely| likely.copied().unwrap_or(0.0))
                .collect();
            let count = given.iter().filter(|&&given| given).count();
            let found = likely.iter().filter(|&&likely| likely >= THRESHOLD).count();
            let lean = if count.max(found) >= ENOUGH {
                let odds: Vec<f64> = likely.iter().copied().map(log_odds).collect();
                linear(&points, &given, &odds)
            } else if count > 0 {
                prototype(&points, &given)
            } else {
                return None;
            };
            Some((id.to_owned(), lean))
        };
        Self {
            topics: ids.into_iter().filter_map(lean).collect(),
            middle,
        }
    }

    /// How likely a topic is for an article of this embedding, given what the zero-shot way finds.
    #[must_use]
    pub fn corrected(&self, topic: &str, likely: f64, embedding: &Embedding) -> f64 {
        let Some(lean) = self.topics.get(topic) else {
            return likely;
        };
        let point = apart(embedding, &self.middle);
        sigmoid(log_odds(likely) + lean.of(&point))
    }

    /// As it is stored.
    #[must_use]
    pub fn to_text(&self) -> String {
        // Numbers and strings only: this cannot fail, and an empty text is refused when it is read.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What tells this head from every other: eight hexadecimal digits of the SHA-256 of its text.
    #[must_use]
    pub fn version(&self) -> String {
        let digest = Sha256::digest(self.to_text());
        format!("learned-{}", HEXLOWER.encode(&digest[..4]))
    }

    /// From what is stored.
    ///
    /// # Errors
    /// What is wrong with the text, as JSON or as a head.
    pub fn from_text(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Ids of the topics that it corrects.
    pub fn topics(&self) -> impl Iterator<Item = &str> {
        self.topics.keys().map(String::as_str)
    }
}

impl Lean {
    fn of(&self, point: &[f64]) -> f64 {
        let pairs = self.weights.iter().zip(point);
        self.bias + pairs.map(|(a, b)| f64::from(*a) * b).sum::<f64>()
    }
}

/// Lean towards the mean of the articles that have the topic, the less the fewer they are.
fn prototype(points: &[Vec<f64>], given: &[bool]) -> Lean {
    let mut sum = vec![0.0; points.first().map_or(0, Vec::len)];
    let mut count = 0.0_f64;
    for (point, _) in points.iter().zip(given).filter(|(_, given)| **given) {
        count += 1.0;
        for (sum, value) in sum.iter_mut().zip(point) {
            *sum += value;
        }
    }
    let length = sum.iter().map(|value| value * value).sum::<f64>().sqrt();
    let strength = PROTOTYPE * count / (count + ENOUGH as f64) / length.max(1e-9);
    Lean {
        bias: 0.0,
        weights: narrow(&sum.iter().map(|value| value * strength).collect::<Vec<_>>()),
    }
}

/// Logistic regression that starts from, and is held near, the zero-shot odds.
fn linear(points: &[Vec<f64>], given: &[bool], odds: &[f64]) -> Lean {
    let width = points.first().map_or(0, Vec::len);
    let (mut weights, mut bias) = (vec![0.0; width], 0.0);
    let share = 1.0 / points.len() as f64;
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| RIDGE * weight).collect();
        let mut bias_slope = RIDGE * bias;
        for ((point, &given), odds) in points.iter().zip(given).zip(odds) {
            let dot: f64 = weights.iter().zip(point).map(|(a, b)| a * b).sum();
            let wrong = sigmoid(odds + bias + dot) - f64::from(u8::from(given));
            bias_slope += share * wrong;
            for (slope, value) in slope.iter_mut().zip(point) {
                *slope += share * wrong * value;
            }
        }
        bias -= STEP * bias_slope;
        for (weight, slope) in weights.iter_mut().zip(&slope) {
            *weight -= STEP * slope;
        }
    }
    Lean {
        bias,
        weights: narrow(&weights),
    }
}

fn middle(taught: &[Taught]) -> Vec<f32> {
    let mut sum = Vec::new();
    for article in taught {
        super::space::add(&mut sum, &article.embedding, 1.0 / taught.len() as f64);
    }
    narrow(&sum)
}

/// What sets an embedding apart from the mean, scaled to 1.
fn apart(embedding: &Embedding, middle: &[f32]) -> Vec<f64> {
    let values = embedding.values().iter().zip(middle);
    let apart: Vec<f64> = values.map(|(a, b)| f64::from(*a) - f64::from(*b)).collect();
    let length = apart.iter().map(|value| value * value).sum::<f64>().sqrt();
    apart.iter().map(|value| value / length.max(1e-9)).collect()
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "half the digits are enough for a direction"
)]
fn narrow(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| value as f32).collect()
}

fn log_odds(likely: f64) -> f64 {
    let likely = likely.clamp(1e-9, 1.0 - 1e-9);
    (likely / (1.0 - likely)).ln().clamp(-CERTAIN, CERTAIN)
}

fn sigmoid(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}
