//! Seaography as its generator writes it, over the four tables that the home page needs: `bench-seaography PORT FILE`.

mod entities;

use std::process::ExitCode;
use std::sync::LazyLock;

use actix_web::{App, HttpServer, web};
use async_graphql::dynamic::Schema;
use async_graphql::{Request, Response};
use sea_orm::{ConnectOptions, Database};
use seaography::{Builder, BuilderContext};

use entities::{abstracts, article, label, topic};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

static CONTEXT: LazyLock<BuilderContext> = LazyLock::new(BuilderContext::default);

async fn answer(schema: web::Data<Schema>, request: web::Json<Request>) -> web::Json<Response> {
    web::Json(schema.execute(request.into_inner()).await)
}

#[actix_web::main]
async fn main() -> std::io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, file] = &arguments[..] else {
        eprintln!("bench-seaography: expected a port and a file");
        return Ok(ExitCode::from(2));
    };
    let options = ConnectOptions::new(format!("sqlite://{file}?mode=ro"));
    let connection = Database::connect(options)
        .await
        .map_err(std::io::Error::other)?;
    let mut builder = Builder::new(&CONTEXT, connection.clone());
    seaography::register_entity!(builder, article, mutation: false);
    seaography::register_entity!(builder, abstracts, mutation: false);
    seaography::register_entity!(builder, label, mutation: false);
    seaography::register_entity!(builder, topic, mutation: false);
    let schema = builder
        .schema_builder()
        .data(connection)
        .finish()
        .map_err(std::io::Error::other)?;
    let schema = web::Data::new(schema);
    HttpServer::new(move || {
        App::new()
            .app_data(schema.clone())
            .service(web::resource("/graphql").post(answer))
    })
    .bind(format!("127.0.0.1:{port}"))?
    .run()
    .await?;
    Ok(ExitCode::SUCCESS)
}
