//! Asking for whatever has an id.

use async_graphql::{Context, Error, ID, Object};
use futures_util::future::join_all;

use crate::graphql::error::{Code, Nullable, bad, storable};
use crate::graphql::node::Node;

/// Asking for whatever has an id.
#[derive(Default)]
pub(super) struct NodeQueries;

#[Object]
impl NodeQueries {
    /// The article, page, story or topic that has this id; none if none has.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Nullable<Node> {
        match storable("id", [&id.0]) {
            Ok(()) => Node::load(context, id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// The articles, pages, stories and topics that have these ids, in their order, with none where nothing has. At most 100 at once.
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The ids.")] ids: Vec<ID>,
    ) -> Result<Vec<Nullable<Node>>, Error> {
        if ids.len() > 100 {
            return Err(bad(
                Code::BadUserInput,
                format!("ids: {} are given; expected at most 100", ids.len()),
            ));
        }
        storable("ids", ids.iter().map(|id| &id.0))?;
        let found = join_all(ids.into_iter().map(|id| Node::load(context, id))).await;
        Ok(found.into_iter().map(Result::transpose).collect())
    }
}
