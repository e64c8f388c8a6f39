//! Abstracts, labels and topics, read as one.

use chrono::{DateTime, Utc};
use entity::id::{ArticleId, TopicId};
use entity::span::{Ranking, Spans};
use entity::{abstracts, label, topic};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{DatabaseConnection, DbErr};
use serde::Deserialize;

use super::Column::{self, Json, Plain, Share};
use super::{Listed, all, choice, json, share, without};
use crate::store::StoreError;

/// Whether the rankings of sentences are read with abstracts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Rankings {
    /// They are.
    Read,
    /// An empty one stands for each.
    Left,
}

/// The abstracts of a select of the entity, in its order.
pub(in crate::store) async fn abstracts(
    select: &SelectStatement,
    rankings: Rankings,
    connection: &DatabaseConnection,
) -> Result<Vec<abstracts::Model>, StoreError> {
    let columns = AbstractRow::COLUMNS;
    match rankings {
        Rankings::Read => all::<AbstractRow>(select, columns, connection).await,
        Rankings::Left => {
            all::<AbstractRow>(select, &without(columns, "ranking", "[]"), connection).await
        }
    }
}

/// The labels of a select of the entity, in its order.
pub(in crate::store) async fn labels(
    select: &SelectStatement,
    connection: &DatabaseConnection,
) -> Result<Vec<label::Model>, StoreError> {
    all::<LabelRow>(select, LabelRow::COLUMNS, connection).await
}

/// The topics of a select of the entity, in its order.
pub(in crate::store) async fn topics(
    select: &SelectStatement,
    connection: &DatabaseConnection,
) -> Result<Vec<topic::Model>, StoreError> {
    all::<TopicRow>(select, TopicRow::COLUMNS, connection).await
}

#[derive(Deserialize)]
struct AbstractRow {
    article_id: ArticleId,
    kind: String,
    text: String,
    #[serde(deserialize_with = "json")]
    sentences: Spans,
    #[serde(deserialize_with = "json")]
    ranking: Ranking,
    model: String,
    model_version: String,
    text_hash: String,
    created_at: DateTime<Utc>,
}

impl Listed for AbstractRow {
    type Model = abstracts::Model;

    const COLUMNS: &'static [Column] = &[
        Plain("article_id"),
        Plain("kind"),
        Plain("text"),
        Json("sentences"),
        Json("ranking"),
        Plain("model"),
        Plain("model_version"),
        Plain("text_hash"),
        Plain("created_at"),
    ];

    fn model(self) -> Result<abstracts::Model, DbErr> {
        Ok(abstracts::Model {
            article_id: self.article_id,
            kind: choice(&self.kind)?,
            text: self.text,
            sentences: self.sentences,
            ranking: self.ranking,
            model: self.model,
            model_version: self.model_version,
            text_hash: self.text_hash,
            created_at: self.created_at,
        })
    }
}

#[derive(Deserialize)]
struct LabelRow {
    article_id: ArticleId,
    topic_id: TopicId,
    #[serde(deserialize_with = "share")]
    score: f64,
    evidence_start: Option<i32>,
    evidence_end: Option<i32>,
    origin: String,
    model: Option<String>,
    created_at: DateTime<Utc>,
}

impl Listed for LabelRow {
    type Model = label::Model;

    const COLUMNS: &'static [Column] = &[
        Plain("article_id"),
        Plain("topic_id"),
        Share("score"),
        Plain("evidence_start"),
        Plain("evidence_end"),
        Plain("origin"),
        Plain("model"),
        Plain("created_at"),
    ];

    fn model(self) -> Result<label::Model, DbErr> {
        Ok(label::Model {
            article_id: self.article_id,
            topic_id: self.topic_id,
            score: self.score,
            evidence_start: self.evidence_start,
            evidence_end: self.evidence_end,
            origin: choice(&self.origin)?,
            model: self.model,
            created_at: self.created_at,
        })
    }
}

#[derive(Deserialize)]
struct TopicRow {
    id: TopicId,
    name: String,
    #[serde(deserialize_with = "json")]
    names: topic::Names,
    description: String,
    position: i32,
}

impl Listed for TopicRow {
    type Model = topic::Model;

    const COLUMNS: &'static [Column] = &[
        Plain("id"),
        Plain("name"),
        Json("names"),
        Plain("description"),
        Plain("position"),
    ];

    fn model(self) -> Result<topic::Model, DbErr> {
        Ok(topic::Model {
            id: self.id,
            name: self.name,
            names: self.names,
            description: self.description,
            position: self.position,
        })
    }
}
