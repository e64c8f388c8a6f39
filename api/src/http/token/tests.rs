use super::*;
use actix_web::test::TestRequest;

#[test]
fn the_proxy_names_the_client_in_the_last_entry() {
    for (name, value, expected) in [
        ("X-Forwarded-For", "203.0.113.7", Some("203.0.113.7")),
        (
            "X-Forwarded-For",
            "10.0.0.1, 203.0.113.7",
            Some("203.0.113.7"),
        ),
        ("X-Forwarded-For", "203.0.113.7:4711", Some("203.0.113.7")),
        ("X-Forwarded-For", "2001:db8::1", Some("2001:db8::1")),
        ("X-Forwarded-For", "unknown", None),
        (
            "Forwarded",
            "for=10.0.0.1, for=203.0.113.7;proto=https",
            Some("203.0.113.7"),
        ),
        (
            "Forwarded",
            "proto=https;For=\"[2001:db8::1]:4711\"",
            Some("2001:db8::1"),
        ),
    ] {
        let request = TestRequest::default()
            .insert_header((name, value))
            .to_srv_request();
        let found = forwarded(request.headers()).map(|address| address.to_string());
        assert_eq!(found.as_deref(), expected, "{name}: {value}");
    }
}

#[test]
fn a_household_has_one_rate() {
    let of = |text: &str| text.parse().map(household);
    assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
}

#[test]
fn only_the_page_of_the_playground_is_open_to_all() {
    let html = ("Accept", "text/html");
    for (request, open) in [
        (TestRequest::get().uri("/graphql").insert_header(html), true),
        (
            TestRequest::get().uri("/graphql?tab=2").insert_header(html),
            true,
        ),
        (
            TestRequest::get()
                .uri("/graphql?query={status{pages}}")
                .insert_header(html),
            false,
        ),
        (
            TestRequest::get()
                .uri("/graphql?%71uery={status{pages}}")
                .insert_header(html),
            false,
        ),
        (
            TestRequest::get()
                .uri("/graphql?id=LatestArticles")
                .insert_header(html),
            false,
        ),
        (
            TestRequest::get().uri("/q/Latest").insert_header(html),
            false,
        ),
        (
            TestRequest::get()
                .uri("/graphql")
                .insert_header(("Accept", "application/json")),
            false,
        ),
        (
            TestRequest::post().uri("/graphql").insert_header(html),
            false,
        ),
        (
            TestRequest::get()
                .uri("/graphql")
                .insert_header(html)
                .insert_header(("Upgrade", "websocket")),
            false,
        ),
    ] {
        let request = request.to_srv_request();
        assert_eq!(opens_playground(&request), open, "{:?}", request.uri());
    }
}

#[test]
fn a_secret_is_read_from_a_bearer_only() {
    let right = format!("cmq_{}", "A".repeat(43));
    for (value, found) in [
        (format!("Bearer {right}"), true),
        (format!("bearer {right}"), true),
        (format!("Basic {right}"), false),
        (right.clone(), false),
        ("Bearer".to_owned(), false),
        ("Bearer abc".to_owned(), false),
    ] {
        let value = HeaderValue::try_from(&value).expect("a header's value");
        assert_eq!(secret(&value).is_some(), found, "{value:?}");
    }
}
