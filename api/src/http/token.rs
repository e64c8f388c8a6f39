//! Who may come in: every request to the archive passes here before anything else looks at it.
//!
//! The token is looked up, the rates are counted, and a private archive is closed to whoever has no token. What is no
//! part of the archive (health, the playground's files and its page, the stylesheet and scripts of the pages) is open to
//! all, and named here: whatever is not, passes the gate, however its path is written.

mod pass;

use std::net::{IpAddr, Ipv6Addr};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, ResponseError, web};
use data_encoding::BASE64;
use quick_cache::sync::Cache;
use tracing::{error, warn};

pub(super) use pass::Pass;

use super::accept::MediaType;
use super::rate::{Limiter, Rate, Standing};
use super::refusal::Refusal;
use super::socket;
use crate::clock::Clock;
use crate::dashboard::Problem;
use crate::graphql::{Code, Who};
use crate::store::Store;
use crate::store::tokens::{Secret, minute};

/// Tokens remembered to have been in force lately.
const REMEMBERED: usize = 1_024;

/// Who may come in, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Whether reading needs a token too.
    pub private: bool,
    /// Requests a minute of one address; the default, which spares this machine's own, unless given.
    pub rate: Option<Rate>,
    /// Requests a minute of one token, likewise.
    pub token_rate: Option<Rate>,
    /// Requests at once; a minute's unless given.
    pub burst: Option<std::num::NonZeroU32>,
    /// Whether the address that the proxy before us names is the one that asks.
    pub trust_proxy: bool,
}

/// The terms as they are kept.
pub(super) struct Gate {
    store: Store,
    clock: Clock,
    terms: Terms,
    addresses: Option<Limiter<IpAddr>>,
    tokens: Option<Limiter<entity::id::TokenId>>,
    /// Secrets that an address shows for the first time, as many as it may ask without one: counted before they are
    /// looked up, so that guessing costs the guesser, not the database; and apart, so that whoever holds a token need not
    /// wait for those at the same address who hold none.
    guesses: Option<Limiter<IpAddr>>,
    /// Secrets that were in force when last seen: no guesses.
    seen: Cache<Secret, ()>,
}

impl Gate {
    pub(super) fn new(terms: Terms, store: Store, clock: Clock) -> Self {
        let address = terms.rate.unwrap_or(Rate::OF_AN_ADDRESS);
        let token = terms.token_rate.unwrap_or(Rate::OF_A_TOKEN);
        Self {
            store,
            clock,
            terms,
            addresses: address.0.map(|rate| Limiter::new(rate, terms.burst)),
            guesses: address.0.map(|rate| Limiter::new(rate, terms.burst)),
            tokens: token.0.map(|rate| Limiter::new(rate, terms.burst)),
            seen: Cache::new(REMEMBERED),
        }
    }

