//! Replies kept in memory: sent again while nothing was written, and never once something was.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};
use tests::client::{Answer, Client};
use tests::{Server, archive, database, on_both_engines};

const NEWEST: &str =
    "{ articles(first: 5) { totalCount nodes { id title abstract { text } labels { score } } } }";
const JSON: (&str, &str) = ("content-type", "application/json");

fn ask(server: &Client, query: &str, headers: &[(&str, &str)]) -> Answer {
    let headers: Vec<_> = [JSON].into_iter().chain(headers.iter().copied()).collect();
    server.post("/graphql", &headers, &json!({ "query": query }).to_string())
}

fn is_hit(answer: &Answer) -> bool {
    answer.header("cache-status") == "communique; hit"
}

/// A connection of the test's own: to the server another process.
fn writer(url: &str) -> (tokio::runtime::Runtime, DatabaseConnection) {
    let runtime = database::runtime();
    let connection = runtime.block_on(Database::connect(url)).expect("connects");
    (runtime, connection)
}

on_both_engines!(the_same_question_gets_the_same_bytes, |database| {
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    // On PostgreSQL any transaction in the cluster is another version: the server's own beginnings, a neighbour's, autovacuum's.
    let kept = |query: &str, headers: &[(&str, &str)]| {
        tests::wait::eventually(
            "a reply to be kept",
            std::time::Duration::from_secs(30),
            || {
                let first = ask(&server, query, headers);
                let again = ask(&server, query, headers);
                is_hit(&again).then_some((first, again))
            },
        )
    };
    let (first, again) = kept(NEWEST, &[]);
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("content-type"), again.header("content-type"));
    assert_ne!(
        first.header("x-request-id"),
        again.header("x-request-id"),
        "each request has an id of its own"
    );
    assert!(first.json()["data"]["articles"]["totalCount"].as_u64() > Some(0));

    // What a reply depends on is part of the question.
    for other in [
        ("accept", "application/graphql-response+json"),
        ("accept-encoding", "br"),
        ("x-anything", "else"),
        ("authorization", "Bearer nobody"),
    ] {
        let answer = ask(&server, NEWEST, &[other]);
        assert!(
            !is_hit(&answer),
            "{other:?}: {}",
            answer.header("cache-status")
        );
    }
    assert!(!is_hit(&ask(
        &server,
        "{ articles(first: 4) { totalCount } }",
        &[]
    )));
    // Who makes the client is not: each is new, so that none finds a reply of its own.
    let mut clients = 0;
    tests::wait::eventually(
        "another client to get the reply that is kept",
        std::time::Duration::from_secs(30),
        || {
            ask(&server, NEWEST, &[]);
            clients += 1;
            let client = format!("client {clients}");
            is_hit(&ask(&server, NEWEST, &[("user-agent", &client)])).then_some(())
        },
    );

    let (first, again) = kept(NEWEST, &[("accept-encoding", "gzip")]);
    assert_eq!(
        first.header("content-encoding"),
        again.header("content-encoding")
    );
    kept("{ __schema { queryType { name } } }", &[]);
});

on_both_engines!(what_is_no_plain_answer_is_not_kept, |database| {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    for wrong in [
        "{ nothing }",
        "{ articles(first: 101) { totalCount } }",
        "{",
    ] {
        for _ in 0..3 {
            let answer = ask(&server, wrong, &[]);
            assert_eq!(
                answer.header("cache-status"),
                "",
                "{wrong}: {}",
                answer.body
            );
        }
    }
    let none = Server::start_with(database.url(), ["--summarizer", "off", "--cache-mb", "0"]);
    for _ in 0..3 {
        assert_eq!(ask(&none, NEWEST, &[]).header("cache-status"), "");
    }
});

on_both_engines!(no_reply_is_older_than_the_last_write, |database| {
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let (runtime, connection) = writer(database.url());
    let id = ask(&server, NEWEST, &[]).json()["data"]["articles"]["nodes"][0]["id"]
        .as_str()
        .expect("an article")
        .to_owned();
    let title = |answer: &Value| answer["data"]["articles"]["nodes"][0]["title"].clone();

    let client: &Client = &server;
    let (done, hits) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    hits.fetch_add(
                        usize::from(is_hit(&ask(client, NEWEST, &[]))),
                        Ordering::Relaxed,
                    );
                }
            });
        }
        for round in 0..200 {
            let update = format!("UPDATE article SET title = 'round {round}' WHERE id = '{id}'");
            runtime
                .block_on(connection.execute_unprepared(&update))
                .expect("written");
            // Acknowledged: from here on nobody may be told less.
            for _ in 0..3 {
                let answer = ask(&server, NEWEST, &[]);
                if title(&answer.json()) != format!("round {round}") {
                    done.store(true, Ordering::Relaxed);
                    panic!("stale after round {round}: {}", answer.body);
                }
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(
        hits.into_inner() > 0,
        "nothing was ever kept, so this proves nothing"
    );
});

on_both_engines!(what_other_programs_write_is_seen_at_once, |database| {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let client: &Client = &server;
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let _ = ask(client, NEWEST, &[]);
                }
            });
        }
        let articles = || ask(&server, NEWEST, &[]).json()["data"]["articles"].take();
        assert_eq!(articles()["totalCount"], 0);
        archive::ingest(database.url(), &archive::samples());
        let shown = database.number("SELECT count(*) FROM article WHERE duplicate_of IS NULL");
        assert_eq!(articles()["totalCount"], shown);
        archive::summarise(database.url());
        let first = articles()["nodes"][0].take();
        assert!(first["abstract"]["text"].is_string(), "{first}");
        done.store(true, Ordering::Relaxed);
    });
});
