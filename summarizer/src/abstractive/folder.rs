//! A folder that holds a model that writes: its card, its files, and proof of what they are.

use std::path::{Path, PathBuf};

use super::AbstractiveError;
use super::card::Card;
use crate::model::Identity;
use crate::model::checksum::{self, sha256};

/// Raised whenever the same text and weights would give another stored result.
const METHOD: &str = "abstract-2";

/// A folder whose files are there, and are what its card or its `SHA256SUMS` says.
#[derive(Debug, Clone)]
pub struct AbstractiveFolder {
    path: PathBuf,
    card: Card,
    weights: PathBuf,
    version: String,
}

impl AbstractiveFolder {
    /// Open a folder by its path, or a model by the name of its card: that is looked for in `models`, where the encoder
    /// lies too.
    ///
    /// # Errors
    /// [`AbstractiveError`] says which file is missing or altered, and what should be there.
    pub fn open(named: &Path, models: &Path) -> Result<Self, AbstractiveError> {
        let by_name = models.join(named);
        let path = if named.is_dir() {
            named.to_owned()
        } else if by_name.is_dir() {
            by_name
        } else {
            return Err(match named.to_str().and_then(Card::named) {
                Some(card) => AbstractiveError::NotFetched {
                    folder: by_name,
                    files: wanted(&card).join(", "),
                    name: card.name,
                    about: card.about,
                },
                None => AbstractiveError::NoFolder {
                    path: named.to_owned(),
                },
            });
        };
        let card = Card::of_folder(&path)?;
        Self::verified(path, card)
    }

    fn verified(path: PathBuf, card: Card) -> Result<Self, AbstractiveError> {
        let there = card
            .files
            .weights
            .iter()
            .find(|file| path.join(file).is_file());
        let missing = |file: &str| AbstractiveError::Missing {
            path: path.join(file),
            name: card.name.clone(),
        };
        let weights = there.ok_or_else(|| missing(&card.files.weights.join(" or ")))?;
        let others = [
            Some(&card.files.configuration),
            Some(&card.files.vocabulary),
            card.files.merges.as_ref(),
        ];
        for file in others.into_iter().flatten() {
            if !path.join(file).is_file() {
                return Err(missing(file));
            }
        }
        for (file, expected) in &card.sha256 {
            let path = path.join(file);
            // Of weights in two formats one is there.
            if !path.is_file() {
                continue;
            }
            let (found, _) = sha256(&path).map_err(|cause| AbstractiveError::Unreadable {
                path: path.clone(),
                cause: cause.to_string(),
            })?;
            if found != expected.to_ascii_lowercase() {
                return Err(AbstractiveError::Altered {
                    path,
                    expected: expected.clone(),
                    found,
                });
            }
        }
        let sum = checksum::of_weights(&path, weights)
            .map_err(|error| AbstractiveError::Damaged(error.to_string()))?;
        Ok(Self {
            weights: path.join(weights),
            version: format!("{}+{METHOD}", &sum[..12]),
            card,
            path,
        })
    }

    /// The model's card.
    #[must_use]
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Which model it is.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity {
            name: self.card.name.clone(),
            version: self.version.clone(),
            languages: self.card.languages.clone(),
        }
    }

    /// Path of the weights.
    #[must_use]
    pub fn weights(&self) -> &Path {
        &self.weights
    }

    /// Path of a file of the folder.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

/// The files that a card asks for.
fn wanted(card: &Card) -> Vec<String> {
    let files = &card.files;
    let mut wanted = vec![
        files.weights.join(" or "),
        files.configuration.clone(),
        files.vocabulary.clone(),
    ];
    wanted.extend(files.merges.clone());
    wanted
}
