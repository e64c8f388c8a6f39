//! Connections: lists that are read a page at a time. Cursors and counts are made only when asked for.

mod articles;
mod audit;
mod found;
mod pages;
mod written;

use async_graphql::SimpleObject;

pub(super) use articles::ArticleConnection;
pub(super) use audit::AuditConnection;
pub(super) use pages::PageConnection;
pub use written::AsJson;

/// Where a page of a list lies in it.
#[derive(SimpleObject)]
pub(super) struct PageInfo {
    /// Whether there is more before this page. Known when reading backwards, with `last`; else whether `after` was given.
    has_previous_page: bool,
    /// Whether there is more after this page. Known when reading forwards, with `first`; else whether `before` was given.
    has_next_page: bool,
    /// The cursor of the first row, to read on backwards: pass it as `before`. None on an empty page.
    start_cursor: Option<String>,
    /// The cursor of the last row, to read on forwards: pass it as `after`. None on an empty page.
    end_cursor: Option<String>,
}
