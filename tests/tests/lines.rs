//! Every line of a page is there to be read, and leads to where it went.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};
use tests::{Fresh, Server, archive, on_both_engines};

const PAGES: &str = "{ pages(first: 50) { nodes { id name encoding articles { id title paragraphs } \
    rejectedLines { number text reason explanation } } } }";

const LINES: &str = "query Lines($page: ID!, $first: Int!, $after: Int!) { page(id: $page) { \
    lines(first: $first, after: $after) { number text fate paragraph reason explanation article { id } } } }";

/// The lines of a page, read in steps of this size.
#[track_caller]
fn lines(server: &Server, page: &Value, size: usize) -> Vec<Value> {
    let (mut read, mut after) = (Vec::new(), json!(0));
    loop {
        let variables = json!({ "page": page, "first": size, "after": after });
        let mut data = server.data(LINES, variables);
        let step = data["page"]["lines"].take();
        let step = step.as_array().cloned().expect("a list of lines");
        let (came, last) = (step.len(), step.last().map(|line| line["number"].clone()));
        read.extend(step);
        match last {
            Some(number) if came == size => after = number,
            _ => return read,
        }
    }
}

/// Words alone, as paragraphs may be wrapped and spaced in any way.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// A line has exactly what its fate demands.
#[track_caller]
fn is_consistent(page: &str, line: &Value) {
    let given = |field: &str| !line[field].is_null();
    let fate = text(line, "fate");
    let rejected = fate == "REJECTED";
    assert_eq!(given("article"), !rejected, "{page}: {line}");
    assert_eq!(given("reason"), rejected, "{page}: {line}");
    assert_eq!(given("explanation"), rejected, "{page}: {line}");
    assert_eq!(given("paragraph"), fate == "PARAGRAPH", "{page}: {line}");
    let known = ["TITLE", "DATELINE", "PARAGRAPH", "REJECTED"];
    assert!(known.contains(&fate), "{page}: {line}");
    let shown = text(line, "text");
    assert!(!shown.is_empty() && shown == shown.trim(), "{page}: {line}");
}

on_both_engines!(every_line_of_a_page_says_where_it_went, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let pages = server.data(PAGES, json!({}))["pages"]["nodes"].take();
    let mut fates = BTreeSet::new();
    for page in pages.as_array().expect("a list of pages") {
        let name = text(page, "name");
        let whole = lines(&server, &page["id"], 1000);
        for size in [1, 7, whole.len()] {
            assert_eq!(
                lines(&server, &page["id"], size),
                whole,
                "{name}: by {size}"
            );
        }
        // The same as stand in the file, but for blank ones.
        if page["encoding"] == "utf-8" {
            let file = fs::read_to_string(archive::samples().join(name)).expect("a sample");
            let there: Vec<(usize, String)> = (1..)
                .zip(file.lines())
                .map(|(number, line)| (number, words(line)))
                .filter(|(_, line)| line.chars().any(char::is_alphanumeric))
                .collect();
            let read: Vec<(usize, String)> = whole
                .iter()
                .map(|line| {
                    let number = line["number"].as_u64().and_then(|one| one.try_into().ok());
                    (number.expect("a number"), words(text(line, "text")))
                })
                .filter(|(_, line)| line.chars().any(char::is_alphanumeric))
                .collect();
            assert_eq!(read, there, "{name}");
        }
        let mut paragraphs: BTreeMap<(&str, i64), Vec<&str>> = BTreeMap::new();
        for line in &whole {
            is_consistent(name, line);
            fates.insert(text(line, "fate").to_owned());
            if let Some(paragraph) = line["paragraph"].as_i64() {
                let article = text(&line["article"], "id");
                let lines = paragraphs.entry((article, paragraph)).or_default();
                lines.push(text(line, "text"));
            }
        }
        for article in page["articles"].as_array().expect("a list of articles") {
            let own = article["paragraphs"].as_array().expect("paragraphs");
            let lines =
                paragraphs.range((text(article, "id"), 0)..=(text(article, "id"), i64::MAX));
            assert_eq!(lines.count(), own.len(), "{name}: {}", article["title"]);
        }
        let rejected: Vec<Value> = whole
            .iter()
            .filter(|line| line["fate"] == "REJECTED")
            .map(|line| {
                json!({ "number": line["number"], "text": line["text"], "reason": line["reason"],
                    "explanation": line["explanation"] })
            })
            .collect();
        assert_eq!(page["rejectedLines"], json!(rejected), "{name}");
    }
    assert_eq!(fates.len(), 4, "the samples show each fate: {fates:?}");
});

#[test]
fn as_many_lines_are_given_as_are_asked_for_within_bounds() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let page = server.data("{ pages(first: 1) { nodes { id } } }", json!({}));
    let page = &page["pages"]["nodes"][0]["id"];
    let asked = |first: i64, after: i64| {
        server.graphql(
            LINES,
            json!({ "page": page, "first": first, "after": after }),
        )
    };
    for (first, after) in [(0, 0), (10, 1_000_000), (10, 2_147_483_647)] {
        let none = asked(first, after);
        assert_eq!(none["data"]["page"]["lines"], json!([]), "{first} {after}");
    }
    let all = asked(1000, 0);
    assert!(all["errors"].is_null(), "{all}");
    for (first, after, expected) in [
        (-1, 0, "0 to 1000"),
        (1001, 0, "0 to 1000"),
        (1, -1, "0 or more"),
    ] {
        let refused = asked(first, after);
        let error = &refused["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{refused}");
        assert!(text(error, "message").contains(expected), "{refused}");
    }
    let nowhere = json!({ "page": "page_0", "first": 1, "after": 0 });
    assert!(server.data(LINES, nowhere)["page"].is_null());
}

on_both_engines!(
    rejected_lines_of_a_page_without_end_are_read_in_steps,
    |database| {
        archive::migrate(database.url());
        let pages = tempfile::TempDir::new().expect("a folder");
        let lines: String = (0..2_500)
            .map(|number| format!("Item {number}\n\n"))
            .collect();
        fs::write(pages.path().join("list.txt"), lines).expect("a page is written");
        let _ = archive::ingest(database.url(), pages.path());
        let server = Server::start(database.url());
        let page = server.data(
            "{ pages { nodes { id rejectedLines { number } } } }",
            json!({}),
        );
        let page = &page["pages"]["nodes"][0];
        assert_eq!(page["rejectedLines"].as_array().map(Vec::len), Some(100));
        let asked = |first: i64, after: &Value| {
            let query = "query Rejected($page: ID!, $first: Int!, $after: Int!) { page(id: $page) { \
            rejectedLines(first: $first, after: $after) { number text } } }";
            server.graphql(
                query,
                json!({ "page": page["id"], "first": first, "after": after }),
            )
        };
        let (mut read, mut after) = (0, json!(0));
        loop {
            let mut step = asked(1_000, &after);
            let step = step["data"]["page"]["rejectedLines"].take();
            let step = step.as_array().cloned().expect("a list of lines");
            for line in &step {
                assert_eq!(text(line, "text"), format!("Item {read}"));
                read += 1;
            }
            match step.last() {
                Some(last) if step.len() == 1_000 => after = last["number"].clone(),
                _ => break,
            }
        }
        assert_eq!(read, 2_500);
        for (first, after) in [(1_001, 0), (-1, 0), (1, -1)] {
            let refused = asked(first, &json!(after));
            let code = &refused["errors"][0]["extensions"]["code"];
            assert_eq!(code, "BAD_USER_INPUT", "{refused}");
        }
    }
);
