//! Finding pages, their bytes and their lines.

use chrono::{DateTime, Utc};
use entity::id::PageId;
use entity::line::{self, Fate};
use entity::{content, page};
use sea_orm::prelude::*;
use sea_orm::sea_query::{Asterisk, ExprTrait, Query};
use sea_orm::{Condition, FromQueryResult, Order, QueryOrder, QuerySelect, QueryTrait};

use super::window::{End, Slice, Window};
use super::{Store, StoreError};
use crate::ingest::Page;

/// A place in the list of pages: newest first, ties by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePlace {
    /// When it was first ingested.
    pub ingested_at: DateTime<Utc>,
    /// Id.
    pub id: PageId,
}

impl Store {
    /// The pages in a window of all, or of those of one source; newest first. Older versions of a page come too.
    pub async fn pages(
        &self,
        source: Option<&str>,
        window: &Window<PagePlace>,
    ) -> Result<Slice<page::Model>, StoreError> {
        let (ingested, id) = (page::Column::IngestedAt, page::Column::Id);
        let mut all =
            Condition::all().add_option(source.map(|source| page::Column::Source.eq(source)));
        if let Some(place) = &window.after {
            let same = Condition::all()
                .add(ingested.eq(place.ingested_at))
                .add(id.gt(place.id.clone()));
            all = all.add(
                Condition::any()
                    .add(ingested.lt(place.ingested_at))
                    .add(same),
            );
        }
        if let Some(place) = &window.before {
            let same = Condition::all()
                .add(ingested.eq(place.ingested_at))
                .add(id.lt(place.id.clone()));
            all = all.add(
                Condition::any()
                    .add(ingested.gt(place.ingested_at))
                    .add(same),
            );
        }
        let (by_time, by_id) = match window.end {
            End::First => (Order::Desc, Order::Asc),
            End::Last => (Order::Asc, Order::Desc),
        };
        let rows = page::Entity::find()
            .filter(all)
            .order_by(ingested, by_time)
            .order_by(id, by_id)
            .limit(window.limit())
            .all(&self.connection)
            .await?;
        Ok(window.slice(rows))
    }

    /// How many pages there are, of all sources or of one.
    pub async fn count_pages(&self, source: Option<&str>) -> Result<u64, StoreError> {
        let of = Condition::all().add_option(source.map(|source| page::Column::Source.eq(source)));
        Ok(page::Entity::find()
            .filter(of)
            .count(&self.connection)
            .await?)
    }

    /// The pages with these ids, in any order.
    pub async fn pages_by_id(&self, ids: &[PageId]) -> Result<Vec<page::Model>, StoreError> {
        let select = page::Entity::find().filter(page::Column::Id.is_in(ids.iter().cloned()));
        Ok(select.all(&self.connection).await?)
    }

    /// The pages that a person may mean by `named`: the one of that id, else those of that name, newest first.
    pub async fn pages_named(&self, named: &str) -> Result<Vec<page::Model>, StoreError> {
        if let Some(page) = page::Entity::find_by_id(PageId(named.to_owned()))
            .one(&self.connection)
            .await?
        {
            return Ok(vec![page]);
        }
        Ok(page::Entity::find()
            .filter(page::Column::Name.eq(named))
            .filter(page::Column::SupersededBy.is_null())
            .order_by_desc(page::Column::IngestedAt)
            .all(&self.connection)
            .await?)
    }

    /// The newest pages of a source as they were ingested, at most `limit`.
    pub async fn newest_pages(&self, source: &str, limit: u64) -> Result<Vec<Page>, StoreError> {
        let rows = page::Entity::find()
            .find_also_related(content::Entity)
            .filter(page::Column::Source.eq(source))
            .filter(page::Column::SupersededBy.is_null())
            .order_by_desc(page::Column::IngestedAt)
            .order_by_asc(page::Column::Id)
            .limit(limit)
            .all(&self.connection)
            .await?;
        rows.into_iter()
            .map(|(page, content)| decoded(&page, content))
            .collect()
    }

    /// A stored page, decoded again as it was.
    pub async fn read_page(&self, page: &page::Model) -> Result<Page, StoreError> {
        let content = content::Entity::find_by_id(page.id.clone())
            .one(&self.connection)
            .await?;
        decoded(page, content)
    }

    /// What became of the lines of a page, in their order; blank lines are not among them.
    pub async fn lines(&self, page: &PageId) -> Result<Vec<line::Model>, StoreError> {
        Ok(line::Entity::find()
            .filter(line::Column::PageId.eq(page.clone()))
            .order_by_asc(line::Column::Number)
            .all(&self.connection)
            .await?)
    }

    /// The first so many lines, all or only the rejected, of each of these pages after the one of a number, each page's
    /// in their order.
    pub async fn some_lines(
        &self,
        pages: &[PageId],
        rejected: bool,
        first: i32,
        after: i32,
    ) -> Result<Vec<line::Model>, StoreError> {
        let mut counted = line::Entity::find()
            .filter(line::Column::PageId.is_in(pages.iter().cloned()))
            .filter(line::Column::Number.gt(after))
            .filter(
                Condition::all()
                    .add_option(rejected.then(|| line::Column::Fate.eq(Fate::Rejected))),
            )
            .into_query();
        counted.expr_as(
            Expr::cust("ROW_NUMBER() OVER (PARTITION BY page_id ORDER BY number)"),
            "place",
        );
        let mut some = Query::select();
        some.column(Asterisk)
            .from_subquery(counted, "counted")
            .and_where(Expr::col("place").lte(first))
            .order_by("page_id", Order::Asc)
            .order_by("number", Order::Asc);
        let statement = self.connection.get_database_backend().build(&some);
        Ok(line::Model::find_by_statement(statement)
            .all(&self.connection)
            .await?)
    }

    /// The bytes of these pages, decoded again as they were.
    pub async fn texts(&self, pages: &[PageId]) -> Result<Vec<(PageId, String)>, StoreError> {
        let rows = page::Entity::find()
            .find_also_related(content::Entity)
            .filter(page::Column::Id.is_in(pages.iter().cloned()))
            .all(&self.connection)
            .await?;
        rows.into_iter()
            .map(|(page, content)| Ok((page.id.clone(), decoded(&page, content)?.text)))
            .collect()
    }
}

fn decoded(page: &page::Model, content: Option<content::Model>) -> Result<Page, StoreError> {
    let content = content
        .ok_or_else(|| StoreError::Damaged(format!("page {} has lost its bytes", page.id)))?;
    Page::decode(page.name.as_str(), content.bytes).map_err(|error| {
        StoreError::Damaged(format!("page {} no longer decodes: {error}", page.id))
    })
}
