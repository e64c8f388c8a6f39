//! The schema: the archive as people ask for it. Types here are written for the reader in the playground; none is a
//! database row.

mod abstracts;
mod article;
mod connection;
mod cursor;
mod date;
mod error;
mod filter;
mod label;
mod loader;
mod mutation;
mod node;
mod order;
mod page;
mod paging;
mod query;
mod sentence;
mod status;
mod topic;
mod who;

use async_graphql::{EmptySubscription, Request, Response};

pub use error::{Code, cause};
pub use mutation::Mutation;
pub use query::Query;
pub use who::Who;

use crate::clock::Clock;
use crate::store::Store;

/// The schema of the archive.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Deepest selection that is executed; the standard introspection query has 13 levels.
const DEPTH: usize = 16;

/// The schema over a store. Built once: clones share it.
pub fn schema(store: Store) -> Schema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .data(loader::over(store.clone()))
        .data(store)
        .data(Clock::System)
        .limit_depth(DEPTH)
        .finish()
}

/// Execute a request. Not generic, so that the resolvers are compiled once, here, and not in every crate that asks.
pub async fn execute(schema: &Schema, request: Request) -> Response {
    schema.execute(request).await
}

/// The schema in the schema definition language, as `api/schema.graphql` holds it.
pub fn sdl() -> String {
    let schema = Schema::build(Query::default(), Mutation::default(), EmptySubscription).finish();
    let text = schema
        .sdl_with_options(async_graphql::SDLExportOptions::new().prefer_single_line_descriptions());
    let trimmed: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    trimmed.join("\n") + "\n"
}
