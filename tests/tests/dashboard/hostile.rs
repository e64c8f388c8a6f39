//! Articles written to do harm: they are text, whatever they say.

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::client::Answer;
use tests::{Fresh, Server, archive, on_both_engines};

use crate::page;

/// Title and text of articles that someone might put before the reader of pages.
fn articles() -> Vec<(&'static str, String)> {
    let sentence = "The agency said on Monday that the work will go on until the end of the year, and that nobody is to be harmed by it.";
    let word = "x".repeat(10_000);
    vec![
        (
            "</title><script>alert('title')</script> \"quoted\" & 'so'",
            format!(
                "{sentence} </script><script>alert('text')</script> <img src=x onerror=alert(1)> {sentence}\n\n</p></main><iframe src=//evil.example></iframe> {sentence} {sentence}"
            ),
        ),
        (
            "\u{202e}txet desrever sehcaor rebmuN\u{202c} \u{2066}Isolated",
            format!(
                "{sentence} \u{202e}This is turned around and never turned back. {sentence}\n\n{sentence} مرحبا بكم في الأرشيف {sentence}"
            ),
        ),
        (
            "A word without an end \u{1f600}\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} appears in the minutes",
            format!(
                "{sentence} {word} {sentence}\n\n{sentence} \u{1f1eb}\u{1f1f7} \u{fffd} {sentence}"
            ),
        ),
        (
            "# Title * of _Markdown_ [link](javascript:alert(1)) `code` {{ UnsubscribeURL }} *|UNSUB|*",
            format!(
                "{sentence} {{{{ 7 * 7 }}}} {{% block %}} ${{1}} {sentence}\n\n- {sentence} {sentence}"
            ),
        ),
    ]
}

/// Puts them into an archive, each with its first sentence as an editor's abstract; ids and slugs.
fn filled(server: &Server, secret: &str) -> Vec<(String, String)> {
    let editor = server.holding(secret);
    let ingested = articles().into_iter().map(|(title, text)| {
        let data = editor.data(
            "mutation I($input: IngestTextInput!) { ingestText(input: $input) { outcome articles { id slug title } } }",
            json!({ "input": { "title": title, "text": text, "publishedOn": "2024-03-01" } }),
        );
        let article = data["ingestText"]["articles"][0].clone();
        let word = |name: &str| article[name].as_str().map(str::to_owned).unwrap_or_else(|| panic!("no article of {title}: {data}"));
        let id = word("id");
        let edited = editor.data(
            "mutation E($input: EditAbstractInput!) { editAbstract(input: $input) { outcome } }",
            json!({ "input": { "article": id, "text": format!("{title} – in short.") } }),
        );
        assert_eq!(edited["editAbstract"]["outcome"], "EDITED");
        (id, word("slug"))
    });
    ingested.collect()
}

fn started(database: &Fresh) -> (Server, Vec<(String, String)>) {
    archive::migrate(database.url());
    let secret = archive::token(database.url(), "editor", "ingest,edit");
    let server = Server::start(database.url());
    let made = filled(&server, &secret);
    server.indexed();
    (server, made)
}

#[track_caller]
fn is_harmless(path: &str, answer: &Answer) {
    assert_eq!(answer.status, 200, "{path}");
    let body = answer.body.to_lowercase();
    for harm in [
        "<script>alert",
        "<img",
        "<iframe",
        "javascript:alert(1))\"",
        "href=\"javascript",
        " onerror=alert(1)>",
    ] {
        assert!(!body.contains(harm), "{path} holds {harm}");
    }
    for script in body.split("<script").skip(1) {
        let own = script.starts_with(" type=\"module\" src=\"/assets/");
        let data = script.split("</script>").next().unwrap_or_default();
        let facts = data.strip_prefix(" type=\"application/ld+json\">");
        let is_json = facts.is_some_and(|facts| serde_json::from_str::<Value>(facts).is_ok());
        assert!(own || is_json, "{path}: <script{data}");
    }
}

on_both_engines!(
    no_page_takes_the_words_of_an_article_for_markup,
    |database| {
        let (server, made) = started(&database);
        let mut paths = vec!["/".to_owned(), "/articles".to_owned(), "/pages".to_owned()];
        paths.push("/search?q=agency+%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned());
        paths.push("/search?q=agency".to_owned());
        paths.extend(made.iter().map(|(_, slug)| format!("/articles/{slug}")));
        let pages = server.data("{ pages { nodes { id } } }", json!({}));
        let pages = pages["pages"]["nodes"].as_array().expect("pages").clone();
        paths.extend(
            pages
                .iter()
                .map(|page| format!("/pages/{}", page["id"].as_str().unwrap_or_default())),
        );
        for path in paths {
            is_harmless(&path, &page(&server, &path));
        }
        let ids: Vec<_> = made.iter().map(|(id, _)| format!("article={id}")).collect();
        let copied = |format: &str| {
            server
                .get(
                    &format!("/clippings?{}&format={format}", ids.join("&")),
                    &[],
                )
                .body
        };
        let html = copied("html");
        assert!(
            !html.contains("<script") && !html.contains("&amp;lt;"),
            "{html}"
        );
        let markdown = copied("markdown");
        assert!(
            markdown.contains("&lt;script>") && !markdown.contains('<'),
            "{markdown}"
        );
        assert!(markdown.contains("\\[link\\](javascript"), "{markdown}");
        for copy in [html, markdown, copied("text")] {
            for mark in ["{{", "{%", "*|", "\u{202e}", "\0"] {
                assert!(!copy.contains(mark), "{mark:?}: {copy}");
            }
        }
    }
);

#[test]
fn a_browser_shows_hostile_articles_quietly_and_within_the_window() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    let (server, made) = started(&database);
    browser.resize(360, 740);
    let mut paths = vec!["/".to_owned(), "/articles".to_owned(), "/pages".to_owned()];
    paths.extend(made.iter().map(|(_, slug)| format!("/articles/{slug}")));
    for path in paths {
        browser.open(&format!("{}{path}", server.origin()));
        let widths = browser.run("return [document.documentElement.scrollWidth, innerWidth]");
        assert!(
            widths[0].as_u64() <= widths[1].as_u64(),
            "{path} is wider than the window: {widths}"
        );
        assert_eq!(browser.complaints(), [] as [String; 0], "{path}");
    }
    for request in browser.requests() {
        let address = request["url"].as_str().unwrap_or_default().to_owned();
        let own = address.starts_with(server.origin()) || address.starts_with("data:");
        assert!(own, "a page asks {address}");
    }
}
