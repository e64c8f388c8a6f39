//! The ranker: what each trait of a sentence counts, learned from articles and the summaries people wrote of them.

mod sum;

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::chosen::{self, Chosen};
use super::traits::Traits;
use sum::Sum;

/// The format of the weights that this program reads.
const VERSION: u32 = 2;

/// Weights learned by `make train-salience`; `docs/salience.md` says on what, and how well they do.
const BUILT_IN: &str = include_str!("ranker.toml");

/// The SHA-256 of the built-in weights, as `sha256sum` writes it.
const CHECKSUM: &str = include_str!("ranker.sha256");

/// Tells which sentence an abstract should have first, and which next: weighted sums of their traits and of pairs of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranker {
    /// For the first sentence of an abstract.
    first: Sum,
    /// For each that follows, when it matters what has been said and how long it is.
    next: Sum,
}

/// The weights as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    version: u32,
    first: sum::Weights,
    next: sum::Weights,
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
    /// The weights are of traits that sentences do not have.
    #[error(
        "the ranker's weights: no trait of a sentence is called {0:?}; run `make train-salience`"
    )]
    UnknownTrait(String),
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
        let found = sha256(weights);
        let expected = checksum.split_whitespace().next().unwrap_or_default();
        if found != expected {
            return Err(RankerError::Damaged {
                expected: expected.to_owned(),
                found,
            });
        }
        let weights: Weights = toml::from_str(weights)?;
        if weights.version != VERSION {
            return Err(RankerError::OtherVersion(weights.version));
        }
        let own = Traits::of(&[], &[], None);
        let own: Vec<&str> = own.columns.iter().map(|(name, _)| *name).collect();
        let all = [&own[..], &chosen::NAMES].concat();
        Ok(Self {
            first: Sum::of(&weights.first, &own)?,
            next: Sum::of(&weights.next, &all)?,
        })
    }

    /// What a sentence is worth as the first of an abstract.
    #[must_use]
    pub fn first(&self, traits: &Traits, index: usize) -> f64 {
        self.first.worth(traits.of_one(index))
    }

    /// What it adds to those chosen before it.
    #[must_use]
    pub fn next(&self, chosen: &Chosen<'_>, index: usize) -> f64 {
        let own = chosen.traits().of_one(index);
        self.next.worth(own.chain(chosen.of(index)))
    }
}

/// Lower-case hexadecimal SHA-256 of a text.
fn sha256(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn altered_weights_are_refused() {
        Ranker::built_in().expect("the weights of the repository");
        let refused =
            |altered: &str| Ranker::verified(altered, &sha256(altered)).expect_err("altered");
        let altered = BUILT_IN.replacen("version = 2", "version = 3", 1);
        let damaged = Ranker::verified(&altered, CHECKSUM).expect_err("altered");
        assert!(matches!(damaged, RankerError::Damaged { .. }), "{damaged}");
        let other = refused(&altered);
        assert!(matches!(other, RankerError::OtherVersion(3)), "{other}");
        let unknown = refused(&BUILT_IN.replace("has_colon", "has_dot"));
        assert!(
            matches!(&unknown, RankerError::UnknownTrait(name) if name == "has_dot"),
            "{unknown}"
        );
    }
}
