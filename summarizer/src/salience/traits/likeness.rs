//! How a sentence lies among the others and to the title, by their embeddings.
//!
//! Directed centrality, likeness to what comes after apart from that to what came before, is the idea of Zheng and
//! Lapata's PacSum (2019).

use super::{Compared, standardised};
use crate::encoder::Embedding;

pub(super) fn columns(text: &Compared) -> Vec<(&'static str, Vec<f64>)> {
    let pairs = &text.pairs;
    let count = text.sentences.len();
    let fit = (0..count).filter(|&index| text.is_fit(index));
    let lead = fit.clone().next().unwrap_or(0);
    let centroid = Embedding::mean(fit.map(|index| (&text.embeddings[index], 1.0)));
    let to = |point: Option<&Embedding>| {
        let likeness = text.embeddings.iter().take(count);
        likeness
            .map(|embedding| point.map_or(0.0, |point| point.similarity(embedding)))
            .collect()
    };
    let mut to_lead = standardised(to(text.embeddings.get(lead)));
    if let Some(own) = to_lead.get_mut(lead) {
        *own = 0.0;
    }
    vec![
        ("taken_up", greatest_is_one(pairs.directed(true))),
        ("takes_up", greatest_is_one(pairs.directed(false))),
        ("nearest_after", pairs.nearest(true)),
        ("nearest_before", pairs.nearest(false)),
        ("likeness", pairs.mean()),
        ("neighbours", pairs.neighbours()),
        ("centroid", standardised(to(centroid.as_ref()))),
        ("lead", to_lead),
        (
            "title",
            standardised(to(text.title.map(|title| title.embedding))),
        ),
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
