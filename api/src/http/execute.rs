//! GraphQL over HTTP: a request in, a response with the status that fits out.
//!
//! Our own thin handler, as the stock one answers 200 to everything, takes mutations by GET and parses any content type.
//! Each request goes the same way: read ([`request`]), prepare and execute ([`Endpoint`]), write ([`Reply`]).

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use async_graphql::parser::types::OperationType;

use super::accept::MediaType;
use super::endpoint::Endpoint;
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::{self, Asked, Body};
use super::{batch, events, log, site, token};

/// The methods of `/graphql`, for `Allow`.
const METHODS: &str = "GET, HEAD, POST";

/// How a request came: not every operation may come by every way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By GET: only queries, as others follow links and keep answers.
    Get,
    /// By POST.
    Post,
}

/// The header that asks for the price of a request instead of its answer.
pub(super) const DRY_RUN: &str = "x-cost-dry-run";

/// `GET /graphql`: the playground for a browser, else a query in the parameters.
pub(super) async fn get(http: HttpRequest, endpoint: web::Data<Endpoint>) -> HttpResponse {
    let Some(wanted) = MediaType::wanted(&http) else {
        return not_acceptable();
    };
    let asked = request::of_parameters(&http);
    if wanted == MediaType::Html && matches!(asked, Ok(None)) {
        return site::playground_page(&http);
    }
    let asked = asked.and_then(|asked| {
        asked.ok_or_else(|| {
            Refusal::malformed(
                "query is missing; expected a GraphQL document, or a browser that accepts text/html",
            )
        })
    });
    let media = wanted.for_data();
    let reply = match asked {
        Ok(asked) if wanted == MediaType::EventStream => {
            return events::answer(&http, &endpoint, Way::Get, asked);
        }
        Ok(asked) => answer(&http, &endpoint, media, Way::Get, asked).await,
        Err(refusal) => Reply::refused(refusal, media),
    };
    reply.send(&http)
}

/// `POST /graphql`: a request in the body.
pub(super) async fn post(
    http: HttpRequest,
    endpoint: web::Data<Endpoint>,
    body: web::Bytes,
) -> HttpResponse {
    let Some(wanted) = MediaType::wanted(&http) else {
        return not_acceptable();
    };
    let media = wanted.for_data();
    let reply = match request::of_body(&http, &body) {
        Ok(Body::One(asked)) if wanted == MediaType::EventStream => {
            return events::answer(&http, &endpoint, Way::Post, asked);
        }
        Ok(Body::One(asked)) => answer(&http, &endpoint, media, Way::Post, asked).await,
        Ok(Body::Batch(requests)) => batch::answer(&http, &endpoint, media, requests).await,
        Err(refusal) => Reply::refused(refusal, media),
    };
    reply.send(&http)
}

/// Any other method.
pub(super) async fn other_method() -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header((header::ALLOW, METHODS))
        .finish()
}

pub(super) fn not_acceptable() -> HttpResponse {
    HttpResponse::NotAcceptable()
        .content_type("text/plain; charset=utf-8")
        .body("expected Accept to allow application/graphql-response+json or application/json\n")
}

/// One request, from what was asked to what is written.
pub(super) async fn answer(
    http: &HttpRequest,
    endpoint: &Endpoint,
    media: MediaType,
    way: Way,
    asked: Asked,
) -> Reply {
    let prepared = match endpoint.prepare(asked, token::who(http)) {
        Ok(prepared) => prepared,
        Err(refusal) => return Reply::refused(refusal, media),
    };
    if let Err(refusal) = may_come(prepared.kind, way) {
        return Reply::refused(refusal, media);
    }
    let archives = prepared.kind == OperationType::Query
        && !asks_the_index(&prepared.request.query)
        && !asks_the_clock(&prepared.request.query);
    let id = log::id(http);
    let answer = match http.headers().contains_key(DRY_RUN) {
        true => endpoint.dry_run(prepared, &id).await,
        false => endpoint.execute(prepared, &id).await,
    };
    Reply::answered(&answer, media, &endpoint.settings)
        .of_the_archive(archives && answer.errors().is_empty())
}

/// Whether a document may ask what the index answers, by the words that would. The index follows the archive, and an
/// answer of one that lags must not be kept as the archive's.
fn asks_the_index(document: &str) -> bool {
    ["search", "facets", "related", "articleCounts"]
        .iter()
        .any(|word| document.contains(word))
}

/// Whether a document may ask what depends on the day, by the word that would.
fn asks_the_clock(document: &str) -> bool {
    document.contains("digest")
}

pub(super) fn may_come(kind: OperationType, way: Way) -> Result<(), Refusal> {
    match (kind, way) {
        (OperationType::Query, _) | (OperationType::Mutation, Way::Post) => Ok(()),
        (OperationType::Mutation, Way::Get) => Err(Refusal::wrong_method(
            "POST",
            "a mutation cannot be sent by GET; send it by POST",
        )),
        (OperationType::Subscription, _) => Err(Refusal::malformed(
            "a subscription is not answered once; ask for it over a WebSocket, or accept text/event-stream",
        )),
    }
}
