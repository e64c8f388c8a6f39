//! The topics, as readers of the database know them.

use entity::id::TopicId;
use entity::label;
use entity::topic::{self, Names};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set, TransactionTrait,
};

use super::{Queue, QueueError, while_, writing};
use crate::topic::Vocabulary;

impl Queue {
    /// Write the vocabulary to the database. Topics that are no longer in it go, unless an article has one as label.
    ///
    /// # Errors
    /// [`QueueError`]; then nothing is changed.
    pub async fn save_vocabulary(&self, vocabulary: &Vocabulary) -> Result<(), QueueError> {
        self.try_save_vocabulary(vocabulary)
            .await
            .map_err(while_("saving the topics"))
    }

    async fn try_save_vocabulary(&self, vocabulary: &Vocabulary) -> Result<(), DbErr> {
        let rows = vocabulary
            .topics()
            .iter()
            .enumerate()
            .map(|(position, entry)| {
                let english = |texts: &std::collections::BTreeMap<String, String>| {
                    texts.get("en").cloned().unwrap_or_default()
                };
                topic::ActiveModel {
                    id: Set(TopicId(entry.id.clone())),
                    name: Set(english(&entry.names)),
                    names: Set(Names(entry.names.clone())),
                    description: Set(english(&entry.descriptions)),
                    position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
                }
            });
        let again = OnConflict::column(topic::Column::Id)
            .update_columns([
                topic::Column::Name,
                topic::Column::Names,
                topic::Column::Description,
                topic::Column::Position,
            ])
            .to_owned();
        let transaction = self.database.begin_with_options(writing()).await?;
        topic::Entity::insert_many(rows)
            .on_conflict(again)
            .exec_without_returning(&transaction)
            .await?;
        let kept = vocabulary
            .topics()
            .iter()
            .map(|entry| TopicId(entry.id.clone()));
        let labelled = label::Entity::find()
            .select_only()
            .column(label::Column::TopicId)
            .into_query();
        topic::Entity::delete_many()
            .filter(topic::Column::Id.is_not_in(kept))
            .filter(topic::Column::Id.not_in_subquery(labelled))
            .exec(&transaction)
            .await?;
        transaction.commit().await
    }
}
