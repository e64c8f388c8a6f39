//! Each part of a filter finds exactly what it says, in lists and in counts.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::client::Client;
use tests::program::communique;
use tests::{Fresh, Server, archive, on_both_engines};

const LIST: &str = "query List($filter: ArticleFilter) { \
    articles(first: 100, filter: $filter) { totalCount facets { sources { count } } nodes { \
    id language publishedOn page { source } duplicateOf { id } abstract { text } labels { topic { id } } } } \
    articleCounts(groupBy: [LANGUAGE], filter: $filter) { count } }";

const RIVERS: &str = "medtop:06000000";
const SCHOOLS: &str = "medtop:05000000";
const STATES: &str = "medtop:11000000";

/// A page of another source than the samples'.
const HARBOUR: &str = "Harbour Office Moves to the Old Mill\n\n4 May 2022\n\nThe harbour office moves to the old mill beside \
    the bridge, where skippers will find it from the first of June. The mill had been empty for eleven years, and the town \
    has repaired its roof and its windows.";

/// A server over the samples and a page of another source; some articles are labelled and summarised by hand.
fn desk(database: &Fresh) -> (Server, Client) {
    archive::migrate(database.url());
    // With nothing to summarise it only brings the topics.
    let _ = archive::summarise(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("harbour.txt"), HARBOUR).expect("a page is written");
    let path = folder.path().to_string_lossy();
    let words = ["ingest", &*path, "--source", "harbour"];
    let _ = communique(database.url(), words).run().succeeds();

    let server = Server::start(database.url());
    let editor = server.holding(&archive::token(database.url(), "editor", "edit"));
    let shown = nodes(&server, &json!({}));
    let labelled = [
        &[RIVERS, SCHOOLS][..],
        &[RIVERS],
        &[SCHOOLS],
        &[STATES],
        &[RIVERS, SCHOOLS, STATES],
    ];
    let label = "mutation($id: ID!, $topics: [ID!]) { setLabels(input: { article: $id, topics: $topics }) { outcome } }";
    let summarise = "mutation($id: ID!) { editAbstract(input: { article: $id, text: \"In short.\" }) { outcome } }";
    for (article, topics) in shown.iter().zip(labelled) {
        let _ = editor.data(label, json!({ "id": article["id"], "topics": topics }));
    }
    for article in shown.iter().skip(1).step_by(2) {
        let _ = editor.data(summarise, json!({ "id": article["id"] }));
    }
    (server, editor)
}

#[track_caller]
fn nodes(client: &Client, filter: &Value) -> Vec<Value> {
    let mut data = client.data(LIST, json!({ "filter": filter }));
    let nodes = data["articles"]["nodes"].take();
    let nodes = nodes.as_array().cloned().expect("a list of articles");
    let sum = |counts: &Value| -> i64 {
        let counts = counts.as_array().expect("a list of counts");
        counts.iter().filter_map(|one| one["count"].as_i64()).sum()
    };
    assert_eq!(data["articles"]["totalCount"], nodes.len(), "{filter}");
    assert_eq!(
        sum(&data["articleCounts"]),
        nodes.len() as i64,
        "counted by language: {filter}"
    );
    assert_eq!(
        sum(&data["articles"]["facets"]["sources"]),
        nodes.len() as i64,
        "counted by source: {filter}"
    );
    nodes
}

fn topics(article: &Value) -> Vec<&str> {
    let labels = article["labels"].as_array().expect("labels");
    labels
        .iter()
        .filter_map(|label| label["topic"]["id"].as_str())
        .collect()
}

fn has(article: &Value, topic: &str) -> bool {
    topics(article).contains(&topic)
}

fn original(article: &Value) -> bool {
    article["duplicateOf"].is_null()
}

fn summarised(article: &Value) -> bool {
    !article["abstract"].is_null()
}

fn of(article: &Value, source: &str) -> bool {
    article["page"]["source"] == source
}

/// Whether an article should pass.
type Passes = fn(&Value) -> bool;

