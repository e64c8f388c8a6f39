//! Subscriptions as a client meets them: over WebSockets and as server-sent events, fed by the real programs.

mod attacks;
mod clients;
mod events;
mod protocol;
mod streams;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Fresh, Server, archive};

const ADDED: &str = "subscription { articleAdded { id title summaryStatus page { name } } }";

/// A server with these options over a database with tables and nothing in them, which must outlive it.
fn serving(options: &[&str]) -> (Fresh, Server) {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = over(&database, options);
    (database, server)
}

/// A server with these options over a database.
fn over(database: &Fresh, options: &[&str]) -> Server {
    let arguments = ["--summarizer", "off"].iter().chain(options);
    Server::start_with(database.url(), arguments)
}

/// The ids of all articles that pass a filter.
fn ids(server: &Server, filter: &str) -> BTreeSet<String> {
    let query = format!("{{ articles(first: 100, filter: {filter}) {{ nodes {{ id }} }} }}");
    let data = server.data(&query, json!({}));
    let nodes = data["articles"]["nodes"].as_array().cloned();
    nodes
        .unwrap_or_default()
        .iter()
        .map(|node| text(&node["id"]))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
