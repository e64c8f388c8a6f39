//! What a feed can be asked for, by whom, and what its addresses begin with.

use std::time::Duration;

use serde_json::json;
use tests::{Server, archive, on_both_engines, wait};

use crate::{FORMATS, articles, entry_id, feed, titles};

on_both_engines!(
    what_is_asked_wrongly_is_answered_with_what_would_be_right,
    |database| {
        archive::migrate(database.url());
        let server = Server::start(database.url());
        for (path, status, told) in [
            (
                "/feed.atom?langage=fr",
                400,
                "there is no parameter \"langage\"; expected one of: topic",
            ),
            (
                "/feed.rss?from=tomorrow",
                400,
                "from: \"tomorrow\" is not a day; expected one like 2021-03-15",
            ),
            (
                "/feed.json?size=1000",
                400,
                "size: \"1000\" is not a number of articles; expected 1 to 100",
            ),
            ("/feed.atom?after=xyz", 400, "after: not a cursor"),
            (
                "/feed.atom?search=-no",
                400,
                "search: there is no word to look for",
            ),
            (
                "/feed.atom?topic=fishing",
                404,
                "there is no topic \"fishing\"; /topics.opml lists",
            ),
            ("/topics/fishing.atom", 404, "there is no topic \"fishing\""),
        ] {
            let answer = server.get(path, &[]);
            assert_eq!(answer.status, status, "{path}: {}", answer.body);
            assert!(answer.body.starts_with(told), "{path}: {}", answer.body);
            assert_eq!(answer.body.lines().count(), 1, "{path}");
            assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
            assert_eq!(answer.header("cache-control"), "no-store");
        }
        for path in ["/feed.xml", "/feed", "/topics/fishing.xml"] {
            assert_eq!(server.get(path, &[]).status, 404, "{path}");
        }
        let posted = server.post("/feed.atom", &[], "");
        assert_eq!((posted.status, posted.header("allow")), (405, "GET, HEAD"));
    }
);

on_both_engines!(parameters_choose_as_filters_of_graphql_do, |database| {
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let source = articles(&server, json!({}))[0]["page"]["source"].take();
    let source = source.as_str().expect("a source");
    for (query, filter) in [
        ("language=fr".to_owned(), json!({ "languages": ["fr"] })),
        (
            "language=FR&language=en&from=".to_owned(),
            json!({ "languages": ["fr", "en"] }),
        ),
        (
            "from=2024-04-01&to=2024-12-31".to_owned(),
            json!({ "publishedFrom": "2024-04-01", "publishedTo": "2024-12-31" }),
        ),
        (format!("source={source}"), json!({ "sources": [source] })),
        ("source=nobody".to_owned(), json!({ "sources": ["nobody"] })),
    ] {
        let (read, _) = feed(&server, &format!("/feed.atom?size=100&{query}"));
        let ids: Vec<String> = read.entries.iter().map(|entry| entry.id.clone()).collect();
        let expected: Vec<String> = articles(&server, filter).iter().map(entry_id).collect();
        assert_eq!(ids, expected, "{query}");
    }
    // Repeats are told once.
    let stored = database.number("SELECT CAST(count(*) AS bigint) FROM article");
    let (all, _) = feed(&server, "/feed.atom?size=100");
    assert!((all.entries.len() as i64) < stored);
});

on_both_engines!(a_search_has_a_feed_newest_first, |database| {
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let read = wait::eventually("the index", Duration::from_secs(60), || {
        let answer = server.get("/feed.atom?search=water+agency&size=100", &[]);
        (answer.status == 200 && answer.body.contains("<entry>"))
            .then(|| feed(&server, "/feed.atom?search=water+agency&size=100"))
    });
    let (read, answer) = read;
    let found = server.data(
        "{ articles(first: 100, search: \"water agency\", orderBy: { field: PUBLISHED_AT }) { nodes { title } } }",
        json!({}),
    );
    let nodes = found["articles"]["nodes"]
        .as_array()
        .cloned()
        .expect("articles");
    let expected: Vec<&str> = nodes
        .iter()
        .filter_map(|node| node["title"].as_str())
        .collect();
    assert!(expected.len() > 1, "{expected:?}");
    assert_eq!(titles(&read), expected);
    assert_eq!(
        read.title.expect("a title").content,
        "Communiqué: “water agency”"
    );
    // The index follows the archive at a distance, so no date is told.
    assert_eq!(answer.header("last-modified"), "");
    let again = server.get(
        "/feed.atom?search=water+agency&size=100",
        &[("If-None-Match", answer.header("etag"))],
    );
    assert_eq!(again.status, 304);
});

on_both_engines!(
    a_private_archive_has_feeds_only_for_who_has_a_token,
    |database| {
        archive::migrate(database.url());
        let server = Server::start_with(database.url(), ["--summarizer", "off", "--private"]);
        let bearer = format!("Bearer {}", archive::token(database.url(), "ada", "read"));
        for path in [
            "/feed.atom",
            "/feed.rss?language=fr",
            "/feed.json",
            "/topics/education.atom",
            "/topics.opml",
            // A letter in disguise is that letter.
            "/%66eed.atom",
            "/feed%2Eatom",
            "/topics%2Eopml",
            "/t%6Fpics/education.atom",
        ] {
            let answer = server.get(path, &[]);
            assert_eq!(answer.status, 401, "{path}: {}", answer.body);
        }
        let answer = server.get("/feed.atom", &[("Authorization", &bearer)]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let read = feed_rs::parser::parse(answer.bytes.as_slice());
        assert!(read.expect("a feed").entries.is_empty());
    }
);

on_both_engines!(
    addresses_are_the_operators_or_else_the_readers,
    |database| {
        archive::migrate(database.url());
        archive::ingest(database.url(), &archive::samples());
        let arguments = [
            "--summarizer",
            "off",
            "--public-url",
            "https://news.example.org/press/",
        ];
        let public = Server::start_with(database.url(), arguments);
        let plain = Server::start(database.url());
        for (format, _) in FORMATS {
            let path = format!("/feed.{format}?size=3");
            let (read, answer) = {
                let answer = public.get(&path, &[("Host", "evil.example")]);
                (
                    feed_rs::parser::parse(answer.bytes.as_slice()).expect("a feed"),
                    answer,
                )
            };
            assert!(
                !answer.body.contains("evil.example") && !answer.body.contains("127.0.0.1"),
                "{format}"
            );
            assert!(read.entries.iter().all(|entry| {
                entry.links[0]
                    .href
                    .starts_with("https://news.example.org/press/articles/")
            }));

            let named = plain.get(&path, &[("Host", "reader.example:8080")]);
            assert!(
                named.body.contains("http://reader.example:8080/articles/"),
                "{format}"
            );
            let (here, _) = feed(&plain, &path);
            let ids = |feed: &feed_rs::model::Feed| -> Vec<String> {
                feed.entries.iter().map(|entry| entry.id.clone()).collect()
            };
            assert_eq!(
                ids(&here),
                ids(&read),
                "ids do not depend on where it is read"
            );
        }
    }
);
