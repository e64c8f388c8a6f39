//! The bar for a reply that is kept: Actix sending bytes from memory, and nothing else. `raw ADDRESS FILE` answers every
//! request with the bytes of the file. `make bench` measures against it.

use std::process::ExitCode;

use actix_web::web::Bytes;
use actix_web::{App, HttpResponse, HttpServer, web};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[actix_web::main]
async fn main() -> std::io::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address, file] = &arguments[..] else {
        eprintln!("raw: expected an address and a file");
        return Ok(ExitCode::from(2));
    };
    let bytes = Bytes::from(std::fs::read(file)?);
    HttpServer::new(move || {
        let bytes = bytes.clone();
        let answer = move |_asked: Bytes| {
            let bytes = bytes.clone();
            async move {
                HttpResponse::Ok()
                    .content_type("application/json; charset=utf-8")
                    .body(bytes)
            }
        };
        App::new().service(web::resource("/graphql").post(answer))
    })
    .bind(address)?
    .run()
    .await?;
    Ok(ExitCode::SUCCESS)
}
