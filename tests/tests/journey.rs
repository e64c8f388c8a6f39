//! The main job, end to end: real pages in, abstracts and labels out of a real model, by the query that the README shows.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tests::{Fresh, Server, archive, on_both_engines, shared};

const EVERYTHING: &str = "{ articles(first: 50) { totalCount nodes { title slug language publishedOn dateBasis \
    paragraphs wordCount abstract { text kind model sentences { text start end } } \
    labels { score topic { id name } } page { name } position } } }";

/// An abstract's bounds unless the reader asks for others.
const MOST_SENTENCES: usize = 3;
const MOST_CHARACTERS: usize = 400;

fn articles(server: &Server) -> Vec<Value> {
    let data = server.data(EVERYTHING, json!({}));
    let nodes = data["articles"]["nodes"]
        .as_array()
        .expect("a list of articles")
        .clone();
    assert_eq!(data["articles"]["totalCount"], nodes.len());
    nodes
}

/// The body as the schema defines it: the paragraphs with an empty line between them.
fn body(article: &Value) -> Vec<char> {
    let paragraphs = article["paragraphs"].as_array().expect("paragraphs");
    let paragraphs: Vec<_> = paragraphs.iter().filter_map(Value::as_str).collect();
    paragraphs.join("\n\n").chars().collect()
}

#[track_caller]
fn abstract_is_of_the_body(article: &Value) {
    let title = &article["title"];
    let text = article["abstract"]["text"]
        .as_str()
        .unwrap_or_else(|| panic!("{title}: no abstract"));
    let sentences = article["abstract"]["sentences"]
        .as_array()
        .expect("a list of sentences");
    assert!(!text.trim().is_empty(), "{title}: the abstract is empty");
    assert!(
        // A sentence without an aside or two is as many stretches more.
        (1..=3 * MOST_SENTENCES).contains(&sentences.len()),
        "{title}: {} sentences",
        sentences.len()
    );
    let length = text.chars().count();
    assert!(
        length <= MOST_CHARACTERS,
        "{title}: the abstract has {length} characters"
    );
    assert_eq!(article["abstract"]["kind"], "EXTRACTIVE", "{title}");

    let body = body(article);
    let mut after = 0;
    for sentence in sentences {
        let words = sentence["text"].as_str().expect("a sentence has text");
        let place = |key: &str| {
            sentence[key]
                .as_u64()
                .and_then(|at| usize::try_from(at).ok())
                .expect("a position")
        };
        let (start, end) = (place("start"), place("end"));
        let there: String = body
            .get(start..end)
            .expect("a place in the body")
            .iter()
            .collect();
        assert_eq!(
            there, words,
            "{title}: what stands at {start}..{end} of the body"
        );
        assert!(
            after <= start,
            "{title}: the sentences overlap or are out of order"
        );
        assert!(
            text.contains(words),
            "{title}: the abstract lacks its sentence {words:?}"
        );
        after = end;
    }
}

#[track_caller]
fn labels_are_of_the_vocabulary(article: &Value, topics: &[Value]) {
    let title = &article["title"];
    for label in article["labels"].as_array().expect("a list of labels") {
        let score = label["score"].as_f64().expect("a score");
        assert!((0.0..=1.0).contains(&score), "{title}: a score of {score}");
        assert!(
            topics.contains(&label["topic"]["id"]),
            "{title}: the topic {} is not in the vocabulary",
            label["topic"]
        );
    }
}

fn labelled(articles: &[Value]) -> usize {
    articles
        .iter()
        .filter(|article| {
            article["labels"]
                .as_array()
                .is_some_and(|labels| !labels.is_empty())
        })
        .count()
}

fn topics(server: &Server) -> Vec<Value> {
    let data = server.data("{ topics { id } }", json!({}));
    data["topics"]
        .as_array()
        .expect("a list of topics")
        .iter()
        .map(|topic| topic["id"].clone())
        .collect()
}

on_both_engines!(the_seeds_come_out_with_abstracts_and_labels, |database| {
    let Some(seeds) = shared::seeds() else { return };
    archive::fill(database.url(), &seeds);
    let server = Server::start(database.url());
    let articles = articles(&server);
    assert_eq!(articles.len(), 15);
    let topics = topics(&server);
    for article in &articles {
        abstract_is_of_the_body(article);
        labels_are_of_the_vocabulary(article, &topics);
    }
    assert!(
        labelled(&articles) >= 13,
        "only {} of 15 have a label",
        labelled(&articles)
    );
});

#[test]
fn the_samples_come_out_with_abstracts_and_labels() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let articles = articles(&server);
    let topics = topics(&server);
    for article in &articles {
        abstract_is_of_the_body(article);
        labels_are_of_the_vocabulary(article, &topics);
    }
    let most = articles.len() * 4 / 5;
    assert!(
        labelled(&articles) >= most,
        "only {} of {} have a label",
        labelled(&articles),
        articles.len()
    );
}

#[test]
fn two_archives_of_the_same_pages_are_the_same() {
    let read = || {
        let database = Fresh::sqlite();
        archive::fill(database.url(), &archive::samples());
        articles(&Server::start(database.url()))
    };
    let (one, other) = (read(), read());
    for (one, other) in one.iter().zip(&other) {
        assert_eq!(one, other, "{}", one["title"]);
    }
    assert_eq!(one.len(), other.len());
}

#[test]
fn the_seeds_are_served_within_thirty_seconds() {
    let Some(seeds) = shared::seeds() else { return };
    let database = Fresh::sqlite();
    let started = std::time::Instant::now();
    archive::fill(database.url(), Path::new(&seeds));
    let server = Server::start(database.url());
    assert_eq!(articles(&server).len(), 15);
    let took = started.elapsed();
    assert!(
        took < Duration::from_secs(30),
        "it took {took:.1?} from the first migration to the first answer"
    );
}
