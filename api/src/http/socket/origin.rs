//! Whether the page that opens a WebSocket may: browsers let any page of any site open one, and say only whose it is.

use actix_web::HttpRequest;
use actix_web::http::header;

/// Whether a request comes from a page of this server, or from no page at all.
pub(super) fn is_ours(request: &HttpRequest) -> bool {
    let mut origins = request.headers().get_all(header::ORIGIN);
    let Some(origin) = origins.next() else {
        // Only browsers say where a page is from; another program could say what it likes.
        return true;
    };
    let host = request.connection_info().host().to_ascii_lowercase();
    let authority = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.split_once("://"))
        .map(|(_, authority)| authority.to_ascii_lowercase());
    authority == Some(host) && origins.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn a_page_of_another_site_is_told_from_ours() {
        for (origin, host, ours) in [
            (None, "news.example", true),
            (Some("https://news.example"), "news.example", true),
            (Some("https://News.Example"), "news.example", true),
            (Some("http://127.0.0.1:8000"), "127.0.0.1:8000", true),
            (Some("http://127.0.0.1:8001"), "127.0.0.1:8000", false),
            (Some("https://evil.example"), "news.example", false),
            (
                Some("https://news.example.evil.example"),
                "news.example",
                false,
            ),
            (Some("null"), "news.example", false),
            (Some("news.example"), "news.example", false),
            (Some(""), "news.example", false),
        ] {
            let mut request = TestRequest::default().insert_header((header::HOST, host));
            if let Some(origin) = origin {
                request = request.insert_header((header::ORIGIN, origin));
            }
            assert_eq!(is_ours(&request.to_http_request()), ours, "{origin:?}");
        }
    }

    #[test]
    fn two_origins_are_none() {
        let request = TestRequest::default()
            .insert_header((header::HOST, "news.example"))
            .append_header((header::ORIGIN, "https://news.example"))
            .append_header((header::ORIGIN, "https://evil.example"))
            .to_http_request();
        assert!(!is_ours(&request));
    }
}
