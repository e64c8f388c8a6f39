//! Health: is the process alive, can it answer.

use actix_web::{HttpResponse, web};
use tracing::warn;

use crate::store::{Store, StoreError};

/// `GET /healthz`: 200 as long as the process answers.
pub(super) async fn alive() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ok\n")
}

/// `GET /readyz`: 200 when the database answers too and is the one that was opened, else 503.
pub(super) async fn ready(store: web::Data<Store>) -> HttpResponse {
    match store.ping().await {
        Ok(()) => HttpResponse::Ok()
            .content_type("text/plain; charset=utf-8")
            .body("ready\n"),
        Err(error) => {
            warn!(%error, "not ready");
            // Where the file lies is for the log only.
            let why = match error {
                StoreError::Replaced { .. } => {
                    "the database was replaced while the server has it open; start the server again\n"
                }
                _ => "the database does not answer\n",
            };
            HttpResponse::ServiceUnavailable()
                .content_type("text/plain; charset=utf-8")
                .body(why)
        }
    }
}
