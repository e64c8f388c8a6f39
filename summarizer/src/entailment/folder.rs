//! A folder that holds a model of natural language inference, as model hubs have them, and proof of what is in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rust_bert::pipelines::common::ModelType;
use serde::Deserialize;

use super::EntailmentError;
use crate::model::Identity;
use crate::model::checksum;
use crate::model::installed::languages;

/// Raised whenever the same text and weights would give another stored result.
const METHOD: &str = "entail-1";

/// Names that weights have, in safetensors or in libtorch's own format; the first that is there is taken.
const WEIGHTS: [&str; 2] = ["model.safetensors", "rust_model.ot"];

/// Word pieces that are read at once, at most: a title and two sentences need no more.
const LONGEST: usize = 512;

/// A folder whose files are there, and are what its `SHA256SUMS`, if it has one, says.
#[derive(Debug, Clone)]
pub struct EntailmentFolder {
    identity: Identity,
    pub(super) architecture: ModelType,
    pub(super) configuration: PathBuf,
    pub(super) weights: PathBuf,
    pub(super) vocabulary: PathBuf,
    pub(super) merges: Option<PathBuf>,
    pub(super) lower_case: bool,
    pub(super) answers: Answers,
    /// Whether the model tells texts apart by their segment.
    pub(super) segments: bool,
    /// Word pieces that the model reads at once.
    pub(super) room: usize,
}

/// Which of a model's answers is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answers {
    pub(super) entailment: i64,
    /// The contradiction, or of a model with two answers the other one.
    pub(super) opposite: i64,
}

/// What of `config.json` says whether and how the model can be run.
#[derive(Deserialize)]
struct Configuration {
    model_type: String,
    #[serde(default)]
    id2label: BTreeMap<String, String>,
    max_position_embeddings: Option<usize>,
    type_vocab_size: Option<usize>,
}

#[derive(Default, Deserialize)]
struct Tokenizer {
    do_lower_case: Option<bool>,
}

impl EntailmentFolder {
    /// Open a folder by its path, or by its name in `models`, where the encoder lies too. Every file that its
    /// `SHA256SUMS` lists is read.
    ///
    /// # Errors
    /// [`EntailmentError`] says what is missing, altered or not as it should be.
    pub fn open(named: &Path, models: &Path) -> Result<Self, EntailmentError> {
        let by_name = models.join(named);
        let path = [named, &by_name].into_iter().find(|path| path.is_dir());
        let path = path.ok_or_else(|| EntailmentError::NoFolder {
            path: named.to_owned(),
        })?;
        let configuration = path.join("config.json");
        let said: Configuration = json(&configuration)?;
        let (architecture, files, lower_case) =
            architecture(&said.model_type).ok_or_else(|| EntailmentError::Unusable {
                path: configuration.clone(),
                what: format!(
                    "model_type is {:?}; those that can judge are bart, roberta, xlm-roberta, bert, distilbert, \
                     deberta and deberta-v2",
                    said.model_type
                ),
            })?;
        let there = |file: &str| {
            let file = path.join(file);
            if file.is_file() {
                Ok(file)
            } else {
                Err(unusable(
                    &file,
                    format!("it is missing; a {} needs it", said.model_type),
                ))
            }
        };
        let weights = WEIGHTS.into_iter().find(|file| path.join(file).is_file());
        let weights = weights.unwrap_or(WEIGHTS[0]);
        there(weights)?;
        let sum = checksum::of_weights(path, weights)
            .map_err(|error| EntailmentError::Damaged(error.to_string()))?;
        let tokenizer = path.join("tokenizer_config.json");
        let tokenizer: Tokenizer = if tokenizer.is_file() {
            json(&tokenizer)?
        } else {
            Tokenizer::default()
        };
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok(Self {
            identity: Identity {
                name,
                version: format!("{}+{METHOD}", &sum[..12]),
                languages: languages(path),
            },
            architecture,
            vocabulary: there(files[0])?,
            merges: files.get(1).map(|file| there(file)).transpose()?,
            lower_case: tokenizer.do_lower_case.unwrap_or(lower_case),
            answers: said.answers(&configuration)?,
            segments: said.type_vocab_size.is_none_or(|segments| segments > 1),
            room: said.room(),
            configuration,
            weights: path.join(weights),
        })
    }

    /// Which model it is: its name is that of its folder, its languages are those that its model card names.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }
}

impl Configuration {
    /// Models have them in different orders, and some have two instead of three.
    fn answers(&self, path: &Path) -> Result<Answers, EntailmentError> {
        let place = |names: &[&str]| {
            let found = self.id2label.iter().find(|(_, label)| {
                names
                    .iter()
                    .any(|name| label.replace(' ', "_").eq_ignore_ascii_case(name))
            });
            found.and_then(|(number, _)| number.parse().ok())
        };
        let entailment = place(&["entailment"]);
        let opposite = place(&["contradiction", "not_entailment"]);
        if let (Some(entailment), Some(opposite)) = (entailment, opposite) {
            return Ok(Answers {
                entailment,
                opposite,
            });
        }
        let found: Vec<&str> = self.id2label.values().map(String::as_str).collect();
        Err(unusable(
            path,
            format!(
                "id2label has {:?}; a model of entailment has entailment, and contradiction or not_entailment",
                found.join(", ")
            ),
        ))
    }

    fn room(&self) -> usize {
        let places = self.max_position_embeddings.unwrap_or(LONGEST);
        let used = match self.model_type.as_str() {
            // They count from the number of the padding on, which is 1.
            "roberta" | "xlm-roberta" => 2,
            _ => 0,
        };
        places.saturating_sub(used).min(LONGEST)
    }
}

/// How rust-bert calls an architecture, the files of its tokenizer, and whether that has small letters only unless it
/// says otherwise.
fn architecture(model_type: &str) -> Option<(ModelType, &'static [&'static str], bool)> {
    const BYTES: &[&str] = &["vocab.json", "merges.txt"];
    const WORDS: &[&str] = &["vocab.txt"];
    Some(match model_type {
        "bart" => (ModelType::Bart, BYTES, false),
        "roberta" => (ModelType::Roberta, BYTES, false),
        "deberta" => (ModelType::Deberta, BYTES, false),
        "deberta-v2" => (ModelType::DebertaV2, &["spm.model"], false),
        "xlm-roberta" => (ModelType::XLMRoberta, &["sentencepiece.bpe.model"], false),
        "bert" => (ModelType::Bert, WORDS, true),
        "distilbert" => (ModelType::DistilBert, WORDS, true),
        _ => return None,
    })
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, EntailmentError> {
    let text = std::fs::read_to_string(path).map_err(|error| unusable(path, error))?;
    serde_json::from_str(&text).map_err(|error| unusable(path, error))
}

fn unusable(path: &Path, what: impl ToString) -> EntailmentError {
    EntailmentError::Unusable {
        path: path.to_owned(),
        what: what.to_string(),
    }
}
