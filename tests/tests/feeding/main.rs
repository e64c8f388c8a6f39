//! Feeds, as those who subscribe to them see them: read by feedparser and feed-rs, page by page, and again and again.

mod asking;
mod freshness;
mod hostile;
mod paging;
mod reading;

use feed_rs::model::Feed;
use feed_rs::parser;
use serde_json::{Value, json};
use tests::Server;
use tests::client::{Answer, Client};

/// Every format with its media type.
const FORMATS: [(&str, &str); 3] = [
    ("atom", "application/atom+xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("json", "application/feed+json"),
];

/// What a feed should tell, by GraphQL.
const ARTICLES: &str = "query($filter: ArticleFilter) { articles(first: 100, filter: $filter) { nodes { id slug title language \
    publishedOn paragraphs abstract { text } labels { topic { id name } } page { source } } } }";

/// The articles that pass a filter, newest first.
#[track_caller]
fn articles(server: &Server, filter: Value) -> Vec<Value> {
    let data = server.data(ARTICLES, json!({ "filter": filter }));
    let nodes = data["articles"]["nodes"].as_array().cloned();
    nodes.expect("a list of articles")
}

/// The feed at an address that must have one.
#[track_caller]
fn feed(client: &Client, path: &str) -> (Feed, Answer) {
    let answer = client.get(path, &[]);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    let read = parser::parse(answer.bytes.as_slice());
    let read = read.unwrap_or_else(|error| panic!("{path}: {error}\n{}", answer.body));
    (read, answer)
}

/// The titles in a feed, in its order.
fn titles(feed: &Feed) -> Vec<String> {
    let title = |entry: &feed_rs::model::Entry| entry.title.clone().expect("a title").content;
    feed.entries.iter().map(title).collect()
}

/// The id that an article has in every feed.
fn entry_id(article: &Value) -> String {
    let id = article["id"].as_str().expect("an id");
    format!("tag:communique.invalid,2026:{id}")
}
