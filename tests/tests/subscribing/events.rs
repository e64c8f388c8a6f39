//! What subscribers are told while pages are ingested and summarised by other processes.

use std::collections::BTreeSet;

use serde_json::json;
use tests::socket::Socket;
use tests::{Engine, archive, on_both_engines};

use super::{ADDED, ids, over, text};

on_both_engines!(
    every_article_that_is_ingested_is_told_to_whoever_wants_it,
    |database| {
        archive::migrate(database.url());
        let server = over(&database, &[]);
        // Another server over the same database, as a replica of it.
        let replica = over(&database, &[]);
        let french =
            "subscription { articleAdded(filter: { languages: [\"fr\"] }) { id language } }";
        let everything = "subscription S { ...f } fragment f on Subscription { added: \
            articleAdded(filter: { includeDuplicates: true }) { id } }";
        let mut socket = Socket::ready(&server);
        socket.subscribe("all", ADDED);
        let mut elsewhere = Socket::ready(&replica);
        elsewhere.subscribe("fr", french);
        let mut both = Socket::ready(&replica);
        both.subscribe("dup", everything);
        for socket in [&mut socket, &mut elsewhere, &mut both] {
            socket.settle();
        }
        archive::ingest(database.url(), &archive::samples());

        let (all, fr, dup) = (
            ids(&server, "{}"),
            ids(&server, "{ languages: [\"fr\"] }"),
            ids(&server, "{ includeDuplicates: true }"),
        );
        assert!(fr.len() > 1 && fr.len() < all.len() && all.len() < dup.len());
        let mut told = BTreeSet::new();
        for _ in 0..all.len() {
            let payload = socket.next("all");
            let article = &payload["data"]["articleAdded"];
            assert_eq!(article["summaryStatus"], "QUEUED", "{payload}");
            assert!(article["page"]["name"].is_string(), "{payload}");
            assert!(told.insert(text(&article["id"])), "{payload} came twice");
        }
        assert_eq!(told, all);
        let told: BTreeSet<String> = (0..fr.len())
            .map(|_| text(&elsewhere.next("fr")["data"]["articleAdded"]["id"]))
            .collect();
        assert_eq!(told, fr);
        let told: BTreeSet<String> = (0..dup.len())
            .map(|_| text(&both.next("dup")["data"]["added"]["id"]))
            .collect();
        assert_eq!(told, dup);

        // The same pages again bring nothing new; nothing comes between the pings.
        archive::ingest(database.url(), &archive::samples());
        socket.settle();
        socket.say(&json!({ "type": "complete", "id": "all" }));
        socket.settle();
        socket.subscribe("q", "{ status { pages } }");
        assert!(socket.next("q")["data"]["status"]["pages"].is_u64());
    }
);

on_both_engines!(
    an_abstract_is_told_when_the_summarizer_has_made_it,
    |database| {
        archive::migrate(database.url());
        archive::ingest(database.url(), &archive::samples());
        let server = over(&database, &[]);
        let mut socket = Socket::ready(&server);
        socket.subscribe(
            "1",
            "subscription { abstractReady { id abstract { text } labels { topic { id } } } }",
        );
        socket.settle();
        archive::summarise(database.url());
        let all = ids(&server, "{}");
        let mut told = BTreeSet::new();
        while told.len() < all.len() {
            let payload = socket.next("1");
            let article = &payload["data"]["abstractReady"];
            assert!(
                article["abstract"]["text"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty())
            );
            told.insert(text(&article["id"]));
        }
        assert_eq!(told, all);
    }
);

#[test]
fn a_listener_that_loses_its_connection_listens_again() {
    let Some(database) = tests::Fresh::new(Engine::Postgres) else {
        return;
    };
    archive::migrate(database.url());
    let server = over(&database, &[]);
    let mut socket = Socket::ready(&server);
    socket.subscribe("1", ADDED);
    socket.settle();
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(database.number(cut) > 0);
    archive::ingest(database.url(), &archive::samples());
    assert!(socket.next("1")["data"]["articleAdded"]["id"].is_string());
}
