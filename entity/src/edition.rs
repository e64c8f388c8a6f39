//! An edition: one issue of a digest that was sent.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ArticleId, EditionId};

/// One issue of a digest that was sent.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "edition")]
pub struct Model {
    /// Of the digest's name and its articles: the same selection again has the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EditionId,
    /// Name of the digest.
    pub name: String,
    /// First day of its period.
    pub period_from: Date,
    /// Last day of its period.
    pub period_to: Date,
    /// Its articles, the others of its stories too.
    #[sea_orm(column_type = "JsonBinary")]
    pub articles: Articles,
    /// When it was last sent.
    pub sent_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The articles of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Articles(pub Vec<ArticleId>);
