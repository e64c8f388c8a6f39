//! A GraphQL response as an HTTP response: status, headers, bytes.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Bytes;
use async_graphql::Response;
use tracing::error;

use super::accept::MediaType;
use super::cache::OfTheArchive;
use super::endpoint::is_executed;
use super::refusal::Refusal;
use super::settings::Settings;

/// What came of a request, ready to be written.
#[derive(Debug)]
pub(super) struct Reply {
    status: StatusCode,
    media: MediaType,
    allow: Option<&'static str>,
    body: Bytes,
    /// Whether the archive alone made it, so that it may be kept while that stays as it is.
    of_the_archive: bool,
}

impl Reply {
    /// Of a request that was not executed.
    pub(super) fn refused(refusal: Refusal, media: MediaType) -> Self {
        let status = match media {
            MediaType::Json if refusal.well_formed => StatusCode::OK,
            _ => refusal.status,
        };
        let allow = refusal.allow;
        Self {
            allow,
            ..Self::written(status, media, &refusal.into_response())
        }
    }

    /// Of a request that was executed, or that proved not to be valid.
    pub(super) fn answered(response: &Response, media: MediaType, settings: &Settings) -> Self {
        let status = match media {
            MediaType::GraphqlResponse if !is_executed(response) => settings.invalid.code(),
            _ => StatusCode::OK,
        };
        Self::written(status, media, response)
    }

    /// The same, of a query without errors: the archive alone made it.
    pub(super) fn of_the_archive(self, alone: bool) -> Self {
        Self {
            of_the_archive: alone,
            ..self
        }
    }

    /// Of several requests in one: a list of what came of each.
    pub(super) fn all(replies: &[Self], media: MediaType) -> Self {
        let mut body = Vec::from(*b"[");
        for (place, reply) in replies.iter().enumerate() {
            if place > 0 {
                body.push(b',');
            }
            body.extend_from_slice(&reply.body);
        }
        body.push(b']');
        Self {
            status: StatusCode::OK,
            media,
            allow: None,
            body: Bytes::from(body),
            of_the_archive: replies.iter().all(|reply| reply.of_the_archive),
        }
    }

    fn written(status: StatusCode, media: MediaType, response: &Response) -> Self {
        match bytes(response) {
            Ok(body) => Self {
                status,
                media,
                allow: None,
                body,
                of_the_archive: false,
            },
            Err(cause) => {
                error!(%cause, "a response cannot be written as JSON");
                Self {
                    status: StatusCode::INTERNAL_SERVER_ERROR,
                    media,
                    allow: None,
                    body: Bytes::new(),
                    of_the_archive: false,
                }
            }
        }
    }

    /// As it goes out.
    pub(super) fn send(self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response
            .insert_header((header::CONTENT_TYPE, self.media.name()))
            .insert_header((header::VARY, "accept"));
        if let Some(allow) = self.allow {
            response.insert_header((header::ALLOW, HeaderValue::from_static(allow)));
        }
        let mut response = response.body(self.body);
        if self.of_the_archive {
            response.extensions_mut().insert(OfTheArchive);
        }
        response
    }
}

/// The specification wants `data` left out, not null, where nothing was executed.
pub(super) fn bytes(response: &Response) -> serde_json::Result<Bytes> {
    let written = if is_executed(response) {
        serde_json::to_vec(response)
    } else {
        serde_json::to_vec(&serde_json::json!({ "errors": response.errors }))
    };
    written.map(Bytes::from)
}
