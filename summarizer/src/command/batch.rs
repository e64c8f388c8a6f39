//! `text --batch`: understand many texts, one JSON object a line in, one a line out, in the same order.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use summarizer::abstracts::Budget;
use summarizer::understanding::{Summarizer, Text, Understanding};

use super::options::Model;
use super::tell;
use super::text::{Quotation, tell_language};

/// Texts under way at once: enough for the encoder's batches to be full, few enough to hold in memory.
const AT_ONCE: usize = 64;

/// A line that is read. What else it holds is left alone.
#[derive(Deserialize)]
struct Given {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    lang: Option<String>,
}

/// A line that is written.
#[derive(Serialize)]
struct Made {
    id: String,
    #[serde(rename = "abstract")]
    abstract_: String,
    sentences: Vec<Quotation>,
    labels: Vec<Ranked>,
}

/// A topic in the full ranking.
#[derive(Serialize)]
struct Ranked {
    topic: String,
    score: f64,
    #[serde(skip_serializing_if = "is_false")]
    assigned: bool,
}

fn is_false(value: &bool) -> bool {
    !value
}

/// Do it; exits with 1 if a line could not be understood, each of which is named on standard error.
pub(super) async fn run(model: &Model, file: &Path, budget: Budget) -> Result<ExitCode> {
    let input: Box<dyn BufRead> = if file == Path::new("-") {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let opened = File::open(file).with_context(|| format!("reading {}", file.display()))?;
        Box::new(BufReader::new(opened))
    };
    let vocabulary = model.vocabulary()?;
    let summarizer = model
        .summarizer_within(budget, &model.folder()?, &vocabulary, model.brought()?)
        .await?;
    // A line that is not UTF-8 is one bad line; what cannot be read at all (a directory) gives no other.
    let lines = input.lines().enumerate().scan(false, |ended, line| {
        let goes_on = |error: &std::io::Error| error.kind() == ErrorKind::InvalidData;
        (!std::mem::replace(ended, !line.1.as_ref().err().is_none_or(goes_on))).then_some(line)
    });
    let mut made = futures_util::stream::iter(lines)
        .map(|(index, line)| {
            let summarizer = &summarizer;
            async move {
                let line = line.with_context(|| format!("reading {}", file.display()))?;
                if line.trim().is_empty() {
                    return Ok(None);
                }
                one(summarizer, &line)
                    .await
                    .map(Some)
                    .with_context(|| format!("{}, line {}", file.display(), index + 1))
            }
        })
        .buffered(AT_ONCE);
    let mut out = std::io::stdout().lock();
    let mut code = ExitCode::SUCCESS;
    while let Some(outcome) = made.next().await {
        match outcome {
            Ok(Some(made)) => writeln!(out, "{}", serde_json::to_string(&made)?)?,
            Ok(None) => {}
            Err(error) => {
                tell(format_args!("communique-summarizer: {error:#}"));
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

async fn one(summarizer: &Summarizer, line: &str) -> Result<Made> {
    let given: Given = serde_json::from_str(line)
        .context("expected an object with \"id\" and \"text\" (and \"title\", \"lang\")")?;
    let language = given.lang.unwrap_or_else(|| tell_language(&given.text));
    let text = Text {
        title: &given.title,
        body: &given.text,
        language: &language,
    };
    let understanding = summarizer
        .summarize(text)
        .await
        .context("the text cannot be summarised")?;
    Ok(made(given.id, &given.text, &understanding))
}

fn made(id: String, body: &str, understanding: &Understanding) -> Made {
    let abstract_ = understanding.abstract_.as_ref();
    let spans = abstract_
        .map(|found| found.sentences.as_slice())
        .unwrap_or_default();
    // What a model wrote stands before the text's own sentences, as it does when it is served.
    let written = understanding.own_words.as_ref();
    let written = written.and_then(|own| Some((own.text()?, own.support())));
    let (own, support) = written.unzip();
    let spans = support.as_deref().unwrap_or(spans);
    let assigned: HashMap<&str, f64> = understanding
        .labels
        .iter()
        .map(|label| (label.topic.as_str(), label.score))
        .collect();
    Made {
        id,
        sentences: spans
            .iter()
            .map(|&span| Quotation::of(body, span))
            .collect(),
        abstract_: own
            .or(abstract_.map(|found| found.text.clone()))
            .unwrap_or_default(),
        labels: understanding
            .topics
            .iter()
            .map(|scored| Ranked {
                topic: scored.topic.clone(),
                score: scored.score,
                assigned: assigned.contains_key(scored.topic.as_str()),
            })
            .collect(),
    }
}
