//! The reference clients of both protocols, npm's `graphql-ws` and `graphql-sse`, against the real server.

use std::collections::BTreeSet;

use serde_json::Value;
use tests::node::Scripts;
use tests::{Fresh, archive};

use super::{ids, over, text};

#[test]
fn the_reference_clients_are_told_of_every_article() {
    let Some(scripts) = Scripts::of("clients-subscriptions") else {
        return;
    };
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = over(&database, &[]);
    // How many there will be: from another archive of the same pages.
    let other = Fresh::sqlite();
    archive::migrate(other.url());
    archive::ingest(other.url(), &archive::samples());
    let all = ids(&over(&other, &[]), "{}");

    let url = format!("{}/graphql", server.origin());
    let mut client = scripts
        .script("subscribe.js", [url, all.len().to_string()])
        .start();
    client.line(|line| (line == "live").then_some(()));
    archive::ingest(database.url(), &archive::samples());
    let ended = client.ended().succeeds();
    let last = ended.stdout.lines().last().unwrap_or_default();
    let got: Value = serde_json::from_str(last).expect("the last line is JSON");

    let pages = |result: &Value| result[0]["data"]["status"]["pages"].as_u64();
    assert_eq!(pages(&got["query"]), Some(0), "{got}");
    assert_eq!(
        pages(&got["eventsQuery"]),
        Some(database.number("SELECT count(*) FROM page") as u64),
        "{got}"
    );
    assert!(
        got["refused"]
            .to_string()
            .contains("GRAPHQL_VALIDATION_FAILED"),
        "{got}"
    );
    for transport in ["socket", "events"] {
        let told = got["told"][transport].as_array().cloned();
        let told: BTreeSet<String> = told
            .unwrap_or_default()
            .iter()
            .map(|result| text(&result["data"]["articleAdded"]["id"]))
            .collect();
        assert_eq!(told, all, "{transport}");
    }
    assert!(
        got["closes"]
            .as_array()
            .is_some_and(|codes| codes.iter().all(|code| *code == 1000)),
        "{got}"
    );
}
