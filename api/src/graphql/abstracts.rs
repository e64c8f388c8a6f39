//! `Abstract`.

use std::sync::Arc;

use async_graphql::{Context, Enum, Error, Object};
use chrono::{DateTime, Utc};
use entity::{abstracts, article, job};

use super::loader::{JobStateOf, load};
use super::sentence::Sentence;

/// A short summary of an article.
pub(super) struct Abstract {
    pub(super) article: Arc<article::Model>,
    pub(super) row: abstracts::Model,
}

/// How an abstract was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "abstracts::Kind")]
enum AbstractKind {
    /// Of sentences of the article itself, letter for letter.
    Extractive,
    /// In a model's own words, each fact of which is in the article.
    Abstractive,
    /// Written by an editor.
    Edited,
}

impl Abstract {
    /// The abstract to show of those there are: an editor's before a model's.
    pub(super) fn best(article: &Arc<article::Model>, rows: Vec<abstracts::Model>) -> Option<Self> {
        let rank = |kind| match kind {
            abstracts::Kind::Edited => 0,
            abstracts::Kind::Abstractive => 1,
            abstracts::Kind::Extractive => 2,
        };
        let row = rows.into_iter().min_by_key(|row| rank(row.kind))?;
        Some(Self {
            article: article.clone(),
            row,
        })
    }
}

/// A short summary of an article.
#[Object]
impl Abstract {
    /// The summary: sentences of the article in the order they stand there, unless `kind` says otherwise. It ends
    /// with "…" where a sentence had to be cut.
    async fn text(&self) -> &str {
        &self.row.text
    }

    /// How it was made.
    async fn kind(&self) -> AbstractKind {
        self.row.kind.into()
    }

    /// The sentences of the article that it is made of, and where in `body` they stand.
    async fn sentences(&self) -> Vec<Sentence> {
        let of = |span: &entity::span::Span| {
            Sentence::of(&self.article.body, span.start as i32, span.end as i32)
        };
        self.row.sentences.0.iter().map(of).collect()
    }

    /// Name of the model that made it.
    async fn model(&self) -> &str {
        &self.row.model
    }

    /// Version of the model and of the method: the same text and version give the same abstract.
    async fn model_version(&self) -> &str {
        &self.row.model_version
    }

    /// Whether the article changed since, or a new abstract was ordered. A model's is then under way; an editor's
    /// stays until it is edited again.
    async fn stale(&self, context: &Context<'_>) -> Result<bool, Error> {
        if self.row.text_hash != self.article.text_hash {
            return Ok(true);
        }
        if self.row.kind == abstracts::Kind::Edited {
            return Ok(false);
        }
        let state = load(context, JobStateOf(self.article.id.clone())).await?;
        Ok(matches!(
            state,
            Some(job::State::Queued | job::State::Running)
        ))
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }
}
