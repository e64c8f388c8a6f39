//! The server: GraphQL at `/graphql`, its playground for browsers, and health for whoever watches over it.

mod accept;
mod brackets;
mod execute;
mod expansion;
mod health;
mod log;
pub mod playground;
pub mod rate;
mod request;
mod site;
pub mod token;

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::middleware::{Compress, DefaultHeaders};
use actix_web::{App, HttpServer, web};
use tracing_actix_web::TracingLogger;

use crate::clock::Clock;
use crate::graphql::Schema;
use crate::store::Store;

/// Largest request body read, in bytes.
const BODY: usize = 1 << 20;

/// A server of the archive on a socket already bound. It runs when awaited and ends by SIGINT or SIGTERM, after the
/// requests under way.
pub fn server(
    listener: TcpListener,
    schema: Schema,
    store: Store,
    terms: token::Terms,
) -> std::io::Result<Server> {
    let gate = web::Data::new(token::Gate::new(terms, store.clone(), Clock::System));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(schema.clone()))
            .app_data(web::Data::new(store.clone()))
            .app_data(gate.clone())
            .app_data(web::PayloadConfig::new(BODY))
            .wrap(actix_web::middleware::from_fn(token::gate))
            .wrap(Compress::default())
            .wrap(DefaultHeaders::new().add(("X-Content-Type-Options", "nosniff")))
            .wrap(actix_web::middleware::from_fn(log::name_request))
            .wrap(TracingLogger::<log::Requests>::new())
            .configure(routes)
    })
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
