//! A model folder whose files have been checked, so that nothing broken ever reaches libtorch.

mod checksum;

use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use checksum::Checksums;

/// Raised whenever the same text and weights would give another stored result, so that results can be told apart.
const ALGORITHM: &str = "extract-2";

/// The files of a sentence encoder; each must be listed in the folder's `SHA256SUMS`.
const REQUIRED: [&str; 6] = [
    WEIGHTS,
    "config.json",
    "vocab.txt",
    "tokenizer_config.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
];

const WEIGHTS: &str = "model.safetensors";
const CHECKSUMS: &str = "SHA256SUMS";

/// A folder that holds a sentence encoder, every file of it verified against its `SHA256SUMS`.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    path: PathBuf,
    name: String,
    weights: String,
}

impl ModelFolder {
    /// Open the folder and verify each file in it (reads all of it, about 91 MB).
    ///
    /// # Errors
    /// [`ModelError`] names the file that is missing or altered, and says what to do.
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        if !path.is_dir() {
            return Err(ModelError::NoFolder {
                path: path.to_owned(),
            });
        }
        let list = path.join(CHECKSUMS);
        let text = fs::read_to_string(&list).map_err(|cause| ModelError::Unreadable {
            path: list.clone(),
            cause,
        })?;
        let checksums = Checksums::parse(&text).map_err(|line| ModelError::BadChecksums {
            path: list.clone(),
            line,
        })?;
        for file in REQUIRED {
            if checksums.of(file).is_none() {
                return Err(ModelError::Unlisted {
                    path: list,
                    file: file.to_owned(),
                });
            }
        }
        checksums.verify(path)?;
        let name = path.file_name().map_or_else(
            || "encoder".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        Ok(Self {
            path: path.to_owned(),
            name,
            weights: checksums.of(WEIGHTS).unwrap_or_default().to_owned(),
        })
    }

    /// The model's name: that of its folder, for example `all-MiniLM-L6-v2`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What produced a result, exactly: twelve hexadecimal digits of the weights' SHA-256, and the version of
    /// our own algorithm, for example `53aa51172d14+extract-2`.
    #[must_use]
    pub fn version(&self) -> String {
        let weights = self.weights.get(..12).unwrap_or(&self.weights);
        format!("{weights}+{ALGORITHM}")
    }

    /// Path of the weights, in safetensors format.
    #[must_use]
    pub fn weights(&self) -> PathBuf {
        self.path.join(WEIGHTS)
    }

    /// Path of the word-piece vocabulary, one piece a line.
    #[must_use]
    pub fn vocabulary(&self) -> PathBuf {
        self.path.join("vocab.txt")
    }

    /// A configuration file of the folder, read as `T`.
    ///
    /// # Errors
    /// [`ModelError::Unreadable`] or [`ModelError::BadConfiguration`].
    pub(crate) fn configuration<T: serde::de::DeserializeOwned>(
        &self,
        file: &str,
    ) -> Result<T, ModelError> {
        let path = self.path.join(file);
        let text = fs::read_to_string(&path).map_err(|cause| ModelError::Unreadable {
            path: path.clone(),
            cause,
        })?;
        serde_json::from_str(&text).map_err(|cause| ModelError::BadConfiguration { path, cause })
    }
}

/// Why a model folder cannot be used.
#[derive(Debug, Error)]
pub enum ModelError {
    /// The folder is not there.
    #[error(
        "there is no encoder at {}; run `make setup` to fetch it, or name its folder with --model",
        path.display()
    )]
    NoFolder {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file is not there or cannot be read.
    #[error("cannot read {}: {cause}; delete the model folder and run `make setup` to fetch it again", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// `SHA256SUMS` has a line that is no checksum.
    #[error(
        "{}:{line}: expected 64 hexadecimal digits, two spaces and a relative file name, as sha256sum writes them",
        path.display()
    )]
    BadChecksums {
        /// The list.
        path: PathBuf,
        /// Line number, from 1.
        line: usize,
    },
    /// `SHA256SUMS` does not list a file that every encoder needs.
    #[error("{} does not list {file}; delete the model folder and run `make setup` to fetch it again", path.display())]
    Unlisted {
        /// The list.
        path: PathBuf,
        /// The file it should list.
        file: String,
    },
    /// A file's content is not what its checksum says.
    #[error(
        "{} is damaged: its SHA-256 is {found} and should be {expected} ({bytes} bytes read); \
         delete the model folder and run `make setup` to fetch it again",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The checksum `SHA256SUMS` lists.
        expected: String,
        /// The checksum of what is there.
        found: String,
        /// The length of what is there.
        bytes: u64,
    },
    /// A configuration file says something this program does not understand.
    #[error("{}: {cause}", path.display())]
    BadConfiguration {
        /// The file.
        path: PathBuf,
        /// Where and what.
        cause: serde_json::Error,
    },
    /// The folder holds another kind of model.
    #[error("{}: {what}", path.display())]
    Unsupported {
        /// The folder.
        path: PathBuf,
        /// What is not supported and what is.
        what: String,
    },
}

impl ModelFolder {
    /// The error for a folder that is whole but holds a model we cannot run.
    pub(crate) fn unsupported(&self, what: impl Into<String>) -> ModelError {
        ModelError::Unsupported {
            path: self.path.clone(),
            what: what.into(),
        }
    }
}

#[cfg(test)]
mod tests;
