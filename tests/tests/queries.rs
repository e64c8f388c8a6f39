//! The example queries: each file of `queries/` runs as it is against the samples, as it does in the playground, and
//! what they ask costs a fixed number of statements however long the list is.

use std::fs;

use serde_json::{Value, json};
use tests::wiretap::Wiretap;
use tests::{Engine, Fresh, Server, archive, shared};

/// All example queries: name and text.
fn queries() -> Vec<(String, String)> {
    let folder = shared::workspace().join("queries");
    let files =
        fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut queries: Vec<_> = files
        .flatten()
        .filter_map(|file| {
            let name = file
                .file_name()
                .into_string()
                .ok()?
                .strip_suffix(".graphql")?
                .to_owned();
            Some((name, fs::read_to_string(file.path()).ok()?))
        })
        .collect();
    queries.sort();
    assert!(queries.len() >= 6, "{queries:?}");
    queries
}

/// Whether there is anything in an answer: a number, a word, a member of a list.
fn says_something(answer: &Value) -> bool {
    match answer {
        Value::Null => false,
        Value::Array(list) => list.iter().any(says_something),
        Value::Object(fields) => fields.values().any(says_something),
        Value::Number(number) => number.as_i64() != Some(0),
        Value::Bool(_) | Value::String(_) => true,
    }
}

/// Every list of nodes in an answer must have one.
fn lists_are_filled(answer: &Value) -> bool {
    match answer {
        Value::Object(fields) => fields.iter().all(|(name, value)| {
            (name != "nodes" || value != &json!([])) && lists_are_filled(value)
        }),
        Value::Array(list) => list.iter().all(lists_are_filled),
        _ => true,
    }
}

#[test]
fn every_example_query_answers_with_something_on_the_samples() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    for (name, text) in queries() {
        let data = server.data(&text, json!({}));
        let fields = data.as_object().expect("an object");
        assert!(
            fields
                .values()
                .all(|field| says_something(field) && lists_are_filled(field)),
            "{name}: {data:#}"
        );
    }
}

/// The least of ten runs: a machine that takes the processor away while a batch of keys gathers makes two of one, so a
/// single run may have some statements more than the query costs.
fn least<T: Ord>(run: impl FnMut() -> T) -> T {
    std::iter::repeat_with(run)
        .take(10)
        .min()
        .expect("ten runs")
}

#[test]
fn a_list_costs_the_same_number_of_statements_however_long_it_is() {
    let Some(database) = Fresh::new(Engine::Postgres) else {
        return;
    };
    archive::fill(database.url(), &archive::samples());
    let wiretap = Wiretap::before(&database);
    // No reply is kept, so that each is made; and none costs too much.
    let options = [
        "--summarizer",
        "off",
        "--cache-mb",
        "0",
        "--max-cost",
        "1000000",
    ];
    let server = Server::start_with(wiretap.url(), options);
    let cost = |query: &str, variables: Value| {
        // Once unmeasured, so that neither connecting nor preparing is counted.
        let _ = server.data(query, variables.clone());
        least(|| {
            let before = wiretap.statements();
            let _ = server.data(query, variables.clone());
            wiretap.statements() - before
        })
    };
    let of_articles = "query Cost($first: Int!) { articles(first: $first, filter: { includeDuplicates: true }) { totalCount nodes { \
        title abstract { text sentences { text } } labels { score evidence { text } topic { name articleCount } } \
        page { name rejectedLines { text } articles { title } } duplicateOf { title } duplicates { title } } } }";
    let of_pages = "query Cost($first: Int!) { pages(first: $first) { totalCount nodes { name rejectedLines { text reason } \
        articles { title abstract { text } labels { topic { name } } } } } }";
    for (query, bound) in [(of_articles, 14), (of_pages, 10)] {
        let (few, many) = (
            cost(query, json!({ "first": 2 })),
            cost(query, json!({ "first": 100 })),
        );
        assert!(few > 0, "the wiretap hears nothing");
        assert!(
            many <= bound,
            "{many} statements, at most {bound}, for\n{query}"
        );
        assert!(
            many <= few + 3,
            "{few} statements for two and {many} for all of\n{query}"
        );
    }
}

#[test]
fn the_home_page_of_a_dashboard_costs_few_statements() {
    let Some(database) = Fresh::new(Engine::Postgres) else {
        return;
    };
    archive::fill(database.url(), &archive::samples());
    let wiretap = Wiretap::before(&database);
    let server = Server::start(wiretap.url());
    for (name, text) in queries() {
        let _ = server.data(&text, json!({}));
        let statements = least(|| {
            let before = wiretap.statements();
            let _ = server.data(&text, json!({}));
            wiretap.statements() - before
        });
        println!("{name}: {statements} statements");
        assert!(
            (1..=10).contains(&statements),
            "{name}: {statements} statements"
        );
    }
}

#[test]
fn what_is_wrong_with_a_field_takes_no_other_field_along() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let answer = server.graphql(
        "{ articles(first: 2) { nodes { id abstract(maxChars: 10) { text } } }
           page(id: \"\\u0000\") { id } node(id: \"\\u0000\") { id }
           article(by: { slug: \"\\u0000\" }) { id } status { pages } }",
        json!({}),
    );
    let data = &answer["data"];
    for node in [&data["articles"]["nodes"][0], &data["articles"]["nodes"][1]] {
        assert!(node["id"].is_string(), "{answer}");
    }
    for null in [
        "/articles/nodes/0/abstract",
        "/articles/nodes/1/abstract",
        "/page",
        "/node",
        "/article",
    ] {
        assert_eq!(data.pointer(null), Some(&Value::Null), "{null}: {answer}");
    }
    assert!(data["status"]["pages"].is_u64(), "{answer}");
    let errors = answer["errors"].as_array().cloned().unwrap_or_default();
    let mut paths: Vec<String> = errors
        .iter()
        .map(|error| {
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{error}");
            error["path"].to_string()
        })
        .collect();
    paths.sort();
    let expected = [
        r#"["article"]"#,
        r#"["articles","nodes",0,"abstract"]"#,
        r#"["articles","nodes",1,"abstract"]"#,
        r#"["node"]"#,
        r#"["page"]"#,
    ];
    assert_eq!(paths, expected);
}
