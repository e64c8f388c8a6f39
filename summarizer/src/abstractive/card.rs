//! The card of a model that writes: what it is, of which files, and how to let it write short summaries.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::AbstractiveError;

/// The cards that come with the program, one for each file of `models/`.
const SHIPPED: [&str; 6] = [
    include_str!("../../../models/bart-large-cnn.toml"),
    include_str!("../../../models/distilbart-cnn-12-6.toml"),
    include_str!("../../../models/pegasus-cnn_dailymail.toml"),
    include_str!("../../../models/t5-base.toml"),
    include_str!("../../../models/mt5-multilingual-xlsum.toml"),
    include_str!("../../../models/long-t5-tglobal-base.toml"),
];

/// Name of the card in a model's own folder.
pub(super) const OWN: &str = "model.toml";

/// What a model is and how it is to write.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// What it is called on the command line.
    pub name: String,
    /// Its architecture.
    pub kind: Kind,
    /// ISO 639-1 of the languages it writes; empty for any.
    pub languages: Vec<String>,
    /// SPDX identifier.
    pub licence: String,
    /// A line for people.
    pub about: String,
    /// What the model is called on the hub that it is fetched from; empty for one that is not fetched.
    #[serde(default)]
    pub repository: String,
    /// Names of its files.
    pub files: Files,
    /// SHA-256 of files whose content is known, in hexadecimal.
    #[serde(default)]
    pub sha256: BTreeMap<String, String>,
    /// What it can take.
    pub limits: Limits,
    /// How it writes.
    pub generation: Generation,
}

/// An architecture that can be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// BART and distilBART.
    Bart,
    /// PEGASUS.
    Pegasus,
    /// T5 and mT5.
    T5,
    /// LongT5.
    LongT5,
    /// ProphetNet.
    ProphetNet,
}

/// Names of files, relative to the model's folder.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Weights, in safetensors or in libtorch's own format (`.ot`): the first that is there is taken.
    pub weights: Vec<String>,
    /// The configuration as Transformers writes it.
    pub configuration: String,
    /// The tokenizer's vocabulary or SentencePiece model.
    pub vocabulary: String,
    /// The tokenizer's merges, for BART.
    pub merges: Option<String>,
}

/// What a model can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Word pieces that it reads at once; a longer text is read in chunks.
    pub input: usize,
    /// Memory that it needs, in megabytes; for people.
    pub memory_mb: u32,
}

/// How a model writes. There is no sampling: the same text gives the same summary.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// Beams; 1 is greedy.
    pub beams: u32,
    /// Word pieces at least. 0 unless there is a reason: padding is invention.
    #[serde(default)]
    pub least: u32,
    /// Word pieces at most.
    pub most: u32,
    /// Runs of so many pieces are not said twice; 0 for no such rule.
    pub no_repeat: u32,
    /// Above 1 for longer summaries, below for shorter ones.
    pub length_penalty: f64,
    /// What goes before the text, as T5 wants it.
    #[serde(default)]
    pub prefix: String,
}

impl Card {
    /// The card of a model in a folder: its own `model.toml`, or else the one that comes with the program for a folder
    /// of that name.
    pub(super) fn of_folder(folder: &Path) -> Result<Self, AbstractiveError> {
        let own = folder.join(OWN);
        if own.exists() {
            let text =
                std::fs::read_to_string(&own).map_err(|cause| AbstractiveError::Unreadable {
                    path: own.clone(),
                    cause: cause.to_string(),
                })?;
            return toml::from_str(&text).map_err(|cause| AbstractiveError::Unreadable {
                path: own,
                cause: cause.to_string(),
            });
        }
        let name = folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let shipped = name.as_deref().and_then(Self::named);
        shipped.ok_or_else(|| AbstractiveError::NoCard {
            folder: folder.to_owned(),
            known: Self::names(),
        })
    }

    /// The names of the cards that come with the program, for a sentence.
    pub(super) fn names() -> String {
        let names = Self::shipped().into_iter().map(|card| card.name);
        names.collect::<Vec<_>>().join(", ")
    }

    /// The card that comes with the program under this name, read and as it is written.
    pub(super) fn shipped_as(name: &str) -> Option<(Self, &'static str)> {
        let mut all = Self::shipped().into_iter().zip(SHIPPED);
        all.find(|(card, _)| card.name == name)
    }

    /// The card that comes with the program under this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::shipped_as(name).map(|(card, _)| card)
    }

    /// The cards that come with the program.
    ///
    /// # Panics
    /// Never: a test reads them all.
    #[must_use]
    pub fn shipped() -> Vec<Self> {
        let read =
            |text: &&str| toml::from_str(text).expect("a card of models/, which a test reads");
        SHIPPED.iter().map(read).collect()
    }
}
