//! What the archive knows of its articles without reading them again.

use entity::{article, embedding};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait};

use super::{Queue, QueueError, while_};
use crate::encoder::Embedding;

impl Queue {
    /// The language and the embedding of every article that has one by this model.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn embeddings(&self, model: &str) -> Result<Vec<(String, Embedding)>, QueueError> {
        let rows: Vec<(String, Vec<u8>)> = embedding::Entity::find()
            .select_only()
            .column(article::Column::Language)
            .column(embedding::Column::Vector)
            .join(JoinType::InnerJoin, embedding::Relation::Article.def())
            .filter(embedding::Column::Model.eq(model))
            .into_tuple()
            .all(&self.database)
            .await
            .map_err(while_("reading the embeddings"))?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|(language, bytes)| (language, Embedding::from_bytes(&bytes)))
            .collect())
    }
}
