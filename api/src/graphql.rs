//! The schema: the archive as people ask for it. Types here are written for the reader in the playground; none is a
//! database row.

mod abstracts;
mod article;
mod connection;
mod cursor;
mod date;
mod dry_run;
mod error;
mod filter;
mod label;
pub mod limits;
mod loader;
mod node;
mod order;
mod page;
mod paging;
mod query;
mod sentence;
mod status;
mod topic;

use async_graphql::{EmptyMutation, EmptySubscription, Request, Response};

pub use dry_run::dry_run;
pub use error::{Code, cause};
use limits::Limits;
pub use query::Query;

use crate::store::Store;

/// The schema of the archive.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// The schema over a store, with the limits that hold unless said otherwise.
pub fn schema(store: Store) -> Schema {
    schema_within(store, Limits::default())
}

/// The schema over a store. Built once: clones share it.
pub fn schema_within(store: Store, limits: Limits) -> Schema {
    let mut builder = Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .data(loader::over(store.clone()))
        .data(store)
        .data(limits);
    if !limits.introspection {
        builder = builder.disable_introspection();
    }
    if !limits.suggestions {
        builder = builder.disable_suggestions();
    }
    builder.finish()
}

/// The limits of a schema.
pub fn limits(schema: &Schema) -> Limits {
    schema.data().copied().unwrap_or_default()
}

/// Execute a request within the limits. Not generic, so that the resolvers are compiled once, here, and not in every
/// crate that asks.
pub async fn execute(schema: &Schema, mut request: Request) -> Response {
    let limits = limits(schema);
    let cost = match limits.price(&mut request) {
        Ok(cost) => cost,
        Err(error) => return Response::from_errors(vec![error]),
    };
    // Dropping what executes drops what it waits for; the database ends its statements by itself.
    let mut response = tokio::time::timeout(limits.time, schema.execute(request))
        .await
        .unwrap_or_else(|_| Response::from_errors(vec![limits.timeout()]));
    if let Some(cost) = cost {
        response
            .extensions
            .insert("cost".to_owned(), cost.extension());
    }
    response
}

/// The schema in the schema definition language, as `api/schema.graphql` holds it.
pub fn sdl() -> String {
    let schema = Schema::build(Query::default(), EmptyMutation, EmptySubscription).finish();
    let text = schema
        .sdl_with_options(async_graphql::SDLExportOptions::new().prefer_single_line_descriptions());
    let trimmed: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    trimmed.join("\n") + "\n"
}
