//! How a sentence lies among the others and to the title, by their embeddings.
//!
//! Directed centrality, likeness to what comes after rather than to what came before, is the idea of Zheng and Lapata's
//! PacSum (2019).

use super::{Compared, standardised};

pub(super) fn columns(text: &Compared) -> Vec<(&'static str, Vec<f64>)> {
    let title = text.title.map(|title| title.embedding);
    let to_title = text
        .embeddings
        .iter()
        .map(|embedding| title.map_or(0.0, |title| title.similarity(embedding)));
    vec![
        ("taken_up", greatest_is_one(text.pairs.taken_up())),
        ("likeness", text.pairs.mean()),
        ("title", standardised(to_title.collect())),
    ]
}

fn greatest_is_one(mut values: Vec<f64>) -> Vec<f64> {
    let greatest = values.iter().copied().fold(0.0, f64::max);
    if greatest > 1e-9 {
        for value in &mut values {
            *value /= greatest;
        }
    }
    values
}
