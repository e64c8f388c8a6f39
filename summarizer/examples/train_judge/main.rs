//! Train the tiny BERT of the tests: it judges whether a notice in a small language is about a topic.
//!
//!     cargo run --release --workspace --locked --example train_judge -- FOLDER [STEPS]
//!
//! It takes about a minute on two cores, prints the loss, and says how many pairs it never saw it judges right. The tests
//! use what it writes to show that the way from a model's files to stored labels works; nobody should use it for anything
//! else.

mod corpus;
#[path = "../shared/training.rs"]
mod training;

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::{Context, Result};
use rust_bert::Config;
use rust_bert::bert::{BertConfig, BertForSequenceClassification};
use rust_bert::pipelines::common::{ModelType, TokenizerOption};
use summarizer::entailment::{EntailmentFolder, Judge, hypothesis};
use tch::nn;
use tch::{Device, Tensor};

const PADDING: i64 = 0;
const START: i64 = 2;
const END: i64 = 3;

/// Pairs in a step.
const BATCH: u64 = 64;

/// Pairs that are kept out of the training and judged at the end; theirs are the numbers from [`NEVER_SEEN`] on.
const ASIDE: u64 = 400;
const NEVER_SEEN: u64 = 1 << 40;

fn main() -> Result<()> {
    let (folder, steps) = training::arguments(1_500)?;
    let vocabulary = vocabulary();
    fs::write(folder.join("vocab.txt"), vocabulary.join("\n") + "\n")?;
    fs::write(folder.join("config.json"), configuration(vocabulary.len()))?;
    fs::write(folder.join("README.md"), include_str!("card.md"))?;
    tch::manual_seed(7);
    let tokenizer = tokenizer(&folder)?;
    let mut variables = nn::VarStore::new(Device::Cpu);
    let config = BertConfig::from_file(folder.join("config.json"));
    let model = BertForSequenceClassification::new(variables.root(), &config)?;
    // rust-bert draws the embeddings of places as large as those of words; what is asked has little to do with places.
    training::shrink(&variables, &["position_embeddings"], 0.02);
    training::train(&mut variables, &folder, steps, 100.0, |step| {
        let pairs: Vec<corpus::Pair> = (step * BATCH..(step + 1) * BATCH)
            .map(corpus::pair)
            .collect();
        loss(&model, &tokenizer, &pairs)
    })?;
    println!(
        "{} of {ASIDE} pairs that were kept aside are judged right",
        right(&folder)?
    );
    Ok(())
}

fn vocabulary() -> Vec<String> {
    let special = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "this", "text", "is", "about",
    ];
    let words = special.into_iter().chain(corpus::words());
    let mut vocabulary: Vec<String> = Vec::new();
    for word in words.map(str::to_owned) {
        if !vocabulary.contains(&word) {
            vocabulary.push(word);
        }
    }
    vocabulary
}

fn tokenizer(folder: &Path) -> Result<TokenizerOption> {
    let vocabulary = folder.join("vocab.txt").to_string_lossy().into_owned();
    let tokenizer =
        TokenizerOption::from_file(ModelType::Bert, &vocabulary, None, true, None, None);
    tokenizer.context("the tokenizer that was just written")
}

fn loss(
    model: &BertForSequenceClassification,
    tokenizer: &TokenizerOption,
    pairs: &[corpus::Pair],
) -> Tensor {
    let numbers = |text: &str| tokenizer.convert_tokens_to_ids(&tokenizer.tokenize(text));
    let rows: Vec<[Vec<i64>; 2]> = pairs
        .iter()
        .map(|pair| {
            let (notice, said) = (
                numbers(&pair.notice),
                numbers(&hypothesis("en", pair.topic)),
            );
            [
                [&[START][..], &notice, &[END]].concat(),
                [&said[..], &[END]].concat(),
            ]
        })
        .collect();
    let length = |[notice, said]: &[Vec<i64>; 2]| notice.len() + said.len();
    let width = rows.iter().map(length).max().unwrap_or(0);
    let (mut ids, mut kinds) = (Vec::new(), Vec::new());
    for row in &rows {
        let padding = width - length(row);
        ids.extend(row.iter().flatten());
        ids.extend(std::iter::repeat_n(PADDING, padding));
        kinds.extend(std::iter::repeat_n(0_i64, row[0].len()));
        kinds.extend(std::iter::repeat_n(1_i64, row[1].len() + padding));
    }
    let shape = [pairs.len() as i64, width as i64];
    let ids = Tensor::from_slice(&ids).reshape(shape);
    let kinds = Tensor::from_slice(&kinds).reshape(shape);
    let mask = ids.ne(PADDING);
    let answers: Vec<i64> = pairs.iter().map(|pair| pair.answer).collect();
    let output = model.forward_t(Some(&ids), Some(&mask), Some(&kinds), None, None, true);
    output
        .logits
        .cross_entropy_for_logits(&Tensor::from_slice(&answers))
}

/// How many pairs that were kept aside the program's own way judges right; what is neutral is not asked.
fn right(folder: &Path) -> Result<u64> {
    let folder = EntailmentFolder::open(folder, folder)?;
    let judge = Judge::start(folder, NonZeroUsize::MIN)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let aside = (NEVER_SEEN..)
        .map(corpus::pair)
        .filter(|pair| pair.answer != 1);
    let mut right = 0;
    for pair in aside.take(ASIDE as usize) {
        let hypotheses = vec![hypothesis("en", pair.topic)];
        let entailed = runtime.block_on(judge.entailed(&pair.notice, hypotheses))?;
        right += u64::from((entailed[0] > 0.5) == (pair.answer == 2));
    }
    Ok(right)
}

fn configuration(words: usize) -> String {
    let value = serde_json::json!({
        "model_type": "bert",
        "architectures": ["BertForSequenceClassification"],
        "vocab_size": words,
        "hidden_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 128,
        "hidden_act": "gelu",
        "hidden_dropout_prob": 0.05,
        "attention_probs_dropout_prob": 0.0,
        "max_position_embeddings": 128,
        "type_vocab_size": 2,
        "initializer_range": 0.02,
        "layer_norm_eps": 1e-12,
        "id2label": { "0": "contradiction", "1": "neutral", "2": "entailment" },
        "label2id": { "contradiction": 0, "neutral": 1, "entailment": 2 },
    });
    format!("{value:#}\n")
}
