//! From drafts to what may be printed: the guard, then as many sentences as fit.

use std::collections::HashMap;

use super::{AbstractiveError, Draft, Writer};
use crate::abstracts::Budget;
use crate::encoder::{Embedding, Encoder, EncoderError};
use crate::grounding::{Dropped, Grounded, Refusal, Source, Verdict};
use crate::salience::Ranked;
use crate::sentence::{self, Span};
use crate::understanding::Text;

/// What came of the attempt to say a text in a model's own words.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnWords {
    /// The model's name.
    pub model: String,
    /// Version of the model and of the method.
    pub version: String,
    /// What may be printed, or why nothing may.
    pub wording: Wording,
}

/// What may be printed, or why nothing may.
#[derive(Debug, Clone, PartialEq)]
pub enum Wording {
    /// A summary, each sentence of which the text licenses.
    Written(Vec<Grounded>),
    /// None; the abstract of the text's own sentences stands. Says why.
    Refused(String),
}

/// What is known of a text when the model that writes is asked.
pub(crate) struct Known<'a> {
    pub(crate) text: Text<'a>,
    pub(crate) ranking: &'a [Ranked],
    /// Of the first sentences of the body, as many as were encoded; none if the encoder finds any two sentences alike, as
    /// multilingual ones do: then words alone decide.
    pub(crate) embeddings: &'a [Embedding],
    pub(crate) budget: Budget,
}

/// Let the model write about a text, and keep what the text licenses. A failure of the model is a reason, no error:
/// the abstract of the text's own sentences stands then.
///
/// # Errors
/// [`EncoderError`] when the drafts cannot be compared with the text, or the model that writes is gone.
pub(crate) async fn say(
    writer: &Writer,
    encoder: &Encoder,
    known: Known<'_>,
) -> Result<OwnWords, EncoderError> {
    let model = writer.identity();
    let wording = if model.knows(known.text.language) {
        match writer.write(known.text.body).await {
            Ok(drafts) => judge(drafts, encoder, &known).await?,
            // Not the article's fault: it must not be remembered as tried.
            Err(AbstractiveError::Stopped) => return Err(EncoderError::Stopped),
            Err(error) => {
                tracing::warn!(%error, "the article's own sentences stand");
                Wording::Refused(error.to_string())
            }
        }
    } else {
        Wording::Refused(format!(
            "{} does not write “{}”",
            model.name, known.text.language
        ))
    };
    Ok(OwnWords {
        model: model.name.clone(),
        version: model.version.clone(),
        wording,
    })
}

async fn judge(
    drafts: Vec<Draft>,
    encoder: &Encoder,
    known: &Known<'_>,
) -> Result<Wording, EncoderError> {
    let source = Source::read(known.text.title, known.text.body, known.text.language, None);
    let mut kept: Vec<Grounded> = Vec::new();
    let mut dropped: Vec<Dropped> = Vec::new();
    let mut sentences = 0;
    let several = drafts.len() > 1;
    for draft in drafts {
        let text = finished(&draft);
        let likeness = likeness(&text, encoder, known.embeddings).await?;
        match source.judge(&text, |number| likeness.get(number).copied().flatten()) {
            Verdict::Licensed {
                kept: more,
                dropped: less,
            } => {
                sentences += more.len() + less.len();
                kept.extend(more);
                dropped.extend(less);
            }
            Verdict::Refused(refusal) => {
                sentences += refusal.sentences;
                dropped.extend(refusal.dropped);
            }
        }
    }
    let chosen = if several {
        by_salience(kept, known)
    } else {
        within(kept, known.budget)
    };
    if chosen.is_empty() {
        return Ok(Wording::Refused(Refusal { dropped, sentences }.to_string()));
    }
    Ok(Wording::Written(chosen))
}

/// A draft without the sentence in whose midst the model was stopped; whole if it has no other.
fn finished(draft: &Draft) -> String {
    let sentences = sentence::split(&draft.text);
    match sentences.split_last() {
        Some((_, before)) if draft.unfinished && !before.is_empty() => before
            .iter()
            .map(|sentence| sentence.text)
            .collect::<Vec<_>>()
            .join(" "),
        _ => draft.text.clone(),
    }
}

/// For each sentence, its likeness in meaning to the nearest of the body.
async fn likeness(
    text: &str,
    encoder: &Encoder,
    body: &[Embedding],
) -> Result<Vec<Option<f64>>, EncoderError> {
    if body.is_empty() {
        return Ok(Vec::new());
    }
    let sentences: Vec<String> = sentence::split(text)
        .iter()
        .map(|sentence| sentence.text.to_owned())
        .collect();
    let embeddings = encoder.encode(sentences).await?;
    let nearest = |one: &Embedding| {
        body.iter()
            .map(|other| one.similarity(other))
            .max_by(f64::total_cmp)
    };
    Ok(embeddings.iter().map(nearest).collect())
}

/// As many sentences as fit, from the first on. What a model says first it holds to be most telling.
fn within(sentences: Vec<Grounded>, mut room: Budget) -> Vec<Grounded> {
    sentences
        .into_iter()
        .take_while(|sentence| room.takes(&sentence.text))
        .collect()
}

/// Of the drafts of several chunks: the sentences that stand on the most salient ones of the body, each of which is said
/// once, in the order in which the body has them.
fn by_salience(sentences: Vec<Grounded>, known: &Known<'_>) -> Vec<Grounded> {
    // By where a sentence ends: a dateline at its beginning is no part of what is ranked.
    let rank: HashMap<usize, usize> = known
        .ranking
        .iter()
        .enumerate()
        .map(|(at, ranked)| (ranked.span.end, at))
        .collect();
    let best = |sentence: &Grounded| {
        let ranks = sentence
            .support
            .iter()
            .filter_map(|span| rank.get(&span.end));
        ranks.min().copied().unwrap_or(usize::MAX)
    };
    let mut order: Vec<Grounded> = sentences;
    order.sort_by_key(|sentence| best(sentence));
    let mut room = known.budget;
    let mut chosen: Vec<Grounded> = Vec::new();
    for sentence in order {
        let again = chosen
            .iter()
            .any(|before| before.text == sentence.text || before.support == sentence.support);
        if !again && room.takes(&sentence.text) {
            chosen.push(sentence);
        }
    }
    chosen.sort_by_key(|sentence| sentence.support.first().copied());
    chosen
}

impl OwnWords {
    /// The summary as one text, if there is one.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        match &self.wording {
            Wording::Written(sentences) => Some(
                sentences
                    .iter()
                    .map(|sentence| sentence.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            ),
            Wording::Refused(_) => None,
        }
    }

    /// The sentences of the body that support the summary, in its order, each once.
    #[must_use]
    pub fn support(&self) -> Vec<Span> {
        let mut places = match &self.wording {
            Wording::Written(sentences) => sentences
                .iter()
                .flat_map(|sentence| sentence.support.clone())
                .collect(),
            Wording::Refused(_) => Vec::new(),
        };
        places.sort_unstable();
        places.dedup();
        places
    }
}
