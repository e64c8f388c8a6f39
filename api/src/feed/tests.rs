use feed_rs::model::{Feed, FeedType};
use feed_rs::parser;

use super::*;

/// Texts that break what is careless with them.
const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "]]><![CDATA[ & &amp; &#0; &bogus;",
    "quotes \" and ' and `",
    "override \u{202e}desrever",
    "nul\0bell\u{7}escape\u{1b}[2J",
    "no\u{fffe}character",
    "crab 🦀 family 👩‍👩‍👧 ﷽ e\u{301}",
    "{{ template }} ${shell} %0a",
    "--> <?xml?> <!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>&a;",
];

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn head(title: &str) -> Head {
    Head {
        id: feed_id("archive-1", "feed"),
        title: title.to_owned(),
        language: None,
        updated: moment("2026-11-25T19:00:00.123456Z"),
        page: "https://news.example.org/articles?search=a%26b".to_owned(),
        addresses: Format::ALL.map(|format| {
            let extension = format.extension();
            (
                format,
                format!("https://news.example.org/feed.{extension}?search=a%26b&language=fr"),
            )
        }),
        parts: Parts {
            first: None,
            next: Some("https://news.example.org/feed?after=x&y".to_owned()),
            previous: None,
        },
    }
}

fn entry(number: usize, text: &str) -> Entry {
    Entry {
        id: entry_id(&format!("art_{number}")),
        url: format!("https://news.example.org/articles/{number}"),
        title: text.to_owned(),
        language: Some("en".to_owned()),
        published_on: "2021-03-15".parse().ok(),
        updated: moment("2026-11-25T18:00:00Z"),
        source: text.to_owned(),
        summary: Some(text.to_owned()),
        paragraphs: vec![text.to_owned(), "Second.".to_owned()],
        categories: vec![Category {
            id: "medtop:05000000".to_owned(),
            name: text.to_owned(),
        }],
    }
}

fn read(bytes: &[u8]) -> Feed {
    let shown = String::from_utf8_lossy(bytes);
    parser::parse(bytes).unwrap_or_else(|error| panic!("{error}\n{shown}"))
}

/// HTML without tags, as a reader shows it.
fn seen(html: &str) -> String {
    assert!(
        !html.contains("<script") && !html.contains("<img"),
        "{html}"
    );
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn hostile_text_is_read_back_as_text_from_every_format() {
    let long = "word".repeat(2_500);
    for text in HOSTILE.iter().copied().chain([long.as_str()]) {
        let carried = text::plain(text);
        for format in Format::ALL {
            let written = write(&head(text), &[entry(1, text)], format).expect("it is written");
            let feed = read(&written);
            assert_eq!(
                feed.title.expect("a title").content,
                carried.trim(),
                "{format:?}"
            );
            let entry = &feed.entries[0];
            assert_eq!(
                entry.title.as_ref().expect("a title").content,
                carried,
                "{format:?}"
            );
            let body = entry
                .content
                .as_ref()
                .and_then(|content| content.body.clone());
            let body = seen(&body.expect("a text"));
            assert_eq!(
                body,
                format!("<p>{carried}</p>\n<p>Second.</p>"),
                "{format:?}"
            );
            let summary = &entry.summary.as_ref().expect("an abstract").content;
            let summary = match format {
                Format::Rss => seen(summary),
                _ => summary.clone(),
            };
            assert_eq!(summary, carried, "{format:?}");
            let author = &entry.authors[0].name;
            assert_eq!(author.as_ref(), Some(&carried), "{format:?}");
        }
    }
}

#[test]
fn what_is_told_of_an_article_is_read_back_from_every_format() {
    for (format, kind) in [
        (Format::Atom, FeedType::Atom),
        (Format::Rss, FeedType::RSS2),
        (Format::Json, FeedType::JSON),
    ] {
        let mut undated = entry(2, "Second");
        (undated.published_on, undated.language, undated.summary) = (None, None, None);
        let entries = [entry(1, "First"), undated];
        let written = write(&head("Title"), &entries, format).expect("it is written");
        let feed = read(&written);
        assert_eq!(feed.feed_type, kind);
        assert_eq!(feed.entries.len(), 2, "{format:?}");
        for (entry, found) in entries.iter().zip(&feed.entries) {
            assert_eq!(found.id, entry.id, "{format:?}");
            assert_eq!(found.links[0].href, entry.url, "{format:?}");
            assert_eq!(found.published, entry.published(), "{format:?}");
            assert_eq!(
                found.summary.is_some(),
                entry.summary.is_some(),
                "{format:?}"
            );
        }
        let category = &feed.entries[0].categories[0];
        let name = category.label.as_ref().unwrap_or(&category.term);
        assert_eq!(name, "First", "{format:?}");
    }
}

#[test]
fn an_empty_feed_is_a_feed() {
    for format in Format::ALL {
        let written = write(&head("Nothing yet"), &[], format).expect("it is written");
        let feed = read(&written);
        assert!(feed.entries.is_empty());
        assert_eq!(feed.title.expect("a title").content, "Nothing yet");
    }
}

#[test]
fn the_same_articles_are_the_same_bytes() {
    for format in Format::ALL {
        let once = || write(&head("Title"), &[entry(1, "First")], format).expect("it is written");
        assert_eq!(once(), once(), "{format:?}");
    }
}

#[test]
fn a_list_of_feeds_is_read_back() {
    for text in HOSTILE {
        let listed = Subscription {
            title: text.to_owned(),
            description: Some(text.to_owned()),
            feed: "https://news.example.org/feed.atom?a=b&c=d".to_owned(),
            page: "https://news.example.org/articles".to_owned(),
        };
        let written = subscriptions(&[listed]).expect("it is written");
        let written = String::from_utf8(written).expect("text");
        let read =
            opml::OPML::from_str(&written).unwrap_or_else(|error| panic!("{error}\n{written}"));
        let outline = &read.body.outlines[0];
        assert_eq!(outline.text, text::plain(text));
        assert_eq!(
            outline.xml_url.as_deref(),
            Some("https://news.example.org/feed.atom?a=b&c=d")
        );
    }
}
