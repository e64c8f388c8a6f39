//! Asking for a digest.

use async_graphql::{Context, Error, Object};

use crate::clock::Clock;
use crate::digest::{DigestError, Selection};
use crate::graphql::digest::{Digest, DigestInput};
use crate::graphql::error::{Code, bad, internal};
use crate::store::Store;

/// Asking for a digest.
#[derive(Default)]
pub(super) struct DigestQueries;

#[Object]
impl DigestQueries {
    /// A newsletter issue: the articles of a period, one a story, repeats and hidden ones left out, grouped by topic. The
    /// server sets the same in HTML, MJML, Markdown and plain text under `/digest/`, for digests that it was told of.
    async fn digest(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What is wanted in it.")] input: DigestInput,
    ) -> Result<Digest, Error> {
        let wanted = input.checked()?;
        let store = context.data_unchecked::<Store>();
        let today = context.data_unchecked::<Clock>().now().date_naive();
        let read = Selection::read(store, &wanted, today).await;
        read.map(Digest).map_err(|error| match error {
            DigestError::Store(error) => internal(error),
            wrong @ DigestError::Wanted { .. } => {
                bad(Code::BadUserInput, format!("input: {wrong}"))
            }
        })
    }
}
