//! Lists are read page by page, both ways, under any filter, with nothing lost and nothing twice.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use tests::{Server, archive, on_both_engines};

const ARTICLES: &str = "query List($first: Int, $after: String, $last: Int, $before: String, $filter: ArticleFilter) { \
    list: articles(first: $first, after: $after, last: $last, before: $before, filter: $filter) { \
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id publishedOn language } } } }";

const PAGES: &str = "query List($first: Int, $after: String, $last: Int, $before: String, $filter: String) { \
    list: pages(first: $first, after: $after, last: $last, before: $before, source: $filter) { \
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } } }";

/// Reads a whole list in steps of `size`, from the start or from the end, and checks what each step says of itself.
#[track_caller]
fn read(server: &Server, query: &str, filter: &Value, size: usize, forward: bool) -> Vec<Value> {
    let mut nodes = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let variables = if forward {
            json!({ "first": size, "after": cursor, "filter": filter })
        } else {
            json!({ "last": size, "before": cursor, "filter": filter })
        };
        let list = server.data(query, variables)["list"].take();
        let edges = list["edges"].as_array().expect("a list of edges");
        let page: Vec<_> = edges.iter().map(|edge| edge["node"].clone()).collect();
        let info = &list["pageInfo"];
        assert!(
            page.len() <= size,
            "{} rows where {size} were asked for",
            page.len()
        );
        if let (Some(first), Some(last)) = (edges.first(), edges.last()) {
            assert_eq!(info["startCursor"], first["cursor"]);
            assert_eq!(info["endCursor"], last["cursor"]);
        }
        let more = if forward {
            nodes.extend(page);
            cursor = info["endCursor"].clone();
            info["hasNextPage"] == true
        } else {
            nodes.splice(0..0, page);
            cursor = info["startCursor"].clone();
            info["hasPreviousPage"] == true
        };
        if !more {
            assert_eq!(
                list["totalCount"],
                nodes.len(),
                "what was read and what is counted"
            );
            return nodes;
        }
        assert!(edges.len() == size, "a page before the end is full");
    }
}

#[track_caller]
fn reads_alike_in_all_steps(server: &Server, query: &str, filter: &Value) -> Vec<Value> {
    let whole = read(server, query, filter, 100, true);
    for size in [1, 2, 3, 7, whole.len().max(1)] {
        for forward in [true, false] {
            assert_eq!(
                read(server, query, filter, size, forward),
                whole,
                "steps of {size}, forward: {forward}, {filter}"
            );
        }
    }
    whole
}

on_both_engines!(
    every_list_reads_alike_in_steps_of_any_size_both_ways,
    |database| {
        archive::fill(database.url(), &archive::samples());
        let server = Server::start(database.url());
        let all =
            reads_alike_in_all_steps(&server, ARTICLES, &json!({ "includeDuplicates": true }));
        let shown = reads_alike_in_all_steps(&server, ARTICLES, &json!({}));
        assert!(
            shown.len() >= 20 && shown.len() < all.len(),
            "{} shown of {}",
            shown.len(),
            all.len()
        );

        let dates: Vec<_> = shown
            .iter()
            .map(|article| article["publishedOn"].as_str())
            .collect();
        let mut newest_first = dates.clone();
        newest_first.sort_by(|one, other| other.cmp(one));
        assert_eq!(
            dates, newest_first,
            "newest first, those without a date at the end"
        );
        assert!(
            dates.contains(&None),
            "an article without a date is among them"
        );

        let french = reads_alike_in_all_steps(&server, ARTICLES, &json!({ "languages": ["fr"] }));
        assert!(!french.is_empty() && french.iter().all(|article| article["language"] == "fr"));
        let period = json!({ "publishedFrom": "2024-01-01", "publishedTo": "2024-12-31" });
        let of_2024 = reads_alike_in_all_steps(&server, ARTICLES, &period);
        let in_2024 = |article: &Value| {
            article["publishedOn"]
                .as_str()
                .is_some_and(|day| day.starts_with("2024"))
        };
        assert!(of_2024.iter().all(in_2024));
        assert_eq!(
            of_2024.len(),
            shown.iter().filter(|article| in_2024(article)).count()
        );
        let none = reads_alike_in_all_steps(&server, ARTICLES, &json!({ "languages": ["tlh"] }));
        assert_eq!(none.len(), 0);

        assert!(reads_alike_in_all_steps(&server, PAGES, &Value::Null).len() >= 12);
    }
);

