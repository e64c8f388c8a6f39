//! `PageConnection`: a list of pages, a page at a time.

use async_graphql::{Context, Error, Object};
use entity::page;

use super::PageInfo;
use crate::graphql::cursor::Place;
use crate::graphql::error::internal;
use crate::graphql::page::Page;
use crate::graphql::paging::Paging;
use crate::store::Store;
use crate::store::pages::PagePlace;
use crate::store::window::Slice;

/// A page of a list of pages.
pub(in crate::graphql) struct PageConnection {
    slice: Slice<page::Model>,
    source: Option<String>,
}

/// An ingested page and its place in the list.
struct PageEdge(page::Model);

fn cursor(row: &page::Model) -> String {
    let place = PagePlace {
        ingested_at: row.ingested_at,
        id: row.id.clone(),
    };
    place.encode(())
}

impl PageConnection {
    /// The part of the list that is asked for.
    pub(in crate::graphql) async fn read(
        context: &Context<'_>,
        source: Option<String>,
        paging: &Paging,
    ) -> Result<Self, Error> {
        let window = paging.window::<PagePlace>(())?;
        let store = context.data_unchecked::<Store>();
        let slice = store
            .pages(source.as_deref(), &window)
            .await
            .map_err(internal)?;
        Ok(Self { slice, source })
    }
}

/// A list of ingested pages, a page at a time.
#[Object]
impl PageConnection {
    /// Where this page lies in the list, and the cursors to read on.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.slice.earlier,
            has_next_page: self.slice.later,
            start_cursor: self.slice.rows.first().map(cursor),
            end_cursor: self.slice.rows.last().map(cursor),
        }
    }

    /// The ingested pages, each with its cursor.
    async fn edges(&self) -> Vec<PageEdge> {
        self.slice.rows.iter().cloned().map(PageEdge).collect()
    }

    /// The ingested pages.
    async fn nodes(&self) -> Vec<Page> {
        self.slice.rows.iter().cloned().map(Page).collect()
    }

    /// How many pages there are on all pages of the list together. Counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<u64, Error> {
        context
            .data_unchecked::<Store>()
            .count_pages(self.source.as_deref())
            .await
            .map_err(internal)
    }
}

/// An ingested page and its place in the list.
#[Object]
impl PageEdge {
    /// The ingested page.
    async fn node(&self) -> Page {
        Page(self.0.clone())
    }

    /// Its place in the list, to be passed as `after` or `before`.
    async fn cursor(&self) -> String {
        cursor(&self.0)
    }
}
