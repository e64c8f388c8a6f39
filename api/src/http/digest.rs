//! Digests by plain addresses: `GET /digest/weekly.html`, for newsletter tools and whoever copies out of a browser.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, web};
use tracing::error;

use super::conditional;
use crate::clock::Clock;
use crate::digest::{Definition, Definitions, DigestError, Selection};
use crate::graphql::PublicUrl;
use crate::newsletter::{Envelope, Format, render};
use crate::store::Store;

/// What a server knows of digests.
#[derive(Clone, Debug, Default)]
pub struct Digests {
    /// Those it was told of.
    pub definitions: Option<Definitions>,
    /// Where readers reach the server; where the request says, if it was not told.
    pub public: Option<PublicUrl>,
}

/// Styles stand in the mail itself; nothing else is taken from anywhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `GET /digest/NAME.FORMAT`.
pub(super) async fn get(
    http: HttpRequest,
    digests: web::Data<Digests>,
    store: web::Data<Store>,
    file: web::Path<String>,
) -> HttpResponse {
    let made = match &digests.definitions {
        Some(definitions) => make(&http, &digests, definitions, &store, &file).await,
        None => Err(plain(
            HttpResponse::NotFound(),
            "this server was told of no digests; `communique serve --digests FILE` tells it",
        )),
    };
    let (format, body) = match made {
        Ok(made) => made,
        Err(response) => return response,
    };
    let tag = conditional::tag(body.as_bytes());
    let known = conditional::is_known(&http, &tag);
    let mut response = match known {
        true => HttpResponse::NotModified(),
        false => HttpResponse::Ok(),
    };
    response
        .insert_header((header::ETAG, tag))
        // It changes with the archive and with the day: whoever keeps it asks again.
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "authorization"))
        .insert_header((header::CONTENT_TYPE, media_type(format)));
    if format == Format::Html {
        response.insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY));
    }
    match known {
        true => response.finish(),
        false => response.body(body),
    }
}

fn media_type(format: Format) -> &'static str {
    match format {
        Format::Html => "text/html; charset=utf-8",
        // MJML has no media type of its own.
        Format::Mjml | Format::Text => "text/plain; charset=utf-8",
        Format::Markdown => "text/markdown; charset=utf-8",
        Format::Json => "application/json",
        Format::Eml => "message/rfc822",
    }
}

fn plain(mut status: HttpResponseBuilder, message: &str) -> HttpResponse {
    status
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(format!("{message}\n"))
}

/// The issue, or the answer that says why there is none.
async fn make(
    http: &HttpRequest,
    digests: &Digests,
    definitions: &Definitions,
    store: &Store,
    file: &str,
) -> Result<(Format, String), HttpResponse> {
    let ours = |cause: &dyn std::fmt::Display| {
        error!(%cause, file, "a digest could not be made");
        let message = "something failed on our side; the log has the cause";
        plain(HttpResponse::InternalServerError(), message)
    };
    let vocabulary = store.topics().await.map_err(|cause| ours(&cause))?;
    let known = definitions.now(&vocabulary);
    let (definition, format) = named(file, |name| {
        known.iter().find(|(known, _)| known.as_str() == name).map(|(_, one)| one)
    })
    .ok_or_else(|| {
        let names: Vec<&str> = known.keys().map(|name| name.as_str()).collect();
        let message = format!(
            "no digest is called {file:?}; expected NAME.html, .mjml, .txt, .md, .json or .eml, and for NAME one of: {}",
            names.join(", ")
        );
        plain(HttpResponse::NotFound(), &message)
    })?;
    let clock = Clock::System;
    let selection = Selection::read(store, &definition.wanted, clock.now().date_naive())
        .await
        .map_err(|cause| match cause {
            DigestError::Wanted { .. } | DigestError::Store(_) => ours(&cause),
        })?;
    let asked = digests.public.clone().or_else(|| asked(http));
    let issue = selection
        .issue(&definition.setting, asked.as_ref())
        .map_err(|cause| ours(&cause))?;
    let envelope = Envelope {
        from: definition.setting.from.clone(),
        to: None,
        // The same issue is the same message on the same day, so that its tag holds.
        date: selection
            .to
            .and_time(chrono::NaiveTime::MIN)
            .and_utc()
            .timestamp(),
    };
    // Setting an issue takes some milliseconds of computing, which others must not wait for.
    let body = web::block(move || render(&issue, format, &envelope)).await;
    match body {
        Ok(Ok(body)) => Ok((format, body)),
        Ok(Err(cause)) => Err(ours(&cause)),
        Err(cause) => Err(ours(&cause)),
    }
}

/// The digest and the format that a file's name asks for.
fn named<'a>(
    file: &str,
    find: impl Fn(&str) -> Option<&'a Definition>,
) -> Option<(&'a Definition, Format)> {
    let (name, ending) = file.rsplit_once('.')?;
    let (format, _) = Format::ALL.iter().find(|(_, known)| *known == ending)?;
    Some((find(name)?, *format))
}

/// Where the request says that it reached this server: good enough for the one who asks.
fn asked(http: &HttpRequest) -> Option<PublicUrl> {
    let host = http.headers().get(header::HOST)?.to_str().ok()?;
    let odd = |letter: char| !(letter.is_ascii_alphanumeric() || ".-:[]".contains(letter));
    if host.contains(odd) {
        return None;
    }
    format!("http://{host}").parse().ok()
}