on_both_engines!(topics_count_what_their_filter_finds, |database| {
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let data = server.data("{ topics { id articleCount } }", json!({}));
    let mut found = 0;
    for topic in data["topics"].as_array().expect("a list of topics") {
        let articles =
            reads_alike_in_all_steps(&server, ARTICLES, &json!({ "topics": [topic["id"]] }));
        assert_eq!(topic["articleCount"], articles.len(), "{topic}");
        found += articles.len();
    }
    assert!(found > 0);
});

#[test]
fn a_cursor_of_elsewhere_is_refused_by_code() {
    let database = tests::Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let cursor_of = |query: &str| {
        server.data(query, json!({ "first": 1 }))["list"]["pageInfo"]["endCursor"].clone()
    };
    let (article, page) = (cursor_of(ARTICLES), cursor_of(PAGES));
    let torn = article.as_str().map(|cursor| &cursor[..cursor.len() - 1]);
    for (query, cursor) in [
        (ARTICLES, page),
        (PAGES, article.clone()),
        (ARTICLES, json!("")),
        (ARTICLES, json!("no cursor")),
        (ARTICLES, json!("'; DROP TABLE article; --")),
        (ARTICLES, json!(torn)),
    ] {
        let answer = server.graphql(query, json!({ "first": 1, "after": cursor }));
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_CURSOR",
            "{cursor}: {answer}"
        );
    }
}

on_both_engines!(a_cursor_that_no_row_can_have_is_refused, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let article = format!("art_{}", "a".repeat(16));
    let page = format!("page_{}", "a".repeat(16));
    let ordered = "query List($first: Int, $after: String, $orderBy: ArticleOrder) { \
        articles(first: $first, after: $after, orderBy: $orderBy) { nodes { id } } }";
    for (query, order, cursor) in [
        (
            ordered,
            "PUBLISHED_AT",
            format!("2 articles published-desc\n-9999-01-01\n{article}"),
        ),
        (
            ordered,
            "PUBLISHED_AT",
            format!("2 articles published-desc\n+12026-01-01\n{article}"),
        ),
        (
            ordered,
            "TITLE",
            format!("2 articles title-desc\na\0b\n{article}"),
        ),
        (
            ordered,
            "INGESTED_AT",
            format!("2 articles ingested-desc\n{}\n{article}", i64::MAX),
        ),
        (
            ordered,
            "INGESTED_AT",
            format!("2 articles ingested-desc\n{}\n{article}", i64::MIN),
        ),
        (
            PAGES,
            "",
            format!("1 pages ingested-desc\n{}\n{page}", i64::MIN),
        ),
    ] {
        let mut variables =
            json!({ "first": 1, "after": BASE64URL_NOPAD.encode(cursor.as_bytes()) });
        if !order.is_empty() {
            variables["orderBy"] = json!({ "field": order, "direction": "DESC" });
        }
        let answer = server.graphql(query, variables);
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "BAD_CURSOR", "{cursor:?}: {answer}");
    }
});

#[test]
fn arguments_that_make_no_sense_are_refused_with_what_would() {
    let database = tests::Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let (input, size) = ("BAD_USER_INPUT", "PAGE_TOO_LARGE");
    for (variables, code, words) in [
        (json!({ "first": 101 }), size, "100"),
        (json!({ "first": -1 }), input, "-1"),
        (json!({ "last": 1000 }), size, "100"),
        (json!({ "first": 1, "last": 1 }), input, "one of them"),
        (
            json!({ "filter": { "publishedFrom": "2024-02-01", "publishedTo": "2024-01-01" } }),
            input,
            "2024-02-01",
        ),
    ] {
        let answer = server.graphql(ARTICLES, variables.clone());
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], code, "{variables}: {answer}");
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|message| message.contains(words)),
            "{variables}: {answer}"
        );
    }
    for variables in [
        json!({ "filter": { "publishedFrom": "yesterday" } }),
        json!({ "filter": { "colour": "red" } }),
        json!({ "first": "ten" }),
    ] {
        let answer = server.graphql(ARTICLES, variables.clone());
        assert!(
            answer["errors"][0]["message"].is_string(),
            "{variables}: {answer}"
        );
        assert!(answer["data"].is_null(), "{variables}: {answer}");
    }
}
