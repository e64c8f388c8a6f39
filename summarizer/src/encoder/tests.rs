//! The real model. `make setup` puts it where these tests look.

use std::fs;
use std::num::NonZeroUsize;

use super::*;
use crate::config::{default_model_folder, default_multilingual_folder};

fn encoder() -> Encoder {
    encoder_with(Precision::of_processor())
}

fn encoder_with(precision: Precision) -> Encoder {
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    start(&folder, precision)
}

fn start(folder: &ModelFolder, precision: Precision) -> Encoder {
    let computing = Computing {
        threads: NonZeroUsize::MIN,
        precision,
    };
    Encoder::start(folder, computing).expect("an encoder")
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// Sentences of 1 to 60 words, so that all widths occur.
fn crowd() -> Vec<String> {
    let words = [
        "river", "budget", "the", "children", "opened", "a", "museum", "festival", "of", "green",
    ];
    (1..=60)
        .map(|length| {
            (0..length)
                .map(|n| words[(n * 7 + length) % 10])
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

#[tokio::test]
async fn what_means_the_same_lies_close() {
    let embeddings = encoder()
        .encode(texts(&[
            "The minister opened the new hospital.",
            "A new clinic was inaugurated by the minister.",
            "The striker scored twice in the second half.",
        ]))
        .await
        .expect("embeddings");
    let (near, far) = (
        embeddings[0].similarity(&embeddings[1]),
        embeddings[0].similarity(&embeddings[2]),
    );
    assert!(near > 0.6 && far < 0.2, "{near} and {far}");
    assert_eq!(embeddings[0].values().len(), 384);
}

#[tokio::test]
async fn a_sentence_alone_and_in_a_crowd_gets_the_same_bits() {
    alone_and_in_a_crowd(encoder()).await;
}

#[tokio::test]
async fn in_full_precision_too() {
    alone_and_in_a_crowd(encoder_with(Precision::Float32)).await;
}

async fn alone_and_in_a_crowd(encoder: Encoder) {
    let crowd = crowd();
    let together = encoder.encode(crowd.clone()).await.expect("embeddings");
    let twice = encoder
        .encode([crowd.clone(), crowd.clone(), crowd.clone()].concat())
        .await;
    let twice = twice.expect("embeddings");
    for (index, text) in crowd.iter().enumerate() {
        let alone = encoder
            .encode(vec![text.clone()])
            .await
            .expect("an embedding");
        assert_eq!(alone[0], together[index], "alone and among others: {text}");
        for copy in 0..3 {
            assert_eq!(
                alone[0],
                twice[index + copy * crowd.len()],
                "copy {copy}: {text}"
            );
        }
    }
}

#[tokio::test]
async fn the_end_of_a_long_text_counts() {
    let encoder = encoder();
    let long = "The committee met again on the third day to hear reports. ".repeat(40);
    let other = format!("{long} Penguins swim in the cold Antarctic ocean and eat fish and krill.");
    let embeddings = encoder
        .encode(vec![
            long,
            other,
            "Penguins and fish in the ocean.".to_owned(),
        ])
        .await
        .expect("embeddings");
    let without = embeddings[0].similarity(&embeddings[2]);
    let with = embeddings[1].similarity(&embeddings[2]);
    assert!(with > without + 0.01, "{with} is not above {without}");
}

#[tokio::test]
async fn texts_without_content_are_encoded_too() {
    let embeddings = encoder()
        .encode(texts(&["", "  ", "\u{200b}"]))
        .await
        .expect("embeddings");
    assert_eq!(embeddings.len(), 3);
}

/// The numbers of the vectors in `quality/languages.i8`.
const DIMENSIONS: usize = 384;

const LANGUAGES: [&str; 4] = ["en", "fr", "de", "es"];

fn multilingual() -> Encoder {
    multilingual_with(Precision::of_processor())
}

fn multilingual_with(precision: Precision) -> Encoder {
    let folder = ModelFolder::open(&default_multilingual_folder());
    start(
        &folder.expect("the encoder that `setup/models` imports"),
        precision,
    )
}

/// Fifty-two texts in four languages: of each text, those in [`LANGUAGES`] in a row.
fn in_four_languages() -> Vec<String> {
    let lines = fs::read_to_string(::tests::shared::workspace().join("quality/languages.jsonl"));
    let lines = lines.expect("the texts");
    let texts = lines.lines().flat_map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        LANGUAGES.map(|language| row[language].as_str().expect("a text").to_owned())
    });
    texts.collect()
}

#[tokio::test]
async fn the_multilingual_encoder_agrees_with_the_engine_that_its_weights_were_made_for() {
    let texts = in_four_languages();
    let made = fs::read(::tests::shared::workspace().join("quality/languages.i8"));
    let theirs = made.expect("the engine's vectors, which quality/encoder.py writes");
    let ours = multilingual()
        .encode(texts.clone())
        .await
        .expect("embeddings");
    assert_eq!(theirs.len(), texts.len() * DIMENSIONS);
    let mut least = 1.0_f64;
    for ((text, ours), theirs) in texts.iter().zip(&ours).zip(theirs.chunks(DIMENSIONS)) {
        let values: Vec<f64> = theirs
            .iter()
            .map(|byte| f64::from(byte.cast_signed()))
            .collect();
        let cosine = ours.similarity(&Embedding::normalised(&values));
        assert!(cosine >= 0.99, "{cosine:.4} for {text:?}");
        least = least.min(cosine);
    }
    println!(
        "{} texts in four languages: the least cosine is {least:.4}",
        texts.len()
    );
}

#[tokio::test]
async fn half_the_digits_give_the_same_directions() {
    let texts = [crowd(), in_four_languages()].concat();
    same_directions(
        [Precision::Float32, Precision::Bfloat16].map(encoder_with),
        &texts,
    )
    .await;
}

#[tokio::test]
async fn in_all_languages_too() {
    let both = [Precision::Float32, Precision::Bfloat16].map(multilingual_with);
    same_directions(both, &in_four_languages()).await;
}

async fn same_directions(encoders: [Encoder; 2], texts: &[String]) {
    let [full, half] = encoders;
    let full = full.encode(texts.to_vec()).await.expect("embeddings");
    let half = half.encode(texts.to_vec()).await.expect("embeddings");
    let cosines = full.iter().zip(&half).map(|(a, b)| a.similarity(b));
    let least = cosines.clone().fold(1.0, f64::min);
    let mean = cosines.sum::<f64>() / texts.len() as f64;
    println!(
        "{} texts: the least cosine is {least:.5}, the mean {mean:.5}",
        texts.len()
    );
    assert!(least >= 0.9995 && mean >= 0.9999, "{least} and {mean}");
}

#[tokio::test]
async fn a_text_lies_nearest_to_a_translation_of_it() {
    let embeddings = multilingual()
        .encode(in_four_languages())
        .await
        .expect("embeddings");
    for (number, one) in embeddings.iter().enumerate() {
        let others = embeddings.iter().enumerate();
        let (nearest, cosine) = others
            .filter(|(other, _)| *other != number)
            .map(|(other, embedding)| (other, one.similarity(embedding)))
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
            .expect("other texts");
        assert_eq!(
            nearest / LANGUAGES.len(),
            number / LANGUAGES.len(),
            "{number} lies nearest to {nearest}, by {cosine:.3}"
        );
    }
}

#[tokio::test]
async fn a_text_longer_than_the_multilingual_window_counts_to_its_end() {
    let encoder = multilingual();
    let long = "Le comité s’est réuni une troisième fois pour entendre les rapports. ".repeat(60);
    let other = format!(
        "{long} Les manchots nagent dans l’océan et mangent du poisson. {}",
        "\u{4f01}\u{9e45}".repeat(600)
    );
    let embeddings = encoder
        .encode(vec![
            long,
            other,
            "Les manchots et les poissons de l’océan.".to_owned(),
        ])
        .await
        .expect("embeddings");
    let without = embeddings[0].similarity(&embeddings[2]);
    let with = embeddings[1].similarity(&embeddings[2]);
    assert!(with > without + 0.01, "{with} is not above {without}");
}
