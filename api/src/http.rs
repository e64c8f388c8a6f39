//! The server: GraphQL at `/graphql`, its playground for browsers, and health for whoever watches over it.

mod accept;
mod execute;
mod health;
mod limits;
mod log;
pub mod playground;
mod request;
mod site;

use std::net::TcpListener;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::{App, HttpServer, web};
use tracing_actix_web::TracingLogger;

pub use limits::Connections;

use crate::graphql::Schema;
use crate::store::Store;

/// How long the head of a request may take to come.
const HEAD: Duration = Duration::from_secs(5);

/// A server of the archive on a socket already bound. It runs when awaited and ends by SIGINT or SIGTERM, after the
/// requests under way.
pub fn server(
    listener: TcpListener,
    schema: Schema,
    store: Store,
    connections: Connections,
) -> std::io::Result<Server> {
    let requests = crate::graphql::limits(&schema);
    // Each worker takes its share of the connections.
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(schema.clone()))
            .app_data(web::Data::new(store.clone()))
            .app_data(requests)
            .app_data(connections)
            .app_data(web::PayloadConfig::new(connections.body))
            .wrap(from_fn(limits::bounded_body))
            .wrap(Compress::default())
            .wrap(DefaultHeaders::new().add(("X-Content-Type-Options", "nosniff")))
            .wrap(from_fn(log::name_request))
            .wrap(TracingLogger::<log::Requests>::new())
            .configure(routes)
    })
    .workers(workers)
    .max_connections(connections.number.div_ceil(workers))
    .keep_alive(connections.keep_alive)
    // For the head of a request; `bounded_body` minds the rest.
    .client_request_timeout(HEAD)
    .listen(listener)?
    .shutdown_timeout(10)
    .run();
    Ok(server)
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/graphql")
                .get(execute::get)
                .head(execute::get)
                .post(execute::post)
                .default_service(web::to(execute::other_method)),
        )
        .service(web::resource("/playground/{file:.*}").get(site::asset))
        .service(web::resource("/").get(site::home))
        .service(web::resource("/healthz").get(health::alive))
        .service(web::resource("/readyz").get(health::ready));
}
