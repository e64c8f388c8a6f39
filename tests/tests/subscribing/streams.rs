//! Server-sent events: the "distinct connections" mode of `graphql-sse`.

use serde_json::{Value, json};
use tests::events::{Came, Events};
use tests::{archive, on_both_engines};

use super::{ADDED, ids, over, serving, text};

const EVENTS: (&str, &str) = ("Accept", "text/event-stream");
const JSON: (&str, &str) = ("Content-Type", "application/json");

on_both_engines!(
    articles_come_as_events_while_they_are_ingested,
    |database| {
        archive::migrate(database.url());
        let server = over(&database, &[]);
        let mut events = Events::of(&server, ADDED);
        assert_eq!(events.come(), Came::Comment, "it says when it is live");
        archive::ingest(database.url(), &archive::samples());
        let all = ids(&server, "{}");
        for _ in 0..all.len() {
            let payload = events.event("next");
            let id = text(&payload["data"]["articleAdded"]["id"]);
            assert!(all.contains(&id), "{payload}");
        }
    }
);

#[test]
fn a_query_is_one_event_and_the_end() {
    let (_database, server) = serving(&[]);
    let mut events = Events::of(&server, "{ status { pages } }");
    assert!(events.headers.get("x-request-id").is_some());
    let payload = events.event("next");
    assert_eq!(payload["data"], json!({ "status": { "pages": 0 } }));
    assert!(
        payload["extensions"]["cost"]["requested"].is_u64(),
        "{payload}"
    );
    assert_eq!(
        events.come(),
        Came::Event("complete".to_owned(), Value::Null)
    );
    assert_eq!(events.come(), Came::End);
    let answer = server.get("/graphql?query=%7Bstatus%7Bpages%7D%7D", &[EVENTS]);
    assert_eq!(answer.status, 200);
    assert!(
        answer.body.starts_with("event: next\ndata: {\"data\""),
        "{}",
        answer.body
    );
    assert!(
        answer.body.ends_with("event: complete\ndata: \n\n"),
        "{}",
        answer.body
    );
}

#[test]
fn what_is_not_executed_gets_its_status() {
    let (_database, server) = serving(&["--sockets", "0"]);
    let post = |query: &str, headers: &[(&str, &str)]| {
        server
            .post("/graphql", headers, &json!({ "query": query }).to_string())
            .status
    };
    for (what, status, expected) in [
        ("no GraphQL", post("{", &[JSON, EVENTS]), 400),
        (
            "plain text",
            post(ADDED, &[("Content-Type", "text/plain"), EVENTS]),
            415,
        ),
        ("as many as may be", post(ADDED, &[JSON, EVENTS]), 503),
    ] {
        assert_eq!(status, expected, "{what}");
    }
}
