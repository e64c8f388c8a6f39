//! A label: a topic assigned to an article.

use sea_orm::entity::prelude::*;

use crate::id::{ArticleId, TopicId};

/// A topic assigned to an article.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "label")]
pub struct Model {
    /// The article.
    #[sea_orm(primary_key, auto_increment = false)]
    pub article_id: ArticleId,
    /// The topic.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: TopicId,
    /// How sure, 0 to 1; 1 for an editor's.
    pub score: f64,
    /// First scalar value of the sentence of the body that speaks for it most.
    pub evidence_start: Option<i32>,
    /// One past the last; given exactly with the first.
    pub evidence_end: Option<i32>,
    /// Who assigned it.
    pub origin: Origin,
    /// Name of the model that assigned it; none for an editor's.
    pub model: Option<String>,
    /// When it was assigned.
    pub created_at: DateTimeUtc,
    /// The article.
    #[sea_orm(belongs_to, from = "article_id", to = "id")]
    pub article: BelongsTo<super::article::Entity>,
    /// The topic.
    #[sea_orm(belongs_to, from = "topic_id", to = "id")]
    pub topic: BelongsTo<super::topic::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}

/// Who assigned a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Origin {
    /// The summarizer; replaced when it runs again.
    #[sea_orm(string_value = "MODEL")]
    Model,
    /// An editor; survives re-runs.
    #[sea_orm(string_value = "EDITOR")]
    Editor,
}
