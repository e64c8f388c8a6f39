//! What a reader does in a real browser that reaches no other host.

use std::time::Duration;

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::wait::eventually;
use tests::{Fresh, Server, archive};

use crate::filled;

const ARTICLE: &str = "/articles/floating-laboratory-begins-its-first-season-on-lake-ondre";

/// A browser and a server over the samples with abstracts; nothing where there is no browser.
fn opened() -> Option<(Browser, Server, Fresh)> {
    let browser = Browser::start()?;
    let database = Fresh::sqlite();
    let server = filled(&database);
    Some((browser, server, database))
}

fn open(browser: &Browser, server: &Server, path: &str) {
    browser.open(&format!("{}{path}", server.origin()));
}

/// Every request went to the server, and nothing was complained about.
#[track_caller]
fn stays_at_home(browser: &Browser, server: &Server) {
    let requests = browser.requests();
    assert!(!requests.is_empty());
    for request in requests {
        let address = request["url"].as_str().unwrap_or_default().to_owned();
        // Chromium's own controls bring their icons along.
        let own = address.starts_with(server.origin()) || address.starts_with("data:");
        assert!(own, "a page asks {address}");
    }
    assert_eq!(browser.complaints(), [] as [String; 0]);
}

/// Waits until a script returns true.
#[track_caller]
fn holds(browser: &Browser, what: &str, script: &str) {
    eventually(what, Duration::from_secs(30), || {
        (browser.run(script) == Value::Bool(true)).then_some(())
    });
}

#[test]
fn a_reader_finds_an_article_by_search_narrows_by_topic_opens_it_and_lands_on_what_the_abstract_says()
 {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    open(&browser, &server, "/");
    browser.type_into("#find", "floating laboratory\u{e007}");
    browser.shows(
        "#results",
        "Floating laboratory begins its first season on Lake Ondre",
    );
    browser.shows("#results mark", "laboratory");

    // The list follows the boxes without another click.
    let all = browser.count("#list > li");
    browser.click("input[name=topic][value=environment]");
    browser.shows(".chips", "Environment");
    holds(
        &browser,
        "the address",
        "return location.search.includes('topic=environment')",
    );
    holds(
        &browser,
        "the feeds of the list",
        "return [document.querySelector('link[rel=alternate]'), document.querySelector('.feeds a')] \
         .every((link) => link.getAttribute('href').includes('topic=environment'))",
    );
    assert!(browser.count("#list > li") <= all);
    browser.click("#list h3 a");
    browser.shows(
        "h1",
        "Floating laboratory begins its first season on Lake Ondre",
    );

    browser.click(".cite");
    holds(
        &browser,
        "a place in the address",
        "return location.hash.startsWith('#c')",
    );
    let landed = browser.run(
        "const at = document.getElementById(location.hash.slice(1)); \
         const link = document.querySelector('.cite'); \
         return [at.textContent, link.textContent, getComputedStyle(at).backgroundColor, at.closest('.text') !== null]",
    );
    let said = landed[1].as_str().expect("a sentence");
    assert!(
        landed[0]
            .as_str()
            .is_some_and(|text| said.starts_with(text)),
        "{landed}"
    );
    assert_ne!(landed[2], "rgba(0, 0, 0, 0)");
    assert_eq!(landed[3], true);
    holds(
        &browser,
        "the sentence in view",
        "const box = document.getElementById(location.hash.slice(1)).getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight",
    );
    stays_at_home(&browser, &server);
}

#[test]
fn a_search_is_answered_while_it_is_typed() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    open(&browser, &server, "/search");
    browser.shows("#results", "Type words to search for");
    browser.type_into("#q", "ferrymen");
    browser.shows("#results", "Ferrymen");
    holds(
        &browser,
        "the address",
        "return location.search === '?q=ferrymen'",
    );
    stays_at_home(&browser, &server);
}

