//! GraphQL over HTTP as its authors audit it: the suite of npm's `graphql-http` against the real server.

use serde_json::Value;
use tests::node::Scripts;
use tests::{Fresh, Server, archive};

/// What the audit says of a server started with these arguments: one entry for each of its points.
fn audited(scripts: &Scripts, arguments: &[&str]) -> Vec<Value> {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start_with(
        database.url(),
        ["--summarizer", "off"].iter().chain(arguments),
    );
    let url = format!("{}/graphql", server.origin());
    let report = scripts.script("audit.js", [url]).run().succeeds().json();
    report.as_array().expect("a list of results").clone()
}

#[test]
fn the_official_audit_finds_nothing_to_say() {
    let Some(scripts) = Scripts::of("conformance") else {
        return;
    };
    for result in audited(&scripts, &[]) {
        println!("{result}");
    }
}
