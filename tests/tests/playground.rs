//! The playground in a real browser that reaches no other host: what somebody sees who opens it for the first time.

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::shared::workspace;
use tests::wait::eventually;
use tests::{Fresh, Server, archive, environment};

const RUN: &str = ".graphiql-execute-button";
/// Where the question stands; before it does, there is nothing to run.
const EDITOR: &str = ".graphiql-query-editor .view-lines";
const RESPONSE: &str = ".graphiql-response .view-lines";

/// A server on the samples and a browser; nothing, and a printed line that says so, where one cannot be.
fn opened() -> Option<(Browser, Server, Fresh)> {
    let browser = Browser::start()?;
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let page = server.get("/graphql", &[("accept", "text/html")]);
    if page.body.contains("make playground") {
        let hint = "the server was built without its playground; run `make playground build`";
        assert!(!environment::in_ci(), "{hint}");
        println!("skipped: {hint}");
        return None;
    }
    Some((browser, server, database))
}

fn page(server: &Server) -> String {
    format!("{}/graphql", server.origin())
}

/// Every request went to the server, or was for what the page itself carries; and nothing was complained about.
#[track_caller]
fn stays_at_home(browser: &Browser, server: &Server) -> Vec<Value> {
    let requests = browser.requests();
    assert!(requests.len() > 5, "{requests:?}");
    for request in &requests {
        let address = request["url"].as_str().unwrap_or_default();
        let home = format!("{}/", server.origin());
        let own = ["data:", "blob:", home.as_str()];
        assert!(
            own.iter().any(|own| address.starts_with(own)),
            "the page asks {address}"
        );
    }
    assert_eq!(browser.complaints(), [] as [String; 0]);
    requests
}

#[test]
fn the_first_tab_of_the_playground_shows_articles_and_the_page_asks_no_other_host() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    let latest = server.data("{ articles(first: 1) { nodes { title } } }", json!({}));
    let title = latest["articles"]["nodes"][0]["title"].as_str();
    browser.open(&page(&server));
    browser.shows(EDITOR, "query LatestArticles");
    browser.click(RUN);
    browser.shows(RESPONSE, title.expect("an article"));

    // One tab for each example query.
    let files = fs::read_dir(workspace().join("queries")).expect("a folder");
    assert_eq!(browser.count(".graphiql-tab") as usize, files.count());

    // What was asked is kept in the page's own history.
    browser.click("[aria-label='Show History']");
    browser.shows(".graphiql-history", "LatestArticles");
    let _ = stays_at_home(&browser, &server);
}

#[test]
fn the_explorer_of_the_playground_shows_our_descriptions() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    browser.open(&page(&server));
    browser.click("[aria-label='Show Documentation Explorer']");
    browser.click(".graphiql-doc-explorer-type-name");
    browser.shows(
        ".graphiql-doc-explorer",
        "What can be asked of the archive.",
    );
    let _ = stays_at_home(&browser, &server);
}

#[test]
fn a_shared_link_opens_the_same_query_with_its_variables() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    let hash = "#query=query+Shared%28%24n%3AInt%21%29+%7B+articles%28first%3A%24n%29+%7B+totalCount+%7D+%7D&variables=%7B%22n%22%3A3%7D";
    let total = server.data("{ articles { totalCount } }", json!({}));
    let total = format!("\"totalCount\": {}", total["articles"]["totalCount"]);
    browser.open(&format!("{}{hash}", page(&server)));
    browser.shows(EDITOR, "query Shared");
    browser.click(RUN);
    browser.shows(RESPONSE, &total);

    // The button makes the link anew, which opens the same in a browser that has never been here.
    let _ = browser.run("window.history.replaceState(null, '', window.location.pathname)");
    browser.click("[aria-label='Share a link to this query']");
    let address = eventually("a link", Duration::from_secs(20), || {
        let address = browser.run("return window.location.href");
        let address = address.as_str()?;
        address.contains('#').then(|| address.to_owned())
    });
    let _ = browser.run("window.localStorage.clear()");
    browser.open("about:blank");
    browser.open(&address);
    browser.shows(EDITOR, "query Shared");
    browser.click(RUN);
    browser.shows(RESPONSE, &total);
    let _ = stays_at_home(&browser, &server);
}

#[test]
fn a_token_typed_into_the_playground_goes_with_each_question_and_is_not_kept() {
    let Some((browser, server, _database)) = opened() else {
        return;
    };
    browser.open(&page(&server));
    browser.click("[aria-label='Show Token']");
    browser.type_into(".token-box input", "communique-test-token");
    browser.shows(".token-box", "Sent with every question.");
    let _ = browser.requests();
    browser.click(RUN);
    let carried = eventually("a question", Duration::from_secs(20), || {
        let mut requests = browser.requests().into_iter();
        requests.find(|request| request["method"] == "POST")
    });
    assert_eq!(
        carried["headers"]["Authorization"],
        "Bearer communique-test-token"
    );
    let kept = browser.run("return JSON.stringify(window.localStorage)");
    let kept = kept.as_str().expect("text");
    assert!(kept.contains("LatestArticles"), "{kept}");
    assert!(!kept.contains("communique-test-token"), "{kept}");
}

#[test]
fn the_tests_of_the_playgrounds_own_parts_pass() {
    let node = Command::new("node").arg("--version").output();
    if !node.is_ok_and(|output| output.status.success()) {
        assert!(!environment::in_ci(), "no Node to test with");
        println!("skipped: no node");
        return;
    }
    // They need no packages: what is tested is plain JavaScript.
    let output = Command::new("node")
        .arg("--test")
        .current_dir(workspace().join("api/playground"))
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("# pass ") && !said.contains("# pass 0"),
        "{said}"
    );
}
