//! The pages for people, from outside: over HTTP, and in a real browser.

mod accessible;
mod archives;
mod browsing;
mod correcting;
mod feeds;
mod heads;
mod hostile;
mod machines;
mod narrowing;
mod pages;
mod pictures;

use tests::client::Answer;
use tests::{Fresh, Server, archive};

const BROWSER: (&str, &str) = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

/// A server over the samples with abstracts and labels.
fn filled(database: &Fresh) -> Server {
    archive::fill(database.url(), &archive::samples());
    let server = Server::start(database.url());
    server.indexed();
    server
}

/// A page as a browser asks for it.
#[track_caller]
fn page(server: &Server, path: &str) -> Answer {
    server.get(path, &[BROWSER])
}

/// Text of a page without its tags, white space folded.
fn text(page: &str) -> String {
    let shown = page
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let shown: Vec<_> = shown.collect();
    shown
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a page refers to by an attribute, as it is written between the quotes.
fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!(" {name}=\"");
    page.split(begin.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}
