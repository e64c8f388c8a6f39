//! Which answers are worth compressing.

use actix_web::Error;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;

/// Bodies smaller than this, in bytes, travel in one packet either way.
const SMALLEST: u64 = 1024;

/// The mark that keeps the compressing middleware off.
const AS_IT_IS: HeaderValue = HeaderValue::from_static("identity");

/// Mark what is not worth it: small bodies, and streams, whose events would wait for a block to fill. Within the
/// compressing middleware.
pub(super) async fn spare<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    let small = match response.response().body().size() {
        BodySize::None => true,
        BodySize::Sized(length) => length < SMALLEST,
        BodySize::Stream => is_of_events(&response),
    };
    if small && !response.headers().contains_key(header::CONTENT_ENCODING) {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, AS_IT_IS);
    }
    Ok(response)
}

fn is_of_events<B>(response: &ServiceResponse<B>) -> bool {
    let media = response.headers().get(header::CONTENT_TYPE);
    media
        .and_then(|media| media.to_str().ok())
        .is_some_and(|media| {
            media.starts_with("text/event-stream") || media.starts_with("multipart/mixed")
        })
}

/// Take the mark off again: it is nothing to tell a client. Outside of the compressing middleware.
pub(super) async fn unmark<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let mut response = next.call(request).await?;
    if response.headers().get(header::CONTENT_ENCODING) == Some(&AS_IT_IS) {
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    Ok(response)
}
