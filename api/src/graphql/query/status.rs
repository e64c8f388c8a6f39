//! Asking how the archive stands.

use async_graphql::{Context, Error, Object};

use crate::graphql::error::internal;
use crate::graphql::status::Status;
use crate::store::Store;

/// Asking how the archive stands.
#[derive(Default)]
pub(super) struct StatusQuery;

#[Object]
impl StatusQuery {
    /// How the archive stands: what is stored and how far the summaries are.
    async fn status(&self, context: &Context<'_>) -> Result<Status, Error> {
        let store = context.data_unchecked::<Store>();
        Ok(store.tallies().await.map_err(internal)?.into())
    }
}
