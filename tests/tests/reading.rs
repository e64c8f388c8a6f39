//! Pages come out as a careful person reads them: every article of every page, as `expected.json` beside the pages says.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tests::{Fresh, Server, archive, shared};

const PAGES: &str = "query Pages($after: String) {
  pages(first: 100, after: $after) {
    pageInfo { hasNextPage }
    nodes {
      name
      articles {
        position title language publishedOn dateBasis paragraphs wordCount
        duplicateOf { page { name } position }
      }
    }
  }
}";

/// As many characters of a text as `expected.json` gives of its start and its end.
const SHOWN: usize = 60;

/// What a person read, one flat list, ordered by page and position.
fn expected(folder: &Path) -> Vec<Value> {
    let file = folder.join("expected.json");
    let text =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let pages: Vec<Value> = serde_json::from_str(&text).expect("a list of pages");
    let mut articles = Vec::new();
    for page in &pages {
        for article in page["articles"].as_array().expect("a list of articles") {
            let mut article = article.clone();
            article["page"] = page["page"].clone();
            if article.get("language").is_none() {
                article["language"] = page["language"].clone();
            }
            if article.get("duplicate_of").is_none() {
                article["duplicate_of"] = Value::Null;
            }
            articles.push(article);
        }
    }
    sorted(articles)
}

/// What the server says was read, in the same form.
fn served(server: &Server) -> Vec<Value> {
    let data = server.data(PAGES, json!({}));
    assert_eq!(data["pages"]["pageInfo"]["hasNextPage"], false);
    let mut articles = Vec::new();
    for page in data["pages"]["nodes"].as_array().expect("a list of pages") {
        for article in page["articles"].as_array().expect("a list of articles") {
            let paragraphs: Vec<_> = article["paragraphs"]
                .as_array()
                .expect("paragraphs")
                .iter()
                .filter_map(Value::as_str)
                .collect();
            let other = &article["duplicateOf"];
            articles.push(json!({
                "page": page["name"],
                "position": article["position"],
                "title": article["title"],
                "language": article["language"],
                "published_on": article["publishedOn"],
                "date_basis": article["dateBasis"],
                "paragraphs": paragraphs.len(),
                "first": start(paragraphs.first().copied().unwrap_or_default()),
                "last": end(paragraphs.last().copied().unwrap_or_default()),
                "words": article["wordCount"],
                "duplicate_of": match other {
                    Value::Null => Value::Null,
                    other => json!({ "page": other["page"]["name"], "position": other["position"] }),
                },
            }));
        }
    }
    sorted(articles)
}

fn sorted(mut articles: Vec<Value>) -> Vec<Value> {
    articles.sort_by_key(|article| (article["page"].to_string(), article["position"].as_i64()));
    articles
}

fn start(text: &str) -> String {
    text.chars().take(SHOWN).collect()
}

fn end(text: &str) -> String {
    text.chars()
        .skip(text.chars().count().saturating_sub(SHOWN))
        .collect()
}

/// One line for each difference, so that a failure shows all of them at once.
fn differences(expected: &[Value], served: &[Value]) -> Vec<String> {
    let name = |article: &Value| format!("{} {}", article["page"], article["position"]);
    let mut found = Vec::new();
    for wanted in expected {
        let Some(got) = served.iter().find(|got| name(got) == name(wanted)) else {
            found.push(format!("{}: missing: {}", name(wanted), wanted["title"]));
            continue;
        };
        for (key, value) in wanted.as_object().expect("an article is an object") {
            if got[key] != *value {
                found.push(format!(
                    "{}: {key} is {} and should be {value}",
                    name(wanted),
                    got[key]
                ));
            }
        }
    }
    let invented = served
        .iter()
        .filter(|got| !expected.iter().any(|wanted| name(wanted) == name(got)));
    found.extend(
        invented.map(|got| format!("{}: nobody else reads this: {}", name(got), got["title"])),
    );
    found
}

#[track_caller]
fn reads_as_expected(folder: &Path) -> usize {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    archive::ingest(database.url(), folder);
    let server = Server::start(database.url());
    let expected = expected(folder);
    let found = differences(&expected, &served(&server));
    assert!(
        found.is_empty(),
        "{} differences:\n  {}",
        found.len(),
        found.join("\n  ")
    );
    expected.len()
}

#[test]
fn the_seeds_are_read_as_a_careful_person_reads_them() {
    let Some(seeds) = shared::seeds() else { return };
    assert_eq!(reads_as_expected(&seeds), 15);
}

#[test]
fn the_samples_are_read_as_a_careful_person_reads_them() {
    assert!(reads_as_expected(&archive::samples()) >= 20);
}

#[test]
fn a_difference_is_seen_whatever_it_is() {
    let article = json!({ "page": "a.txt", "position": 1, "title": "A", "words": 3 });
    let other = |key: &str, value: Value| {
        let mut other = article.clone();
        other[key] = value;
        [other]
    };
    let expected = [article.clone()];
    assert!(differences(&expected, std::slice::from_ref(&article)).is_empty());
    for (served, count) in [
        (other("title", json!("B")), 1),
        (other("words", json!(4)), 1),
        (other("words", Value::Null), 1),
        (other("position", json!(2)), 2),
    ] {
        assert_eq!(differences(&expected, &served).len(), count, "{served:?}");
    }
}
