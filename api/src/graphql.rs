//! The schema: the archive as people ask for it. Types here are written for the reader in the playground; none is a
//! database row.

mod abstracts;
mod address;
mod article;
mod connection;
mod cursor;
mod date;
mod error;
mod filter;
mod label;
mod line;
mod loader;
mod node;
mod order;
mod page;
mod paging;
mod query;
mod sentence;
mod status;
mod story;
mod subscription;
mod topic;
mod visible;

use async_graphql::{EmptyMutation, Pos, Request, Response};
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

pub use address::{NotPublic, PublicUrl};
pub use error::{Code, cause};
pub use query::Query;
pub use subscription::{Live, Subscription};
pub use visible::SeesHidden;

use crate::store::Store;

/// The schema of the archive.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, Subscription>;

/// Deepest selection that is executed; the standard introspection query has 13 levels.
const DEPTH: usize = 16;

/// The schema over a store, of a server that does not know where readers reach it.
pub fn schema(store: Store) -> Schema {
    schema_at(store, None)
}

/// The schema over a store, and where readers reach the server. Built once: clones share it.
pub fn schema_at(store: Store, public: Option<PublicUrl>) -> Schema {
    let mut builder = Schema::build(Query::default(), EmptyMutation, Subscription)
        .data(loader::over(store.clone()))
        .data(subscription::Hub::of(store.clone()))
        .data(store)
        .limit_depth(DEPTH);
    if let Some(public) = public {
        builder = builder.data(public);
    }
    builder.finish()
}

/// Execute a request. Not generic, so that the resolvers are compiled once, here, and not in every crate that asks.
pub async fn execute(schema: &Schema, request: Request) -> Response {
    schema.execute(request).await
}

/// Execute a request whose operation may be a subscription: one response for each event. Anything else gets one response.
pub fn execute_stream(schema: &Schema, mut request: Request) -> BoxStream<'static, Response> {
    if let Ok(document) = request.parsed_query() {
        let mut document = document.clone();
        if !subscription::selects_one_event(&mut document) {
            let message = "a subscription selects exactly one field on its outermost level";
            let refused = error::bad(Code::BadUserInput, message).into_server_error(Pos::default());
            return futures_util::stream::iter([Response::from_errors(vec![refused])]).boxed();
        }
        request.set_parsed_query(document);
    }
    schema.execute_stream(request)
}

/// The schema in the schema definition language, as `api/schema.graphql` holds it.
pub fn sdl() -> String {
    let schema = Schema::build(Query::default(), EmptyMutation, Subscription).finish();
    let text = schema
        .sdl_with_options(async_graphql::SDLExportOptions::new().prefer_single_line_descriptions());
    let trimmed: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    trimmed.join("\n") + "\n"
}
