//! Counting what is there.

use chrono::{DateTime, Utc};
use entity::id::TopicId;
use entity::job::{self, State};
use entity::{abstracts, article, label, line, page};
use sea_orm::prelude::*;
use sea_orm::{Iterable, JoinType, QueryOrder, QuerySelect};

use super::{Store, StoreError};

/// How the archive stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallies {
    /// Pages stored, older versions among them.
    pub pages: u64,
    /// Articles shown by default: those that repeat no other and are not hidden.
    pub articles: u64,
    /// Articles that repeat another's text.
    pub duplicates: u64,
    /// Articles that an editor hid.
    pub hidden: u64,
    /// Lines that went to no article; blank lines do not count.
    pub rejected_lines: u64,
    /// Jobs by state; states with none are there too.
    pub jobs: Vec<(State, u64)>,
    /// Models that made abstracts.
    pub models: Vec<ModelTally>,
    /// When a page was last ingested.
    pub last_ingested_at: Option<DateTime<Utc>>,
}

/// What one model made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelTally {
    /// Name of the model.
    pub name: String,
    /// Version of the model and of the method.
    pub version: String,
    /// Articles whose abstract it made.
    pub articles: u64,
}

/// A database counts in signed numbers; nothing counted is negative.
fn natural(count: i64) -> u64 {
    count.unsigned_abs()
}

impl Store {
    /// How the archive stands, each figure at the moment it was counted.
    pub async fn tallies(&self) -> Result<Tallies, StoreError> {
        let connection = &self.connection;
        let by_state: Vec<(State, i64)> = job::Entity::find()
            .select_only()
            .column(job::Column::State)
            .column_as(job::Column::ArticleId.count(), "articles")
            .group_by(job::Column::State)
            .into_tuple()
            .all(connection)
            .await?;
        let in_state = |state| {
            by_state
                .iter()
                .find(|(found, _)| *found == state)
                .map_or(0, |(_, count)| natural(*count))
        };
        let models: Vec<(String, String, i64)> = abstracts::Entity::find()
            .select_only()
            .columns([abstracts::Column::Model, abstracts::Column::ModelVersion])
            .column_as(abstracts::Column::ArticleId.count(), "articles")
            .group_by(abstracts::Column::Model)
            .group_by(abstracts::Column::ModelVersion)
            .order_by_asc(abstracts::Column::Model)
            .order_by_asc(abstracts::Column::ModelVersion)
            .into_tuple()
            .all(connection)
            .await?;
        let duplicate = article::Column::DuplicateOf;
        Ok(Tallies {
            pages: page::Entity::find().count(connection).await?,
            articles: article::Entity::find()
                .filter(duplicate.is_null())
                .filter(article::Column::HiddenAt.is_null())
                .count(connection)
                .await?,
            duplicates: article::Entity::find()
                .filter(duplicate.is_not_null())
                .count(connection)
                .await?,
            hidden: article::Entity::find()
                .filter(article::Column::HiddenAt.is_not_null())
                .count(connection)
                .await?,
            // Those that were rejected, as the database holds; an index has them, which none has by their fate.
            rejected_lines: line::Entity::find()
                .filter(line::Column::ArticleId.is_null())
                .count(connection)
                .await?,
            jobs: State::iter()
                .map(|state| (state, in_state(state)))
                .collect(),
            models: models
                .into_iter()
                .map(|(name, version, articles)| ModelTally {
                    name,
                    version,
                    articles: natural(articles),
                })
                .collect(),
            last_ingested_at: page::Entity::find()
                .select_only()
                .column(page::Column::IngestedAt)
                .order_by_desc(page::Column::IngestedAt)
                .into_tuple()
                .one(connection)
                .await?,
        })
    }

    /// How many articles, duplicates and hidden ones left out, each of these topics labels; topics that label none are missing.
    pub async fn articles_per_topic(
        &self,
        topics: &[TopicId],
    ) -> Result<Vec<(TopicId, u64)>, StoreError> {
        let counted: Vec<(TopicId, i64)> = label::Entity::find()
            .select_only()
            .column(label::Column::TopicId)
            .column_as(label::Column::ArticleId.count(), "articles")
            .join(JoinType::InnerJoin, label::Relation::Article.def())
            .filter(label::Column::TopicId.is_in(topics.iter().cloned()))
            .filter(article::Column::DuplicateOf.is_null())
            .filter(article::Column::HiddenAt.is_null())
            .group_by(label::Column::TopicId)
            .into_tuple()
            .all(&self.connection)
            .await?;
        Ok(counted
            .into_iter()
            .map(|(topic, articles)| (topic, natural(articles)))
            .collect())
    }
}
