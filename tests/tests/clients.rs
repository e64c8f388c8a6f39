//! The clients that people use, against the real server: what they make of its answers is what they will make of it at home.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::program::Invocation;
use tests::{Fresh, Server, archive, node, on_both_engines, python, wait};

/// A server on the samples, unsummarised: what is asked here needs no abstracts.
fn server() -> (Server, Fresh) {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let options = ["--summarizer", "off", "--batch", "2"];
    (Server::start_with(database.url(), options), database)
}

/// What comes while the clients listen.
const NEWS: &str = "The Old Lock Opens Again\n\n12 March 2021\n\nThe old lock was opened again after the winter, and the \
    ships that had waited below the town passed through it in the morning. The people of the town stood on its banks.";

/// What every client must have found: all articles, those with a word, and the code of an error.
struct Expected {
    titles: Vec<Value>,
    total: Value,
    searched: Vec<Value>,
}

impl Expected {
    #[track_caller]
    fn of(server: &Server) -> Self {
        let search = "{ articles(search: \"water\", first: 5) { edges { node { title } highlights { field } } } }";
        // The index of a server that just started is not there at once.
        let mut found = wait::eventually("the index", Duration::from_secs(60), || {
            let found = server.graphql(search, json!({}))["data"]["articles"]["edges"].take();
            found.as_array().filter(|edges| edges.len() == 5).cloned()
        });
        let searched = found.iter_mut().map(|edge| {
            let parts = edge["highlights"].as_array().expect("a list");
            let parts: Vec<Value> = parts.iter().map(|part| part["field"].clone()).collect();
            assert!(!parts.is_empty(), "{edge}");
            json!([edge["node"]["title"], parts])
        });
        let all = "{ articles(first: 100) { totalCount nodes { title } } }";
        let mut all = server.data(all, json!({}))["articles"].take();
        let nodes = all["nodes"].as_array().expect("a list");
        assert!(nodes.len() > 14, "three pages of seven at least: {all}");
        Self {
            titles: nodes.iter().map(|node| node["title"].clone()).collect(),
            searched: searched.collect(),
            total: all["totalCount"].take(),
        }
    }
}

/// What a client's program told: of its questions, and, if it listens, of what came once it said that it does.
#[track_caller]
fn told(client: impl FnOnce(String) -> Invocation, listens: bool) -> Value {
    let (server, database) = server();
    let expected = Expected::of(&server);
    let mut client = client(format!("{}/graphql", server.origin())).start();
    if listens {
        client.line(|line| (line == "live").then_some(()));
        let folder = TempDir::new().expect("a folder");
        fs::write(folder.path().join("news.txt"), NEWS).expect("a page is written");
        archive::ingest(database.url(), folder.path());
    }
    let ended = client.ended().succeeds();
    let last = ended.stdout.lines().last().unwrap_or_default();
    let told: Value = serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}\n{ended}"));
    assert_eq!(told["titles"], Value::from(expected.titles));
    assert_eq!(told["total"], expected.total);
    assert_eq!(told["searched"], Value::from(expected.searched));
    assert_eq!(told["code"], "BAD_CURSOR");
    if listens {
        assert_eq!(told["added"], "The Old Lock Opens Again");
    }
    told
}

/// What goes out when a query is asked twice by its hash: with the text the first time, once the server said that it does
/// not know it.
const BY_HASH: [&str; 3] = ["hash", "text+hash", "hash"];

#[test]
fn apollo_client_reads_on_searches_asks_by_hash_and_hears_what_comes() {
    let Some(scripts) = node::Scripts::of("clients") else {
        return;
    };
    let told = told(|url| scripts.script("apollo.mjs", [url]), true);
    assert_eq!(told["sent"], json!(BY_HASH));
}

#[test]
fn urql_reads_on_searches_asks_by_hash_and_hears_what_comes() {
    let Some(scripts) = node::Scripts::of("clients") else {
        return;
    };
    let told = told(|url| scripts.script("urql.mjs", [url]), true);
    assert_eq!(told["sent"], json!(BY_HASH));
}

#[test]
fn graphql_request_reads_on_searches_asks_by_hash_and_asks_two_questions_at_once() {
    let Some(scripts) = node::Scripts::of("clients") else {
        return;
    };
    let told = told(|url| scripts.script("request.mjs", [url]), false);
    assert_eq!(told["sent"], json!(BY_HASH));
    assert_eq!(told["together"], json!([told["total"], 5]));
}

#[test]
fn gql_of_python_reads_on_searches_asks_by_hash_and_hears_what_comes() {
    let Some(scripts) = python::Scripts::of("clients") else {
        return;
    };
    let told = told(|url| scripts.script("ask.py", [url]), true);
    let total = &told["total"];
    assert_eq!(
        told["hashed"],
        json!(["PERSISTED_QUERY_NOT_FOUND", total, total])
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

/// How many of them with a token, on each engine.
const CHANGES: u64 = 500;

/// What schemathesis was answered to so many questions, asked by whoever has this token; none was answered by a failure.
#[track_caller]
fn fuzzed(
    scripts: &python::Scripts,
    server: &Server,
    questions: u64,
    token: Option<&str>,
) -> Value {
    let (address, count) = (
        format!("{}/graphql", server.origin()),
        questions.to_string(),
    );
    let arguments = [address.as_str(), count.as_str()].into_iter().chain(token);
    let told = scripts
        .script("fuzz.py", arguments)
        .within(Duration::from_secs(200))
        .run()
        .succeeds();
    println!("{}", told.stdout);
    let told = told.json();
    assert!(told["asked"].as_u64() >= Some(questions), "{told}");
    // Questions that are all refused at the door would say nothing about what is behind it.
    assert!(told["answered"].as_u64() >= Some(questions / 4), "{told}");
    assert_eq!(server.get("/healthz", &[]).status, 200);
    told
}

#[test]
fn two_thousand_questions_made_up_from_the_schema_fail_on_none_of_our_sides() {
    let Some(scripts) = python::Scripts::of("clients") else {
        return;
    };
    let (server, _database) = server();
    let _ = fuzzed(&scripts, &server, QUESTIONS, None);
}

on_both_engines!(
    changes_made_up_by_who_may_do_everything_fail_on_none_of_our_sides,
    |database| {
        let Some(scripts) = python::Scripts::of("clients") else {
            return;
        };
        archive::migrate(database.url());
        archive::ingest(database.url(), &archive::samples());
        let server = Server::start(database.url());
        let secret = archive::token(database.url(), "fuzz", "ingest,edit");
        let told = fuzzed(&scripts, &server, CHANGES, Some(&secret));
        for code in ["UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED"] {
            assert!(told.get(format!("code {code}")).is_none(), "{told}");
        }
        let kept = database.number("SELECT CAST(count(*) AS bigint) FROM audit");
        assert!(kept > 0, "no change was made: {told}");
    }
);
