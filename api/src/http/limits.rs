//! What a connection may do: how large and how slow a body may be, how many connections there are, how long they idle.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, BytesMut};
use actix_web::{Error, HttpMessage, HttpResponse};
use futures_util::StreamExt;

use super::refusal::Refusal;
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
    let mut payload = request.take_payload();
    if is_packed(&request) {
        let response = answer(&packed(), payload);
        return Ok(request.into_response(response));
    }
    let read = match announced {
        Some(length) if length > limits.body as u64 => Err(too_large(length, limits.body)),
        _ => {
            let reading = read(&mut payload, limits.body);
            tokio::time::timeout(limits.body_time, reading)
                .await
                .unwrap_or_else(|_| Err(too_slow(limits.body_time)))
        }
    };
    match read {
        Ok(body) => {
            request.set_payload(Payload::from(body));
            Ok(next.call(request).await?.map_into_boxed_body())
        }
        Err(refusal) => {
            let response = answer(&refusal, payload);
            Ok(request.into_response(response))
        }
    }
}

/// Whether the body would grow when unpacked: a few bytes can become more than there is memory.
fn is_packed(request: &ServiceRequest) -> bool {
    let coding = request.headers().get(header::CONTENT_ENCODING);
    coding.is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

/// How many bytes the head of a request says will follow: 0 without any word of a body; none if it does not say how many.
fn announced(request: &ServiceRequest) -> Option<u64> {
    if request.headers().contains_key(header::TRANSFER_ENCODING) {
        return None;
    }
    let length = request.headers().get(header::CONTENT_LENGTH);
    length.map_or(Some(0), |length| length.to_str().ok()?.parse().ok())
}

async fn read(payload: &mut Payload, limit: usize) -> Result<Bytes, Refusal> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|cause| {
            let message = format!("the body cannot be read: {cause}");
            Refusal::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
        })?;
        if body.len() + chunk.len() > limit {
            return Err(too_large((body.len() + chunk.len()) as u64, limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn too_large(length: u64, limit: usize) -> Refusal {
    let message = format!("the body has more than {limit} bytes");
    let error = beyond(Code::BodyTooLarge, message, length, limit as u64);
    Refusal::beyond(StatusCode::PAYLOAD_TOO_LARGE, error)
}

fn packed() -> Refusal {
    let message = "the body is compressed; expected it as it is, without Content-Encoding";
    Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::BadRequest,
        message,
    )
}

fn too_slow(limit: Duration) -> Refusal {
    let message = format!("the body did not come within {limit:?}");
    Refusal::new(StatusCode::REQUEST_TIMEOUT, Code::BodyTooSlow, message)
}

fn answer(refusal: &Refusal, unread: Payload) -> HttpResponse {
    let text = serde_json::json!({ "errors": [*refusal.error] }).to_string();
    let mut response = HttpResponse::with_body(
        refusal.status,
        BoxBody::new(LastWord {
            text: Bytes::from(text),
            _unread: unread,
        }),
    );
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    if refusal.status == StatusCode::UNSUPPORTED_MEDIA_TYPE {
        let identity = HeaderValue::from_static("identity");
        response
            .headers_mut()
            .insert(header::ACCEPT_ENCODING, identity);
    }
    response
        .head_mut()
        .set_connection_type(ConnectionType::Close);
    response
}

/// An answer to a request of which not all was read.
///
/// What is left of a body whose reader is gone, Actix reads on for ever and throws away. While its reader is there, it
/// closes the connection a second after the answer: so the reader stays here as long as the answer does.
struct LastWord {
    text: Bytes,
    _unread: Payload,
}

impl MessageBody for LastWord {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.text.len() as u64)
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Infallible>>> {
        let text = std::mem::take(&mut self.text);
        Poll::Ready(Some(text).filter(|text| !text.is_empty()).map(Ok))
    }
}
