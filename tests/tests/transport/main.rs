//! GraphQL over HTTP as a client meets it: statuses, methods and headers of the real server.

mod batches;
mod conditional;
mod named;
mod origins;
mod persisted;
mod statuses;

use serde_json::json;
use tests::client::Answer;
use tests::{Fresh, Server, archive};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const GRAPHQL: (&str, &str) = ("Accept", "application/graphql-response+json");
const LEGACY: (&str, &str) = ("Accept", "application/json");

/// A server with these options over a database with tables and nothing in them, which must outlive it.
fn serving(options: &[&str]) -> (Fresh, Server) {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let arguments = ["--summarizer", "off"].iter().chain(options);
    let server = Server::start_with(database.url(), arguments);
    (database, server)
}

/// A POST of this document, by a client of `application/graphql-response+json`.
fn ask(server: &Server, query: &str) -> Answer {
    let body = json!({ "query": query }).to_string();
    server.post("/graphql", &[JSON, GRAPHQL], &body)
}

/// The path of a GET with these parameters, each encoded.
fn path(base: &str, parameters: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = parameters
        .iter()
        .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
        .collect();
    format!("{base}?{}", pairs.join("&"))
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// `extensions.code` of the first error.
fn code(answer: &Answer) -> String {
    let code = &answer.json()["errors"][0]["extensions"]["code"];
    code.as_str().unwrap_or_default().to_owned()
}
