//! A feed as an HTTP response, or why there is none.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use tracing::{error, warn};

use super::log;
use crate::feed::WriteError;
use crate::http::cache::OfTheArchive;
use crate::http::{conditional, reply};
use crate::search::SearchError;
use crate::store::StoreError;

/// A document that was written.
pub(super) struct Answer {
    /// Its media type.
    pub(super) media_type: &'static str,
    /// The document.
    pub(super) body: Vec<u8>,
    /// When it last changed; none where that cannot be told.
    pub(super) changed: Option<DateTime<Utc>>,
    /// Whether the archive alone made it, so that it may be kept while that stays as it is.
    pub(super) of_the_archive: bool,
}

/// Why there is no document.
pub(super) enum Refused {
    /// A parameter is wrong; the text says which and what would be right.
    Wrong(String),
    /// There is nothing to make a feed of.
    NotFound(String),
    /// The index does not answer.
    Search(SearchError),
    /// It is our fault.
    Ours(anyhow::Error),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Ours(error.into())
    }
}

impl From<WriteError> for Refused {
    fn from(error: WriteError) -> Self {
        Self::Ours(error.into())
    }
}

impl From<SearchError> for Refused {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Store(error) => error.into(),
            error => Self::Search(error),
        }
    }
}

/// As it goes out; nothing but the word that it still holds to a client that has it.
pub(super) fn send(
    http: &HttpRequest,
    max_age: u32,
    answer: Result<Answer, Refused>,
) -> HttpResponse {
    let answer = match answer {
        Ok(answer) => answer,
        Err(refused) => return refuse(http, refused),
    };
    let tag = conditional::tag(&answer.body);
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, reply::caching(http, max_age)))
        .insert_header((header::ETAG, tag.as_str()));
    if let Some(changed) = answer.changed {
        response.insert_header(header::LastModified(conditional::date(changed)));
    }
    if conditional::is_fresh(http, &tag, answer.changed) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    let charset = if answer.media_type.ends_with("json") {
        ""
    } else {
        "; charset=utf-8"
    };
    response.content_type(format!("{}{charset}", answer.media_type));
    let mut response = response.body(answer.body);
    if answer.of_the_archive {
        response.extensions_mut().insert(OfTheArchive);
    }
    response
}

fn refuse(http: &HttpRequest, refused: Refused) -> HttpResponse {
    let (status, text) = match refused {
        Refused::Wrong(text) => (StatusCode::BAD_REQUEST, text),
        Refused::NotFound(text) => (StatusCode::NOT_FOUND, text),
        Refused::Search(cause) => {
            // It may name folders.
            warn!(%cause, "a search has no answer");
            let text = "search is not available at the moment; feeds without search are";
            (StatusCode::SERVICE_UNAVAILABLE, text.to_owned())
        }
        Refused::Ours(cause) => {
            error!(%cause, "a feed failed");
            let id = log::id(http);
            let text = format!("something failed on our side; the log has it under {id}");
            (StatusCode::INTERNAL_SERVER_ERROR, text)
        }
    };
    HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body(format!("{text}\n"))
}
