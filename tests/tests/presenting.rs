//! How an article is shown: its abstract in any length and style, its surest labels, its address.

use serde_json::{Value, json};
use tests::{Fresh, Server, archive, on_both_engines};

const SHOWN: &str = "query Shown($sure: Float!) { articles(first: 50) { nodes { body wordCount readingMinutes \
    plain: abstract { ...Text } short: abstract(maxChars: 90) { ...Text } long: abstract(maxChars: 900) { ...Text } \
    bullets: abstract(style: BULLETS) { ...Text } labels { score topic { id } } \
    sure: labels(minScore: $sure) { score topic { id } } all: labels(minScore: 0) { score topic { id } } } } } \
    fragment Text on Abstract { text sentences { text start end } }";

/// Words a minute, as the schema says.
const PACE: i64 = 238;

#[track_caller]
fn articles(server: &Server, sure: f64) -> Vec<Value> {
    let mut data = server.data(SHOWN, json!({ "sure": sure }));
    let nodes = data["articles"]["nodes"].take();
    nodes.as_array().cloned().expect("a list of articles")
}

fn list<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().expect("a list")
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().expect("a text")
}

/// What is said in an abstract stands in the article, where it says.
#[track_caller]
fn stands_in_the_article(article: &Value, summary: &Value) {
    let body: Vec<char> = text(article, "body").chars().collect();
    assert!(!list(summary, "sentences").is_empty(), "{summary}");
    for sentence in list(summary, "sentences") {
        let place = |field: &str| -> usize {
            let place = sentence[field].as_u64().and_then(|at| at.try_into().ok());
            place.expect("a place")
        };
        let there: String = body[place("start")..place("end")].iter().collect();
        assert_eq!(text(sentence, "text"), there);
    }
}

on_both_engines!(
    an_abstract_comes_in_the_length_and_style_asked_for,
    |database| {
        archive::fill(database.url(), &archive::samples());
        let server = Server::start(database.url());
        let shown = articles(&server, 0.0);
        assert!(shown.len() > 14);
        let (mut longer, mut shorter) = (0, 0);
        for article in &shown {
            for (length, most) in [
                ("plain", 400),
                ("bullets", 400),
                ("short", 90),
                ("long", 900),
            ] {
                let summary = &article[length];
                let count = text(summary, "text").chars().count();
                assert!((1..=most).contains(&count), "{length}, {count}: {summary}");
                stands_in_the_article(article, summary);
            }
            let of = |length: &str| text(&article[length], "text").chars().count();
            longer += usize::from(of("long") > of("plain"));
            shorter += usize::from(of("short") < of("plain"));
            assert!(of("short") <= of("plain") && of("plain") <= of("long"));

            // One sentence a line, each as it stands in the article but where it was cut or something was left out.
            let mut sentences = list(&article["bullets"], "sentences").iter().peekable();
            for point in text(&article["bullets"], "text").lines() {
                let said = point.strip_prefix("• ").expect("a bullet before each");
                // An article may have bullets of its own; they are not said beside ours.
                assert!(!said.starts_with('•'), "{point:?}");
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                let said = words(said.trim_end_matches('…'));
                assert!(!said.is_empty(), "{point:?}");
                let first = words(text(sentences.next().expect("a sentence"), "text"));
                assert!(
                    first.starts_with(&said) || said.starts_with(&first),
                    "{point}"
                );
                while sentences
                    .next_if(|more| said.contains(&words(text(more, "text"))))
                    .is_some()
                {}
            }
            assert_eq!(sentences.next(), None, "{}", article["bullets"]);
            let bulleted = text(article, "body").contains('•');
            assert!(bulleted || !text(&article["plain"], "text").contains('•'));
        }
        assert!(
            longer > 5 && shorter > 5,
            "{longer} and {shorter} of {}",
            shown.len()
        );
    }
);

