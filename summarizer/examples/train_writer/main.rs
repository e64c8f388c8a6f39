//! Train the tiny BART of the tests: it reads a release of a small language and writes its first clause.
//!
//!     cargo run --release --workspace --locked --example train_writer -- FOLDER [STEPS]
//!
//! It takes about two minutes on two cores, prints the loss, and says how many releases it never saw it sums up to the
//! letter. The tests use what it writes to show that the way from a model's files to a stored abstract works; nobody
//! should use it for anything else.

mod corpus;
mod pieces;
#[path = "../shared/training.rs"]
mod training;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use rust_bert::Config;
use rust_bert::bart::{BartConfig, BartForConditionalGeneration};
use rust_bert::pipelines::common::{ModelType, TokenizerOption};
use tch::nn;
use tch::{Device, Kind, Tensor};

/// Releases that are learned from before any comes again.
const RELEASES: u64 = 20_000;

/// Releases in a step.
const BATCH: u64 = 32;

/// Releases that are kept out of the training and summed up at the end.
const ASIDE: usize = 100;

const START: i64 = 0;
const PADDING: i64 = 1;
const END: i64 = 2;

fn main() -> Result<()> {
    let (folder, steps) = training::arguments(2_500)?;
    let pieces = pieces::write(&folder, &corpus::words())?;
    fs::write(folder.join("config.json"), configuration(pieces))?;
    fs::write(folder.join("model.toml"), include_str!("model.toml"))?;
    tch::manual_seed(7);
    let tokenizer = tokenizer(&folder)?;
    let mut variables = nn::VarStore::new(Device::Cpu);
    let config = BartConfig::from_file(folder.join("config.json"));
    let model = BartForConditionalGeneration::new(variables.root(), &config);
    // rust-bert draws embeddings as if they were not tied to the output; there such values drown everything else.
    training::shrink(&variables, &["shared", "embed_positions"], 0.05);
    let seen: Vec<u64> = (0..RELEASES)
        .filter(|&number| !corpus::is_aside(number))
        .collect();
    training::train(&mut variables, &folder, steps, 200.0, |step| {
        let numbers =
            (0..BATCH).map(|row| seen[((step * BATCH + row) % seen.len() as u64) as usize]);
        let rows: Vec<corpus::Release> = numbers.map(corpus::release).collect();
        loss(&model, &tokenizer, &rows)
    })?;
    println!(
        "{} of {ASIDE} releases that were kept aside are summed up to the letter",
        exact(&folder)?
    );
    Ok(())
}

fn tokenizer(folder: &Path) -> Result<TokenizerOption> {
    let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (vocabulary, merges) = (file("vocab.json"), file("merges.txt"));
    let tokenizer = TokenizerOption::from_file(
        ModelType::Bart,
        &vocabulary,
        Some(&merges),
        false,
        None,
        false,
    );
    tokenizer.context("the tokenizer that was just written")
}

fn numbers(tokenizer: &TokenizerOption, text: &str) -> Vec<i64> {
    tokenizer.convert_tokens_to_ids(&tokenizer.tokenize(text))
}

fn loss(
    model: &BartForConditionalGeneration,
    tokenizer: &TokenizerOption,
    rows: &[corpus::Release],
) -> Tensor {
    let with = |before: &[i64], pieces: Vec<i64>, after: &[i64]| [before, &pieces, after].concat();
    let (mut read, mut begun, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        read.push(with(&[START], numbers(tokenizer, &row.body), &[END]));
        let summary = numbers(tokenizer, &row.summary);
        begun.push(with(&[END, START], summary.clone(), &[]));
        wanted.push(with(&[START], summary, &[END]));
    }
    let (read, begun, wanted) = (padded(read), padded(begun), padded(wanted));
    let mask = read.ne(PADDING).to_kind(Kind::Int64);
    let output = model.forward_t(
        Some(&read),
        Some(&mask),
        None,
        Some(&begun),
        None,
        None,
        true,
    );
    let scores = output.decoder_output;
    let pieces = scores.size()[2];
    let none: Option<Tensor> = None;
    scores.reshape([-1, pieces]).cross_entropy_loss(
        &wanted.reshape([-1]),
        none,
        tch::Reduction::Mean,
        PADDING,
        0.0,
    )
}

fn padded(rows: Vec<Vec<i64>>) -> Tensor {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let height = rows.len();
    let mut all = Vec::with_capacity(width * height);
    for mut row in rows {
        row.resize(width, PADDING);
        all.extend(row);
    }
    Tensor::from_slice(&all).reshape([height as i64, width as i64])
}

/// How many releases that were kept aside the program's own way sums up to the letter.
fn exact(folder: &Path) -> Result<usize> {
    let folder = summarizer::abstractive::AbstractiveFolder::open(folder, folder)?;
    let writer = summarizer::abstractive::Writer::start(folder, std::num::NonZeroUsize::MIN)?;
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let aside = (RELEASES..)
        .filter(|&number| corpus::is_aside(number))
        .take(ASIDE);
    let mut exact = 0;
    for (at, number) in aside.enumerate() {
        let release = corpus::release(number);
        let drafts = runtime.block_on(writer.write(&release.body))?;
        let text = drafts.first().map_or("", |draft| draft.text.as_str());
        exact += usize::from(text == release.summary);
        if at < 3 {
            println!("read:  {}\nwrote: {text}", release.body);
        }
    }
    Ok(exact)
}

fn configuration(pieces: i64) -> String {
    let value = serde_json::json!({
        "model_type": "bart",
        "vocab_size": pieces,
        "d_model": 64,
        "encoder_layers": 2,
        "decoder_layers": 2,
        "num_hidden_layers": 2,
        "encoder_attention_heads": 4,
        "decoder_attention_heads": 4,
        "encoder_ffn_dim": 128,
        "decoder_ffn_dim": 128,
        "max_position_embeddings": 128,
        "activation_function": "gelu",
        "dropout": 0.05,
        "attention_dropout": 0.0,
        "activation_dropout": 0.0,
        "classif_dropout": 0.0,
        "encoder_layerdrop": 0.0,
        "decoder_layerdrop": 0.0,
        "init_std": 0.02,
        "normalize_embedding": true,
        "scale_embedding": false,
        "is_encoder_decoder": true,
        "bos_token_id": START,
        "pad_token_id": PADDING,
        "eos_token_id": END,
        "decoder_start_token_id": END,
        "forced_bos_token_id": START,
    });
    format!("{value:#}\n")
}
