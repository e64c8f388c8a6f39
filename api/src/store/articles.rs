//! Finding articles.

mod filter;
mod order;

use entity::article;
use entity::id::{ArticleId, PageId};
use sea_orm::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

pub use filter::{ArticleFilter, Match};
pub use order::{ArticleOrder, ArticlePlace, Direction, OrderField, SortKey};

use super::window::{Slice, Window};
use super::{Store, StoreError};

impl Store {
    /// The articles in a window of those that pass the filter, in this order.
    pub async fn articles(
        &self,
        filter: &ArticleFilter,
        order: ArticleOrder,
        window: &Window<ArticlePlace>,
    ) -> Result<Slice<article::Model>, StoreError> {
        let passing = article::Entity::find().filter(filter.condition(order));
        let rows = order
            .within(passing, window)
            .limit(window.limit())
            .all(&self.connection)
            .await?;
        Ok(window.slice(rows))
    }

    /// How many articles pass the filter.
    pub async fn count_articles(&self, filter: &ArticleFilter) -> Result<u64, StoreError> {
        Ok(article::Entity::find()
            .filter(filter.condition(ArticleOrder::default()))
            .count(&self.connection)
            .await?)
    }

    /// The articles with these ids, in any order.
    pub async fn articles_by_id(
        &self,
        ids: &[ArticleId],
    ) -> Result<Vec<article::Model>, StoreError> {
        let select = article::Entity::find().filter(article::Column::Id.is_in(ids.iter().cloned()));
        Ok(select.all(&self.connection).await?)
    }

    /// The article of this slug.
    pub async fn article_by_slug(&self, slug: &str) -> Result<Option<article::Model>, StoreError> {
        let select = article::Entity::find().filter(article::Column::Slug.eq(slug));
        Ok(select.one(&self.connection).await?)
    }

    /// The articles of these pages, in the order of the page; none is left out.
    pub async fn articles_of_pages(
        &self,
        pages: &[PageId],
    ) -> Result<Vec<article::Model>, StoreError> {
        Ok(article::Entity::find()
            .filter(article::Column::PageId.is_in(pages.iter().cloned()))
            .order_by_asc(article::Column::Position)
            .all(&self.connection)
            .await?)
    }

    /// The articles that repeat the text of one of these, oldest first.
    pub async fn duplicates_of(
        &self,
        originals: &[ArticleId],
    ) -> Result<Vec<article::Model>, StoreError> {
        Ok(article::Entity::find()
            .filter(article::Column::DuplicateOf.is_in(originals.iter().cloned()))
            .order_by_asc(article::Column::IngestedAt)
            .order_by_asc(article::Column::Id)
            .all(&self.connection)
            .await?)
    }
}
