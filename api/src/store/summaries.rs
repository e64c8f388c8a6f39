//! Finding what the summarizer made of articles.

use entity::id::{ArticleId, TopicId};
use entity::job::{self, State};
use entity::{abstraction, abstracts, keyphrase, label, topic};
use sea_orm::prelude::*;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{QueryOrder, QuerySelect, QueryTrait};

use super::rows::Rankings;
use super::{Store, StoreError, rows};

impl Store {
    /// All abstracts of these articles, of every kind.
    pub async fn abstracts(
        &self,
        articles: &[ArticleId],
    ) -> Result<Vec<abstracts::Model>, StoreError> {
        rows::abstracts(&of(articles), Rankings::Read, &self.connection).await
    }

    /// The same with an empty ranking in each: it is most of an abstract, and wanted only for another length.
    pub async fn abstracts_as_stored(
        &self,
        articles: &[ArticleId],
    ) -> Result<Vec<abstracts::Model>, StoreError> {
        rows::abstracts(&of(articles), Rankings::Left, &self.connection).await
    }

    /// What came of saying these articles in a model's own words; none of those that no model was asked about.
    pub async fn abstractions(
        &self,
        articles: &[ArticleId],
    ) -> Result<Vec<abstraction::Model>, StoreError> {
        Ok(abstraction::Entity::find()
            .filter(abstraction::Column::ArticleId.is_in(articles.iter().cloned()))
            .all(&self.connection)
            .await?)
    }

    /// The labels of these articles, each article's by falling score.
    pub async fn labels(&self, articles: &[ArticleId]) -> Result<Vec<label::Model>, StoreError> {
        let select =
            label::Entity::find().filter(label::Column::ArticleId.is_in(articles.iter().cloned()));
        let mut labels = rows::labels(select.as_query(), &self.connection).await?;
        labels.sort_by(|one, other| {
            rows::surest_first(
                (one.score, one.topic_id.as_str()),
                (other.score, other.topic_id.as_str()),
            )
        });
        Ok(labels)
    }

    /// The keyphrases of these articles; nothing of those that were summarised before there were any.
    pub async fn keyphrases(
        &self,
        articles: &[ArticleId],
    ) -> Result<Vec<keyphrase::Model>, StoreError> {
        let select = keyphrase::Entity::find()
            .filter(keyphrase::Column::ArticleId.is_in(articles.iter().cloned()));
        Ok(select.all(&self.connection).await?)
    }

    /// How far the job of each of these articles is.
    pub async fn job_states(
        &self,
        articles: &[ArticleId],
    ) -> Result<Vec<(ArticleId, State)>, StoreError> {
        Ok(job::Entity::find()
            .select_only()
            .columns([job::Column::ArticleId, job::Column::State])
            .filter(job::Column::ArticleId.is_in(articles.iter().cloned()))
            .into_tuple()
            .all(&self.connection)
            .await?)
    }

    /// The topics with these ids, in any order.
    pub async fn topics_by_id(&self, ids: &[TopicId]) -> Result<Vec<topic::Model>, StoreError> {
        let select = topic::Entity::find().filter(topic::Column::Id.is_in(ids.iter().cloned()));
        rows::topics(select.as_query(), &self.connection).await
    }

    /// All topics, in the order of the vocabulary.
    pub async fn topics(&self) -> Result<Vec<topic::Model>, StoreError> {
        let select = topic::Entity::find()
            .order_by_asc(topic::Column::Position)
            .order_by_asc(topic::Column::Id);
        Ok(select.all(&self.connection).await?)
    }
}

fn of(articles: &[ArticleId]) -> SelectStatement {
    abstracts::Entity::find()
        .filter(abstracts::Column::ArticleId.is_in(articles.iter().cloned()))
        .into_query()
}