#[test]
fn picked_articles_are_on_the_clipboard_as_markdown() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    open(&browser, &server, "/articles");
    let title = browser.run("return document.querySelector('.card h3 a').textContent");
    let title = title.as_str().expect("a title").to_owned();
    browser.click(".card .pick input");
    browser.run("document.getElementById('format').value = 'markdown'; return true");
    browser.click("#clip button");
    browser.shows("#clip output", "1 article copied as Markdown.");
    // What a reader pastes is what was copied.
    browser.run("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' })); return true");
    browser.type_into("#pasted", "\u{e009}v");
    let pasted = eventually("what was copied", Duration::from_secs(20), || {
        let pasted = browser.run("return document.getElementById('pasted').value");
        pasted
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    });
    let address = format!("]({}/articles/", server.origin());
    assert!(
        pasted.starts_with("### [") && pasted.contains(&address),
        "{pasted}"
    );
    assert!(pasted.contains(&title), "{title}: {pasted}");
    assert_eq!(pasted.matches("### [").count(), 1);
    stays_at_home(&browser, &server);
}

#[test]
fn the_pages_are_dark_for_readers_who_want_them_so() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    let brightness = |scheme: &str| {
        browser.prefers(scheme);
        let color = browser.run("return getComputedStyle(document.body).backgroundColor");
        let digits = color
            .as_str()
            .expect("a colour")
            .replace(|letter: char| !letter.is_ascii_digit() && letter != ',', "");
        digits
            .split(',')
            .filter_map(|part| part.parse::<u32>().ok())
            .take(3)
            .sum::<u32>()
    };
    for path in ["/", ARTICLE] {
        open(&browser, &server, path);
        assert!(
            brightness("light") > 600 && brightness("dark") < 150,
            "{path}"
        );
    }
    stays_at_home(&browser, &server);
}

#[test]
fn everything_is_reached_by_the_keyboard() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    open(&browser, &server, "/");
    browser.type_into("body", "\u{e004}");
    assert_eq!(
        browser.run("return document.activeElement.textContent"),
        "Skip to the content"
    );
    browser.type_into(".skip", "\u{e007}");
    holds(
        &browser,
        "the content",
        "return document.activeElement.id === 'content'",
    );
    open(&browser, &server, ARTICLE);
    browser.run("document.querySelector('.cite').focus(); return true");
    holds(
        &browser,
        "the sentence lit",
        "return document.querySelector('.text .lit') !== null",
    );
    browser.type_into(".cite", "\u{e007}");
    holds(
        &browser,
        "a landing",
        "return document.querySelector('.text .landed') !== null",
    );
    stays_at_home(&browser, &server);
}

#[test]
fn the_front_page_shows_what_comes_in_without_being_asked_again() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let secret = archive::token(database.url(), "editor", "ingest,edit");
    let server = Server::start(database.url());
    open(&browser, &server, "/");
    browser.shows("main", "Nothing is in here yet");
    // Once its subscriptions are open, nothing is missed.
    holds(
        &browser,
        "its subscriptions",
        "return performance.getEntriesByType('resource').length > 0 && document.readyState === 'complete'",
    );
    let text = "The pilots of the lower harbour have welcomed four new colleagues, who will guide ships through the northern channel. \
        They were trained for eighteen months on the simulator of the school, and another year beside an older pilot.";
    let mut number = 0;
    eventually("the article", Duration::from_secs(60), || {
        // A subscription may begin after what was written: another text tells it again.
        number += 1;
        let _ = server.holding(&secret).data(
            "mutation I($input: IngestTextInput!) { ingestText(input: $input) { outcome } }",
            json!({ "input": { "title": format!("Harbour Pilots Welcome Colleague Number {number}"), "text": format!("{text} It was day {number}."), "publishedOn": "2024-03-01" } }),
        );
        let shown = "return document.querySelector('#latest')?.innerText.includes('Harbour Pilots') ?? false";
        let wait = format!(
            "return new Promise((done) => setTimeout(() => done((() => {{ {shown} }})()), 2500))"
        );
        (browser.run(&wait) == Value::Bool(true)).then_some(())
    });
    browser.shows("#figures", "are summarised");
    stays_at_home(&browser, &server);
}

#[test]
fn the_pages_work_in_a_browser_without_scripts() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    let server = filled(&database);
    let _ = browser.devtools(
        "Emulation.setScriptExecutionDisabled",
        &json!({ "value": true }),
    );
    open(&browser, &server, "/search");
    browser.type_into("#q", "ferrymen\u{e007}");
    eventually("the search", Duration::from_secs(30), || {
        browser
            .address()
            .contains("/search?q=ferrymen")
            .then_some(())
    });
    browser.click("#list h3 a");
    browser.click(".cite");
    eventually("the sentence", Duration::from_secs(30), || {
        browser.address().contains("#c").then_some(())
    });
    stays_at_home(&browser, &server);
}
