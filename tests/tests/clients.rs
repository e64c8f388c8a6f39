//! The clients that people use, against the real server: what they make of its answers is what they will make of it at home.

use std::time::Duration;

use serde_json::{Value, json};
use tests::program::Invocation;
use tests::{Fresh, Server, archive, node, python};

/// A server on the samples, unsummarised: what is asked here needs no abstracts.
fn server() -> (Server, Fresh) {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    (Server::start(database.url()), database)
}

/// What a client's program told, after what every client must have found: all articles, and the code of an error.
#[track_caller]
fn told(server: &Server, program: Invocation) -> Value {
    let told = program.run().succeeds().json();
    let mut all = server.data(
        "{ articles(first: 100) { totalCount nodes { title } } }",
        json!({}),
    );
    let titles: Vec<Value> = all["articles"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| node["title"].clone())
        .collect();
    assert!(
        titles.len() > 14,
        "three pages of seven at least: {titles:?}"
    );
    assert_eq!(told["titles"], Value::from(titles));
    assert_eq!(told["total"], all["articles"]["totalCount"].take());
    assert_eq!(told["code"], "BAD_CURSOR");
    told
}

#[test]
fn apollo_client_reads_all_pages_and_sees_the_code_of_an_error() {
    let Some(scripts) = node::Scripts::of("clients") else {
        return;
    };
    let (server, _database) = server();
    let _ = told(
        &server,
        scripts.script("apollo.mjs", [format!("{}/graphql", server.origin())]),
    );
}

#[test]
fn urql_reads_all_pages_and_sees_the_code_of_an_error() {
    let Some(scripts) = node::Scripts::of("clients") else {
        return;
    };
    let (server, _database) = server();
    let _ = told(
        &server,
        scripts.script("urql.mjs", [format!("{}/graphql", server.origin())]),
    );
}

#[test]
fn graphql_request_reads_all_pages_and_sees_the_code_of_an_error() {
    let Some(scripts) = node::Scripts::of("clients") else {
        return;
    };
    let (server, _database) = server();
    let _ = told(
        &server,
        scripts.script("request.mjs", [format!("{}/graphql", server.origin())]),
    );
}

#[test]
fn gql_of_python_reads_all_pages_and_sees_the_code_of_an_error() {
    let Some(scripts) = python::Scripts::of("clients") else {
        return;
    };
    let (server, _database) = server();
    let _ = told(
        &server,
        scripts.script("ask.py", [format!("{}/graphql", server.origin())]),
    );
}

#[test]
fn operations_typed_from_the_schema_and_the_queries_are_made_without_a_warning_and_accepted_by_tsc()
{
    let Some(scripts) = node::Scripts::of("clients") else {
        return;
    };
    let made = scripts
        .tool("graphql-codegen", ["--config", "codegen.ts"])
        .run()
        .succeeds();
    let said = format!("{}{}", made.stdout, made.stderr).to_lowercase();
    for word in ["warn", "deprecat", "⚠"] {
        assert!(!said.contains(word), "{word:?}\n{made}");
    }
    let _ = scripts.tool("tsc", ["--project", "."]).run().succeeds();

    // What was accepted also runs.
    let (server, _database) = server();
    let address = format!("{}/graphql", server.origin());
    let told = scripts.script("made/typed.js", [address]).run().succeeds();
    let latest = server.data("{ articles(first: 1) { nodes { title } } }", json!({}));
    assert_eq!(
        told.json()["latest"],
        latest["articles"]["nodes"][0]["title"]
    );
}

/// How many questions schemathesis makes up.
const QUESTIONS: u64 = 2_000;

#[test]
fn two_thousand_questions_made_up_from_the_schema_fail_on_none_of_our_sides() {
    let Some(scripts) = python::Scripts::of("clients") else {
        return;
    };
    let (server, _database) = server();
    let address = format!("{}/graphql", server.origin());
    let questions = QUESTIONS.to_string();
    let told = scripts
        .script("fuzz.py", [address.as_str(), questions.as_str()])
        .within(Duration::from_secs(200))
        .run()
        .succeeds();
    println!("{}", told.stdout);
    let told = told.json();
    assert!(told["asked"].as_u64() >= Some(QUESTIONS), "{told}");
    // Questions that are all refused at the door would say nothing about what is behind it.
    assert!(told["answered"].as_u64() >= Some(QUESTIONS / 4), "{told}");
    assert_eq!(server.get("/healthz", &[]).status, 200);
}
