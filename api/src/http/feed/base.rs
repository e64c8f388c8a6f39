//! What the addresses in a feed begin with.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::graphql::PublicUrl;

/// The address of this server, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Base(String);

impl Base {
    /// Where readers reach this server: as its operator says, else as the request names it, else where it listens.
    pub(super) fn of(request: &HttpRequest, public: Option<&PublicUrl>) -> Self {
        if let Some(public) = public {
            return Self(public.as_str().to_owned());
        }
        let named = request
            .headers()
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .or_else(|| request.uri().authority().map(|host| host.as_str()))
            .filter(|host| is_host(host));
        match named {
            Some(host) => Self(format!("http://{host}")),
            None => Self(format!("http://{}", request.app_config().local_addr())),
        }
    }

    /// The address of a path, which begins with a slash.
    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
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
        let base = Base::of(&request, Some(&public));
        assert_eq!(
            base.url("/feed.atom"),
            "https://news.example.org/press/feed.atom"
        );
        assert_eq!(
            Base::of(&request, None).url("/feed.atom"),
            "http://evil.example/feed.atom"
        );
    }
}
