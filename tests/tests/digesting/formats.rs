//! What is in a digest, and how each format sets it.

use mail_parser::{MessageParser, MimeHeaders};
use tests::{Fresh, archive, on_both_engines};

use super::{as_json, change, items, samples, titles, weekly};

on_both_engines!(
    a_digest_has_abstracts_within_their_length_grouped_by_topic,
    |database| {
        archive::fill(database.url(), &archive::samples());
        let issue = as_json(
            &database,
            &["--abstract-chars", "160", "--max-per-topic", "2"],
        );
        let sections = issue["sections"].as_array().expect("sections");
        assert!(sections.len() > 3, "{issue:#}");
        let listed = items(&issue);
        assert_eq!(issue["shown"], listed.len());
        assert_eq!(issue["isEmpty"], false);
        for section in sections {
            let items = section["items"].as_array().expect("items");
            assert!((1..=2).contains(&items.len()), "{section:#}");
        }
        for item in &listed {
            let text = item["abstract"].as_str().expect("an abstract");
            assert!(text.chars().count() <= 160, "{item:#}");
            let link = item["link"].as_str().expect("a link");
            assert!(
                link.starts_with("https://news.example.org/articles/"),
                "{item:#}"
            );
            assert!(
                item["publishedOn"].is_string() && item["labels"].is_array(),
                "{item:#}"
            );
        }
        // The undated are in no period, and a repeat is no news.
        let dated = "SELECT CAST(count(*) AS bigint) FROM article WHERE published_on IS NOT NULL AND duplicate_of IS NULL";
        assert_eq!(issue["found"], database.number(dated));

        let french = as_json(
            &database,
            &[
                "--language",
                "fr",
                "--topic",
                "arts-culture-entertainment-and-media",
            ],
        );
        assert_eq!(french["language"], "fr");
        assert!(
            items(&french).iter().all(|item| item["language"] == "fr"),
            "{french:#}"
        );
        assert_eq!(
            french["sections"].as_array().map(Vec::len),
            Some(1),
            "{french:#}"
        );
    }
);

on_both_engines!(
    a_story_stands_there_once_and_what_is_hidden_does_not,
    |database| {
        archive::migrate(database.url());
        let _ = archive::ingest(database.url(), &archive::samples());
        let before = as_json(
            &database,
            &["--max-per-topic", "100", "--max-articles", "100"],
        );
        let all = items(&before);
        let [one, other, hidden] = &all[..3] else {
            panic!("{before:#}");
        };
        let id = |item: &serde_json::Value| item["id"].as_str().expect("an id").to_owned();
        change(
            &database,
            &format!(
                "UPDATE article SET story_id = '{0}' WHERE id IN ('{0}', '{1}')",
                id(one),
                id(other)
            ),
        );
        change(
            &database,
            &format!(
                "UPDATE article SET hidden_at = ingested_at WHERE id = '{}'",
                id(hidden)
            ),
        );
        let after = as_json(
            &database,
            &["--max-per-topic", "100", "--max-articles", "100"],
        );
        let listed = items(&after);
        assert_eq!(listed.len(), all.len() - 2, "{after:#}");
        let story = listed
            .iter()
            .find(|item| item["also"] != serde_json::json!([]))
            .expect("a story");
        let mut both = [id(story), id(&story["also"][0])];
        both.sort();
        let mut expected = [id(one), id(other)];
        expected.sort();
        assert_eq!(both, expected, "{story:#}");
        assert!(!titles(&after).contains(&hidden["title"].as_str().unwrap_or_default().to_owned()));
        assert_ne!(after["editionId"], before["editionId"]);
    }
);

