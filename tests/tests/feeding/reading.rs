//! What a feed tells is what the archive holds, whoever reads it.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Server, archive, on_both_engines, python};

use crate::{FORMATS, articles, entry_id, feed};

fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    list.map(|value| value.as_str().unwrap_or_default().to_owned())
        .collect()
}

fn labels(article: &Value) -> Vec<String> {
    let labels = article["labels"].as_array().into_iter().flatten();
    labels
        .map(|label| {
            label["topic"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

on_both_engines!(
    feedparser_reads_back_all_that_the_archive_tells,
    |database| {
        let Some(scripts) = python::Scripts::of("feeds") else {
            return;
        };
        archive::fill(database.url(), &archive::samples());
        let server = Server::start(database.url());
        let expected = articles(&server, json!({}));
        assert!(expected.len() > 14, "{}", expected.len());
        for (format, version) in [("atom", "atom10"), ("rss", "rss20")] {
            let url = format!("{}/feed.{format}?size=100", server.origin());
            let told = scripts
                .script("read.py", [url.as_str()])
                .run()
                .succeeds()
                .json();
            assert_eq!(told["broken"], Value::Null, "{format}");
            assert_eq!(told["version"], version);
            assert_eq!(told["title"], "Communiqué");
            assert_eq!(told["links"]["self"], url.as_str());
            assert_eq!(
                (&told["by_tag"], &told["by_date"]),
                (&json!(304), &json!(304))
            );
            let entries = told["entries"].as_array().expect("entries");
            assert_eq!(entries.len(), expected.len());
            for (entry, article) in entries.iter().zip(&expected) {
                assert_eq!(entry["id"], entry_id(article));
                assert_eq!(entry["title"], article["title"]);
                let slug = article["slug"].as_str().expect("a slug");
                assert_eq!(
                    entry["link"],
                    format!("{}/articles/{slug}", server.origin())
                );
                assert_eq!(entry["language"], article["language"]);
                assert_eq!(entry["author"], article["page"]["source"]);
                assert_eq!(entry["abstract"], article["abstract"]["text"]);
                assert_eq!(
                    strings(&entry["paragraphs"]),
                    strings(&article["paragraphs"])
                );
                assert_eq!(strings(&entry["categories"]), labels(article));
                let day = entry["published"].as_array().map(|parts| {
                    let number = |place: usize| parts[place].as_i64().unwrap_or_default();
                    format!("{:04}-{:02}-{:02}", number(0), number(1), number(2))
                });
                assert_eq!(day.as_deref(), article["publishedOn"].as_str());
            }
        }
    }
);

on_both_engines!(feed_rs_reads_the_same_from_every_format, |database| {
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let expected = articles(&server, json!({}));
    for (format, media) in FORMATS {
        let (read, answer) = feed(&server, &format!("/feed.{format}?size=100"));
        assert_eq!(answer.header("content-type"), media);
        assert_eq!(read.entries.len(), expected.len());
        for (entry, article) in read.entries.iter().zip(&expected) {
            assert_eq!(entry.id, entry_id(article));
            assert_eq!(
                entry.title.as_ref().map(|title| title.content.as_str()),
                article["title"].as_str()
            );
            let published = entry
                .published
                .map(|moment| moment.date_naive().to_string());
            assert_eq!(published.as_deref(), article["publishedOn"].as_str());
            let named: Vec<String> = entry
                .categories
                .iter()
                .map(|category| category.label.clone().unwrap_or(category.term.clone()))
                .collect();
            assert_eq!(named, labels(article));
        }
    }
});

on_both_engines!(a_topic_and_a_language_have_feeds_of_their_own, |database| {
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let topics = server.data("{ topics { id name articleCount } }", json!({}))["topics"].take();
    let topics = topics.as_array().cloned().expect("topics");

    let list = server.get("/topics.opml", &[]);
    assert_eq!(list.header("content-type"), "text/x-opml; charset=utf-8");
    assert_eq!(list.body.matches("<outline ").count(), topics.len() + 1);

    let environment = json!({ "topics": ["medtop:06000000"] });
    let expected: Vec<String> = articles(&server, environment)
        .iter()
        .map(entry_id)
        .collect();
    assert!(!expected.is_empty());
    for path in [
        "/topics/environment.atom",
        "/topics/environment.rss",
        "/topics/environment.json",
        "/topics/medtop:06000000.atom",
        "/feed.atom?topic=environment",
        "/feed.atom?topic=medtop:06000000&topic=environment",
    ] {
        let (read, _) = feed(&server, path);
        let ids: Vec<String> = read.entries.iter().map(|entry| entry.id.clone()).collect();
        assert_eq!(ids, expected, "{path}");
        assert_eq!(
            read.title.expect("a title").content,
            "Communiqué: Environment"
        );
    }
    // Every address of the list is one of a feed, of as many articles as the topic has.
    for (outline, topic) in list.body.split("xmlUrl=\"").skip(2).zip(&topics) {
        let address = outline.split('"').next().unwrap_or_default();
        let path = address.strip_prefix(server.origin()).expect(address);
        let (read, _) = feed(&server, path);
        assert_eq!(
            Some(read.entries.len() as u64),
            topic["articleCount"].as_u64(),
            "{path}"
        );
    }

    let (french, _) = feed(&server, "/topics/environment.atom?language=fr");
    assert_eq!(french.language.as_deref(), Some("fr"));
    let filter = json!({ "topics": ["medtop:06000000"], "languages": ["fr"] });
    assert_eq!(french.entries.len(), articles(&server, filter).len());
    let (none, _) = feed(&server, "/feed.rss?language=de");
    assert!(none.entries.is_empty());
});

on_both_engines!(hostile_text_is_text_in_every_feed, |database| {
    let Some(scripts) = python::Scripts::of("feeds") else {
        return;
    };
    let pages = TempDir::new().expect("a folder");
    let word = "Donaudampfschifffahrt".repeat(500);
    let text = format!(
        "Agency <script>alert(1)</script> Opens \u{202e}Station & \"Lock\" ]]>\n\n15 March 2021\n\nThe agency for rivers opened \
         a measuring station <img src=x onerror=alert(1)> in the presence of the mayor, and {word} was said there.\n\nThe \
         second paragraph has a crab 🦀, an &amp; and a <![CDATA[ in it, as no paragraph of the agency ever had before.\n"
    );
    fs::write(pages.path().join("hostile.txt"), text).expect("a page");
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), pages.path());
    let server = Server::start(database.url());
    let article = articles(&server, json!({}))[0].take();
    let paragraphs = strings(&article["paragraphs"]);
    assert!(
        paragraphs.iter().any(|text| text.contains(&word)),
        "{paragraphs:?}"
    );
    for format in ["atom", "rss"] {
        let url = format!("{}/feed.{format}", server.origin());
        let told = scripts
            .script("read.py", [url.as_str()])
            .run()
            .succeeds()
            .json();
        assert_eq!(told["broken"], Value::Null, "{format}");
        assert_eq!(strings(&told["entries"][0]["paragraphs"]), paragraphs);
    }
    for (format, _) in FORMATS {
        let (read, answer) = feed(&server, &format!("/feed.{format}"));
        // In XML no text begins an element. In JSON a title is text by definition, and only the article is HTML.
        let titles = usize::from(format == "json");
        assert_eq!(answer.body.matches("<script").count(), titles, "{format}");
        assert!(!answer.body.contains("<img"), "{format}");
        let title = read.entries[0].title.clone().expect("a title").content;
        assert!(
            title.contains("<script>alert(1)</script>"),
            "{format}: {title}"
        );
        if title.contains('\u{202e}') {
            assert!(title.ends_with('\u{202c}'), "{format}: {title}");
        }
    }
});
