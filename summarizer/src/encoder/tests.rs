//! The real model. `make setup` puts it where these tests look.

use super::*;
use crate::config::default_model_folder;

fn encoder() -> Encoder {
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    Encoder::start(&folder, NonZeroUsize::MIN).expect("an encoder")
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
    let encoder = encoder();
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
