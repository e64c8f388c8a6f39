//! Entity tags and dates of change: whether a client still has what it would be sent.

use std::time::SystemTime;

use actix_web::HttpRequest;
use actix_web::http::header::{self, Header, HeaderValue, HttpDate, IfModifiedSince};
use chrono::{DateTime, SubsecRound, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// The tag of an answer. A weak one (RFC 9110 §8.8.1): the bytes that go out may be compressed in one way or another.
pub(crate) fn tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    format!("W/\"{}\"", HEXLOWER.encode(&digest[..16]))
}

/// Whether the client says by `If-None-Match` that it has what this tag names.
pub(crate) fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let headers = request.headers().get_all(header::IF_NONE_MATCH);
    headers
        .filter_map(|value| HeaderValue::to_str(value).ok())
        .any(|list| names(list, tag))
}

/// Whether the client has what this tag names and was last changed then. By the tag if it sends any; only one that sends
/// none goes by the date, to the second (RFC 9110 §13.2.2).
pub(super) fn is_fresh(request: &HttpRequest, tag: &str, changed: Option<DateTime<Utc>>) -> bool {
    if request.headers().contains_key(header::IF_NONE_MATCH) {
        return is_known(request, tag);
    }
    let (Some(changed), Ok(since)) = (changed, IfModifiedSince::parse(request)) else {
        return false;
    };
    SystemTime::from(since.0) >= SystemTime::from(date(changed))
}

/// A moment as headers give it: to the second.
pub(super) fn date(moment: DateTime<Utc>) -> HttpDate {
    let whole = moment.trunc_subsecs(0);
    HttpDate::from(SystemTime::from(whole))
}

/// Whether a list of tags has this one, weak or strong, as the comparison for `If-None-Match` does not tell them apart.
fn names(list: &str, tag: &str) -> bool {
    let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
    list.split(',')
        .map(str::trim)
        .any(|found| found == "*" || opaque(found) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_list_weak_or_strong() {
        for (list, expected) in [
            ("W/\"ab\"", true),
            ("\"ab\"", true),
            ("\"cd\", W/\"ab\"", true),
            ("*", true),
            ("\"cd\"", false),
            ("", false),
            ("ab", false),
        ] {
            assert_eq!(names(list, "W/\"ab\""), expected, "{list}");
        }
    }

    #[test]
    fn another_body_has_another_tag() {
        assert_eq!(tag(b"a"), tag(b"a"));
        assert_ne!(tag(b"a"), tag(b"b"));
    }
}