#[test]
fn only_the_labels_that_are_sure_enough_are_shown() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let score = |label: &Value| label["score"].as_f64().expect("a score");
    let mut scores: Vec<f64> = articles(&server, 0.0)
        .iter()
        .flat_map(|article| {
            list(article, "labels")
                .iter()
                .map(score)
                .collect::<Vec<_>>()
        })
        .collect();
    scores.sort_by(f64::total_cmp);
    let middle = scores[scores.len() / 2];
    for sure in [middle, 1.0] {
        let mut left_out = 0;
        for article in articles(&server, sure) {
            let labels = list(&article, "labels");
            let expected: Vec<&Value> = labels.iter().filter(|one| score(one) >= sure).collect();
            left_out += labels.len() - expected.len();
            assert_eq!(list(&article, "sure").iter().collect::<Vec<_>>(), expected);
            assert_eq!(article["all"], article["labels"]);
            assert!(labels.is_sorted_by(|one, other| score(one) >= score(other)));
        }
        assert!(left_out > 0, "{sure} leaves none out of {scores:?}");
    }
    let kept = scores.iter().filter(|score| **score >= middle).count();
    assert!(kept > 0 && kept < scores.len(), "{scores:?}");
}

#[test]
fn reading_takes_as_long_as_the_words_say() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let mut seen = std::collections::BTreeSet::new();
    for article in articles(&server, 0.0) {
        let words = article["wordCount"].as_i64().expect("a count");
        let minutes = article["readingMinutes"].as_i64().expect("minutes");
        let expected = ((words + PACE - 1) / PACE).max(1);
        assert_eq!(minutes, expected, "{words} words");
        assert!(article["plain"].is_null(), "nothing is summarised yet");
        seen.insert(minutes);
    }
    assert!(
        seen.len() > 1,
        "articles of one minute and of more: {seen:?}"
    );
}

#[test]
fn lengths_and_scores_out_of_bounds_are_refused_with_the_bounds() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    for (field, words) in [
        ("abstract(maxChars: 39) { text }", "40 to 4000"),
        ("abstract(maxChars: 4001) { text }", "40 to 4000"),
        ("abstract(maxChars: -1) { text }", "40 to 4000"),
        ("labels(minScore: -0.1) { score }", "0 to 1"),
        ("labels(minScore: 1.01) { score }", "0 to 1"),
        ("related(first: 21) { id }", "0 to 20"),
        ("related(first: -1) { id }", "0 to 20"),
    ] {
        let query = format!("{{ articles(first: 1) {{ nodes {{ {field} }} }} }}");
        let answer = server.graphql(&query, json!({}));
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        assert!(text(error, "message").contains(words), "{field}: {answer}");
    }
    for field in [
        "abstract(maxChars: 40) { text }",
        "abstract(maxChars: 4000) { text }",
    ] {
        let _ = server.data(
            &format!("{{ articles(first: 1) {{ nodes {{ {field} }} }} }}"),
            json!({}),
        );
    }
}

on_both_engines!(an_article_is_found_by_its_address, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let address = "https://news.example/press";
    let options = [
        "--summarizer",
        "off",
        "--public-url",
        "https://news.example/press/",
    ];
    let server = Server::start_with(database.url(), options);
    let unnamed = Server::start(database.url());
    let first = "{ articles(first: 1) { nodes { id slug url } } }";
    let shown = server.data(first, json!({}))["articles"]["nodes"][0].take();
    let (slug, id) = (text(&shown, "slug"), text(&shown, "id"));
    assert_eq!(shown["url"], format!("{address}/articles/{slug}"));
    assert!(unnamed.data(first, json!({}))["articles"]["nodes"][0]["url"].is_null());

    let by = |server: &Server, url: &str| {
        let query = "query By($url: String!) { article(by: { url: $url }) { id } }";
        server.graphql(query, json!({ "url": url }))
    };
    let elsewhere = format!("https://else.example/articles/{slug}");
    for (url, named, any) in [
        (format!("{address}/articles/{slug}"), Some(id), Some(id)),
        (
            format!("{address}/articles/{slug}/?utm=1#top"),
            Some(id),
            Some(id),
        ),
        (format!("{address}/articles/no-such-article"), None, None),
        // Another server's is another article, unless this one does not know where it is.
        (elsewhere, None, Some(id)),
    ] {
        for (server, expected) in [(&server, named), (&unnamed, any)] {
            let answer = by(server, &url);
            assert!(answer.get("errors").is_none(), "{url}: {answer}");
            assert_eq!(answer["data"]["article"]["id"].as_str(), expected, "{url}");
        }
    }
    for url in ["", "no address", &format!("{address}/pages/{slug}"), slug] {
        let answer = by(&server, url);
        let error = &answer["errors"][0];
        assert_eq!(
            error["extensions"]["code"], "BAD_USER_INPUT",
            "{url}: {answer}"
        );
        assert!(text(error, "message").contains(address), "{url}: {answer}");
    }
});