/// Filters that find some articles but not all, each with what it means in other words.
fn meanings() -> Vec<(Value, Passes)> {
    vec![
        (json!({}), original),
        (
            json!({ "topics": [], "languages": [], "sources": [], "ids": [] }),
            original,
        ),
        (json!({ "languages": ["FR", "xx"] }), |one| {
            original(one) && one["language"] == "fr"
        }),
        (json!({ "topics": [RIVERS] }), |one| {
            original(one) && has(one, RIVERS)
        }),
        (json!({ "topics": [RIVERS, SCHOOLS] }), |one| {
            original(one) && (has(one, RIVERS) || has(one, SCHOOLS))
        }),
        (
            json!({ "topics": [RIVERS, SCHOOLS], "topicsMatch": "ANY" }),
            |one| original(one) && (has(one, RIVERS) || has(one, SCHOOLS)),
        ),
        (
            json!({ "topics": [RIVERS, SCHOOLS], "topicsMatch": "ALL" }),
            |one| original(one) && has(one, RIVERS) && has(one, SCHOOLS),
        ),
        (
            json!({ "topics": [RIVERS, RIVERS], "topicsMatch": "ALL" }),
            |one| original(one) && has(one, RIVERS),
        ),
        (
            json!({ "topics": [SCHOOLS, STATES, RIVERS], "topicsMatch": "ALL" }),
            |one| original(one) && topics(one).len() == 3,
        ),
        (json!({ "hasAbstract": true }), |one| {
            original(one) && summarised(one)
        }),
        (json!({ "hasAbstract": false }), |one| {
            original(one) && !summarised(one)
        }),
        (json!({ "sources": ["harbour"] }), |one| of(one, "harbour")),
        (json!({ "sources": ["harbour", "nowhere"] }), |one| {
            of(one, "harbour")
        }),
        (
            json!({ "languages": ["fr"], "includeDuplicates": true }),
            |one| one["language"] == "fr",
        ),
        (json!({ "undated": true }), |one| {
            original(one) && one["publishedOn"].is_null()
        }),
        (json!({ "undated": false }), |one| {
            original(one) && !one["publishedOn"].is_null()
        }),
        (
            json!({ "publishedFrom": "2024-03-01", "publishedTo": "2024-04-11" }),
            |one| {
                let day = one["publishedOn"].as_str().unwrap_or_default();
                original(one) && ("2024-03-01"..="2024-04-11").contains(&day)
            },
        ),
        (
            json!({ "topics": [RIVERS, SCHOOLS, STATES], "hasAbstract": true, "undated": false }),
            |one| {
                let labelled = !topics(one).is_empty();
                original(one) && labelled && summarised(one) && !one["publishedOn"].is_null()
            },
        ),
    ]
}

on_both_engines!(each_part_of_a_filter_finds_what_it_says, |database| {
    let (server, _editor) = desk(&database);
    server.indexed();
    let all = nodes(&server, &json!({ "includeDuplicates": true }));
    assert!(!all.iter().all(original), "a sample repeats another");
    for (filter, passes) in meanings() {
        let expected: Vec<&Value> = all.iter().filter(|article| passes(article)).collect();
        let telling = !expected.is_empty() && expected.len() < all.len();
        assert!(telling, "{} of {}: {filter}", expected.len(), all.len());
        let found = nodes(&server, &filter);
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter}");
    }
    for nothing in [
        json!({ "topics": ["medtop:none"] }),
        json!({ "topics": [RIVERS, "medtop:none"], "topicsMatch": "ALL" }),
        json!({ "sources": ["nowhere"] }),
        json!({ "sources": ["HARBOUR"] }),
        json!({ "ids": ["art_0", ""] }),
        json!({ "sources": ["harbour"], "hasAbstract": true, "topics": [STATES] }),
    ] {
        assert_eq!(nodes(&server, &nothing).len(), 0, "{nothing}");
    }
});

on_both_engines!(articles_are_found_by_their_ids, |database| {
    let (server, _editor) = desk(&database);
    server.indexed();
    let all = nodes(&server, &json!({ "includeDuplicates": true }));
    let ids = |articles: &[Value]| -> Vec<Value> {
        articles.iter().map(|one| one["id"].clone()).collect()
    };
    let copies: Vec<Value> = all.iter().filter(|one| !original(one)).cloned().collect();
    let three = [all[5].clone(), all[0].clone(), all[2].clone()];
    let mut asked = ids(&three);
    // Once more, one that is none, and one that is left out.
    asked.extend([three[0]["id"].clone(), json!("art_0")]);
    asked.extend(ids(&copies));
    let originals: Vec<Value> = [0, 2, 5]
        .into_iter()
        .map(|place| all[place].clone())
        .filter(original)
        .collect();
    assert_eq!(nodes(&server, &json!({ "ids": asked })), originals);
    let with_copies = nodes(&server, &json!({ "ids": asked, "includeDuplicates": true }));
    assert!(with_copies.len() >= 3 && copies.iter().all(|copy| with_copies.contains(copy)));
    let whole = nodes(
        &server,
        &json!({ "ids": ids(&all), "includeDuplicates": true }),
    );
    assert_eq!(whole, all, "in the order of the list, not of the ids");
});

