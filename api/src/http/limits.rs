//! What a connection may do: how large and how slow a body may be, how many connections there are, how long they idle.

use std::pin::pin;
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::StreamExt;

use crate::graphql::Code;
use crate::graphql::limits::beyond;

/// What connections may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Most bytes of a body.
    pub body: usize,
    /// Time in which a body must have come.
    pub body_time: Duration,
    /// Most connections at once.
    pub number: usize,
    /// How long a connection without a request is kept.
    pub keep_alive: Duration,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            body: 1 << 20,
            body_time: Duration::from_secs(10),
            number: 1_000,
            keep_alive: Duration::from_secs(60),
        }
    }
}

/// Read the body of a request before anything else is done with it, within its bounds. A client that breaks them is told
/// so at once and cut off: the rest of its body is not read.
pub(super) async fn bounded_body(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let limits: Connections = request.app_data().copied().unwrap_or_default();
    let announced = announced(&request);
    if announced == Some(0) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let read = match announced {
        Some(length) if length > limits.body as u64 => Err(too_large(length, limits.body)),
        _ => {
            let payload = request.take_payload();
            tokio::time::timeout(limits.body_time, read(payload, limits.body))
                .await
                .unwrap_or_else(|_| Err(too_slow(limits.body_time)))
        }
    };
    match read {
        Ok(body) => {
            request.set_payload(Payload::from(body));
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        Err(refusal) => Ok(request.into_response(refusal)),
    }
}

/// How many bytes the head of a request says will follow: 0 without any word of a body; none if it does not say how many.
fn announced(request: &ServiceRequest) -> Option<u64> {
    if request.headers().contains_key(header::TRANSFER_ENCODING) {
        return None;
    }
    let length = request.headers().get(header::CONTENT_LENGTH);
    length.map_or(Some(0), |length| length.to_str().ok()?.parse().ok())
}

async fn read(payload: Payload, limit: usize) -> Result<Bytes, HttpResponse> {
    let mut payload = pin!(payload);
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|cause| broken(&cause))?;
        if body.len() + chunk.len() > limit {
            return Err(too_large((body.len() + chunk.len()) as u64, limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn too_large(length: u64, limit: usize) -> HttpResponse {
    let message = format!("the body has more than {limit} bytes");
    refuse(
        StatusCode::PAYLOAD_TOO_LARGE,
        Code::BodyTooLarge,
        &message,
        length,
        limit as u64,
    )
}

fn too_slow(limit: Duration) -> HttpResponse {
    let seconds = limit.as_secs();
    let message = format!("the body did not come within {seconds} seconds");
    refuse(
        StatusCode::REQUEST_TIMEOUT,
        Code::BodyTooSlow,
        &message,
        seconds + 1,
        seconds,
    )
}

fn broken(cause: &PayloadError) -> HttpResponse {
    let message = format!("the body cannot be read: {cause}");
    refuse(StatusCode::BAD_REQUEST, Code::BadRequest, &message, 1, 0)
}

fn refuse(
    status: StatusCode,
    code: Code,
    message: &str,
    requested: u64,
    limit: u64,
) -> HttpResponse {
    let error = beyond(code, message, requested, limit);
    let mut response = HttpResponse::build(status)
        .insert_header((
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ))
        .body(serde_json::json!({ "errors": [error] }).to_string());
    response
        .head_mut()
        .set_connection_type(ConnectionType::Close);
    response
}
