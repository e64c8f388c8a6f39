//! What the addresses in an answer begin with.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::graphql::PublicUrl;

/// Where readers reach this server: as its operator says, else as the request names it, else where it listens. What a
/// proxy says of the request is not asked, as anyone may say it.
pub(crate) fn base(request: &HttpRequest, public: Option<&PublicUrl>) -> PublicUrl {
    if let Some(public) = public {
        return public.clone();
    }
    let named = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| request.uri().authority().map(|host| host.as_str()))
        .filter(|host| is_host(host))
        .and_then(PublicUrl::of_host);
    named.unwrap_or_else(|| PublicUrl::of_socket(request.app_config().local_addr()))
}

/// Whether a text that a client sent may stand for a host, with or without a port: nothing of it can be read as a path,
/// a user or markup.
fn is_host(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    (1..=255).contains(&text.len())
        && text.bytes().all(plain)
        && text.parse::<actix_web::http::uri::Authority>().is_ok()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_a_host_is_taken_for_one() {
        for (text, expected) in [
            ("news.example.org", true),
            ("127.0.0.1:8000", true),
            ("[::1]:8000", true),
            ("", false),
            ("a/b", false),
            ("a@b", false),
            ("a\"b", false),
            ("<script>", false),
            ("a b", false),
            (&"a".repeat(256), false),
        ] {
            assert_eq!(is_host(text), expected, "{text}");
        }
    }

    #[test]
    fn what_the_operator_says_comes_before_what_a_client_says() {
        let public: PublicUrl = "https://news.example.org/press/"
            .parse()
            .expect("an address");
        let request = TestRequest::default()
            .insert_header((header::HOST, "evil.example"))
            .to_http_request();
        assert_eq!(base(&request, Some(&public)), public);
        assert_eq!(base(&request, None).as_str(), "http://evil.example");
    }
}
