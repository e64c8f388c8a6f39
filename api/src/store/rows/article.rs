//! Articles, read as one.

use chrono::{DateTime, NaiveDate, Utc};
use entity::article;
use entity::id::{ArticleId, PageId};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{DatabaseConnection, DbErr, Iterable};
use serde::Deserialize;

use super::Column::{self, Plain};
use super::{Listed, all, choice, without};
use crate::store::StoreError;

/// Whether the bodies of articles are read with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Bodies {
    /// They are.
    Read,
    /// An empty text stands for each.
    Left,
}

/// The articles of a select of the entity, in its order.
pub(in crate::store) async fn articles(
    mut select: SelectStatement,
    bodies: Bodies,
    connection: &DatabaseConnection,
) -> Result<Vec<article::Model>, StoreError> {
    if bodies == Bodies::Read {
        return all::<Row>(&select, Row::COLUMNS, connection).await;
    }
    let columns = article::Column::iter().filter(|column| !matches!(column, article::Column::Body));
    select
        .clear_selects()
        .columns(columns.map(|column| (article::Entity, column)));
    all::<Row>(&select, &without(Row::COLUMNS, "body", ""), connection).await
}

#[derive(Deserialize)]
struct Row {
    id: ArticleId,
    page_id: PageId,
    position: i32,
    slug: String,
    title: String,
    language: String,
    published_on: Option<NaiveDate>,
    date_basis: Option<String>,
    body: String,
    word_count: i32,
    fingerprint: String,
    text_hash: String,
    duplicate_of: Option<ArticleId>,
    ingested_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    title_key: String,
    hidden_at: Option<DateTime<Utc>>,
    merged_into: Option<ArticleId>,
    labels_set_at: Option<DateTime<Utc>>,
    story_id: Option<ArticleId>,
}

impl Listed for Row {
    type Model = article::Model;

    const COLUMNS: &'static [Column] = &[
        Plain("id"),
        Plain("page_id"),
        Plain("position"),
        Plain("slug"),
        Plain("title"),
        Plain("language"),
        Plain("published_on"),
        Plain("date_basis"),
        Plain("body"),
        Plain("word_count"),
        Plain("fingerprint"),
        Plain("text_hash"),
        Plain("duplicate_of"),
        Plain("ingested_at"),
        Plain("changed_at"),
        Plain("title_key"),
        Plain("hidden_at"),
        Plain("merged_into"),
        Plain("labels_set_at"),
        Plain("story_id"),
    ];

    fn model(self) -> Result<article::Model, DbErr> {
        Ok(article::Model {
            id: self.id,
            page_id: self.page_id,
            position: self.position,
            slug: self.slug,
            title: self.title,
            language: self.language,
            published_on: self.published_on,
            date_basis: self.date_basis.as_ref().map(choice).transpose()?,
            body: self.body,
            word_count: self.word_count,
            fingerprint: self.fingerprint,
            text_hash: self.text_hash,
            duplicate_of: self.duplicate_of,
            ingested_at: self.ingested_at,
            changed_at: self.changed_at,
            title_key: self.title_key,
            hidden_at: self.hidden_at,
            merged_into: self.merged_into,
            labels_set_at: self.labels_set_at,
            story_id: self.story_id,
        })
    }
}