    /// Who sends this value of `Authorization`; anybody if there is none.
    pub(super) async fn who(&self, authorization: Option<&HeaderValue>) -> Result<Who, Refusal> {
        let Some(value) = authorization else {
            return Ok(Who::default());
        };
        let refuse = |why: &str| Refusal::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, why);
        let secret = secret(value).ok_or_else(|| {
            refuse("the Authorization header holds no token; expected Bearer cmq_… as `communique token create` printed it")
        })?;
        let now = self.clock.now();
        let found = self.store.holder(&secret, now).await.map_err(|cause| {
            error!(%cause, "a token could not be looked up");
            let message = "something failed on our side; the request id finds it in the log";
            Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal, message)
        })?;
        let Some((holder, last_used)) = found else {
            self.seen.remove(&secret);
            return Err(refuse(
                "the token is not in force: unknown, expired or revoked; `communique token create` makes one",
            ));
        };
        self.seen.insert(secret, ());
        if last_used.is_none_or(|last| last < minute(now)) {
            let (store, token) = (self.store.clone(), holder.id.clone());
            // Nobody waits for it: what is asked does not depend on it.
            tokio::spawn(async move {
                if let Err(cause) = store.token_used(&token, now).await {
                    warn!(%cause, "the last use of a token is not kept");
                }
            });
        }
        Ok(Who::holding(holder))
    }

    /// Whether reading is open to them.
    pub(super) fn may_read(&self, who: &Who) -> Result<(), Refusal> {
        if self.terms.private && who.token().is_none() {
            let message =
                "this archive is private: reading needs a token, sent as Authorization: Bearer …";
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                Code::Unauthenticated,
                message,
            ));
        }
        Ok(())
    }

    /// Count a request of an address, among its requests or its guesses. This machine's own are spared unless a rate was
    /// asked for: they are its owner's, or a proxy's that speaks for everybody.
    fn count_address(
        &self,
        among: Option<&Limiter<IpAddr>>,
        address: Option<IpAddr>,
    ) -> Option<Standing> {
        let address = address?;
        if address.to_canonical().is_loopback() && self.terms.rate.is_none() {
            return None;
        }
        Some(among?.count(&household(address)))
    }

    fn count_token(&self, who: &Who, address: Option<IpAddr>) -> Option<Standing> {
        let here = address.is_some_and(|address| address.to_canonical().is_loopback());
        if here && self.terms.token_rate.is_none() {
            return None;
        }
        Some(self.tokens.as_ref()?.count(who.token()?))
    }

    /// Everything at once: the refusal, or who comes in; and how they stand with the rates.
    async fn admit(&self, request: &ServiceRequest) -> (Result<Who, Refusal>, Option<Standing>) {
        let authorization = request.headers().get(header::AUTHORIZATION);
        let address = address(request, self.terms.trust_proxy);
        let (addresses, guesses) = (self.addresses.as_ref(), self.guesses.as_ref());
        let shown = authorization.and_then(secret);
        let mut standing = match &shown {
            Some(secret) if self.seen.get(secret).is_some() => None,
            Some(_) => self.count_address(guesses, address),
            None => self.count_address(addresses, address),
        };
        if let Some(refusal) = standing.and_then(too_many) {
            return (Err(refusal), standing);
        }
        let who = match self.who(authorization).await {
            Ok(who) => who,
            Err(refusal) => {
                if shown.is_some() {
                    let _ = self.count_address(addresses, address);
                }
                return (Err(refusal), standing);
            }
        };
        if let Some(of_token) = self.count_token(&who, address) {
            standing = Some(of_token);
            if let Some(refusal) = too_many(of_token) {
                return (Err(refusal), standing);
            }
        }
        let admitted = match opens_playground(request) || opens_socket(request) {
            true => Ok(who),
            false => self.may_read(&who).map(|()| who),
        };
        (admitted, standing)
    }
}

/// Who sends a request that was let in.
pub(super) fn who(request: &HttpRequest) -> Who {
    request
        .extensions()
        .get::<Who>()
        .cloned()
        .unwrap_or_default()
}

/// Let in or refuse.
pub(super) async fn gate<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let gate = request.app_data::<web::Data<Gate>>().cloned();
    // What a browser asks before it asks (CORS) has no token by design.
    let passes = is_open(request.path()) || request.method() == Method::OPTIONS;
    let (Some(gate), false) = (gate, passes) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let (admitted, standing) = gate.admit(&request).await;
    let mut response = match admitted {
        Ok(who) => {
            request.extensions_mut().insert(who);
            next.call(request).await?.map_into_left_body()
        }
        Err(refusal) => {
            let answer = match MediaType::wanted(request.request()) {
                Some(MediaType::Html) if is_a_page(request.path()) => {
                    refuse_reader(&refusal, request.headers())
                }
                Some(MediaType::GraphqlResponse) => refuse(&refusal, MediaType::GraphqlResponse),
                _ => refuse(&refusal, MediaType::Json),
            };
            request.into_response(answer).map_into_right_body()
        }
    };
    if let Some(standing) = standing {
        standing.tell(response.headers_mut());
    }
    Ok(response)
}

fn refuse(refusal: &Refusal, media: MediaType) -> HttpResponse {
    let mut response = HttpResponse::build(refusal.status);
    response.insert_header((header::CONTENT_TYPE, media.name()));
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if refusal.status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"communique\""));
    }
    response.body(serde_json::json!({ "errors": [*refusal.error] }).to_string())
}

