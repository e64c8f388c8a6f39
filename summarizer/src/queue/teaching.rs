//! What editors taught: the labels they set, and what was learned from them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use entity::id::{ArticleId, TopicId};
use entity::{article, embedding, head, label};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationTrait, Set,
};

use super::{Queue, QueueError, while_};
use crate::encoder::Embedding;
use crate::topic::{Head, Learned};

/// When what was learned for a model was learned, by its name.
pub type LearnedAt = BTreeMap<String, DateTime<Utc>>;

/// An article whose topics an editor set.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// Its language.
    pub language: String,
    /// Its embedding.
    pub embedding: Embedding,
    /// Ids of the topics that it was given; may be none.
    pub topics: BTreeSet<String>,
}

impl Queue {
    /// The articles whose topics an editor set and that have an embedding by this model, in the order of their ids.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn edited(&self, model: &str) -> Result<Vec<Edited>, QueueError> {
        let rows: Vec<(ArticleId, String, Vec<u8>)> = embedding::Entity::find()
            .select_only()
            .column(embedding::Column::ArticleId)
            .column(article::Column::Language)
            .column(embedding::Column::Vector)
            .join(JoinType::InnerJoin, embedding::Relation::Article.def())
            .filter(embedding::Column::Model.eq(model))
            .filter(article::Column::LabelsSetAt.is_not_null())
            .order_by_asc(embedding::Column::ArticleId)
            .into_tuple()
            .all(&self.database)
            .await
            .map_err(while_("reading what editors labelled"))?;
        let labels: Vec<(ArticleId, TopicId)> = label::Entity::find()
            .select_only()
            .column(label::Column::ArticleId)
            .column(label::Column::TopicId)
            .filter(label::Column::Origin.eq(label::Origin::Editor))
            .into_tuple()
            .all(&self.database)
            .await
            .map_err(while_("reading the editors' labels"))?;
        let mut topics: BTreeMap<ArticleId, BTreeSet<String>> = BTreeMap::new();
        for (article, topic) in labels {
            topics.entry(article).or_default().insert(topic.0);
        }
        let rows = rows.into_iter();
        Ok(rows
            .map(|(article, language, bytes)| Edited {
                language,
                embedding: Embedding::from_bytes(&bytes),
                topics: topics.remove(&article).unwrap_or_default(),
            })
            .collect())
    }

    /// Keep what was learned for a model in the place of what was learned before; forget that, if nothing better was.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn keep_learned(&self, model: &str, learned: &Learned) -> Result<(), QueueError> {
        let Some(found) = &learned.head else {
            head::Entity::delete_by_id(model.to_owned())
                .exec(&self.database)
                .await
                .map_err(while_("forgetting what was learned"))?;
            return Ok(());
        };
        let row = head::ActiveModel {
            model: Set(model.to_owned()),
            weights: Set(found.to_text()),
            articles: Set(i32::try_from(learned.articles).unwrap_or(i32::MAX)),
            agreement_before: Set(learned.zero_shot.all),
            agreement: Set(learned.taught.all),
            learned_at: Set(self.now()),
        };
        let again = OnConflict::column(head::Column::Model)
            .update_columns([
                head::Column::Weights,
                head::Column::Articles,
                head::Column::AgreementBefore,
                head::Column::Agreement,
                head::Column::LearnedAt,
            ])
            .to_owned();
        head::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&self.database)
            .await
            .map_err(while_("keeping what was learned"))?;
        Ok(())
    }

    /// When what is kept was learned.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn learned_at(&self) -> Result<LearnedAt, QueueError> {
        let rows: Vec<(String, DateTime<Utc>)> = head::Entity::find()
            .select_only()
            .columns([head::Column::Model, head::Column::LearnedAt])
            .into_tuple()
            .all(&self.database)
            .await
            .map_err(while_("looking whether something was learned"))?;
        Ok(rows.into_iter().collect())
    }

    /// What was learned, by the name of the model. What cannot be read (a newer program wrote it) is left out, and said
    /// in the log.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn learned(&self) -> Result<BTreeMap<String, Head>, QueueError> {
        let rows = head::Entity::find()
            .all(&self.database)
            .await
            .map_err(while_("reading what was learned"))?;
        let read = rows.into_iter().filter_map(|row| {
            let head = Head::from_text(&row.weights)
                .inspect_err(|error| {
                    tracing::warn!(model = row.model, %error, "what was learned from editors cannot be read");
                })
                .ok()?;
            Some((row.model, head))
        });
        Ok(read.collect())
    }
}
