//! An editor corrects an article in its page, with a token, in a real browser.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use tests::browser::Browser;
use tests::wait::eventually;
use tests::{Fresh, Server, archive};

const SLUG: &str = "floating-laboratory-begins-its-first-season-on-lake-ondre";

#[test]
fn an_editor_writes_an_abstract_sets_topics_hides_and_splits_in_place() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    archive::fill(database.url(), &archive::samples());
    let secret = archive::token(database.url(), "ada", "edit");
    // What pages send is answered even where nothing else is.
    let server = Server::start_with(database.url(), ["--summarizer", "off", "--trusted-only"]);
    browser.open(&format!("{}/articles/{SLUG}", server.origin()));
    browser.click("#editor button");
    browser.type_into("#token", &format!("{secret}\u{e007}"));
    browser.shows("#editor", "You are an editor in this tab.");
    browser.shows("#editing", "Correct this article");

    browser.run(
        "document.getElementById('edited').value = 'In the words of <b>Ada</b>.'; return true",
    );
    press(&browser, "Save the abstract");
    browser.shows("#abstract", "In the words of <b>Ada</b>.");
    browser.shows("#abstract", "Written by an editor.");

    browser.shows("#editing", "Save the topics");
    browser.run("document.querySelectorAll('.boxes input').forEach((box) => { box.checked = box.value === 'medtop:05000000' }); return true");
    press(&browser, "Save the topics");
    browser.shows("#topics", "set by an editor");
    browser.shows("#topics", "Education");

    browser.shows("#editing", "Hide from readers");
    press(&browser, "Hide from readers");
    browser.shows("#editing output", "Readers no longer see it.");
    let path = format!("/articles/{SLUG}");
    assert_eq!(server.get(&path, &[]).status, 404);
    press(&browser, "Show it again");
    eventually("the article", Duration::from_secs(20), || {
        (server.get(&path, &[]).status == 200).then_some(())
    });

    browser.shows("#editing", "Save the topics");
    browser.click(".split-here");
    let split_off = eventually("the new article", Duration::from_secs(20), || {
        let address = browser.address();
        (address.contains("/articles/") && !address.ends_with(SLUG)).then_some(address)
    });

    // And made one again.
    browser.shows("#editing", "Append it to");
    browser.run(
        "[...document.querySelectorAll('button')].find((button) => button.textContent.startsWith('Append it to')).click(); return true",
    );
    eventually("the whole article", Duration::from_secs(20), || {
        browser.address().ends_with(SLUG).then_some(())
    });
    assert_eq!(browser.complaints(), [] as [String; 0]);
    // Its address leads to the whole; a newer version of the page may give it back, so no browser is to keep the way.
    let (_, gone) = split_off.rsplit_once('/').expect("an address");
    let moved = unfollowed(&server, &format!("/articles/{gone}"));
    let (status, head) = moved.split_once("\r\n").expect("a status");
    assert!(status.contains(" 307 "), "{moved}");
    let way = format!("location: {path}\r\n");
    assert!(head.to_lowercase().contains(&way), "{moved}");
}

/// The answer at a path as it comes: a client would follow where it leads.
fn unfollowed(server: &Server, path: &str) -> String {
    let address = server.origin().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a server");
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn a_token_that_allows_no_editing_shows_no_tools() {
    let Some(browser) = Browser::start() else {
        return;
    };
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let secret = archive::token(database.url(), "reader", "read");
    let server = Server::start(database.url());
    browser.open(&format!("{}/articles/{SLUG}", server.origin()));
    browser.click("#editor button");
    browser.type_into("#token", &format!("{secret}\u{e007}"));
    browser.shows("#editor", "This token does not allow editing.");
    assert_eq!(browser.count("#editing"), 0);
}

/// Clicks on the button that says this.
fn press(browser: &Browser, words: &str) {
    let script = format!(
        "const found = [...document.querySelectorAll('button')].find((button) => button.textContent === {words:?}); \
         found?.click(); return found !== undefined"
    );
    eventually(words, Duration::from_secs(20), || {
        (browser.run(&script) == true).then_some(())
    });
}
