//! Which other sites may read what this server answers (CORS), as their pages' scripts ask.

use std::str::FromStr;

use actix_cors::Cors;
use actix_web::http::Uri;
use actix_web::http::header::{self, HeaderName};

/// What a script of another site may send beside what every request has.
const TAKEN: [HeaderName; 6] = [
    header::ACCEPT,
    header::AUTHORIZATION,
    header::CONTENT_TYPE,
    header::IF_NONE_MATCH,
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("x-cost-dry-run"),
];

/// What of an answer it may read beside the body.
const GIVEN: [&str; 9] = [
    "etag",
    "retry-after",
    "server-timing",
    "x-request-id",
    "ratelimit",
    "ratelimit-limit",
    "ratelimit-policy",
    "ratelimit-remaining",
    "ratelimit-reset",
];

/// How long a browser remembers what it was allowed, in seconds.
const REMEMBERED: usize = 3600;

/// An origin that may read: one site, or any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Every site.
    Any,
    /// `https://example.org`, as a browser writes it.
    Site(String),
}

/// What is wrong with an origin.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is not an origin; expected one like https://example.org, without a path, or *")]
pub struct NoOrigin(String);

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        if text == "*" {
            return Ok(Self::Any);
        }
        let plain = text.to_ascii_lowercase();
        let is_site = plain.parse().is_ok_and(|uri: Uri| {
            let origin = uri.scheme_str().zip(uri.authority());
            origin.is_some_and(|(scheme, authority)| {
                matches!(scheme, "http" | "https") && plain == format!("{scheme}://{authority}")
            }) && !plain.contains('@')
        });
        is_site
            .then_some(Self::Site(plain))
            .ok_or_else(|| NoOrigin(text.to_owned()))
    }
}

/// Whether a page of this origin may read here: one that was named, or any if any may.
pub(super) fn allows(origins: &[Origin], origin: &str) -> bool {
    origins.iter().any(|allowed| match allowed {
        Origin::Any => true,
        Origin::Site(site) => site.eq_ignore_ascii_case(origin),
    })
}

/// The answers to what browsers ask before and with each request of another site. Of tokens they send only what a script
/// gives them, so no site can ask in a reader's name.
pub(super) fn cors(origins: &[Origin]) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST"])
        .allowed_headers(TAKEN)
        .expose_headers(GIVEN)
        .max_age(REMEMBERED);
    if origins.contains(&Origin::Any) {
        return cors.allow_any_origin().send_wildcard();
    }
    let allowed = origins.to_vec();
    cors.allowed_origin_fn(move |origin, _| {
        origin.to_str().is_ok_and(|origin| allows(&allowed, origin))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        for (text, expected) in [
            ("*", Some(Origin::Any)),
            (
                "https://Example.org",
                Some(Origin::Site("https://example.org".to_owned())),
            ),
            (
                "http://localhost:3000",
                Some(Origin::Site("http://localhost:3000".to_owned())),
            ),
            ("https://example.org/", None),
            ("https://example.org/path", None),
            ("https://ada@example.org", None),
            ("example.org", None),
            ("ftp://example.org", None),
            ("null", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<Origin>().ok(), expected, "{text}");
        }
    }

    #[test]
    fn only_an_origin_that_was_named_may_read() {
        let named = ["https://a.example".parse().expect("an origin")];
        assert!(allows(&named, "https://a.example"));
        assert!(!allows(&named, "https://a.example.evil"));
        assert!(!allows(&named, "http://a.example"));
        assert!(!allows(&[], "https://a.example"));
        assert!(allows(&[Origin::Any], "https://b.example"));
    }
}