#[test]
fn every_format_is_what_it_says() {
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let set = |format: &str, more: &[&str]| {
        let words: Vec<&str> = ["--format", format]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        weekly(&database, &words).run().succeeds().stdout
    };
    let html = set("html", &["--utm-source", "the list"]);
    assert!(
        html.starts_with("<!doctype html>") && html.len() < 102_000,
        "{} bytes",
        html.len()
    );
    assert!(html.contains("?utm_source=the%20list\""), "{html}");
    for fetched in [" src=", "<link", "@import", "url(", "<script"] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    assert!(set("mjml", &[]).starts_with("<mjml lang=\"en\""));
    let markdown = set("markdown", &["--title", "What *happened*"]);
    assert!(
        markdown.starts_with("# What \\*happened\\*\n\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("### [") && markdown.contains("](https://news.example.org/articles/")
    );
    let text = set("text", &[]);
    assert!(
        text.lines()
            .all(|line| line.contains("://") || line.chars().count() <= 72),
        "{text}"
    );

    let message = set(
        "eml",
        &[
            "--from",
            "Lake News <news@example.org>",
            "--to",
            "desk@example.org",
        ],
    );
    let message = MessageParser::default()
        .parse(message.as_bytes())
        .expect("a message");
    assert_eq!(message.subject(), Some("Weekly"));
    let from = message
        .from()
        .and_then(|from| from.first())
        .expect("an author");
    assert_eq!(
        (from.name(), from.address()),
        (Some("Lake News"), Some("news@example.org"))
    );
    let kind = message.content_type().expect("a type");
    assert_eq!(
        (kind.ctype(), kind.subtype()),
        ("multipart", Some("alternative"))
    );
    let twin = message.body_text(0).expect("a text").replace("\r\n", "\n");
    assert_eq!(twin.trim(), text.trim());
    assert!(
        message
            .body_html(0)
            .is_some_and(|html| html.starts_with("<!doctype html>"))
    );
    assert_eq!(
        (message.text_body_count(), message.html_body_count()),
        (1, 1)
    );
}

#[test]
fn a_lead_opens_the_issue_however_old_it_is() {
    let database = samples();
    let all = as_json(&database, &["--max-per-topic", "100"]);
    let oldest = items(&all).last().cloned().expect("an article");
    let link = oldest["link"].as_str().expect("a link");
    let slug = link.rsplit('/').next().expect("a slug");
    let short = as_json(&database, &["--since", "2026-09-01", "--lead", slug]);
    assert_eq!(short["lead"]["title"], oldest["title"], "{short:#}");
    assert_eq!(
        items(&short)
            .iter()
            .filter(|item| item["id"] == oldest["id"])
            .count(),
        1
    );
    let ended = weekly(&database, &["--lead", "no-such-article"]).run();
    super::refused(ended, &["lead: there is no article \"no-such-article\""]);
}

#[test]
fn templates_of_ones_own_take_the_place_of_ours_or_say_where_they_fail() {
    let database = samples();
    let folder = tempfile::TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a template");
        path.to_str().expect("a plain path").to_owned()
    };
    let intro = write(
        "intro.md",
        "Dear **reader**, {{ shown }} of {{ found }} for you.",
    );
    let footer = write("footer.md", "[Leave](<{{ '{{ UnsubscribeURL }}'|safe }}>)");
    let html = weekly(&database, &["--intro", &intro, "--footer", &footer])
        .run()
        .succeeds()
        .stdout;
    assert!(html.contains("Dear <strong>reader</strong>, "), "{html}");
    assert!(html.contains("href=\"{{ UnsubscribeURL }}\""), "{html}");
    let bad = write("bad.md", "one\n{{ tittle }}\n");
    super::refused(
        weekly(&database, &["--intro", &bad]).run(),
        &["bad.md:2: ", "expected one of name, title"],
    );
    super::refused(
        weekly(&database, &["--intro", "/nowhere.md"]).run(),
        &["/nowhere.md cannot be read"],
    );
}

#[test]
fn a_hostile_page_harms_no_format() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let folder = tempfile::TempDir::new().expect("a folder");
    let word = "z".repeat(10_000);
    let page = format!(
        "Agency Opens <script>alert(1)</script> a New {{{{ Lock }}}} \u{202e}on the River\u{202c} 👩\u{200d}🚒\n\n\
         24 November 2025\n\nThe agency <img src=x onerror=alert(1)> opened the lock [here](javascript:alert(1)) on Monday in \
         front of the {word} of the town and its mayor, who spoke for an hour about it.\n\n\
         The second paragraph says *|UNSUB|* and {{% raw %}} and has nothing else to say about the lock on the river.\n"
    );
    std::fs::write(folder.path().join("page.txt"), page).expect("a page");
    let _ = archive::ingest(database.url(), folder.path());
    for format in ["html", "mjml", "text", "markdown", "json", "eml"] {
        let set = weekly(&database, &["--format", format])
            .run()
            .succeeds()
            .stdout;
        assert!(
            set.contains("Agency") || format == "text",
            "{format}: {set}"
        );
        for harm in ["\u{202e}", "\0", &"z".repeat(201)] {
            assert!(!set.contains(harm), "{format}: {harm:.20?}");
        }
        if ["html", "mjml", "markdown"].contains(&format) {
            assert!(
                !set.contains("<script") && !set.contains("{{ Lock"),
                "{format}: {set}"
            );
        }
    }
}
