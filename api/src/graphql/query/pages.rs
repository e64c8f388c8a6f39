//! Asking for pages.

use async_graphql::{Context, Error, ID, Object};
use entity::id::PageId;

use crate::graphql::connection::PageConnection;
use crate::graphql::error::{Nullable, storable};
use crate::graphql::loader::{PageOf, load};
use crate::graphql::page::Page;
use crate::graphql::paging::Paging;

/// Asking for pages.
#[derive(Default)]
pub(super) struct PageQueries;

#[Object]
impl PageQueries {
    /// One page, with its articles and the lines that went to none; none if there is no such page.
    async fn page(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the page.")] id: ID,
    ) -> Nullable<Page> {
        let row = match storable("id", [&id.0]) {
            Ok(()) => load(context, PageOf(PageId(id.0))).await,
            Err(error) => Err(error),
        };
        Some(row.transpose()?.map(Page))
    }

    /// Pages, newest first. At most 100 at once; 20 unless said otherwise.
    async fn pages(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, from the start of the list or from `after` on.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many, from the end of the list or from `before` back.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Only pages from this source.")] source: Option<String>,
    ) -> Result<PageConnection, Error> {
        storable("source", &source)?;
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        PageConnection::read(context, source, &paging).await
    }
}
