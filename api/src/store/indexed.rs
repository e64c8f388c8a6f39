//! Articles with all that the index wants to know of them.

use std::cmp::Reverse;
use std::collections::HashMap;

use entity::id::{ArticleId, PageId, TopicId};
use entity::{abstracts, article, embedding, label, page};
use sea_orm::prelude::*;
use sea_orm::{FromQueryResult, QueryOrder, QuerySelect};

use super::{Store, StoreError};

/// An article and what hangs on it.
#[derive(Clone, Debug)]
pub struct Indexed {
    /// The article.
    pub article: article::Model,
    /// Where its page came from.
    pub source: String,
    /// The text of the abstract that is shown: an editor's before a model's.
    pub summary: Option<String>,
    /// Its topics.
    pub topics: Vec<TopicId>,
    /// Its embedding, see [`Store::embeddings`]: the model and the numbers.
    pub embedding: Option<(String, Vec<f32>)>,
}

/// An embedding of an article.
#[derive(Clone, Debug, PartialEq, FromQueryResult)]
struct Vector {
    article_id: ArticleId,
    model: String,
    vector: Vec<u8>,
}

#[derive(FromQueryResult)]
struct Summary {
    article_id: ArticleId,
    kind: abstracts::Kind,
    text: String,
}

impl Store {
    /// Those of these articles that are there, in any order, by a fixed number of statements.
    pub async fn indexed(&self, ids: &[ArticleId]) -> Result<Vec<Indexed>, StoreError> {
        let articles = self.articles_by_id(ids).await?;
        let mut pages: Vec<PageId> = articles.iter().map(|row| row.page_id.clone()).collect();
        pages.sort_unstable();
        pages.dedup();
        let sources: Vec<(PageId, String)> = page::Entity::find()
            .select_only()
            .columns([page::Column::Id, page::Column::Source])
            .filter(page::Column::Id.is_in(pages))
            .into_tuple()
            .all(&self.connection)
            .await?;
        let sources: HashMap<PageId, String> = sources.into_iter().collect();
        let labels: Vec<(ArticleId, TopicId)> = label::Entity::find()
            .select_only()
            .columns([label::Column::ArticleId, label::Column::TopicId])
            .filter(label::Column::ArticleId.is_in(ids.iter().cloned()))
            .into_tuple()
            .all(&self.connection)
            .await?;
        let mut topics: HashMap<ArticleId, Vec<TopicId>> = HashMap::new();
        for (article, topic) in labels {
            topics.entry(article).or_default().push(topic);
        }
        let mut summaries = self.shown_summaries(ids).await?;
        let mut embeddings: HashMap<ArticleId, (String, Vec<f32>)> = self
            .embeddings(ids)
            .await?
            .into_iter()
            .map(|(id, model, vector)| (id, (model, vector)))
            .collect();
        Ok(articles
            .into_iter()
            .map(|article| Indexed {
                source: sources.get(&article.page_id).cloned().unwrap_or_default(),
                summary: summaries.remove(&article.id),
                topics: topics.remove(&article.id).unwrap_or_default(),
                embedding: embeddings.remove(&article.id),
                article,
            })
            .collect())
    }

    async fn shown_summaries(
        &self,
        ids: &[ArticleId],
    ) -> Result<HashMap<ArticleId, String>, StoreError> {
        let mut rows: Vec<Summary> = abstracts::Entity::find()
            .select_only()
            .columns([
                abstracts::Column::ArticleId,
                abstracts::Column::Kind,
                abstracts::Column::Text,
            ])
            .filter(abstracts::Column::ArticleId.is_in(ids.iter().cloned()))
            .into_model()
            .all(&self.connection)
            .await?;
        rows.sort_by_key(|row| Reverse(row.kind.precedence()));
        // The last of each article stays.
        Ok(rows
            .into_iter()
            .map(|row| (row.article_id, row.text))
            .collect())
    }

    /// The embedding by which each of these articles is compared with others, if it has one: the model and the numbers.
    /// It is the newest in a space that all languages share, else the newest.
    pub async fn embeddings(
        &self,
        ids: &[ArticleId],
    ) -> Result<Vec<(ArticleId, String, Vec<f32>)>, StoreError> {
        let rows: Vec<Vector> = embedding::Entity::find()
            .select_only()
            .columns([
                embedding::Column::ArticleId,
                embedding::Column::Model,
                embedding::Column::Vector,
            ])
            .filter(embedding::Column::ArticleId.is_in(ids.iter().cloned()))
            .order_by_asc(embedding::Column::Multilingual)
            .order_by_asc(embedding::Column::CreatedAt)
            .order_by_asc(embedding::Column::Model)
            .into_model()
            .all(&self.connection)
            .await?;
        // The last of each article stays.
        let shown: HashMap<ArticleId, Vector> = rows
            .into_iter()
            .map(|row| (row.article_id.clone(), row))
            .collect();
        Ok(shown
            .into_values()
            .map(|row| {
                let numbers = row
                    .vector
                    .as_chunks::<4>()
                    .0
                    .iter()
                    .map(|bytes| f32::from_le_bytes(*bytes))
                    .collect();
                (row.article_id, row.model, numbers)
            })
            .collect())
    }

    /// When the tables were made, in seconds since 1970: an archive made anew at the same place is another one.
    pub async fn made_at(&self) -> Result<i64, StoreError> {
        use migration::seaql_migrations as applied;
        let first: Option<i64> = applied::Entity::find()
            .select_only()
            .column(applied::Column::AppliedAt)
            .order_by_asc(applied::Column::Version)
            .into_tuple()
            .one(&self.connection)
            .await?;
        Ok(first.unwrap_or_default())
    }
}
