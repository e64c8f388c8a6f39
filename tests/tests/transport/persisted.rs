//! Automatic persisted queries: a hash in place of a text that was sent before.

use serde_json::{Value, json};
use tests::Server;
use tests::client::Answer;

use crate::{GRAPHQL, JSON, code, path, serving};

const TEXT: &str = "{ status { pages } }";
/// The SHA-256 of that text.
const HASH: &str = "4ba5098436e7a5539748e6c56b30c2af557e7bce75ef949809b0f9943f9745ad";

fn extensions(hash: &str, version: u64) -> Value {
    json!({ "persistedQuery": { "version": version, "sha256Hash": hash } })
}

fn get(server: &Server, text: Option<&str>) -> Answer {
    let extensions = extensions(HASH, 1).to_string();
    let mut parameters = vec![("extensions", extensions.as_str())];
    parameters.extend(text.map(|text| ("query", text)));
    server.get(&path("/graphql", &parameters), &[GRAPHQL])
}

#[test]
fn a_hash_is_known_once_its_text_was_sent() {
    let (_database, server) = serving(&[]);
    let unknown = get(&server, None);
    assert_eq!(unknown.status, 400, "{}", unknown.body);
    assert_eq!(code(&unknown), "PERSISTED_QUERY_NOT_FOUND");
    assert_eq!(
        unknown.json()["errors"][0]["message"],
        "PersistedQueryNotFound",
        "as clients expect"
    );
    assert_eq!(unknown.header("cache-control"), "no-store");
    for text in [Some(TEXT), None] {
        let answer = get(&server, text);
        assert_eq!(
            answer.json()["data"]["status"]["pages"],
            0,
            "{}",
            answer.body
        );
    }
    let body = json!({ "extensions": extensions(HASH, 1) }).to_string();
    let posted = server.post("/graphql", &[JSON, GRAPHQL], &body);
    assert_eq!(
        posted.json()["data"]["status"]["pages"],
        0,
        "{}",
        posted.body
    );
}

#[test]
fn a_hash_that_is_not_of_its_text_is_refused_and_not_remembered() {
    let (_database, server) = serving(&[]);
    let post = |body: Value| server.post("/graphql", &[JSON, GRAPHQL], &body.to_string());
    for body in [
        json!({ "query": "{ status { articles } }", "extensions": extensions(HASH, 1) }),
        json!({ "query": TEXT, "extensions": extensions(HASH, 2) }),
        json!({ "query": TEXT, "extensions": extensions("ab", 1) }),
    ] {
        let answer = post(body.clone());
        assert_eq!(
            (answer.status, code(&answer).as_str()),
            (400, "BAD_REQUEST"),
            "{body}: {}",
            answer.body
        );
    }
    assert_eq!(code(&get(&server, None)), "PERSISTED_QUERY_NOT_FOUND");
}
