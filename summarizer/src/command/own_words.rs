//! What a model wrote in its own words, as `text` prints it.

use serde::Serialize;
use summarizer::abstractive::{OwnWords, Wording};

use super::text::Quotation;

/// An abstract in a model's own words, or why there is none.
#[derive(Serialize)]
pub(super) struct OwnWordsReport {
    model: String,
    version: String,
    text: Option<String>,
    sentences: Vec<GroundReport>,
    refused: Option<String>,
}

#[derive(Serialize)]
struct GroundReport {
    text: String,
    support: Vec<Quotation>,
}

impl OwnWordsReport {
    pub(super) fn of(attempt: &OwnWords, body: &str) -> Self {
        let (sentences, refused) = match &attempt.wording {
            Wording::Written(sentences) => (sentences.as_slice(), None),
            Wording::Refused(reason) => (&[][..], Some(reason.clone())),
        };
        let sentences = sentences.iter().map(|sentence| GroundReport {
            text: sentence.text.clone(),
            support: sentence
                .support
                .iter()
                .map(|&span| Quotation::of(body, span))
                .collect(),
        });
        Self {
            model: attempt.model.clone(),
            version: attempt.version.clone(),
            text: attempt.text(),
            sentences: sentences.collect(),
            refused,
        }
    }

    /// For people: what it wrote, or why that is not shown; what it is made of follows.
    pub(super) fn plain(&self) -> String {
        match (&self.text, &self.refused) {
            (Some(text), _) => {
                format!(
                    "{text}\n\nby {} from the text, whose own sentences are:\n",
                    self.model
                )
            }
            (None, Some(reason)) => {
                format!(
                    "{} is not shown: {reason}; the text's own sentences are:\n",
                    self.model
                )
            }
            (None, None) => String::new(),
        }
    }
}
