//! Trusted documents: by their names, by plain addresses, and alone.

use std::fs;

use serde_json::json;
use tests::shared::workspace;
use tests::socket::{Heard, Socket};
use tests::{Server, archive, on_both_engines};

use crate::{GRAPHQL, JSON, ask, code, path, serving};

#[test]
fn a_trusted_document_is_asked_for_by_its_name() {
    let (_database, server) = serving(&[]);
    let by =
        |parts: serde_json::Value| server.post("/graphql", &[JSON, GRAPHQL], &parts.to_string());
    for name in ["documentId", "id"] {
        let answer = by(json!({ name: "Status" }));
        assert_eq!(
            answer.json()["data"]["status"]["pages"],
            0,
            "{}",
            answer.body
        );
        let answer = server.get(&path("/graphql", &[(name, "Status")]), &[GRAPHQL]);
        assert_eq!(
            answer.json()["data"]["status"]["pages"],
            0,
            "{}",
            answer.body
        );
    }
    let unknown = by(json!({ "documentId": "Moon" }));
    assert_eq!(
        (unknown.status, code(&unknown).as_str()),
        (403, "NOT_TRUSTED"),
        "{}",
        unknown.body
    );
    assert!(unknown.body.contains("LatestArticles"), "{}", unknown.body);
    let both = by(json!({ "documentId": "Status", "query": "{ status { pages } }" }));
    assert_eq!(
        (both.status, code(&both).as_str()),
        (400, "BAD_REQUEST"),
        "{}",
        both.body
    );
}

#[test]
fn a_trusted_query_has_a_plain_address_and_its_variables_are_parameters() {
    let (_database, server) = serving(&[]);
    for (address, status, expected) in [
        ("/q/Status", 200, ""),
        (
            "/q/ArticlesByTopic?topics=medtop:06000000,medtop:05000000&first=3",
            200,
            "",
        ),
        ("/q/ArticlesByTopic?topics=a&topics=b&first=", 200, ""),
        ("/q/FrenchArticlesOfAPeriod?from=2026-01-01", 200, ""),
        (
            "/q/FrenchArticlesOfAPeriod?from=yesterday",
            400,
            "BAD_USER_INPUT",
        ),
        ("/q/ArticlesByTopic?first=three", 400, "BAD_USER_INPUT"),
        ("/q/ArticlesByTopic?first=1&first=2", 400, "BAD_USER_INPUT"),
        ("/q/Status?moon=1", 400, "BAD_USER_INPUT"),
        ("/q/Moon", 404, "NOT_FOUND"),
    ] {
        let answer = server.get(address, &[GRAPHQL]);
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
        assert_eq!(code(&answer), expected, "{address}: {}", answer.body);
    }
    let posted = server.post("/q/Status", &[JSON], "{}");
    assert_eq!((posted.status, posted.header("allow")), (405, "GET, HEAD"));

    let listed = server.get("/q", &[]).json();
    let listed = listed["documents"].as_array().expect("a list");
    let files = fs::read_dir(workspace().join("queries")).expect("a folder");
    assert_eq!(listed.len(), files.count());
    let latest = listed
        .iter()
        .find(|document| document["name"] == "LatestArticles");
    let latest = latest.expect("a document of the program");
    assert_eq!(latest["url"], "/q/LatestArticles");
    assert_eq!(
        latest["variables"][0],
        json!({ "name": "first", "type": "Int", "default": 10 })
    );
}

#[test]
fn a_server_of_trusted_documents_alone_answers_no_other() {
    let (_database, server) = serving(&["--trusted-only"]);
    for query in [
        "{ status { pages } }",
        "{ __schema { queryType { name } } }",
    ] {
        let answer = ask(&server, query);
        assert_eq!(
            (answer.status, code(&answer).as_str()),
            (403, "NOT_TRUSTED"),
            "{}",
            answer.body
        );
        let streamed = server.post(
            "/graphql",
            &[JSON, ("Accept", "text/event-stream")],
            &json!({ "query": query }).to_string(),
        );
        assert_eq!(code(&streamed), "NOT_TRUSTED", "{}", streamed.body);
        let mut socket = Socket::ready(&server);
        socket.subscribe("1", query);
        let heard = socket.hear();
        assert!(
            matches!(&heard, Heard::Message(said) if said["type"] == "error"
                && said["payload"][0]["extensions"]["code"] == "NOT_TRUSTED"),
            "{heard:?}"
        );
    }
    let text = fs::read_to_string(workspace().join("queries/Status.graphql")).expect("a document");
    assert_eq!(ask(&server, &text).json()["data"]["status"]["pages"], 0);
    assert_eq!(server.get("/q/Status", &[GRAPHQL]).status, 200);
}

on_both_engines!(a_plain_address_answers_as_its_document_does, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    for (address, name, variables) in [
        ("/q/LatestArticles", "LatestArticles", json!({})),
        (
            "/q/LatestArticles?first=3",
            "LatestArticles",
            json!({ "first": 3 }),
        ),
        (
            "/q/FrenchArticlesOfAPeriod?from=2020-01-01&to=2026-12-31",
            "FrenchArticlesOfAPeriod",
            json!({ "from": "2020-01-01", "to": "2026-12-31" }),
        ),
    ] {
        let body = json!({ "documentId": name, "variables": variables }).to_string();
        let posted = server.post("/graphql", &[JSON, GRAPHQL], &body).json();
        let mut got = server.get(address, &[GRAPHQL]).json();
        assert_eq!(got["data"], posted["data"], "{address}");
        let found = got["data"]["articles"]["nodes"].take();
        assert!(
            found.as_array().is_some_and(|list| !list.is_empty()),
            "{address}: {got}"
        );
        if let Some(first) = variables["first"].as_u64() {
            assert_eq!(
                found.as_array().map(Vec::len),
                first.try_into().ok(),
                "{address}"
            );
        }
    }
});
