//! What is done to a server to stop it, slow it down or make it talk: each attempt is refused with its code, quickly,
//! and the server lives on with no more memory than before.

#[path = "attacks/bodies.rs"]
mod bodies;
#[path = "attacks/documents.rs"]
mod documents;
#[path = "attacks/requests.rs"]
mod requests;
#[path = "attacks/secrets.rs"]
mod secrets;
#[path = "attacks/sockets.rs"]
mod sockets;
#[path = "attacks/time.rs"]
mod time;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::client::{Answer, Client};
use tests::{Fresh, Server, archive};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const GRAPHQL: (&str, &str) = ("Accept", "application/graphql-response+json");

/// Within this a request is refused. The best of three tries counts: the machine has other work, too.
const PROMPT: Duration = Duration::from_millis(250);

/// How much more memory a server may hold after all attacks of a table, in KiB.
const MORE_KIB: u64 = 10 * 1024;

/// A server over a database with tables and nothing in them, which must outlive it.
fn empty() -> (Fresh, Server) {
    with(&[])
}

/// The same with these options.
fn with(options: &[&str]) -> (Fresh, Server) {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let options = ["--summarizer", "off"].iter().chain(options);
    let server = Server::start_with(database.url(), options);
    (database, server)
}

fn ask(server: &Client, query: &str, variables: Value) -> Answer {
    let body = json!({ "query": query, "variables": variables }).to_string();
    server.post("/graphql", &[JSON, GRAPHQL], &body)
}

/// The code of the first error; empty if it has none.
fn code(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let code = &body["errors"][0]["extensions"]["code"];
    code.as_str().unwrap_or_default().to_owned()
}

/// The answer, and the shortest time that it took in three tries.
fn best_of_three(attack: impl Fn() -> Answer) -> (Answer, Duration) {
    let tries = (0..3).map(|_| {
        let started = Instant::now();
        (attack(), started.elapsed())
    });
    let best = tries.min_by_key(|(_, took)| *took);
    best.expect("three tries")
}

/// Whether the server does its work still.
fn lives(server: &Client) -> bool {
    let answer = ask(server, "{ status { pages } }", json!({}));
    answer.status == 200 && answer.json()["data"]["status"]["pages"] == 0
}
