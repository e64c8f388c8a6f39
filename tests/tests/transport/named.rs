//! Trusted documents: by their names, by plain addresses, and alone.

use std::fs;

use serde_json::json;
use tests::shared::workspace;

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
fn a_client_that_has_the_answer_is_told_so_until_it_is_another() {
    let (_database, server) = serving(&["--max-age", "60"]);
    let answer = server.get("/q/Status", &[]);
    let tag = answer.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(answer.header("cache-control"), "public, max-age=60");
    for (known, status) in [(tag.as_str(), 304), ("\"other\"", 200), ("*", 304)] {
        let again = server.get("/q/Status", &[("If-None-Match", known)]);
        assert_eq!(again.status, status, "{known}");
        assert_eq!(
            again.bytes.is_empty(),
            status == 304,
            "{known}: {}",
            again.body
        );
        assert_eq!(again.header("etag"), tag, "{known}");
    }
    let asked = server.get(&path("/graphql", &[("query", "{ status { pages } }")]), &[]);
    assert_eq!(
        asked.header("cache-control"),
        "public, no-cache",
        "only of /q"
    );
    assert!(!asked.header("etag").is_empty());
    let wrong = server.get("/q/Moon", &[]);
    assert_eq!(
        (wrong.header("cache-control"), wrong.header("etag")),
        ("no-store", "")
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
    }
    let text = fs::read_to_string(workspace().join("queries/Status.graphql")).expect("a document");
    assert_eq!(ask(&server, &text).json()["data"]["status"]["pages"], 0);
    assert_eq!(server.get("/q/Status", &[GRAPHQL]).status, 200);
}
