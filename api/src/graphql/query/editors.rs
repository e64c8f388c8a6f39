//! Asking who one is, and what editors did.

use async_graphql::{Context, Error, Object};
use entity::token::Scope;

use crate::graphql::connection::AuditConnection;
use crate::graphql::paging::Paging;
use crate::graphql::who::{Needs, Viewer, Who};

/// Asking who one is, and what editors did.
#[derive(Default)]
pub(super) struct EditorQueries;

#[Object]
impl EditorQueries {
    /// Who you are by the token you sent; none if you sent none.
    async fn viewer(&self, context: &Context<'_>) -> Option<Viewer> {
        Who::asks(context).viewer()
    }

    /// Every change made by a mutation, newest first. At most 100 at once; 20 unless said otherwise. Needs the scope
    /// `edit`.
    #[graphql(guard = "Needs(Scope::Edit)")]
    async fn audit(
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
    ) -> Result<AuditConnection, Error> {
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        AuditConnection::read(context, &paging).await
    }
}
