//! A model folder whose files have been checked, so that nothing broken ever reaches libtorch.

pub(crate) mod checksum;
mod identity;
pub mod import;
pub mod installed;
pub(crate) mod unfinished;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use thiserror::Error;

use checksum::Checksums;

pub use identity::Identity;
pub use unfinished::FileError;

/// Raised whenever the same text and weights would give another stored result, so that results can be told apart.
const ALGORITHM: &str = "extract-5";

/// The files of a sentence encoder; each must be listed in the folder's `SHA256SUMS`, and those of one tokenizer.
const REQUIRED: [&str; 4] = [
    WEIGHTS,
    "config.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
];

const WEIGHTS: &str = "model.safetensors";
const VOCABULARY: &str = "vocab.txt";
/// What a model of word pieces needs.
const WORD_PIECES: [&str; 2] = [VOCABULARY, "tokenizer_config.json"];
/// What any other needs.
const TOKENIZER: &str = "tokenizer.json";
const PROMPTS: &str = "config_sentence_transformers.json";
const CHECKSUMS: &str = "SHA256SUMS";

/// A folder that holds a sentence encoder, every file of it verified against its `SHA256SUMS`.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    path: PathBuf,
    name: String,
    weights: String,
    has_vocabulary: bool,
    has_prompts: bool,
}

/// What a model was trained to see before a text, by the names that sentence-transformers gives it.
#[derive(Deserialize)]
struct Prompts {
    #[serde(default)]
    prompts: std::collections::BTreeMap<String, String>,
    default_prompt_name: Option<String>,
}

impl ModelFolder {
    /// Open the folder and verify each file in it (reads all of it, about 91 MB for all-MiniLM-L6-v2).
    ///
    /// # Errors
    /// [`ModelError`] names the file that is missing or altered, and says what to do.
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        let (folder, checksums) = Self::listed(path)?;
        checksums.verify(path)?;
        Ok(folder)
    }

    /// Name and version of the model in the folder, by what its `SHA256SUMS` lists: nothing else is read, so this costs
    /// nothing and promises nothing.
    ///
    /// # Errors
    /// [`ModelError`] when there is no such list, or one without a file that an encoder needs.
    pub fn named(path: &Path) -> Result<(String, String), ModelError> {
        let (folder, _) = Self::listed(path)?;
        Ok((folder.name.clone(), folder.version()))
    }

    fn listed(path: &Path) -> Result<(Self, Checksums), ModelError> {
        if !path.is_dir() {
            return Err(ModelError::NoFolder {
                path: path.to_owned(),
            });
        }
        let checksums = Checksums::read(path)?;
        let has_vocabulary = checksums.of(VOCABULARY).is_some();
        let tokenizer: &[&str] = if has_vocabulary {
            &WORD_PIECES
        } else {
            &[TOKENIZER]
        };
        for file in REQUIRED.iter().chain(tokenizer) {
            if checksums.of(file).is_none() {
                return Err(ModelError::Unlisted {
                    path: path.join(CHECKSUMS),
                    file: (*file).to_owned(),
                });
            }
        }
        let name = path.file_name().map_or_else(
            || "encoder".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        let folder = Self {
            path: path.to_owned(),
            name,
            weights: checksums.of(WEIGHTS).unwrap_or_default().to_owned(),
            has_vocabulary,
            has_prompts: checksums.of(PROMPTS).is_some(),
        };
        Ok((folder, checksums))
    }

    /// The model's name: that of its folder, for example `all-MiniLM-L6-v2`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What produced a result, exactly: twelve hexadecimal digits of the weights' SHA-256, and the version of
    /// our own algorithm, for example `53aa51172d14+extract-5`.
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

    /// Path of the word-piece vocabulary, one piece a line; none where the model has a `tokenizer.json` instead.
    #[must_use]
    pub fn vocabulary(&self) -> Option<PathBuf> {
        self.has_vocabulary.then(|| self.path.join(VOCABULARY))
    }

    /// Path of the tokenizer's description, as the `tokenizers` library writes it.
    #[must_use]
    pub fn tokenizer(&self) -> PathBuf {
        self.path.join(TOKENIZER)
    }

    /// What the model was trained to see before every text, for example `query: `; empty for most models.
    ///
    /// # Errors
    /// [`ModelError`] when the file that says so does not name one of its prompts.
    pub fn prompt(&self) -> Result<String, ModelError> {
        if !self.has_prompts {
            return Ok(String::new());
        }
        let said: Prompts = self.configuration(PROMPTS)?;
        let Some(name) = said.default_prompt_name else {
            return Ok(String::new());
        };
        said.prompts.get(&name).cloned().ok_or_else(|| {
            self.unsupported(format!(
                "{PROMPTS}: default_prompt_name is {name:?} and should be one of its prompts"
            ))
        })
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

/// What to do about a model that is not whole.
const AGAIN: &str = "copy the model again, or, if it is one that `make setup` fetches, delete its folder and run that";

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
    #[error("cannot read {}: {cause}; {AGAIN}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// A folder has no list of checksums.
    #[error(
        "there is no SHA256SUMS in {0}; `communique-summarizer models add {0}` copies a model and writes it; if this one \
         had it, {AGAIN}",
        path.display()
    )]
    Unsummed {
        /// The folder.
        path: PathBuf,
    },
    /// A model cannot be copied into its place.
    #[error(transparent)]
    Files(#[from] FileError),
    /// There is a model of this name.
    #[error("{} is there already; delete it first, or give the folder of the new model another name", path.display())]
    Exists {
        /// Its folder.
        path: PathBuf,
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
    #[error(
        "{} does not list {file}, which this encoder needs; {AGAIN}",
        path.display()
    )]
    Unlisted {
        /// The list.
        path: PathBuf,
        /// The file it should list.
        file: String,
    },
    /// A file's content is not what its checksum says.
    #[error(
        "{} is damaged: its SHA-256 is {found} and should be {expected} ({bytes} bytes read); {AGAIN}",
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
