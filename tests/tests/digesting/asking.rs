//! `digest` in GraphQL.

use serde_json::{Value, json};
use tests::{Server, archive, on_both_engines};

use super::{as_json, vocabulary, weekly};

const DIGEST: &str = "query($input: DigestInput!) { digest(input: $input) { editionId name isEmpty periodFrom periodTo foundCount \
    itemCount sentAt lead { title } sections { topic { id name } leftOutCount items { title publishedOn abstract link \
    labels { score topic { name } } article { id body } also { id } } } } }";

on_both_engines!(graphql_has_the_same_edition_as_the_command, |database| {
    archive::fill(database.url(), &archive::samples());
    let server = Server::start_with(
        database.url(),
        [
            "--summarizer",
            "off",
            "--public-url",
            "https://news.example.org",
        ],
    );
    let ask = |input: Value| server.data(DIGEST, json!({ "input": input }))["digest"].take();
    let digest = ask(json!({ "name": "weekly", "since": "2020-01-01" }));
    let issue = as_json(&database, &[]);
    assert_eq!(digest["editionId"], issue["editionId"]);
    assert_eq!(digest["foundCount"], issue["found"]);
    assert_eq!(digest["itemCount"], issue["shown"]);
    assert_eq!(digest["sentAt"], Value::Null);
    let sections = digest["sections"].as_array().expect("sections");
    let theirs = issue["sections"].as_array().expect("sections");
    assert_eq!(sections.len(), theirs.len());
    for (ours, theirs) in sections.iter().zip(theirs) {
        assert_eq!(ours["topic"]["id"], theirs["topicId"]);
        for (one, other) in ours["items"]
            .as_array()
            .into_iter()
            .flatten()
            .zip(theirs["items"].as_array().into_iter().flatten())
        {
            assert_eq!(
                (
                    &one["title"],
                    &one["abstract"],
                    &one["link"],
                    &one["article"]["id"]
                ),
                (
                    &other["title"],
                    &other["abstract"],
                    &other["link"],
                    &other["id"]
                )
            );
            assert!(
                one["article"]["body"]
                    .as_str()
                    .is_some_and(|body| body.len() > 100),
                "{one:#}"
            );
        }
    }

    // What is sent elsewhere is seen at once: no answer is kept that depends on the day.
    let _ = weekly(&database, &["--mark-sent"]).run().succeeds();
    let sent = ask(json!({ "name": "weekly", "since": "2020-01-01" }));
    assert!(sent["sentAt"].is_string(), "{sent:#}");

    let by_slug = ask(
        json!({ "name": "w", "since": "2020-01-01", "topics": ["environment"], "maxPerTopic": 2 }),
    );
    let by_id = ask(
        json!({ "name": "w", "since": "2020-01-01", "topics": ["medtop:06000000"], "maxPerTopic": 2 }),
    );
    assert_eq!(by_slug, by_id);
    assert_eq!(
        by_slug["sections"].as_array().map(Vec::len),
        Some(1),
        "{by_slug:#}"
    );
    let none = ask(json!({ "name": "weekly", "since": "2001-01-01", "until": "2001-01-07" }));
    assert_eq!(
        (&none["isEmpty"], &none["sections"]),
        (&json!(true), &json!([]))
    );
});

on_both_engines!(
    a_digest_that_makes_no_sense_is_refused_with_what_would,
    |database| {
        archive::migrate(database.url());
        vocabulary(&database);
        let server = Server::start(database.url());
        for (input, words) in [
            (
                json!({ "name": "Weekly!" }),
                "input: name: \"Weekly!\" is no name of a digest",
            ),
            (
                json!({ "name": "w", "last": "soon" }),
                "input: last: \"soon\" is no number of days",
            ),
            (
                json!({ "name": "w", "last": "7d", "since": "2026-01-01" }),
                "give one of them",
            ),
            (
                json!({ "name": "w", "since": "2026-02-01", "until": "2026-01-01" }),
                "is after the last day",
            ),
            (
                json!({ "name": "w", "maxPerTopic": 0 }),
                "input: maxPerTopic: 0 is no number of articles",
            ),
            (
                json!({ "name": "w", "maxArticles": 101 }),
                "input: maxArticles: 101",
            ),
            (
                json!({ "name": "w", "abstractChars": 39 }),
                "input: abstractChars: 39",
            ),
            (
                json!({ "name": "w", "topics": ["cooking"] }),
                "no topic is called \"cooking\"",
            ),
            (
                json!({ "name": "w", "lead": "none" }),
                "there is no article \"none\"",
            ),
            (
                json!({ "name": "w", "languages": vec!["en"; 101] }),
                "101 languages are given",
            ),
        ] {
            let answer = server.graphql(DIGEST, json!({ "input": input }));
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer:#}");
            let message = error["message"].as_str().unwrap_or_default();
            assert!(message.contains(words), "{message}\nexpected {words}");
        }
    }
);
