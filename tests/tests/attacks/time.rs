//! Requests that take too long: they are answered, and the database stops working on them.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use tests::client::Client;
use tests::wait::eventually;
use tests::{Engine, Fresh, Server, archive, on_both_engines};

use super::{ask, code, lives};

/// More than a server has connections to its database.
const MANY: usize = 12;

/// Puts in place of the topics what never comes to an end.
const ENDLESS: &str = "CREATE VIEW topic AS WITH RECURSIVE endless(n) AS (SELECT 0 UNION ALL SELECT 1 - n FROM endless) \
     SELECT 'a' AS id, 'a' AS name, NULL AS names, 'a' AS description, n AS position FROM endless WHERE n < 0";

/// How many statements PostgreSQL works on for this database, ours left out.
fn at_work(database: &Fresh) -> i64 {
    database.number(
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' \
         AND pid <> pg_backend_pid() AND query LIKE '%topic%'",
    )
}

/// Processor time that a process has used, in hundredths of a second.
fn worked(pid: i32) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("the server's times");
    let fields = stat
        .rsplit(") ")
        .next()
        .expect("fields after the name")
        .split(' ');
    fields
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().expect("ticks"))
        .sum()
}

on_both_engines!(
    a_statement_without_end_is_ended_with_its_request,
    async |database| {
        archive::migrate(database.url());
        let connection = sea_orm::Database::connect(database.url())
            .await
            .expect("a connection");
        for statement in ["ALTER TABLE topic RENAME TO topic_kept", ENDLESS] {
            sea_orm::ConnectionTrait::execute_unprepared(&connection, statement)
                .await
                .expect("done");
        }
        let mut server =
            Server::start_with(database.url(), ["--summarizer", "off", "--timeout", "1"]);
        let started = Instant::now();
        let client: &Client = &server;
        thread::scope(|scope| {
            for _ in 0..MANY {
                scope.spawn(|| {
                    let answer = ask(client, "{ topics { name } }", json!({}));
                    assert_eq!(
                        (answer.status, code(&answer).as_str()),
                        (503, "TIMEOUT"),
                        "{}",
                        answer.body
                    );
                });
            }
        });
        let took = started.elapsed();
        assert!(took < Duration::from_secs(6), "answered after {took:?}");
        // All connections to the database are free again, and nothing works on in the background.
        eventually("the server to work on", Duration::from_secs(10), || {
            lives(&server).then_some(())
        });
        match database.engine() {
            Engine::Postgres => {
                eventually("the statements to end", Duration::from_secs(10), || {
                    (at_work(&database) == 0).then_some(())
                });
            }
            Engine::Sqlite => {
                let pid = server.process().pid();
                // Twenty looks, which is longer than a statement works between two questions of the database.
                let mut looks = std::collections::VecDeque::from([0; 20]);
                eventually("the processor to rest", Duration::from_secs(20), || {
                    looks.push_back(worked(pid));
                    let first = looks.pop_front()?;
                    (worked(pid) - first <= 2).then_some(())
                });
            }
        }
    }
);

on_both_engines!(a_statement_that_is_quick_is_never_ended, async |database| {
    archive::migrate(database.url());
    let server = Server::start_with(database.url(), ["--summarizer", "off", "--timeout", "1"]);
    let started = Instant::now();
    // Together they take longer than one of them may.
    while started.elapsed() < Duration::from_secs(3) {
        let answer = ask(
            &server,
            "{ articles { totalCount nodes { title } } status { pages } topics { name } }",
            json!({}),
        );
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.body.contains("errors"), "{}", answer.body);
    }
});
