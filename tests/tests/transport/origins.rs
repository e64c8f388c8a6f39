//! What pages of other sites may read, and what is sent compressed.

use serde_json::json;
use tests::program::communique;
use tests::{Fresh, archive};

use crate::{JSON, serving};

const NAMED: &str = "https://news.example";

#[test]
fn only_pages_of_sites_that_were_named_may_read() {
    let (_database, server) = serving(&["--cors", NAMED]);
    let body = json!({ "query": "{ status { pages } }" }).to_string();
    for (origin, allowed) in [(NAMED, NAMED), ("https://evil.example", "")] {
        let wanted = [
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            (
                "Access-Control-Request-Headers",
                "content-type,authorization",
            ),
        ];
        let before = server.call("OPTIONS", "/graphql", &wanted);
        assert_eq!(
            before.header("access-control-allow-origin"),
            allowed,
            "{origin}"
        );
        assert_eq!(
            before.status == 200,
            !allowed.is_empty(),
            "{origin}: {}",
            before.status
        );
        let answer = server.post("/graphql", &[JSON, ("Origin", origin)], &body);
        assert_eq!(
            answer.header("access-control-allow-origin"),
            allowed,
            "{origin}"
        );
    }
    let (_database, closed) = serving(&[]);
    let answer = closed.post("/graphql", &[JSON, ("Origin", NAMED)], &body);
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "",
        "unless told so"
    );
}

#[test]
fn every_site_may_read_where_the_operator_says_so() {
    let (_database, server) = serving(&["--cors", "*"]);
    let asked = ("Origin", "https://anywhere.example");
    let answer = server.get("/q/Status", &[asked]);
    let allowed = answer.header("access-control-allow-origin");
    assert!(["*", asked.1].contains(&allowed), "{allowed}");
    // With cookies a browser would send what only this reader may see.
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    let shown = answer
        .header("access-control-expose-headers")
        .to_lowercase();
    for header in ["etag", "x-request-id", "retry-after"] {
        assert!(shown.contains(header), "{header}: {shown}");
    }
}

#[test]
fn an_origin_that_is_none_stops_the_server() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    for origin in [
        "news.example",
        "https://news.example/path",
        "ftp://news.example",
        "",
    ] {
        let words = ["serve", "--listen", "127.0.0.1:0", "--cors", origin];
        let ended = communique(database.url(), words).run().exits(2);
        assert!(ended.stderr.contains("https://example.org"), "{ended}");
    }
}

#[test]
fn large_answers_are_compressed_as_the_client_reads_and_small_ones_are_not() {
    let (_database, server) = serving(&[]);
    let large = json!({ "query": "{ __schema { types { name description } } }" }).to_string();
    let small = json!({ "query": "{ status { pages } }" }).to_string();
    let plain = server.post("/graphql", &[JSON], &large);
    assert_eq!(plain.header("content-encoding"), "");
    for encoding in ["br", "gzip", "zstd"] {
        let accepts = [JSON, ("Accept-Encoding", encoding)];
        let answer = server.post("/graphql", &accepts, &large);
        assert_eq!(answer.header("content-encoding"), encoding);
        assert!(
            answer.header("vary").contains("accept"),
            "{encoding}: {:?}",
            answer.headers
        );
        assert!(
            answer.bytes.len() * 2 < plain.bytes.len(),
            "{encoding}: {} of {} bytes",
            answer.bytes.len(),
            plain.bytes.len()
        );
        let answer = server.post("/graphql", &accepts, &small);
        assert_eq!(answer.header("content-encoding"), "", "{encoding}");
    }
}