#[test]
fn a_filter_that_makes_no_sense_is_refused_with_what_would() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    for (filter, words) in [
        (
            json!({ "undated": true, "publishedFrom": "2024-01-01" }),
            "no period",
        ),
        (json!({ "topics": many }), "at most 100"),
        (json!({ "ids": many }), "at most 100"),
        (json!({ "sources": many }), "at most 100"),
        (json!({ "languages": many }), "at most 100"),
    ] {
        let answer = server.graphql(LIST, json!({ "filter": filter }));
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(words), "{message}");
    }
    let answer = server.graphql(LIST, json!({ "filter": { "topicsMatch": "SOME" } }));
    assert!(answer["data"].is_null(), "{answer}");
    assert!(answer["errors"][0]["message"].is_string(), "{answer}");
}

#[test]
fn a_variable_left_out_is_an_argument_that_is_not_given() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let data = |query: &str| server.data(query, json!({}));
    for (with, without) in [
        (
            "query($m: Int, $s: AbstractStyle) { articles(first: 2) { nodes { abstract(maxChars: $m, style: $s) { text } } } }",
            "{ articles(first: 2) { nodes { abstract { text } } } }",
        ),
        (
            "query($n: Int) { articles(first: $n) { nodes { ...Near } } } fragment Near on Article { related(first: $n) { id } }",
            "{ articles { nodes { related { id } } } }",
        ),
        (
            "query($n: Int, $a: Int) { pages(first: 1) { nodes { lines(first: $n, after: $a) { number } } } }",
            "{ pages(first: 1) { nodes { lines { number } } } }",
        ),
        (
            "query($n: Int) { articleCounts(groupBy: [YEAR], first: $n) { year count } }",
            "{ articleCounts(groupBy: [YEAR]) { year count } }",
        ),
        (
            "query($d: OrderDirection) { articles(orderBy: { field: TITLE, direction: $d }) { nodes { id } } }",
            "{ articles(orderBy: { field: TITLE }) { nodes { id } } }",
        ),
        (
            "query($i: Boolean, $t: TopicsMatch, $l: [String!]) { articles(filter: { includeDuplicates: $i, topicsMatch: $t, languages: $l }) { totalCount } }",
            "{ articles { totalCount } }",
        ),
    ] {
        // Twice: the document that is kept parsed is not the one that was changed.
        assert_eq!(data(with), data(without), "{with}");
        assert_eq!(data(with), data(without), "{with}");
    }
    let query = "query($n: Int) { articles(first: $n) { nodes { id } } }";
    let count = |variables: Value| {
        let data = server.data(query, variables);
        data["articles"]["nodes"].as_array().map(Vec::len)
    };
    assert_eq!(count(json!({})), Some(20));
    assert_eq!(count(json!({ "n": 3 })), Some(3));
    assert_eq!(count(json!({})), Some(20));
}

on_both_engines!(
    a_text_that_no_database_can_hold_is_not_our_fault,
    |database| {
        archive::migrate(database.url());
        let server = Server::start(database.url());
        for (named, query) in [
            (
                "by: slug",
                "query Q($text: String!) { article(by: { slug: $text }) { id } }",
            ),
            ("id: it", "query Q($text: ID!) { page(id: $text) { id } }"),
            ("id: it", "query Q($text: ID!) { node(id: $text) { id } }"),
            (
                "by: id",
                "query Q($text: ID!) { article(by: { id: $text }) { id } }",
            ),
            (
                "filter: sources",
                "query Q($text: String!) { articles(filter: { sources: [$text] }) { nodes { id } } }",
            ),
            (
                "filter: topics",
                "query Q($text: ID!) { articles(filter: { topics: [$text], ids: [$text] }) { nodes { id } } }",
            ),
            (
                "ids: it",
                "query Q($text: ID!) { nodes(ids: [$text]) { id } }",
            ),
            (
                "by: url",
                "query Q($text: String!) { article(by: { url: $text }) { id } }",
            ),
            (
                "source: it",
                "query Q($text: String!) { pages(source: $text) { nodes { id } } }",
            ),
        ] {
            let reply = server.graphql(query, serde_json::json!({ "text": "art_\0" }));
            let code = &reply["errors"][0]["extensions"]["code"];
            assert_eq!(code, "BAD_USER_INPUT", "{query}: {reply}");
            let message = reply["errors"][0]["message"].as_str().unwrap_or_default();
            assert!(message.contains(named), "{query}: {message}");
        }
    }
);
