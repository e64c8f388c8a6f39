//! How good abstracts are beside the first sentences of a text, on articles that were held aside when the ranker learned.
//!
//! A small slice, with ROUGE of plain words; `make quality` judges all of it, as others do.

use std::collections::HashMap;

use summarizer::abstracts::{self, Budget};
use summarizer::config::default_model_folder;
use summarizer::model::ModelFolder;
use summarizer::sentence;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Options, Summarizer, Text};

/// Rows judged of each set.
const ROWS: usize = 32;

/// Every fourth row was held aside.
const ASIDE: usize = 4;

#[derive(serde::Deserialize)]
struct Row {
    #[serde(default)]
    title: String,
    text: String,
    lang: String,
    summary: String,
}

/// Rows of a shared set; nothing, and a printed line, where it is not.
fn rows(set: &str) -> Option<Vec<Row>> {
    let path = tests::shared::shared()?.join("quality").join(set);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} cannot be read", path.display());
        return None;
    };
    let lines = text.lines().skip(ASIDE - 1).step_by(ASIDE).take(ROWS);
    Some(
        lines
            .map(|line| serde_json::from_str(line).expect("a row"))
            .collect(),
    )
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// ROUGE-N, the F1 of shared runs of `length` words, in percent.
fn rouge(said: &str, wanted: &str, length: usize) -> f64 {
    let count = |text: &str| {
        let mut counts: HashMap<Vec<String>, usize> = HashMap::new();
        for run in words(text).windows(length) {
            *counts.entry(run.to_vec()).or_default() += 1;
        }
        counts
    };
    let (said, wanted) = (count(said), count(wanted));
    let shared: usize = said
        .iter()
        .map(|(run, count)| (*count).min(wanted.get(run).copied().unwrap_or(0)))
        .sum();
    let all: usize = said.values().chain(wanted.values()).sum();
    200.0 * shared as f64 / (all as f64).max(1.0)
}

/// Mean ROUGE-1 and ROUGE-2 of ours and of the first sentences.
async fn judged(summarizer: &Summarizer, rows: &[Row], count: usize) -> [[f64; 2]; 2] {
    let budget = Budget {
        sentences: count,
        characters: usize::MAX,
        words: usize::MAX,
    };
    let mut means = [[0.0; 2]; 2];
    for row in rows {
        let text = Text {
            title: &row.title,
            body: &row.text,
            language: &row.lang,
        };
        let found = summarizer.summarize(text).await.expect("an understanding");
        let ours = abstracts::compose(&row.text, &found.ranking, budget).expect("an abstract");
        let sentences = sentence::split(&row.text);
        let lead: Vec<&str> = sentences
            .iter()
            .take(count)
            .map(|sentence| sentence.text)
            .collect();
        for (mean, said) in means.iter_mut().zip([ours.text, lead.join(" ")]) {
            for (value, length) in mean.iter_mut().zip([1, 2]) {
                *value += rouge(&said, &row.summary, length) / rows.len() as f64;
            }
        }
    }
    means
}

#[tokio::test]
async fn abstracts_say_more_of_what_people_wrote_than_the_first_sentences_do() {
    // Set, sentences, how much better than the first sentences at least, in ROUGE-1 and ROUGE-2: less than is measured on so
    // few rows, where half a point is chance.
    let table = [
        ("abstracts_en_news.jsonl", 3, [0.3, -0.2]),
        ("abstracts_fr_news.jsonl", 1, [6.0, 2.0]),
        ("abstracts_fr_news.jsonl", 2, [0.0, -0.4]),
    ];
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    let vocabulary = Vocabulary::built_in().expect("the built-in vocabulary");
    let summarizer = Summarizer::load(&folder, &vocabulary, Options::default());
    let summarizer = summarizer.expect("a summarizer");
    for (set, count, least) in table {
        let Some(rows) = rows(set) else {
            return;
        };
        let [ours, lead] = judged(&summarizer, &rows, count).await;
        println!("{set}, {count}: ours {ours:.2?}, the first sentences {lead:.2?}");
        for ((ours, lead), least) in ours.iter().zip(lead).zip(least) {
            assert!(
                *ours >= lead + least,
                "{set}, {count}: {ours:.2}, {lead:.2}"
            );
        }
    }
}
