//! The form beside a list: what it offers, what it counts, and what is said when it asks for what cannot be.

use std::time::Duration;

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::wait::eventually;
use tests::{Fresh, Server};

use crate::{filled, page, text};

/// The number beside a choice of the form, and whether it is chosen; none if it is not offered.
fn choice(body: &str, name: &str, value: &str) -> Option<(Option<u64>, bool)> {
    let begin = format!("name=\"{name}\" value=\"{value}\"");
    let (_, rest) = body.split_once(&begin)?;
    let label = rest.split("</label>").next()?;
    let count = label.split_once("class=\"count\">").map(|(_, count)| {
        let digits = count.split('<').next().unwrap_or_default();
        digits.parse().expect("a number")
    });
    Some((count, label.starts_with(" checked")))
}

fn total(server: &Server, filter: &Value) -> u64 {
    let data = server.data(
        "query Q($filter: ArticleFilter) { articles(filter: $filter) { totalCount } }",
        json!({ "filter": filter }),
    );
    data["articles"]["totalCount"].as_u64().expect("a number")
}

#[test]
fn a_choice_says_how_many_articles_have_it_whatever_else_its_group_has_chosen() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    let (environment, education) = ("medtop:06000000", "medtop:05000000");
    let both = total(
        &server,
        &json!({ "topics": [environment, education], "topicsMatch": "ALL" }),
    );
    let list = page(&server, "/articles?topic=environment").body;
    let alone = total(&server, &json!({ "topics": [education] }));
    assert!(alone > both, "the samples tell nothing");
    assert_eq!(
        choice(&list, "topic", "education"),
        Some((Some(alone), false))
    );
    // Where every topic is wanted, one more narrows.
    let list = page(&server, "/articles?topic=environment&match=all").body;
    let expected = (both > 0).then_some((Some(both), false));
    assert_eq!(choice(&list, "topic", "education"), expected);

    let english = total(
        &server,
        &json!({ "languages": ["en"], "topics": [environment] }),
    );
    let list = page(&server, "/articles?topic=environment&language=fr").body;
    assert_eq!(
        choice(&list, "language", "en"),
        Some((Some(english), false))
    );
    let french = total(
        &server,
        &json!({ "languages": ["fr"], "topics": [education] }),
    );
    assert_eq!(
        choice(&list, "topic", "education").and_then(|(count, _)| count),
        (french > 0).then_some(french)
    );
}

#[test]
fn a_form_keeps_what_was_chosen_when_nothing_is_found_and_when_it_is_refused() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    let list = page(&server, "/articles?q=zzzzzz&language=fr&source=elsewhere").body;
    assert!(text(&list).contains("0 articles"), "{}", text(&list));
    assert_eq!(choice(&list, "language", "fr"), Some((Some(0), true)));
    assert_eq!(choice(&list, "source", "elsewhere"), Some((Some(0), true)));

    let path = "/articles?undated=yes&from=2024-01-01&language=fr&topic=environment";
    let refused = page(&server, path);
    assert_eq!(refused.status, 400);
    let shown = text(&refused.body);
    assert!(
        shown.contains("lie in no period") && !shown.contains("publishedFrom"),
        "{shown}"
    );
    for (name, value) in [
        ("undated", "yes"),
        ("language", "fr"),
        ("topic", "environment"),
    ] {
        let chosen = choice(&refused.body, name, value).map(|(_, chosen)| chosen);
        assert_eq!(chosen, Some(true), "{name}");
    }
    assert!(refused.body.contains("type=\"date\" value=\"2024-01-01\""));
    assert!(refused.body.contains("<a href=\"/articles\">Back to"));
    assert_eq!(refused.header("cache-control"), "no-store");
}

/// Waits until a script returns true.
#[track_caller]
fn holds(browser: &Browser, what: &str, script: &str) {
    eventually(what, Duration::from_secs(30), || {
        (browser.run(script) == Value::Bool(true)).then_some(())
    });
}

#[test]
fn numbers_follow_the_boxes_and_a_refusal_is_shown_in_place_of_the_list() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    let server = filled(&database);
    browser.open(&format!("{}/articles", server.origin()));
    let english = total(
        &server,
        &json!({ "languages": ["en"], "topics": ["medtop:06000000"] }),
    );
    browser.click("input[name=topic][value=environment]");
    holds(
        &browser,
        "the number of a language under the topic",
        &format!(
            "return document.querySelector('input[name=language][value=en]')?.closest('label').querySelector('.count').textContent === '{english}'"
        ),
    );
    // Who ticks boxes by the keyboard goes on from the one that was ticked.
    assert_eq!(
        browser.run("return document.activeElement.value"),
        "environment"
    );

    browser.run(
        "const from = document.getElementById('from'); from.value = '2024-01-01'; \
         from.dispatchEvent(new Event('input', { bubbles: true })); return true",
    );
    browser.shows(".chips", "since 1 January 2024");
    browser.click("input[name=undated]");
    browser.shows("#results", "lie in no period");
    // The form is as it was, and what is right again is shown again.
    assert_eq!(
        browser.run("return document.getElementById('from').value"),
        "2024-01-01"
    );
    browser.click("input[name=undated]");
    browser.shows("#results", "since 1 January 2024");

    // What is no list at all is said in the words of what came.
    browser.run(
        "window.fetch = async () => new Response('<main><p class=\"lead\">Ask again in 9 s.</p></main>', { status: 429 }); return true",
    );
    browser.click("input[name=duplicates]");
    browser.shows("#results", "Ask again in 9 s.");
    browser.run("window.fetch = async () => new Response('', { status: 503 }); return true");
    browser.click("input[name=duplicates]");
    browser.shows("#results", "The server answered 503");
}

#[test]
fn a_narrow_window_shows_articles_before_filters() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    let server = filled(&database);
    for (width, open) in [(390, false), (1_200, true)] {
        browser.resize(width, 800);
        browser.open(&format!("{}/articles", server.origin()));
        holds(
            &browser,
            "the filters",
            &format!("return document.querySelector('.filters details').open === {open}"),
        );
        holds(
            &browser,
            "the list in view",
            "return document.querySelector('.total').getBoundingClientRect().top < innerHeight",
        );
    }
}
