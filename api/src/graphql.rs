//! The schema: the archive as people ask for it. Types here are written for the reader in the playground; none is a
//! database row.

mod abstraction;
mod abstracts;
mod address;
mod apart;
mod article;
mod connection;
mod counts;
mod cursor;
mod date;
mod digest;
mod dry_run;
mod error;
mod facets;
mod filter;
mod highlight;
mod json;
mod keyphrase;
mod label;
pub mod limits;
mod line;
mod loader;
mod mutation;
mod node;
mod order;
mod page;
mod paging;
mod query;
mod related;
mod relevance;
mod sentence;
mod status;
mod story;
mod subscription;
mod topic;
mod visible;
mod who;

use std::ops::Deref;

use async_graphql::{Request, Response, SchemaBuilder};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use futures_util::{FutureExt, StreamExt};

pub(crate) use abstracts::shown;
pub(crate) use abstracts::{LENGTHS, abstract_text};
pub use address::{NotPublic, PublicUrl};
pub use apart::is_apart;
pub use connection::AsJson;
pub(crate) use cursor::Place;
pub use date::{day, expected};
pub use dry_run::dry_run;
pub use error::{Code, cause};
pub use json::write;
use limits::Limits;
pub use mutation::Mutation;
pub use query::Query;
pub use subscription::{Live, Subscription};
pub use who::Who;

use crate::clock::Clock;
use crate::search::Search;
use crate::store::Store;

/// The schema of the archive, and what it was built with. Cheap to clone.
#[derive(Clone)]
pub struct Schema {
    schema: async_graphql::Schema<Query, Mutation, Subscription>,
    limits: Limits,
    search: Search,
    public: Option<PublicUrl>,
}

impl Deref for Schema {
    type Target = async_graphql::Schema<Query, Mutation, Subscription>;

    fn deref(&self) -> &Self::Target {
        &self.schema
    }
}

/// The schema over a store, of a server that does not know where readers reach it, with the limits that hold unless said
/// otherwise.
pub fn schema(store: Store) -> Schema {
    schema_at(store, None)
}

/// The schema over a store, and where readers reach the server, without a search index.
pub fn schema_at(store: Store, public: Option<PublicUrl>) -> Schema {
    let search = Search::off(store.clone(), "this server was started without an index");
    searchable(store, public, search, Limits::default())
}

/// The schema over a store, where readers reach the server, the search in the store, and what a request may ask for.
/// Built once: clones share it.
pub fn searchable(
    store: Store,
    public: Option<PublicUrl>,
    search: Search,
    limits: Limits,
) -> Schema {
    let mut builder = build()
        .data(loader::over(store.clone()))
        .data(subscription::Hub::of(store.clone()))
        .data(store)
        .data(related::over(search.clone()))
        .data(search.clone())
        .data(Clock::System)
        .data(limits)
        .limit_recursive_depth(limits::NESTING);
    if let Some(public) = public.clone() {
        builder = builder.data(public);
    }
    if !limits.introspection {
        builder = builder.disable_introspection();
    }
    if !limits.suggestions {
        builder = builder.disable_suggestions();
    }
    Schema {
        schema: builder.finish(),
        limits,
        search,
        public,
    }
}

fn build() -> SchemaBuilder<Query, Mutation, Subscription> {
    async_graphql::Schema::build(Query::default(), Mutation::default(), Subscription)
}

/// The limits of a schema.
pub fn limits(schema: &Schema) -> Limits {
    schema.limits
}

/// The search of a schema.
pub fn search(schema: &Schema) -> Search {
    schema.search.clone()
}

/// Where readers reach the server of a schema, if that is known.
pub fn public_url(schema: &Schema) -> Option<PublicUrl> {
    schema.public.clone()
}

/// Whether a request fits the schema: nothing of the archive is read. The limits are left to its execution.
pub async fn validate(schema: &Schema, request: Request) -> Response {
    schema.execute(request.only_introspection()).await
}

/// Execute a request within the limits. Boxed and not generic, so that the resolvers are compiled once, here, and not in
/// every crate that asks.
pub fn execute(schema: &Schema, mut request: Request) -> BoxFuture<'_, Response> {
    async move {
        let limits = limits(schema);
        let cost = match limits.price(&mut request) {
            Ok(cost) => cost,
            Err(refused) => return refused.into(),
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
    .boxed()
}

/// Execute a request within the limits whose operation may be a subscription: one response for each event. Anything else
/// gets one response. What a subscription costs, each of its events says.
pub fn execute_stream(schema: &Schema, mut request: Request) -> BoxStream<'static, Response> {
    let cost = match limits(schema).price(&mut request) {
        Ok(cost) => cost,
        Err(refused) => return futures_util::stream::iter([refused.into()]).boxed(),
    };
    let priced = move |mut response: Response| {
        if let Some(cost) = cost {
            response
                .extensions
                .insert("cost".to_owned(), cost.extension());
        }
        response
    };
    if let Ok(document) = request.parsed_query() {
        let mut document = document.clone();
        if let Err(place) = subscription::selects_one_event(&mut document) {
            let message = "a subscription selects exactly one field on its outermost level";
            let refused = error::bad(Code::ValidationFailed, message).into_server_error(place);
            let refused = priced(Response::from_errors(vec![refused]));
            return futures_util::stream::iter([refused]).boxed();
        }
        request.set_parsed_query(document);
    }
    schema.execute_stream(request).map(priced).boxed()
}

/// The schema in the schema definition language, as `api/schema.graphql` holds it.
pub fn sdl() -> String {
    let text = build().finish().sdl_with_options(
        async_graphql::SDLExportOptions::new()
            .include_specified_by()
            .prefer_single_line_descriptions(),
    );
    let trimmed: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    trimmed.join("\n") + "\n"
}
