//! The ranker: what each trait of a sentence counts, learned from articles and the summaries people wrote of them.

use std::collections::BTreeMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::chosen::{self, Chosen};
use super::traits::Traits;

/// The format of the weights that this program reads.
const VERSION: u32 = 1;

/// Weights learned by `make train-salience`; `docs/salience.md` says on what, and how well they do.
const BUILT_IN: &str = include_str!("ranker.toml");

/// The SHA-256 of the built-in weights, as `sha256sum` writes it.
const CHECKSUM: &str = include_str!("ranker.sha256");

/// Tells which sentence an abstract should have first, and which next, from their traits: weighted sums.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranker {
    version: u32,
    /// For the first sentence of an abstract.
    first: Sum,
    /// For each that follows, when it matters what has been said and how long it is.
    next: Sum,
}

/// What each trait counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sum {
    /// What a sentence has without any trait.
    constant: f64,
    /// What a trait adds, each.
    weights: BTreeMap<String, f64>,
}

/// Why there is no ranker.
#[derive(Debug, Error)]
pub enum RankerError {
    /// The weights are not those that were learned.
    #[error(
        "the ranker's weights have SHA-256 {found} and should have {expected}; build the program again from a whole checkout"
    )]
    Damaged {
        /// The checksum that was stored with them.
        expected: String,
        /// Their own.
        found: String,
    },
    /// The weights cannot be read.
    #[error("the ranker's weights: {0}")]
    Unreadable(#[from] toml::de::Error),
    /// The weights are of another version of the program.
    #[error(
        "the ranker's weights have format {0}, this program reads {VERSION}; run `make train-salience`"
    )]
    OtherVersion(u32),
}

impl Ranker {
    /// The one that comes with the program, verified against its checksum.
    ///
    /// # Errors
    /// [`RankerError`] when what was built in is not what was learned.
    pub fn built_in() -> Result<Self, RankerError> {
        Self::verified(BUILT_IN, CHECKSUM)
    }

    fn verified(weights: &str, checksum: &str) -> Result<Self, RankerError> {
        let found: String = Sha256::digest(weights)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let expected = checksum.split_whitespace().next().unwrap_or_default();
        if found != expected {
            return Err(RankerError::Damaged {
                expected: expected.to_owned(),
                found,
            });
        }
        let ranker: Self = toml::from_str(weights)?;
        if ranker.version != VERSION {
            return Err(RankerError::OtherVersion(ranker.version));
        }
        Ok(ranker)
    }

    /// What each sentence is worth as the first of an abstract.
    #[must_use]
    pub fn first(&self, traits: &Traits) -> Vec<f64> {
        self.first.of(traits)
    }

    /// What each sentence is worth as a later one, as far as that does not depend on those before it.
    #[must_use]
    pub fn next(&self, traits: &Traits) -> Vec<f64> {
        self.next.of(traits)
    }

    /// What a sentence is worth in addition, given those chosen before it.
    #[must_use]
    pub fn given(&self, chosen: &Chosen<'_>, index: usize) -> f64 {
        let weight = |name: &str| self.next.weights.get(name).copied().unwrap_or_default();
        let values = chosen.of(index);
        chosen::NAMES
            .iter()
            .zip(values)
            .map(|(name, value)| weight(name) * value)
            .sum()
    }
}

impl Sum {
    fn of(&self, traits: &Traits) -> Vec<f64> {
        let mut sums = vec![self.constant; traits.unfit.len()];
        for (name, values) in &traits.columns {
            let weight = self.weights.get(*name).copied().unwrap_or_default();
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += weight * value;
            }
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_are_whole_and_name_traits_that_there_are() {
        let ranker = Ranker::built_in().expect("the weights of the repository");
        let traits = Traits::of(&[], &[], None);
        for name in ranker
            .first
            .weights
            .keys()
            .chain(ranker.next.weights.keys())
        {
            if chosen::NAMES.contains(&name.as_str()) {
                continue;
            }
            assert!(
                traits.columns.iter().any(|(known, _)| known == name),
                "no trait is called {name}"
            );
        }
    }

    #[test]
    fn altered_weights_are_refused() {
        let altered = BUILT_IN.replacen('1', "2", 1);
        let refused = Ranker::verified(&altered, CHECKSUM).expect_err("altered");
        assert!(matches!(refused, RankerError::Damaged { .. }), "{refused}");
        let checksum: String = Sha256::digest(&altered)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let refused = Ranker::verified(&altered, &checksum).expect_err("another version");
        assert!(matches!(refused, RankerError::OtherVersion(2)), "{refused}");
    }
}
