//! How alike the sentences of one text are, two by two, measured against each other.

use crate::encoder::Embedding;

/// Similarities in the lowest part of a text's range are noise.
const NOISE: f64 = 0.33;

/// Similarities of all pairs of sentences fit to be quoted.
#[derive(Debug)]
pub(super) struct Pairs {
    count: usize,
    /// Row by row; none where a sentence is unfit or the same.
    similarities: Vec<Option<f64>>,
    /// Below it similarities are noise.
    floor: f64,
    most: f64,
    mean: f64,
    deviation: f64,
}

impl Pairs {
    /// Of the embeddings, those that are fit.
    pub(super) fn of(embeddings: &[Embedding], is_fit: impl Fn(usize) -> bool) -> Self {
        let count = embeddings.len();
        let mut similarities = vec![None; count * count];
        let mut all = Vec::new();
        for left in 0..count {
            for right in left + 1..count {
                if is_fit(left) && is_fit(right) {
                    let similarity = embeddings[left].similarity(&embeddings[right]);
                    similarities[left * count + right] = Some(similarity);
                    similarities[right * count + left] = Some(similarity);
                    all.push(similarity);
                }
            }
        }
        let number = (all.len() as f64).max(1.0);
        let mean = all.iter().sum::<f64>() / number;
        let variance = all.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / number;
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        let most = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self {
            count,
            similarities,
            floor: least + NOISE * (most - least),
            most,
            mean,
            deviation: variance.sqrt() + 1e-9,
        }
    }

    /// The similarities of a sentence to others, each with the other's index.
    fn row(&self, index: usize) -> impl Iterator<Item = (usize, f64)> {
        let row = &self.similarities[index * self.count..(index + 1) * self.count];
        row.iter()
            .enumerate()
            .filter_map(|(other, similarity)| similarity.map(|similarity| (other, similarity)))
    }

    /// How alike two sentences are among the pairs of the text: 0 for noise, 1 for the most alike; 0 for an unfit one.
    pub(super) fn relative(&self, left: usize, right: usize) -> f64 {
        let similarity = self.similarities[left * self.count + right];
        let range = (self.most - self.floor).max(1e-9);
        similarity.map_or(0.0, |similarity| {
            ((similarity - self.floor) / range).clamp(0.0, 1.0)
        })
    }

    fn standard(&self, similarity: f64) -> f64 {
        (similarity - self.mean) / self.deviation
    }

    /// How much each sentence is like those after it, beyond noise, in sum.
    pub(super) fn taken_up(&self) -> Vec<f64> {
        let sum = |index| {
            let after = self.row(index).filter(|&(other, _)| other > index);
            after
                .map(|(_, similarity)| (similarity - self.floor).max(0.0))
                .sum()
        };
        (0..self.count).map(sum).collect()
    }

    /// The mean standardised likeness to all others.
    pub(super) fn mean(&self) -> Vec<f64> {
        let mean = |index| {
            let all: Vec<f64> = self.row(index).map(|(_, one)| self.standard(one)).collect();
            all.iter().sum::<f64>() / (all.len() as f64).max(1.0)
        };
        (0..self.count).map(mean).collect()
    }
}
