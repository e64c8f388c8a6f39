//! Keyphrases: the words by which an article would be looked for.

use sea_orm::FromJsonQueryResult;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::ArticleId;

/// The keyphrases of one article.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "keyphrase")]
pub struct Model {
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: ArticleId,
    /// The phrases, the best first.
    #[sea_orm(column_type = "JsonBinary")]
    pub phrases: Phrases,
    /// When they were found.
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// The phrases of an article, the best first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Phrases(pub Vec<Phrase>);

/// One phrase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// Its words, as they stand in the text.
    pub text: String,
    /// How much the article is about it, compared to its first keyphrase: 0 to 1.
    pub score: f64,
}
