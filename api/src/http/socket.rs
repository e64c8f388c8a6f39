//! GraphQL over a WebSocket: the protocol `graphql-transport-ws`, at the same URL as GraphQL over HTTP.
//!
//! Our own loop, as the stock one waits for ever for whoever says nothing, and takes any number of anything.

mod bounded;
mod close;
mod frames;
mod message;
mod origin;
mod session;

use actix_web::guard::GuardContext;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use tracing::{Instrument, info_span};

use super::endpoint::Endpoint;
use super::log;
use super::standing::Standing;
use super::token;
use bounded::Bounded;
use close::Close;
use frames::Frames;
use session::Session;

/// The protocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a request asks for a WebSocket.
pub(super) fn wanted(request: &GuardContext<'_>) -> bool {
    is_wanted(request.head().headers())
}

/// The same, by its headers.
pub(super) fn is_wanted(headers: &HeaderMap) -> bool {
    let upgrade = headers.get(header::UPGRADE);
    upgrade.is_some_and(|value| {
        value
            .as_bytes()
            .split(|byte| *byte == b',')
            .any(|protocol| protocol.trim_ascii().eq_ignore_ascii_case(b"websocket"))
    })
}

/// `GET /graphql` with `Upgrade: websocket`.
pub(super) async fn open(
    http: HttpRequest,
    body: web::Payload,
    endpoint: web::Data<Endpoint>,
    standing: web::Data<Standing>,
    gate: web::Data<token::Gate>,
) -> Result<HttpResponse, actix_web::Error> {
    if !origin::is_welcome(&http, &endpoint.settings.origins) {
        return Ok(refused(
            StatusCode::FORBIDDEN,
            "the page that asks is of another site; expected Origin to be this server's or one that --cors names\n",
        ));
    }
    let Some(place) = standing.connection() else {
        let mut response = refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "as many connections are open as may be; try again later\n",
        );
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        return Ok(response);
    };
    let bounded = Bounded::new(body, standing.limits.message);
    let mut bounded = actix_web::dev::Payload::from(bounded.boxed_local());
    let body = web::Payload::from_request(&http, &mut bounded).await?;
    let (response, out, stream) = actix_ws::handle_with_protocols(&http, body, &[PROTOCOL])?;
    let frames = Frames::of(stream, &standing.limits);
    let spoken = response
        .headers()
        .contains_key(header::SEC_WEBSOCKET_PROTOCOL);
    let id = log::id(&http);
    let span = info_span!("socket", id);
    let authorization = http.headers().get(header::AUTHORIZATION).cloned();
    let pass = token::Pass::new(gate.into_inner(), authorization);
    let session = Session::over(out, endpoint.into_inner(), standing.into_inner(), id, pass);
    let running = async move {
        let _held = place;
        match spoken {
            true => session.run(frames).await,
            // Said here and not by a status, which a browser does not tell its page.
            false => session.end(Close::PROTOCOL).await,
        }
    };
    actix_web::rt::spawn(running.instrument(span));
    Ok(response)
}

fn refused(status: StatusCode, message: &'static str) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/plain; charset=utf-8")
        .body(message)
}
