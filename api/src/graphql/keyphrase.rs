//! `Keyphrase`.

use async_graphql::SimpleObject;
use entity::keyphrase::Phrase;

/// A phrase by which an article would be looked for.
#[derive(SimpleObject)]
pub(super) struct Keyphrase {
    /// Its words, as they stand in the title or the body.
    text: String,
    /// How much the article is about it, compared to its first keyphrase: 0 to 1.
    score: f64,
}

impl From<Phrase> for Keyphrase {
    fn from(phrase: Phrase) -> Self {
        Self {
            text: phrase.text,
            score: phrase.score,
        }
    }
}
