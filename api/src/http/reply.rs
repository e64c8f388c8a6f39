//! A GraphQL response as an HTTP response: status, headers, bytes.

use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use tracing::error;

use super::accept::MediaType;
use super::answer::Answer;
use super::cache::OfTheArchive;
use super::conditional;
use super::refusal::Refusal;
use super::settings::Settings;
use crate::graphql::Code;

/// What came of a request, ready to be written.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    media: MediaType,
    allow: Option<&'static str>,
    /// Whether it is an answer without errors, which others may keep.
    sound: bool,
    /// How long it may be kept without asking again, in seconds.
    max_age: u32,
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
        let answer = Answer::refused(*refusal.error);
        Self {
            allow: refusal.allow,
            ..Self::written(status, media, &answer)
        }
    }

    /// Of a request that was executed, or that proved not to be valid.
    pub(super) fn answered(answer: &Answer, media: MediaType, settings: &Settings) -> Self {
        let status = match media {
            MediaType::GraphqlResponse if answer.is_executed() => StatusCode::OK,
            MediaType::GraphqlResponse if answer.has_code(Code::Timeout) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            MediaType::GraphqlResponse if answer.has_code(Code::ValidationFailed) => {
                settings.invalid.code()
            }
            MediaType::GraphqlResponse => StatusCode::BAD_REQUEST,
            _ => StatusCode::OK,
        };
        Self {
            sound: answer.errors().is_empty(),
            ..Self::written(status, media, answer)
        }
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
            of_the_archive: replies.iter().all(|reply| reply.of_the_archive),
            ..Self::of(StatusCode::OK, media, Bytes::from(body))
        }
    }

    /// The same, to be kept by others so many seconds before they ask again.
    pub(super) fn kept(self, max_age: u32) -> Self {
        Self { max_age, ..self }
    }

    fn of(status: StatusCode, media: MediaType, body: Bytes) -> Self {
        Self {
            status,
            media,
            allow: None,
            sound: false,
            max_age: 0,
            body,
            of_the_archive: false,
        }
    }

    fn written(status: StatusCode, media: MediaType, answer: &Answer) -> Self {
        match answer.json() {
            Ok(body) => Self::of(status, media, body.into()),
            Err(cause) => {
                error!(%cause, "a response cannot be written as JSON");
                Self::of(StatusCode::INTERNAL_SERVER_ERROR, media, Bytes::new())
            }
        }
    }

    /// As it goes out. An answer to GET has an entity tag, by which a client asks whether it still holds.
    pub(super) fn send(self, http: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response
            .insert_header((header::CONTENT_TYPE, self.media.name()))
            .insert_header((header::VARY, "accept, authorization"));
        if let Some(allow) = self.allow {
            response.insert_header((header::ALLOW, HeaderValue::from_static(allow)));
        }
        let kept = self.of_the_archive;
        let mut response = self.with_tag(http, response);
        if kept {
            response.extensions_mut().insert(OfTheArchive);
        }
        response
    }

    fn with_tag(self, http: &HttpRequest, mut response: HttpResponseBuilder) -> HttpResponse {
        if !matches!(*http.method(), Method::GET | Method::HEAD) {
            return response.body(self.body);
        }
        if !self.sound {
            response.insert_header((header::CACHE_CONTROL, "no-store"));
            return response.body(self.body);
        }
        let tag = conditional::tag(&self.body);
        response
            .insert_header((header::CACHE_CONTROL, caching(http, self.max_age)))
            .insert_header((header::ETAG, tag.as_str()));
        if conditional::is_known(http, &tag) {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        response.body(self.body)
    }
}

/// What was given to the holder of a token is not for a shared cache.
pub(super) fn caching(http: &HttpRequest, max_age: u32) -> String {
    let whose = match http.headers().contains_key(header::AUTHORIZATION) {
        true => "private",
        false => "public",
    };
    match max_age {
        0 => format!("{whose}, no-cache"),
        seconds => format!("{whose}, max-age={seconds}"),
    }
}
