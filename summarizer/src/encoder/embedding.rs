//! A point in the encoder's space.

/// A vector of length one (or zero, for a text without content); as many dimensions as the model has (384).
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding(Vec<f32>);

impl Embedding {
    /// Scale `values` to length one. Computed in double precision, in order: the same on every machine.
    #[must_use]
    pub fn normalised(values: &[f64]) -> Self {
        let length = values.iter().map(|value| value * value).sum::<f64>().sqrt();
        let scale = if length > 1e-12 { 1.0 / length } else { 0.0 };
        #[allow(
            clippy::cast_possible_truncation,
            reason = "half the digits are enough for a direction"
        )]
        Self(values.iter().map(|value| (value * scale) as f32).collect())
    }

    /// The direction of a weighted sum of embeddings, for example the mean of several sentences.
    /// `None` when there is nothing to add.
    #[must_use]
    pub fn mean<'a>(weighted: impl IntoIterator<Item = (&'a Self, f64)>) -> Option<Self> {
        let mut sum: Vec<f64> = Vec::new();
        for (embedding, weight) in weighted {
            sum.resize(sum.len().max(embedding.0.len()), 0.0);
            for (total, value) in sum.iter_mut().zip(&embedding.0) {
                *total += f64::from(*value) * weight;
            }
        }
        if sum.is_empty() {
            None
        } else {
            Some(Self::normalised(&sum))
        }
    }

    /// Cosine of the angle between two embeddings, −1 to 1.
    #[must_use]
    pub fn similarity(&self, other: &Self) -> f64 {
        // Eight running sums, so that the compiler may use vector instructions, yet always in the same order.
        let mut sums = [0.0_f32; 8];
        let (left, right) = (self.0.chunks_exact(8), other.0.chunks_exact(8));
        let rest = left.remainder().iter().zip(right.remainder());
        let tail: f32 = rest.map(|(a, b)| a * b).sum();
        for (a, b) in left.zip(right) {
            for lane in 0..8 {
                sums[lane] += a[lane] * b[lane];
            }
        }
        f64::from(sums.iter().sum::<f32>() + tail)
    }

    /// The embedding that these bytes are, 32-bit floats, little end first, as they are stored.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let (values, _) = bytes.as_chunks();
        Self(values.iter().copied().map(f32::from_le_bytes).collect())
    }

    /// The coordinates.
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embedding_has_length_one() {
        let embedding = Embedding::normalised(&[3.0, 4.0]);
        assert_eq!(embedding.values(), [0.6, 0.8]);
        assert!((embedding.similarity(&embedding) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn nothing_has_no_direction() {
        assert_eq!(Embedding::normalised(&[0.0, 0.0]).values(), [0.0, 0.0]);
        assert_eq!(Embedding::mean([]), None);
    }

    #[test]
    fn similarity_counts_every_dimension() {
        let values: Vec<f64> = (0..19).map(f64::from).collect();
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        let expected = values
            .iter()
            .zip(&reversed)
            .map(|(a, b)| a * b)
            .sum::<f64>()
            / values.iter().map(|a| a * a).sum::<f64>();
        let found = Embedding::normalised(&values).similarity(&Embedding::normalised(&reversed));
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }
}
