//! The row of an embedding.

use chrono::{DateTime, Utc};
use entity::embedding;
use entity::id::ArticleId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{DatabaseTransaction, DbErr, EntityTrait, Set};

use crate::encoder::Embedding;

/// Which article's embedding it is, of which text, and who made it.
pub(super) struct Vector<'a> {
    pub(super) article: &'a ArticleId,
    pub(super) text_hash: &'a str,
    pub(super) model: &'a str,
    pub(super) version: &'a str,
    /// Whether texts of different languages lie in the model's space.
    pub(super) multilingual: bool,
    pub(super) now: DateTime<Utc>,
}

impl Vector<'_> {
    /// Save it in the place of the one that the model made before.
    pub(super) async fn save(
        &self,
        transaction: &DatabaseTransaction,
        vector: &Embedding,
    ) -> Result<(), DbErr> {
        let values = vector.values();
        let row = embedding::ActiveModel {
            article_id: Set(self.article.clone()),
            model: Set(self.model.to_owned()),
            model_version: Set(self.version.to_owned()),
            multilingual: Set(self.multilingual),
            dimension: Set(i32::try_from(values.len()).unwrap_or(i32::MAX)),
            vector: Set(values
                .iter()
                .flat_map(|value| value.to_le_bytes())
                .collect()),
            text_hash: Set(self.text_hash.to_owned()),
            created_at: Set(self.now),
        };
        let again = OnConflict::columns([embedding::Column::ArticleId, embedding::Column::Model])
            .update_columns([
                embedding::Column::ModelVersion,
                embedding::Column::Multilingual,
                embedding::Column::Dimension,
                embedding::Column::Vector,
                embedding::Column::TextHash,
                embedding::Column::CreatedAt,
            ])
            .to_owned();
        embedding::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(transaction)
            .await?;
        Ok(())
    }
}
