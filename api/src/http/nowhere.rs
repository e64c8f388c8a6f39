//! What is answered where there is nothing.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, ResponseError};

use super::accept::MediaType;
use crate::dashboard::Problem;

/// Any request of an address that there is not: a page to a person with a browser, a line of text to a program.
pub(super) async fn answer(http: HttpRequest) -> HttpResponse {
    if MediaType::wanted(&http) == Some(MediaType::Html) {
        let message = "There is nothing at this address. The front page leads to all there is; articles can be searched above.";
        return Problem::missing(message).error_response();
    }
    HttpResponse::NotFound()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(
            "there is nothing at this address; / has pages, /graphql the API, /feed.atom a feed\n",
        )
}
