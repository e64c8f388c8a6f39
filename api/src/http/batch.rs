//! Several requests in one body, where the operator allows it: each answered in its place, one after the other.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use serde_json::Value;

use super::accept::MediaType;
use super::endpoint::Endpoint;
use super::execute::{self, Way};
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::Asked;
use crate::graphql::Code;

/// Answer all of them. What is wrong with one says nothing of the others.
pub(super) async fn answer(
    http: &HttpRequest,
    endpoint: &Endpoint,
    media: MediaType,
    requests: Vec<Value>,
) -> Reply {
    if let Err(refusal) = is_allowed(requests.len(), endpoint.settings.batch) {
        return Reply::refused(refusal, media);
    }
    let mut replies = Vec::with_capacity(requests.len());
    // Not all at once: a mutation may rely on the one before it, and one client has one turn.
    for request in requests {
        replies.push(match Asked::of_json(request) {
            Ok(asked) => execute::answer(http, endpoint, media, Way::Post, asked).await,
            Err(refusal) => Reply::refused(refusal, media),
        });
    }
    Reply::all(&replies, media)
}

fn is_allowed(requests: usize, most: usize) -> Result<(), Refusal> {
    let too_large = |message| Refusal::new(StatusCode::BAD_REQUEST, Code::BatchTooLarge, message);
    match requests {
        _ if most == 0 => Err(too_large(
            "the body is a list and this server takes one request at a time; its operator allows N by serve --batch N"
                .to_owned(),
        )),
        0 => Err(Refusal::malformed(
            "the list is empty; expected at least one request",
        )),
        _ if requests > most => Err(too_large(format!(
            "the list has {requests} requests; at most {most} are answered at once"
        ))),
        _ => Ok(()),
    }
}
