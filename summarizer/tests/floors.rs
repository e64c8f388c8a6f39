//! How good abstracts are beside the first sentences of a text, on articles that were held aside when the ranker learned; and
//! how many labels are right.
//!
//! A small slice, with ROUGE of plain words; `make quality` judges all of it, as others do.

use std::collections::HashMap;

use futures_util::future::try_join_all;
use summarizer::abstracts::{self, Budget};
use summarizer::config::{default_model_folder, default_multilingual_folder};
use summarizer::model::ModelFolder;
use summarizer::sentence;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Options, Summarizer, Text, Understanding};

/// Rows judged of each set.
const ROWS: usize = 32;

/// Rows that are labelled of each set.
const LABELLED: usize = 64;

/// Every fourth row was held aside.
const ASIDE: usize = 4;

#[derive(serde::Deserialize)]
struct Row {
    #[serde(default)]
    title: String,
    text: String,
    lang: String,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    topic: String,
}

/// So many rows of a shared set, each `step`-th; nothing, and a printed line, where it is not.
fn rows(set: &str, step: usize, count: usize) -> Option<Vec<Row>> {
    let path = tests::shared::shared()?.join("quality").join(set);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: {} cannot be read", path.display());
        return None;
    };
    let lines = text.lines().skip(step - 1).step_by(step).take(count);
    Some(
        lines
            .map(|line| serde_json::from_str(line).expect("a row"))
            .collect(),
    )
}

/// The encoders of `make setup`, and what they label by.
fn summarizer(vocabulary: &Vocabulary) -> Summarizer {
    let options = Options {
        multilingual: Some(default_multilingual_folder()),
        ..Options::default()
    };
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    Summarizer::load(&folder, vocabulary, options).expect("a summarizer")
}

/// All rows, understood at once.
async fn understood(summarizer: &Summarizer, rows: &[Row]) -> Vec<Understanding> {
    let texts = rows.iter().map(|row| {
        summarizer.summarize(Text {
            title: &row.title,
            body: &row.text,
            language: &row.lang,
        })
    });
    try_join_all(texts).await.expect("understandings")
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
    for (row, found) in rows.iter().zip(understood(summarizer, rows).await) {
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
        ("abstracts_fr_news.jsonl", 1, [6.0, 1.5]),
        ("abstracts_fr_news.jsonl", 2, [1.0, 0.5]),
    ];
    let summarizer = summarizer(&Vocabulary::built_in().expect("the built-in vocabulary"));
    for (set, count, least) in table {
        let Some(rows) = rows(set, ASIDE, ROWS) else {
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

#[tokio::test]
async fn the_likeliest_topic_is_mostly_the_one_that_people_gave() {
    // Set, which rows of it, how many of a hundred are right at least: less than is measured on so few.
    let table = [
        ("abstracts_en_bbc", 15, 90),
        ("topics_en_agnews", 7, 84),
        ("abstracts_fr_news", 31, 50),
    ];
    for (set, step, least) in table {
        let Some(rows) = rows(&format!("{set}.jsonl"), step, LABELLED) else {
            return;
        };
        let topics = tests::shared::workspace().join(format!("quality/topics/{set}.toml"));
        let vocabulary = Vocabulary::read(&topics).expect("the topics of the set");
        let summarizer = summarizer(&vocabulary);
        let found = understood(&summarizer, &rows).await;
        let firsts = rows.iter().zip(&found).map(|(row, found)| {
            let first = found.topics.first();
            first.is_some_and(|first| first.topic == row.topic)
        });
        let right = firsts.filter(|right| *right).count();
        println!("{set}: {right} of {} right", rows.len());
        assert!(right * 100 >= least * rows.len(), "{set}: {right}");
    }
}