/// The same to a person with a browser, who is asked for the token in place of a password: what follows a link cannot
/// send it otherwise.
fn refuse_reader(refusal: &Refusal, asked: &HeaderMap) -> HttpResponse {
    if refusal.status != StatusCode::UNAUTHORIZED {
        return Problem::closed(refusal.status, &refusal.error.message).error_response();
    }
    let shown = asked.contains_key(header::AUTHORIZATION);
    let mut response = Problem::private(shown).error_response();
    let challenge = HeaderValue::from_static("Basic realm=\"communique\", charset=\"UTF-8\"");
    let headers = response.headers_mut();
    headers.insert(header::WWW_AUTHENTICATE, challenge);
    response
}

/// Whether there is a page for people at a path, not GraphQL.
fn is_a_page(path: &str) -> bool {
    !is_open(path) && path != "/graphql" && path != "/q" && !path.starts_with("/q/")
}

fn too_many(standing: Standing) -> Option<Refusal> {
    standing.wait?;
    let seconds = standing.seconds_to_wait();
    let message = format!("too many requests; ask again in {seconds} s");
    Some(Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        Code::RateLimited,
        message,
    ))
}

/// The secret in `Bearer …`; or in `Basic …`, where it is the password, as browsers ask people for one.
fn secret(authorization: &HeaderValue) -> Option<Secret> {
    let (scheme, secret) = authorization.to_str().ok()?.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Secret::parse(secret.trim());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = BASE64.decode(secret.trim().as_bytes()).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (_, password) = decoded.split_once(':')?;
    Secret::parse(password.trim())
}

/// Whether this is no part of the archive. Routes are found by the decoded path; one that is written in another way than
/// here is not taken for open.
fn is_open(path: &str) -> bool {
    ["/healthz", "/readyz", "/robots.txt"].contains(&path)
        || path.starts_with("/playground/")
        || path.starts_with("/assets/")
}

/// Whether this opens a socket, which asks for a token by itself: a browser can send it only over the open socket.
fn opens_socket(request: &ServiceRequest) -> bool {
    request.path() == "/graphql"
        && request.method() == Method::GET
        && socket::is_wanted(request.headers())
}

/// Whether this only asks for the playground's page, which tells nothing of the archive.
fn opens_playground(request: &ServiceRequest) -> bool {
    let asks = request.query_string().split('&').any(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        // A name in disguise (%71uery) counts as a question.
        name.contains('%') || ["query", "id", "documentId", "extensions"].contains(&name)
    });
    request.path() == "/graphql"
        && [Method::GET, Method::HEAD].contains(request.method())
        && !request.headers().contains_key(header::UPGRADE)
        && MediaType::wanted(request.request()) == Some(MediaType::Html)
        && !asks
}

/// The address that asks.
fn address(request: &ServiceRequest, trust_proxy: bool) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer| peer.ip());
    if trust_proxy {
        forwarded(request.headers()).or(peer)
    } else {
        peer
    }
}

/// The client as the proxy before us names it: the last entry, as all before it may be the client's own invention.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = |name: &str| {
        headers
            .get_all(name)
            .last()?
            .to_str()
            .ok()?
            .rsplit(',')
            .next()
    };
    let standard = last("forwarded").and_then(|entry| {
        entry.split(';').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            name.trim().eq_ignore_ascii_case("for").then_some(value)
        })
    });
    let named = standard.or_else(|| last("x-forwarded-for"))?;
    let bare = named.trim().trim_matches('"');
    if let Some(v6) = bare.strip_prefix('[') {
        return v6.split(']').next()?.parse().ok();
    }
    bare.parse()
        .ok()
        .or_else(|| bare.rsplit_once(':')?.0.parse().ok())
}

/// Whom an address stands for: an IPv6 network of 64 bits is one household's, who could else ask from each of its
/// addresses.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let network = u128::from(v6) & (u128::MAX << 64);
            IpAddr::V6(Ipv6Addr::from(network))
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests;
