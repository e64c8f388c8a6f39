//! Asking for topics.

use async_graphql::{Context, Error, Object};

use crate::graphql::error::internal;
use crate::graphql::topic::Topic;
use crate::store::Store;

/// Asking for topics.
#[derive(Default)]
pub(super) struct TopicQueries;

#[Object]
impl TopicQueries {
    /// The topics of the vocabulary, in its order.
    async fn topics(&self, context: &Context<'_>) -> Result<Vec<Topic>, Error> {
        let store = context.data_unchecked::<Store>();
        let rows = store.topics().await.map_err(internal)?;
        Ok(rows.into_iter().map(Topic).collect())
    }
}
