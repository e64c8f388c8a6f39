//! The tensors: a sequence-to-sequence model from `rust-bert`, and every failure of libtorch as an error.

use std::path::PathBuf;

use rust_bert::pipelines::common::{ModelResource, ModelType};
use rust_bert::pipelines::summarization::{SummarizationConfig, SummarizationOption};
use rust_bert::resources::LocalResource;
use serde::Deserialize;
use tch::{Device, Kind as Number};

use super::card::Kind;
use super::chunk::batches;
use super::folder::AbstractiveFolder;
use crate::libtorch::guarded;

/// Word pieces in one batch, times beams: enough to fill the cores, little enough for the memory.
const BATCH: usize = 8192;

/// Pieces that tokenizers add at both ends.
const ENDS: usize = 2;

/// A model on its thread.
pub(super) struct Generator {
    model: SummarizationOption,
    prefix: String,
    room: usize,
    /// Word pieces in a batch.
    batch: usize,
}

/// What of `config.json` must agree with the card.
#[derive(Deserialize)]
struct Configuration {
    model_type: String,
    max_position_embeddings: Option<usize>,
}

impl Generator {
    /// Load the model, or say what does not fit.
    pub(super) fn load(folder: &AbstractiveFolder) -> Result<Self, String> {
        let card = folder.card();
        let path = folder.file(&card.files.configuration);
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let configuration: Configuration =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        let expected = model_types(card.kind);
        if !expected.contains(&configuration.model_type.as_str()) {
            return Err(format!(
                "{}: model_type is {:?} and should be {}, as the card says",
                path.display(),
                configuration.model_type,
                expected.join(" or ")
            ));
        }
        // rust-bert cuts at this without a word, so nothing longer may reach it.
        let most = configuration.max_position_embeddings.unwrap_or(usize::MAX);
        let limit = card.limits.input.min(most);
        let model = guarded(|| {
            SummarizationOption::new(options(folder)).map_err(|error| error.to_string())
        })?;
        let mut generator = Self {
            model,
            prefix: card.generation.prefix.clone(),
            room: limit,
            // rust-bert's ProphetNet fails on more than one text at a time.
            batch: match card.kind {
                Kind::ProphetNet => 0,
                _ => BATCH / card.generation.beams.max(1) as usize,
            },
        };
        let taken = ENDS + generator.pieces(&generator.prefix);
        generator.room = limit.checked_sub(taken).filter(|room| *room > 0).ok_or_else(|| {
            format!("a model that reads {limit} pieces at once has no room for a text beside {taken} of its own")
        })?;
        Ok(generator)
    }

    /// Word pieces of a text, without those at its ends.
    pub(super) fn pieces(&self, text: &str) -> usize {
        self.model.get_tokenizer().tokenize(text).len()
    }

    /// Word pieces of a text that can be read at once.
    pub(super) fn room(&self) -> usize {
        self.room
    }

    /// A summary of each text, in order. Texts of like length share batches.
    pub(super) fn write(&self, texts: &[String]) -> Result<Vec<String>, String> {
        let lengths: Vec<usize> = texts.iter().map(|text| self.pieces(text) + ENDS).collect();
        let mut written = vec![String::new(); texts.len()];
        for batch in batches(&lengths, self.batch) {
            let prompts: Vec<String> = batch
                .iter()
                .map(|&at| format!("{}{}", self.prefix, texts[at]))
                .collect();
            let outputs = guarded(|| {
                tch::no_grad(|| {
                    self.model
                        .generate(Some(&prompts))
                        .map_err(|error| error.to_string())
                })
            })?;
            if outputs.len() != batch.len() {
                return Err(format!(
                    "the model wrote {} summaries of {} texts",
                    outputs.len(),
                    batch.len()
                ));
            }
            for (at, output) in batch.into_iter().zip(outputs) {
                written[at] = output.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        }
        Ok(written)
    }
}

/// What `config.json` calls an architecture.
fn model_types(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Bart => &["bart"],
        Kind::Pegasus => &["pegasus"],
        Kind::T5 => &["t5", "mt5"],
        Kind::LongT5 => &["longt5"],
        Kind::ProphetNet => &["prophetnet"],
    }
}

fn options(folder: &AbstractiveFolder) -> SummarizationConfig {
    let card = folder.card();
    let kind = match card.kind {
        Kind::Bart => ModelType::Bart,
        Kind::Pegasus => ModelType::Pegasus,
        Kind::T5 => ModelType::T5,
        Kind::LongT5 => ModelType::LongT5,
        Kind::ProphetNet => ModelType::ProphetNet,
    };
    let local = |path: PathBuf| LocalResource { local_path: path };
    let files = &card.files;
    let weights = ModelResource::Torch(Box::new(local(folder.weights().to_owned())));
    let generation = &card.generation;
    SummarizationConfig {
        min_length: i64::from(generation.least),
        max_length: Some(i64::from(generation.most)),
        do_sample: false,
        early_stopping: true,
        num_beams: i64::from(generation.beams.max(1)),
        no_repeat_ngram_size: i64::from(generation.no_repeat),
        length_penalty: generation.length_penalty,
        device: Device::Cpu,
        // Weights of half precision are computed with in full: processors do not like halves.
        kind: Some(Number::Float),
        ..SummarizationConfig::new(
            kind,
            weights,
            local(folder.file(&files.configuration)),
            local(folder.file(&files.vocabulary)),
            files
                .merges
                .as_ref()
                .map(|merges| local(folder.file(merges))),
        )
    }
}
