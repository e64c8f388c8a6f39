//! `Abstraction`: what came of saying an article in a model's own words.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use entity::{abstraction, article};

use super::date::Moment;
use super::sentence::Sentence;

/// What came of saying an article in a model's own words.
pub(super) struct Abstraction {
    /// The article.
    pub(super) article: Arc<article::Model>,
    /// The attempt.
    pub(super) row: abstraction::Model,
}

/// A sentence of a model, and what it stands on.
#[derive(SimpleObject)]
struct AbstractionSentence {
    /// What the model says.
    text: String,
    /// The sentences of the article that support it.
    support: Vec<Sentence>,
}

/// What came of saying an article in a model's own words: an abstract that the article licenses, or why there is none.
#[Object]
impl Abstraction {
    /// Why what the model wrote is not shown; none if it is. `abstract` is then made of the article's own sentences.
    async fn refused(&self) -> Option<&str> {
        self.row.refused.as_deref()
    }

    /// The sentences that are shown, each with what supports it. None while the article has another text than then.
    async fn sentences(&self) -> Vec<AbstractionSentence> {
        if self.row.text_hash != self.article.text_hash {
            return Vec::new();
        }
        let place = |place: u32| i32::try_from(place).unwrap_or(i32::MAX);
        let body = &self.article.body;
        let all = self.row.sentences.0.iter();
        all.map(|ground| AbstractionSentence {
            text: ground.text.clone(),
            support: ground
                .support
                .iter()
                .map(|span| Sentence::of(body, place(span.start), place(span.end)))
                .collect(),
        })
        .collect()
    }

    /// Name of the model.
    async fn model(&self) -> &str {
        &self.row.model
    }

    /// Version of the model and of the method.
    async fn model_version(&self) -> &str {
        &self.row.model_version
    }

    /// When it was.
    async fn created_at(&self) -> Moment {
        Moment(self.row.created_at)
    }
}
