//! `Label`.

use std::sync::Arc;

use async_graphql::{Context, Enum, Error, Object};
use entity::{article, label};

use super::date::Moment;
use super::error::internal;
use super::loader::{TopicOf, load};
use super::sentence::Sentence;
use super::topic::Topic;
use crate::store::StoreError;

/// A topic assigned to an article.
pub(super) struct Label {
    pub(super) article: Arc<article::Model>,
    pub(super) row: label::Model,
}

/// Who assigned a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "label::Origin")]
enum LabelOrigin {
    /// The summarizer, by what the article says.
    Model,
    /// An editor.
    Editor,
}

/// A topic assigned to an article.
#[Object]
impl Label {
    /// How sure it is, from 0 to 1.
    async fn score(&self) -> f64 {
        self.row.score
    }

    /// The topic.
    async fn topic(&self, context: &Context<'_>) -> Result<Topic, Error> {
        let topic = load(context, TopicOf(self.row.topic_id.clone())).await?;
        // A foreign key holds the topic; it can only be missing in a damaged database.
        topic.map(Topic).ok_or_else(|| {
            internal(StoreError::Damaged(format!(
                "topic {} is gone",
                self.row.topic_id
            )))
        })
    }

    /// The sentence of the article that speaks for the topic most; none for an editor's label.
    async fn evidence(&self) -> Option<Sentence> {
        let (start, end) = self.row.evidence_start.zip(self.row.evidence_end)?;
        Some(Sentence::of(&self.article.body, start, end))
    }

    /// Who assigned it.
    async fn origin(&self) -> LabelOrigin {
        self.row.origin.into()
    }

    /// Name of the model that assigned it; none for an editor's label.
    async fn model(&self) -> Option<&str> {
        self.row.model.as_deref()
    }

    /// When it was assigned.
    async fn created_at(&self) -> Moment {
        Moment(self.row.created_at)
    }
}
