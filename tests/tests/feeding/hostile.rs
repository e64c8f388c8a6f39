//! Texts that were written to do harm: they are text in every feed, and no address does harm either.

use std::fs;

use serde_json::json;
use tempfile::TempDir;
use tests::{Server, archive, on_both_engines};

use crate::{FORMATS, articles, feed};

/// What someone might put into the title and the text of a page.
fn texts() -> Vec<(&'static str, String)> {
    [
        ("script", "<script>alert(1)</script>"),
        (
            "markup",
            "\" onmouseover=\"alert(1)\"> <img src=x onerror=alert(1)>",
        ),
        ("end of data", "]]> <![CDATA[ &lt;b&gt; &amp; &#0; <!-- -->"),
        (
            "entity",
            "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]> &e;",
        ),
        ("override", "\u{202e}gnp.exe \u{2067}turned"),
        ("emoji", "👩\u{200d}🚒 🏳\u{fe0f}\u{200d}🌈 🇫🇷"),
        ("right to left", "שלום مرحبا"),
        ("placeholder", "{{ UnsubscribeURL }} *|UNSUB|* {% raw %}"),
        ("control", "a\u{1b}[31m bell\u{7}"),
        ("no character", "a\u{fffe}b\u{ffff}c\u{fdd0}d"),
    ]
    .into_iter()
    .map(|(name, text)| (name, text.to_owned()))
    .chain([("long word", "x".repeat(10_000))])
    .collect()
}

on_both_engines!(no_text_breaks_a_feed, |database| {
    let pages = TempDir::new().expect("a folder");
    let filler = "The agency for rivers opened a measuring station in the presence of the mayor and of some forty pupils of the \
        town, who asked many questions about the water. ";
    for (number, (name, text)) in texts().iter().enumerate() {
        // A title has an end.
        let titled = if text.len() > 200 {
            name
        } else {
            text.as_str()
        };
        let page = format!(
            "Agency Opens Station Number {number} {titled} at Last\n\n15 March 2021\n\nAt station {number} {text} was said. {}\n",
            filler.repeat(40)
        );
        fs::write(pages.path().join(format!("{number}.txt")), page).expect("a page");
    }
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), pages.path());
    let server = Server::start(database.url());
    let stored = articles(&server, json!({}));
    assert!(stored.len() > texts().len() / 2, "{stored:#?}");
    for (format, _) in FORMATS {
        let (read, answer) = feed(&server, &format!("/feed.{format}?size=100"));
        assert_eq!(read.entries.len(), stored.len(), "{format}");
        let control = |letter: char| letter.is_control() && !"\n\r\t".contains(letter);
        assert!(
            !answer.body.contains(control),
            "{format} has control characters"
        );
        let lower = answer.body.to_lowercase();
        // In JSON a title is text by definition, and nobody takes it for markup.
        if format != "json" {
            for harm in [
                "<script",
                "<img",
                "<!entity",
                "<!doctype",
                "onerror=alert(1)>",
            ] {
                assert!(!lower.contains(harm), "{format} holds {harm}");
            }
        }
        for entry in &read.entries {
            let title = entry.title.clone().expect("a title").content;
            let count = |signs: &[char]| {
                title
                    .chars()
                    .filter(|letter| signs.contains(letter))
                    .count()
            };
            assert!(
                count(&['\u{202c}']) >= count(&['\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}']),
                "{format}: {title:?} is turned around to its end and beyond"
            );
        }
    }
});

on_both_engines!(a_nul_comes_in_at_no_door, |database| {
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    server.indexed();
    for path in [
        "/feed.atom?search=%00",
        "/feed.rss?q=a%00b",
        "/feed.json?topic=%00",
        "/feed.atom?source=%00",
        "/feed.atom?after=%00",
        "/topics/%00.atom",
        "/articles?q=%00",
        "/search?q=a%00b",
        "/articles?source=%00",
        "/articles?topic=%00",
        "/articles/%00",
        "/topics/%00",
        "/pages/%00",
        "/clippings?article=%00",
        "/digest/%00.html",
        "/q/%00",
        "/assets/%00",
        "/none%00",
    ] {
        for accept in ["text/html", "*/*"] {
            let answer = server.get(path, &[("Accept", accept)]);
            assert!(
                answer.status < 500,
                "{path}: {} {}",
                answer.status,
                answer.body
            );
            assert!(!answer.body.contains('\0'), "{path}");
        }
    }
});
