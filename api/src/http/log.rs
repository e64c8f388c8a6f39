//! One line in the log for each request, and the id that names it for both sides.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest};
use data_encoding::HEXLOWER;
use tracing::{Span, info, info_span};
use tracing_actix_web::RootSpanBuilder;

/// The header that carries the id of a request, in and out.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// How long the server took, for the developer's tools of a browser.
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

/// Longest id that is taken from a client, in bytes.
const LONGEST: usize = 128;

/// The id of a request: what the client or a proxy before us calls it, when that is a plain word, else one of ours.
#[derive(Clone, Debug)]
struct Id(HeaderValue);

impl Id {
    fn of(request: &ServiceRequest) -> Self {
        let given = request.headers().get(REQUEST_ID);
        let plain = given.filter(|value| is_plain(value.as_bytes()));
        Self(plain.cloned().unwrap_or_else(made))
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// Whether an id may stand in a log line and a header as it is.
fn is_plain(id: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:=+/".contains(byte);
    (1..=LONGEST).contains(&id.len()) && id.iter().all(plain)
}

/// An id that nothing else has.
fn made() -> HeaderValue {
    let mut bytes = [0; 16];
    // Without randomness the id is the same for all; the request can be answered all the same.
    let _ = getrandom::fill(&mut bytes);
    HeaderValue::from_str(&HEXLOWER.encode(&bytes)).unwrap_or(HeaderValue::from_static("none"))
}

/// The id of a request, as the client is told it.
pub(super) fn id(request: &HttpRequest) -> String {
    let extensions = request.extensions();
    let id = extensions.get::<Id>();
    id.map(|id| id.as_ref().to_owned()).unwrap_or_default()
}

/// A span around each request, which names it in every line logged meanwhile. The query string stays out of the log:
/// it may hold what somebody searched for.
pub(super) struct Requests;

impl RootSpanBuilder for Requests {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let extensions = request.extensions();
        let id = extensions.get::<Id>().map(AsRef::as_ref);
        info_span!("request", id, method = %request.method(), path = %request.path())
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status(),
            Err(error) => error.as_response_error().status_code(),
        };
        span.in_scope(|| info!(status = status.as_u16(), "answered"));
    }
}

/// Name each request, and tell the client the name and how long the answer took. Outside of [`Requests`], which writes it into the log.
pub(super) async fn name_request<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let id = Id::of(&request);
    request.extensions_mut().insert(id.clone());
    let started = Instant::now();
    let mut response = next.call(request).await?;
    let hundredths = started.elapsed().as_micros() / 10;
    let timing = format!("total;dur={}.{:02}", hundredths / 100, hundredths % 100);
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id.0);
    if let Ok(timing) = HeaderValue::from_str(&timing) {
        headers.insert(SERVER_TIMING, timing);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_word_is_taken_for_an_id() {
        for (id, expected) in [
            ("3f2a-9", true),
            ("1-67891233-abcdef012345678912345678", true),
            ("Root=1-5759e988", true),
            ("", false),
            ("two words", false),
            ("line\u{1b}[31m", false),
            (&"a".repeat(LONGEST), true),
            (&"a".repeat(LONGEST + 1), false),
        ] {
            assert_eq!(is_plain(id.as_bytes()), expected, "{id:?}");
        }
    }

    #[test]
    fn an_id_of_ours_is_plain_and_not_the_last_one() {
        let (one, other) = (made(), made());
        assert!(is_plain(one.as_bytes()), "{one:?}");
        assert_ne!(one, other);
    }
}
