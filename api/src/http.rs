//! The server: GraphQL at `/graphql`, its playground for browsers, the pages of the [`dashboard`], feeds, digests, and
//! health for whoever watches over it.

mod absent;
mod accept;
mod answer;
mod ask;
mod base;
mod batch;
mod cache;
pub(crate) mod conditional;
mod digest;
mod documents;
mod endpoint;
mod events;
mod execute;
mod feed;
mod health;
mod limits;
mod log;
mod named;
mod nowhere;
mod operation;
mod origins;
mod persisted;
pub mod playground;
pub mod rate;
mod refusal;
mod reply;
mod request;
mod settings;
mod site;
mod socket;
mod squeeze;
mod standing;
pub mod token;
mod variables;

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::http::header::ALLOW;
use actix_web::middleware::{Compress, Condition, DefaultHeaders, from_fn};
use actix_web::{
    App, FromRequest, Handler, HttpResponse, HttpServer, Resource, Responder, guard, web,
};
use tracing_actix_web::TracingLogger;

pub(crate) use ask::{Questions, Unanswered};
pub(crate) use base::base;
pub use cache::Replies;
pub use digest::Digests;
pub use documents::{Documents, DocumentsError};
use endpoint::Endpoint;
pub use limits::Connections;
pub use origins::{NoOrigin, Origin};
pub use settings::{InvalidStatus, Settings};
pub use standing::StandingLimits;

use crate::clock::Clock;
use crate::dashboard::{self, Site};
use crate::graphql::Schema;
use crate::store::Store;

/// How long the head of a request may take to come.
const HEAD: Duration = Duration::from_secs(5);

/// How a server is set up.
pub struct Setup {
    /// The trusted documents.
    pub documents: Documents,
    /// How requests are answered.
    pub settings: Settings,
    /// What connections that stay open may do.
    pub standing: StandingLimits,
    /// The replies that are kept.
    pub replies: Replies,
    /// What connections may do.
    pub connections: Connections,
    /// Who may come in, and how often.
    pub terms: token::Terms,
    /// The digests it makes.
    pub digests: Digests,
    /// The pages for people.
    pub site: Site,
}

/// A server of the archive on a socket already bound. It runs when awaited and ends by SIGINT or SIGTERM, after the
/// requests under way.
pub fn server(
    listener: TcpListener,
    schema: Schema,
    store: Store,
    setup: Setup,
) -> std::io::Result<Server> {
    let Setup {
        documents,
        settings,
        standing,
        replies,
        connections,
        terms,
        digests,
        site,
    } = setup;
    let digests = web::Data::new(digests);
    let gate = web::Data::new(token::Gate::new(terms, store.clone(), Clock::System));
    let origins = settings.origins.clone();
    let requests = crate::graphql::limits(&schema);
    let feeds = web::Data::new(feed::Feeds::of(&schema, store.clone(), settings.max_age));
    let endpoint = web::Data::new(Endpoint::new(schema, documents, settings));
    let ended = standing::until_signal()?;
    let standing = web::Data::new(standing::Standing::within(standing, ended));
    // Actix listens for signals only once it is polled, and one that came before would be lost.
    let mut ending = standing.ending();
    // Each worker takes its share of the connections.
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(endpoint.clone())
            .app_data(feeds.clone())
            .app_data(standing.clone())
            .app_data(web::Data::new(store.clone()))
            .app_data(web::Data::new(replies.clone()))
            .app_data(web::Data::new(site.clone()))
            .app_data(requests)
            .app_data(connections)
            .app_data(web::PayloadConfig::new(connections.body))
            .app_data(gate.clone())
            .app_data(digests.clone())
            .wrap(from_fn(limits::bounded_body))
            .wrap(from_fn(token::gate))
            .wrap(from_fn(squeeze::spare))
            .wrap(Compress::default())
            .wrap(from_fn(squeeze::unmark))
            .wrap(Condition::new(!origins.is_empty(), origins::cors(&origins)))
            .wrap(DefaultHeaders::new().add(("X-Content-Type-Options", "nosniff")))
            .wrap(TracingLogger::<log::Requests>::new())
            .wrap(from_fn(log::name_request))
            .configure(routes)
    })
    .workers(workers)
    .max_connections(connections.number.div_ceil(workers))
    .keep_alive(connections.keep_alive)
    // For the head of a request; `bounded_body` minds the rest.
    .client_request_timeout(HEAD)
    .listen(listener)?
    .shutdown_timeout(10)
    .shutdown_signal(async move { ending.come().await })
    .run();
    Ok(server)
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/graphql")
                // Within all that lets a request in or not; around compression, so that it is done once.
                .wrap(from_fn(squeeze::spare))
                .wrap(Compress::default())
                .wrap(from_fn(cache::reply))
                .route(
                    web::get()
                        .guard(guard::fn_guard(socket::wanted))
                        .to(socket::open),
                )
                .get(execute::get)
                .head(execute::get)
                .post(execute::post)
                .default_service(web::to(execute::other_method)),
        )
        .service(resource_to_read("/q", named::list))
        .service(
            resource_to_read("/q/{name}", named::get)
                .wrap(from_fn(squeeze::spare))
                .wrap(Compress::default())
                .wrap(from_fn(cache::reply)),
        )
        .configure(feed::routes)
        .service(resource_to_read("/digest/{file}", digest::get))
        .service(web::resource("/playground/{file:.*}").get(site::asset))
        .service(web::resource("/healthz").get(health::alive))
        .service(web::resource("/readyz").get(health::ready))
        .configure(dashboard::routes)
        .default_service(web::to(nowhere::answer));
}

/// A resource that is only read.
pub(crate) fn resource_to_read<F, Args>(path: &str, read: F) -> Resource
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .get(read.clone())
        .head(read)
        .default_service(web::to(async || {
            HttpResponse::MethodNotAllowed()
                .insert_header((ALLOW, "GET, HEAD"))
                .finish()
        }))
}
