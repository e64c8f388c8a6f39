//! Which sentences matter: every sentence of a text, ranked once, so that an abstract of any length can be cut from it.

mod boilerplate;
mod chosen;
mod fragment;
mod leaning;
mod pairs;
mod ranker;
mod traits;

use crate::encoder::Embedding;
use crate::sentence::{Sentence, Span};

pub use chosen::{Chosen, NAMES as CHOSEN};
pub use ranker::{Ranker, RankerError};
pub use traits::{Headline, Traits};

/// A sentence in the order of salience.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Where it stands.
    pub span: Span,
    /// Comparable within one text; never rises along the ranking. Below zero: not fit to be quoted (an address, a
    /// byline, a heading, half a quotation, what is said already), to be used only when there is nothing better.
    pub score: f64,
    /// Stretches inside it that an abstract may leave out, the one that loses least first; they may overlap. Found only
    /// for the most salient sentences.
    pub omissible: Vec<Span>,
    /// How many of them, from the first on, are always left out: the words for a day that will have passed.
    pub passing: usize,
    /// The sentence before it, if without that it is not understood.
    pub leans_on: Option<Span>,
    /// Whether it says what the text is about: it may, and yet not be fit to be quoted alone.
    pub telling: bool,
}

/// What saying again what was chosen costs: more than all the rest together, less than being unfit.
const AGAIN: f64 = 50.0;

/// What being unfit to be quoted costs, once for each unit of unfitness: more than anything else.
const UNFIT: f64 = 100.0;

/// What it costs to be a fragment that cannot be quoted alone: less than being unfit, as it tells something.
const FRAGMENT: f64 = 75.0;

/// What it costs to lean on a sentence that is not chosen. Without it, 24 of 500 French abstracts of two sentences begin with
/// "elle", "ce" and their like, with it 6; ROUGE stays what it is.
const LEANING: f64 = 0.05;

/// How many sentences are chosen one by one, each by what it adds to those before it; more than an abstract holds. The
/// rest follow by what they are worth alone.
const CHOSEN_ONE_BY_ONE: usize = 32;

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
    let ranked = |index: usize, score: f64| Ranked {
        span: sentences[index].span,
        score,
        omissible: Vec::new(),
        passing: 0,
        leans_on: (index > 0 && traits.leans.get(index) == Some(&true))
            .then(|| sentences[index - 1].span),
        telling: traits.unfit.get(index).is_none_or(|&unfit| unfit < 1.0),
    };
    let mut ranking: Vec<Ranked> = order(ranker, &traits)
        .into_iter()
        .map(|(index, score)| ranked(index, score))
        .collect();
    let least = ranking.last().map_or(0.0, |ranked| ranked.score);
    ranking.extend((traits.unfit.len()..sentences.len()).map(|index| ranked(index, least)));
    ranking
}

/// Choose the sentence that is worth most, then the one that adds most to it, and so on. Each with its score, which is
/// kept from rising; that of a fit sentence is never below zero, however little it adds, unless it only says again what
/// those before it say.
fn order(ranker: &Ranker, traits: &Traits) -> Vec<(usize, f64)> {
    let count = traits.unfit.len();
    let first: Vec<f64> = (0..count)
        .map(|index| ranker.first(traits, index))
        .collect();
    let penalty = |index: usize| {
        let unfit = traits.unfit[index];
        let fragment = if traits.fragments[index] {
            FRAGMENT
        } else {
            0.0
        };
        fragment + if unfit < 1.0 { 0.0 } else { UNFIT * unfit }
    };
    let mut chosen = Chosen::none(traits);
    let mut left: Vec<usize> = (0..count).collect();
    let mut order = Vec::with_capacity(left.len());
    let mut bound = f64::INFINITY;
    while !left.is_empty() && order.len() < CHOSEN_ONE_BY_ONE {
        let worth = |&index: &usize| {
            let worth = if order.is_empty() {
                first[index]
            } else {
                ranker.next(&chosen, index)
            };
            let leaning = if chosen.lacks_support(index) {
                LEANING
            } else {
                0.0
            };
            worth - penalty(index) - again(&chosen, index) - leaning
        };
        let worths: Vec<f64> = left.iter().map(worth).collect();
        // The earlier sentence wins a tie.
        let slot = (1..left.len()).fold(
            0,
            |best, at| if worths[at] > worths[best] { at } else { best },
        );
        let index = left.remove(slot);
        bound = bound.min(score(worths[slot], penalty(index) + again(&chosen, index)));
        order.push((index, bound));
        chosen.choose(index);
    }
    left.sort_by(|&a, &b| {
        (first[b] - penalty(b))
            .total_cmp(&(first[a] - penalty(a)))
            .then(a.cmp(&b))
    });
    for index in left {
        bound = bound.min(score(first[index] - penalty(index), penalty(index)));
        order.push((index, bound));
    }
    order
}

/// What it costs a sentence to say again what was chosen.
fn again(chosen: &Chosen<'_>, index: usize) -> f64 {
    if chosen.has_said(index) { AGAIN } else { 0.0 }
}

/// Of a fit sentence at least 0, of an unfit one below.
fn score(worth: f64, penalty: f64) -> f64 {
    if penalty > 0.0 {
        worth.min(-f64::EPSILON)
    } else {
        worth.max(0.0)
    }
}

#[cfg(test)]
mod tests;
