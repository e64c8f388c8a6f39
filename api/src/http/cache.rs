//! Replies kept in memory, each for one version of the archive: asked the same while nothing was written, the server
//! sends the same bytes again.
//!
//! The version is read after the request came in and before anything is executed. A reply is kept under it, and sent only
//! to requests that find the same version. Every committed write moves it, so no reply is older than the last write that
//! was acknowledged before its request.

use std::sync::Arc;

use actix_web::body::{self, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use crate::store::version::{Version, Versions};

/// Largest reply that is kept, in bytes.
const LARGEST: usize = 256 << 10;
/// What a kept reply takes beside its key and body, in bytes: headers, and the cache's own books.
const OVERHEAD: usize = 1 << 10;
/// How large a reply is taken to be when the cache is laid out, in bytes.
const TYPICAL: u64 = 8 << 10;

/// Says of a reply that it was kept or is being kept (RFC 9211).
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// Headers of a request that no reply depends on. All others are part of what was asked, whether we read them or not.
const IRRELEVANT: [HeaderName; 10] = [
    header::ACCEPT_LANGUAGE,
    // Stands in the key by its digest.
    header::AUTHORIZATION,
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::COOKIE,
    header::FORWARDED,
    header::REFERER,
    header::USER_AGENT,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-request-id"),
];

/// Marks a response, by its extensions, as made of nothing but the archive and the request: not of the time, of a
/// mutation, or of an error.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfTheArchive;

/// The replies that are kept. Cheap to clone: clones share them.
#[derive(Clone, Debug)]
pub struct Replies(Option<Arc<Kept>>);

#[derive(Debug)]
struct Kept {
    versions: Versions,
    by_request: Cache<Box<[u8]>, Arc<Reply>, InBytes>,
}

#[derive(Debug)]
struct Reply {
    version: Version,
    headers: Box<[(HeaderName, HeaderValue)]>,
    body: Bytes,
}

#[derive(Clone, Debug)]
struct InBytes;

impl Weighter<Box<[u8]>, Arc<Reply>> for InBytes {
    fn weight(&self, key: &Box<[u8]>, reply: &Arc<Reply>) -> u64 {
        (key.len() + reply.body.len() + OVERHEAD) as u64
    }
}

impl Replies {
    /// Keeps nothing.
    pub fn none() -> Self {
        Self(None)
    }

    /// At most so many bytes of replies of the archive that has these versions.
    pub fn of(versions: Versions, bytes: u64) -> Self {
        let items = usize::try_from(bytes / TYPICAL)
            .unwrap_or(usize::MAX)
            .max(1);
        Self(Some(Arc::new(Kept {
            versions,
            by_request: Cache::with_weighter(items, bytes, InBytes),
        })))
    }
}

/// Answer with what is kept, else let the request be executed and keep the reply if it may be.
pub(super) async fn reply(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let kept = request
        .app_data::<web::Data<Replies>>()
        .and_then(|replies| replies.0.clone());
    let Some(kept) = kept.filter(|_| is_asked_plainly(&request)) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let sent = match *request.method() {
        Method::POST => request.extract::<Bytes>().await?,
        _ => Bytes::new(),
    };
    let key = key(request.request(), &sent);
    let version = kept.versions.now().await;
    if let (Some(found), Some(version)) = (kept.by_request.get(&key[..]), &version)
        && found.version == *version
    {
        return Ok(request.into_response(found.response()));
    }
    if request.method() == Method::POST {
        request.set_payload(Payload::from(sent));
    }
    let response = next.call(request).await?;
    match version {
        Some(version) if may_be_kept(response.response()) => {
            kept.keep(key, version, response).await
        }
        _ => Ok(response.map_into_boxed_body()),
    }
}

/// Whether the request is one that asks once and is answered once: no upload, no socket.
fn is_asked_plainly(request: &ServiceRequest) -> bool {
    match *request.method() {
        Method::GET => !request.headers().contains_key(header::UPGRADE),
        Method::POST => request
            .content_type()
            .eq_ignore_ascii_case("application/json"),
        _ => false,
    }
}

fn may_be_kept<B: MessageBody>(response: &HttpResponse<B>) -> bool {
    response.status() == StatusCode::OK && response.extensions().get::<OfTheArchive>().is_some()
}

/// All that a reply may depend on, in an order of its own.
fn key(request: &HttpRequest, body: &[u8]) -> Vec<u8> {
    let mut headers: Vec<(&str, &[u8])> = request
        .headers()
        .iter()
        .filter(|(name, _)| !IRRELEVANT.contains(name))
        .map(|(name, value)| (name.as_str(), value.as_bytes()))
        .collect();
    headers.sort_unstable();
    // Whether a token is in force is asked anew for each request, before this; so it may stand for who asks. It is a
    // secret, so it is not kept as it is.
    let asks = request
        .headers()
        .get(header::AUTHORIZATION)
        .map(|token| Sha256::digest(token.as_bytes()));
    let mut key = Vec::with_capacity(256 + body.len());
    let mut part = |bytes: &[u8]| {
        // Each after its length, so that no two lists of parts run into the same bytes.
        key.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        key.extend_from_slice(bytes);
    };
    part(request.method().as_str().as_bytes());
    part(request.uri().path().as_bytes());
    part(request.query_string().as_bytes());
    part(body);
    part(asks.as_ref().map_or(&[][..], |digest| &digest[..]));
    for (name, value) in headers {
        part(name.as_bytes());
        part(value);
    }
    key
}

impl Kept {
    /// Keep the response unless it is too large, and give it back.
    async fn keep<B: MessageBody + 'static>(
        &self,
        key: Vec<u8>,
        version: Version,
        response: ServiceResponse<B>,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let (request, response) = response.into_parts();
        let (mut head, content) = response.into_parts();
        let bytes = body::to_bytes(content).await.map_err(|cause| {
            let cause: Box<dyn std::error::Error> = cause.into();
            actix_web::error::ErrorInternalServerError(cause.to_string())
        })?;
        if bytes.len() <= LARGEST {
            let reply = Reply {
                version,
                headers: head
                    .headers()
                    .iter()
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
                body: bytes.clone(),
            };
            self.by_request
                .insert(key.into_boxed_slice(), Arc::new(reply));
            let stored = HeaderValue::from_static("communique; fwd=miss; stored");
            head.headers_mut().insert(CACHE_STATUS, stored);
        }
        Ok(ServiceResponse::new(
            request,
            head.set_body(BoxBody::new(bytes)),
        ))
    }
}

impl Reply {
    fn response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(StatusCode::OK);
        let headers = response.headers_mut();
        for (name, value) in &self.headers {
            headers.append(name.clone(), value.clone());
        }
        headers.insert(CACHE_STATUS, HeaderValue::from_static("communique; hit"));
        response.set_body(BoxBody::new(self.body.clone()))
    }
}
