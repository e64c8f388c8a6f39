//! Which sentences matter: every sentence of a text, ranked once, so that an abstract of any length can be cut from it.

mod boilerplate;
mod pairs;
mod ranker;
mod traits;

use crate::encoder::Embedding;
use crate::sentence::{Sentence, Span};
use pairs::Pairs;

pub use ranker::{Ranker, RankerError};
pub use traits::{Headline, Traits};

/// A sentence in the order of salience.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Where it stands.
    pub span: Span,
    /// Comparable within one text; never rises along the ranking. Below zero: not fit to be quoted (an address, a
    /// byline, a heading), to be used only when there is nothing better.
    pub score: f64,
    /// Stretches inside it that an abstract may leave out, the one that loses least first; they may overlap. Found only
    /// for the most salient sentences.
    pub omissible: Vec<Span>,
}

/// What being unfit to be quoted costs, in deviations of a text's saliences: more than anything else.
const UNFIT: f64 = 100.0;

/// Sentences from which an abstract may reasonably come; those behind them keep their order at the end of the ranking.
/// It bounds the work on a book to that on a chapter.
pub const MOST: usize = 1000;

/// Rank all sentences, the most salient first. `embeddings` are those of the first [`MOST`] sentences, in order.
#[must_use]
pub fn rank(
    ranker: &Ranker,
    sentences: &[Sentence<'_>],
    embeddings: &[Embedding],
    title: Option<Headline<'_>>,
) -> Vec<Ranked> {
    let traits = Traits::of(sentences, embeddings, title);
    let saliences = comparable(ranker.saliences(&traits), &traits.unfit);
    let order = diversify(&traits.pairs, saliences, ranker.redundancy);
    let mut ranking: Vec<Ranked> = order
        .into_iter()
        .map(|(index, score)| ranked(sentences[index].span, score))
        .collect();
    let least = ranking.last().map_or(0.0, |ranked| ranked.score);
    let rest = sentences.iter().skip(traits.unfit.len());
    ranking.extend(rest.map(|sentence| ranked(sentence.span, least)));
    ranking
}

fn ranked(span: Span, score: f64) -> Ranked {
    Ranked {
        span,
        score,
        omissible: Vec::new(),
    }
}

/// Saliences as deviations above the least salient fit sentence of the text; far below zero for unfit ones.
fn comparable(saliences: Vec<f64>, unfit: &[f64]) -> Vec<f64> {
    let fit: Vec<f64> = saliences
        .iter()
        .zip(unfit)
        .filter(|(_, unfit)| **unfit < 1.0)
        .map(|(salience, _)| *salience)
        .collect();
    let count = (fit.len() as f64).max(1.0);
    let mean = fit.iter().sum::<f64>() / count;
    let variance = fit.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / count;
    let deviation = variance.sqrt().max(1e-6);
    let least = fit.iter().copied().reduce(f64::min).unwrap_or(mean);
    saliences
        .into_iter()
        .zip(unfit)
        .map(|(salience, &unfit)| {
            if unfit < 1.0 {
                (salience - least) / deviation
            } else {
                // Of unfit ones the least unfit comes first, then the more salient.
                -UNFIT * unfit + ((salience - least) / deviation).clamp(-UNFIT / 4.0, UNFIT / 4.0)
            }
        })
        .collect()
}

/// Take the most salient sentence, lower those like it, and so on: maximal marginal relevance. Each with its score then;
/// a fit sentence is worth something, however little.
fn diversify(pairs: &Pairs, mut saliences: Vec<f64>, redundancy: f64) -> Vec<(usize, f64)> {
    let mut likeness = vec![0.0_f64; saliences.len()];
    let mut left: Vec<usize> = (0..saliences.len()).collect();
    let mut order = Vec::with_capacity(saliences.len());
    let marginal = |saliences: &[f64], likeness: &[f64], index: usize| {
        saliences[index] - redundancy * likeness[index]
    };
    let mut bound = f64::INFINITY;
    while let Some((slot, &best)) = left.iter().enumerate().reduce(|best, other| {
        // The earlier sentence wins a tie.
        if marginal(&saliences, &likeness, *other.1) > marginal(&saliences, &likeness, *best.1) {
            other
        } else {
            best
        }
    }) {
        let score = marginal(&saliences, &likeness, best);
        let fit = score > -UNFIT / 2.0;
        bound = bound.min(if fit { score.max(0.0) } else { score });
        order.push((best, bound));
        saliences[best] = f64::NEG_INFINITY;
        left.remove(slot);
        for &other in &left {
            likeness[other] = likeness[other].max(pairs.relative(best, other));
        }
    }
    order
}

#[cfg(test)]
mod tests;
