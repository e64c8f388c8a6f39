//! Finding articles.

mod cards;
mod filter;
mod order;
mod period;
mod plan;

use entity::article;
use entity::id::{ArticleId, PageId};
use sea_orm::Condition;
use sea_orm::prelude::*;
use sea_orm::sea_query::NullOrdering;
use sea_orm::{Order, QueryOrder, QuerySelect, QueryTrait};

pub use cards::{Card, CardAbstract, CardLabel, Cards, Shown};
pub use filter::{ArticleFilter, Match};
pub use order::{ArticleOrder, ArticlePlace, Direction, OrderField, SortKey};

use self::plan::Plan;
use super::rows::Bodies;
use super::window::{Slice, Window};
use super::{Store, StoreError, rows};

/// The articles that pass a filter, as a condition on `article`.
pub(super) async fn condition(
    filter: &ArticleFilter,
    connection: &impl ConnectionTrait,
) -> Result<Condition, DbErr> {
    let plan = Plan::of(filter, ArticleOrder::default(), connection).await?;
    Ok(filter.condition(&plan))
}

impl Store {
    /// The articles in a window of those that pass the filter, in this order.
    pub async fn articles(
        &self,
        filter: &ArticleFilter,
        order: ArticleOrder,
        window: &Window<ArticlePlace>,
    ) -> Result<Slice<article::Model>, StoreError> {
        self.listed(filter, order, window, Bodies::Read).await
    }

    /// The same with an empty `body` in each, for lists of which nobody reads the text: it is most of an article.
    pub async fn articles_without_bodies(
        &self,
        filter: &ArticleFilter,
        order: ArticleOrder,
        window: &Window<ArticlePlace>,
    ) -> Result<Slice<article::Model>, StoreError> {
        self.listed(filter, order, window, Bodies::Left).await
    }

    async fn listed(
        &self,
        filter: &ArticleFilter,
        order: ArticleOrder,
        window: &Window<ArticlePlace>,
        bodies: Bodies,
    ) -> Result<Slice<article::Model>, StoreError> {
        let plan = Plan::of(filter, order, &self.connection).await?;
        let passing = article::Entity::find().filter(filter.condition(&plan));
        let select = plan.within(passing, window).limit(window.limit());
        let rows = rows::articles(select.into_query(), bodies, &self.connection).await?;
        Ok(window.slice(rows))
    }

    /// How many articles pass the filter.
    pub async fn count_articles(&self, filter: &ArticleFilter) -> Result<u64, StoreError> {
        let plan = Plan::of(filter, ArticleOrder::default(), &self.connection).await?;
        Ok(article::Entity::find()
            .filter(filter.condition(&plan))
            .count(&self.connection)
            .await?)
    }

    /// Those of these articles that pass the filter, in any order.
    pub async fn passing(
        &self,
        filter: &ArticleFilter,
        ids: &[ArticleId],
    ) -> Result<Vec<ArticleId>, StoreError> {
        let plan = Plan::of(filter, ArticleOrder::default(), &self.connection).await?;
        Ok(article::Entity::find()
            .select_only()
            .column(article::Column::Id)
            .filter(article::Column::Id.is_in(ids.iter().cloned()))
            .filter(filter.condition(&plan))
            .into_tuple()
            .all(&self.connection)
            .await?)
    }

    /// The articles with these ids, in any order.
    pub async fn articles_by_id(
        &self,
        ids: &[ArticleId],
    ) -> Result<Vec<article::Model>, StoreError> {
        let select = article::Entity::find().filter(article::Column::Id.is_in(ids.iter().cloned()));
        rows::articles(select.into_query(), Bodies::Read, &self.connection).await
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

    /// The articles of these stories, each story's oldest first, those without a date last; repeats of a text are left
    /// out, hidden ones are not.
    pub async fn articles_of_stories(
        &self,
        stories: &[ArticleId],
    ) -> Result<Vec<article::Model>, StoreError> {
        Ok(article::Entity::find()
            .filter(article::Column::StoryId.is_in(stories.iter().cloned()))
            .filter(article::Column::DuplicateOf.is_null())
            .order_by_with_nulls(article::Column::PublishedOn, Order::Asc, NullOrdering::Last)
            .order_by_asc(article::Column::IngestedAt)
            .order_by_asc(article::Column::Id)
            .all(&self.connection)
            .await?)
    }
}
