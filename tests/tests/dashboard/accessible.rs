//! What keeps people from using a page, as axe finds it in a real browser: nothing serious, light or dark.

use std::fs;

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::node::Scripts;
use tests::{Fresh, archive};

use crate::filled;

const ARTICLE: &str = "/articles/floating-laboratory-begins-its-first-season-on-lake-ondre";

/// A browser, and the script of axe-core; none, outside of CI, where one of them is not there.
fn browser_and_axe() -> Option<(Browser, String)> {
    let browser = Browser::start()?;
    let scripts = Scripts::of("accessibility")?;
    let axe = scripts.folder().join("node_modules/axe-core/axe.min.js");
    Some((browser, fs::read_to_string(&axe).expect("axe")))
}

#[test]
fn axe_finds_nothing_serious_on_any_page_light_or_dark() {
    let Some((browser, axe)) = browser_and_axe() else {
        return;
    };
    let database = Fresh::sqlite();
    let server = filled(&database);
    let pages = server.data("{ pages(first: 1) { nodes { id } } }", json!({}));
    let lines = format!(
        "/pages/{}",
        pages["pages"]["nodes"][0]["id"].as_str().expect("an id")
    );
    let paths = [
        "/",
        "/articles",
        "/search?q=lake",
        ARTICLE,
        "/topics",
        "/topics/environment",
        "/pages",
        &lines,
        "/articles/none",
        "/clippings",
        "/nowhere",
    ];
    for scheme in ["light", "dark"] {
        browser.prefers(scheme);
        for path in paths {
            browser.open(&format!("{}{path}", server.origin()));
            has_nothing_serious(&browser, &axe, &format!("{path}, {scheme}"));
        }
    }
}

/// What axe finds in the page that is open.
#[track_caller]
fn has_nothing_serious(browser: &Browser, axe: &str, place: &str) {
    let tags = json!([
        "wcag2a",
        "wcag2aa",
        "wcag21a",
        "wcag21aa",
        "wcag22aa",
        "best-practice"
    ]);
    let found = browser.run(&format!(
        "{axe}; return axe.run({{ runOnly: {tags} }}).then((found) => ({{ passes: found.passes.length, \
         violations: found.violations.map(({{ id, impact, nodes }}) => ({{ id, impact, nodes: nodes.map((node) => node.failureSummary + ' ' + node.html) }})) }}))"
    ));
    assert!(
        found["passes"].as_u64() > Some(10),
        "{place}: axe looked at little: {found}"
    );
    let serious: Vec<&Value> = found["violations"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|violation| violation["impact"] == "serious" || violation["impact"] == "critical")
        .collect();
    assert!(serious.is_empty(), "{place}: {serious:#?}");
}

#[test]
fn axe_finds_nothing_serious_in_the_tools_of_editors_light_or_dark() {
    let Some((browser, axe)) = browser_and_axe() else {
        return;
    };
    let database = Fresh::sqlite();
    let server = filled(&database);
    let secret = archive::token(database.url(), "ada", "edit");
    browser.open(&format!("{}{ARTICLE}", server.origin()));
    browser.click("#editor button");
    has_nothing_serious(&browser, &axe, "where a token is asked for");
    browser.type_into("#token", &format!("{secret}\u{e007}"));
    browser.shows("#editing", "Save the topics");
    for scheme in ["light", "dark"] {
        browser.prefers(scheme);
        has_nothing_serious(&browser, &axe, &format!("the tools, {scheme}"));
    }
}
