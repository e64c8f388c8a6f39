//! The topics, as readers of the database know them.

use entity::id::TopicId;
use entity::label;
use entity::topic::{self, Names};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set, TransactionTrait,
};

use super::{Queue, QueueError, while_, writing};
use crate::topic::{Topic, Vocabulary};

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
            .map(|(position, entry)| topic::ActiveModel {
                id: Set(TopicId(entry.id.clone())),
                name: Set(entry.name("en").to_owned()),
                names: Set(Names(names(entry))),
                description: Set(entry.description("en").to_owned()),
                position: Set(i32::try_from(position).unwrap_or(i32::MAX)),
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

/// By language; in English whatever it is called, if it has no English name.
fn names(topic: &Topic) -> std::collections::BTreeMap<String, String> {
    let mut names = topic.names.clone();
    names
        .entry("en".to_owned())
        .or_insert_with(|| topic.name("en").to_owned());
    names
}
