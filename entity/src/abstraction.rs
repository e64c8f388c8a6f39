//! What came of saying an article in a model's own words.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::ArticleId;
use crate::span::Span;

/// The last attempt at an abstract in a model's own words; at most one an article.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "abstraction")]
pub struct Model {
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: ArticleId,
    /// Why what the model wrote was not kept; none exactly when there is an abstract of the kind `ABSTRACTIVE`.
    pub refused: Option<String>,
    /// The sentences that were kept, each with what supports it.
    #[sea_orm(column_type = "JsonBinary")]
    pub sentences: Grounds,
    /// Name of the model that wrote.
    pub model: String,
    /// Version of the model and of the method.
    pub model_version: String,
    /// The article's `text_hash` at the time.
    pub text_hash: String,
    /// When it was.
    pub created_at: DateTimeUtc,
    /// The article.
    #[sea_orm(belongs_to, from = "article_id", to = "id")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// A sentence of a model and the sentences of the body that support it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// What the model says.
    pub text: String,
    /// Where in the body it stands, in its order.
    pub support: Vec<Span>,
}

/// The sentences of an abstract in the order they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Grounds(pub Vec<Ground>);
