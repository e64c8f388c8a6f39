//! The short summary of an article. (`abstract` is a reserved word of Rust.)

use sea_orm::entity::prelude::*;

use crate::id::ArticleId;
use crate::span::{Ranking, Spans};

/// A short summary of one article; at most one of each kind.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "abstract")]
pub struct Model {
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: ArticleId,
    /// How it was made.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: Kind,
    /// What a reader reads.
    pub text: String,
    /// Where in the body its sentences stand.
    #[sea_orm(column_type = "JsonBinary")]
    pub sentences: Spans,
    /// All sentences of the body, most salient first.
    #[sea_orm(column_type = "JsonBinary")]
    pub ranking: Ranking,
    /// Name of the model that made it.
    pub model: String,
    /// Version of the model and of the method.
    pub model_version: String,
    /// The article's `text_hash` when it was made: another one now means that it is stale.
    pub text_hash: String,
    /// When it was made; making the same once more leaves it.
    pub created_at: DateTimeUtc,
    /// The article.
    #[sea_orm(belongs_to, from = "article_id", to = "id")]
    pub article: BelongsTo<super::article::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// How an abstract was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Kind {
    /// Of sentences of the body.
    #[sea_orm(string_value = "EXTRACTIVE")]
    Extractive,
    /// In a model's own words.
    #[sea_orm(string_value = "ABSTRACTIVE")]
    Abstractive,
    /// By an editor.
    #[sea_orm(string_value = "EDITED")]
    Edited,
}

impl Kind {
    /// Which abstract of an article is shown: the one of the least.
    pub fn precedence(self) -> u8 {
        match self {
            Self::Edited => 0,
            Self::Abstractive => 1,
            Self::Extractive => 2,
        }
    }
}
