//! Finding articles.

use chrono::NaiveDate;
use entity::id::{ArticleId, PageId, TopicId};
use entity::{article, label, page};
use sea_orm::prelude::*;
use sea_orm::sea_query::{NullOrdering, Query};
use sea_orm::{Condition, Order, QueryOrder, QuerySelect, Select};

use super::window::{End, Slice, Window};
use super::{Store, StoreError};

/// Which articles; every part given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    /// Labelled with at least one of these topics.
    pub topics: Option<Vec<TopicId>>,
    /// In one of these languages.
    pub languages: Option<Vec<String>>,
    /// Published on this day or later; leaves out the undated.
    pub published_from: Option<NaiveDate>,
    /// Published on this day or earlier; leaves out the undated.
    pub published_to: Option<NaiveDate>,
    /// From one of these sources.
    pub sources: Option<Vec<String>>,
    /// Also those that repeat another's text.
    pub include_duplicates: bool,
}

/// A place in the list of articles: newest first, the undated at the end, ties by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticlePlace {
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// Id.
    pub id: ArticleId,
}

impl Store {
    /// The articles in a window of those that pass the filter, newest first.
    pub async fn articles(
        &self,
        filter: &ArticleFilter,
        window: &Window<ArticlePlace>,
    ) -> Result<Slice<article::Model>, StoreError> {
        let (by_date, nulls, by_id) = match window.end {
            End::First => (Order::Desc, NullOrdering::Last, Order::Asc),
            End::Last => (Order::Asc, NullOrdering::First, Order::Desc),
        };
        let mut select = passing(filter);
        if let Some(place) = &window.after {
            select = select.filter(after(place));
        }
        if let Some(place) = &window.before {
            select = select.filter(before(place));
        }
        let rows = select
            .order_by_with_nulls(article::Column::PublishedOn, by_date, nulls)
            .order_by(article::Column::Id, by_id)
            .limit(window.limit())
            .all(&self.connection)
            .await?;
        Ok(window.slice(rows))
    }

    /// How many articles pass the filter.
    pub async fn count_articles(&self, filter: &ArticleFilter) -> Result<u64, StoreError> {
        Ok(passing(filter).count(&self.connection).await?)
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

fn passing(filter: &ArticleFilter) -> Select<article::Entity> {
    let mut all = Condition::all();
    if !filter.include_duplicates {
        all = all.add(article::Column::DuplicateOf.is_null());
    }
    if let Some(topics) = &filter.topics {
        let labelled = Query::select()
            .column(label::Column::ArticleId)
            .from(label::Entity)
            .and_where(label::Column::TopicId.is_in(topics.iter().cloned()))
            .to_owned();
        all = all.add(article::Column::Id.in_subquery(labelled));
    }
    if let Some(languages) = &filter.languages {
        all = all.add(article::Column::Language.is_in(languages));
    }
    if let Some(from) = filter.published_from {
        all = all.add(article::Column::PublishedOn.gte(from));
    }
    if let Some(to) = filter.published_to {
        all = all.add(article::Column::PublishedOn.lte(to));
    }
    if let Some(sources) = &filter.sources {
        let pages = Query::select()
            .column(page::Column::Id)
            .from(page::Entity)
            .and_where(page::Column::Source.is_in(sources))
            .to_owned();
        all = all.add(article::Column::PageId.in_subquery(pages));
    }
    article::Entity::find().filter(all)
}

fn after(place: &ArticlePlace) -> Condition {
    let dated = article::Column::PublishedOn;
    let later_id = article::Column::Id.gt(place.id.clone());
    match place.published_on {
        Some(day) => Condition::any()
            .add(dated.lt(day))
            .add(Condition::all().add(dated.eq(day)).add(later_id))
            .add(dated.is_null()),
        None => Condition::all().add(dated.is_null()).add(later_id),
    }
}

fn before(place: &ArticlePlace) -> Condition {
    let dated = article::Column::PublishedOn;
    let earlier_id = article::Column::Id.lt(place.id.clone());
    match place.published_on {
        Some(day) => Condition::any()
            .add(dated.gt(day))
            .add(Condition::all().add(dated.eq(day)).add(earlier_id)),
        None => Condition::any().add(dated.is_not_null()).add(earlier_id),
    }
}
