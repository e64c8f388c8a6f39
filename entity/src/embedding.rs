//! The embedding of an article: a point near those of articles that say the like.

use sea_orm::entity::prelude::*;

use crate::id::ArticleId;

/// The embedding of one article by one model.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "embedding")]
pub struct Model {
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: ArticleId,
    /// Name of the model: vectors of different models do not compare.
    #[sea_orm(primary_key, auto_increment = false)]
    pub model: String,
    /// Version of the model and of the method.
    pub model_version: String,
    /// Whether texts of different languages lie in the model's space: then any two articles that have such an embedding
    /// compare.
    pub multilingual: bool,
    /// How many numbers.
    pub dimension: i32,
    /// The numbers: 32-bit floats, little-endian, of Euclidean length 1.
    pub vector: Vec<u8>,
    /// The article's `text_hash` when it was computed.
    pub text_hash: String,
    /// When it was computed.
    pub created_at: DateTimeUtc,
    /// The article.
    #[sea_orm(belongs_to, from = "article_id", to = "id")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
