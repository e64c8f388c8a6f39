//! Traits of every sentence of a set, for learning the ranker's weights: `traits < SET.jsonl > TRAITS.jsonl`, by the encoder
//! that reads the language of each row at work too.
//!
//! One JSON object a line, as the set has them: `{"id", "names", "sentences", "unfit", "traits", "stems",
//! "likeness"}`, with a list of traits for each sentence in the order of `names`, the beginnings of its words, and how alike
//! it is to each other one.

use std::io::BufRead;
use std::path::Path;

use anyhow::{Context, Result};
use futures_util::StreamExt;
use serde_json::{Value, json};
use summarizer::config::{default_model_folder, default_multilingual_folder};
use summarizer::encoder::{Computing, Encoder};
use summarizer::model::ModelFolder;
use summarizer::salience::{Headline, MOST, Traits};
use summarizer::sentence;
use summarizer::understanding::is_for_multilingual;

/// Texts under way at once.
const AT_ONCE: usize = 64;

#[tokio::main]
async fn main() -> Result<()> {
    let english = &start(&default_model_folder())?;
    let multilingual = &start(&default_multilingual_folder())?;
    let lines = std::io::stdin().lock().lines().enumerate();
    let mut rows = futures_util::stream::iter(lines)
        .map(|(index, line)| async move {
            let row: Value = serde_json::from_str(&line?).context("expected a JSON object")?;
            let language = row["lang"].as_str().context("expected a \"lang\"")?;
            let encoder = if is_for_multilingual(language) {
                multilingual
            } else {
                english
            };
            traits(encoder, &row)
                .await
                .with_context(|| format!("line {}", index + 1))
        })
        .buffered(AT_ONCE);
    while let Some(row) = rows.next().await {
        println!("{}", row?);
    }
    Ok(())
}

fn start(folder: &Path) -> Result<Encoder> {
    Ok(Encoder::start(
        &ModelFolder::open(folder)?,
        Computing::default(),
    )?)
}

async fn traits(encoder: &Encoder, row: &Value) -> Result<Value> {
    let of = |key: &str| row[key].as_str().unwrap_or_default();
    let sentences = sentence::without_openings(sentence::split(of("text")));
    let encoded = &sentences[..sentences.len().min(MOST)];
    let mut words: Vec<String> = encoded
        .iter()
        .map(|sentence| sentence.text.to_owned())
        .collect();
    words.push(of("title").to_owned());
    let mut embeddings = encoder.encode(words).await?;
    let title = embeddings.pop().filter(|_| !of("title").trim().is_empty());
    let headline = title.as_ref().map(|embedding| Headline {
        text: of("title"),
        embedding,
    });
    let traits = Traits::of(encoded, &embeddings, headline);
    let count = encoded.len();
    let numbers = |index: usize| -> Vec<f64> {
        traits
            .columns
            .iter()
            .map(|(_, values)| rounded(values[index]))
            .collect()
    };
    let likeness = |left: usize| -> Vec<f64> {
        (0..count)
            .map(|right| rounded(traits.likeness(left, right)))
            .collect()
    };
    Ok(json!({
        "id": row["id"],
        "names": traits.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        "sentences": encoded.iter().map(|sentence| sentence.text).collect::<Vec<_>>(),
        "unfit": traits.unfit,
        "traits": (0..count).map(numbers).collect::<Vec<_>>(),
        "stems": (0..count).map(|index| traits.stems(index)).collect::<Vec<_>>(),
        "likeness": (0..count).map(likeness).collect::<Vec<_>>(),
    }))
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
