//! Archives that lack something: everything, abstracts, dates, a second language, an index.

use std::fs;

use tempfile::TempDir;
use tests::{Fresh, Server, archive, on_both_engines};

use crate::{page, text};

const PAGES: [&str; 6] = [
    "/",
    "/articles",
    "/search",
    "/search?q=lake",
    "/topics",
    "/pages",
];

#[track_caller]
fn says(server: &Server, path: &str, words: &[&str]) {
    let answer = page(server, path);
    assert_eq!(answer.status, 200, "{path}: {}", text(&answer.body));
    let shown = text(&answer.body);
    for words in words {
        assert!(shown.contains(words), "{path}: no {words:?} in {shown}");
    }
}

on_both_engines!(an_empty_archive_says_how_to_fill_it, |database| {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    server.indexed();
    for path in PAGES {
        says(&server, path, &[]);
    }
    says(
        &server,
        "/",
        &[
            "0 articles",
            "Nothing is in here yet",
            "communique ingest",
            "There is nothing to summarise.",
        ],
    );
    says(
        &server,
        "/articles",
        &["0 articles", "No article is like that."],
    );
    says(&server, "/pages", &["No page was ingested yet"]);
    assert_eq!(server.get("/sitemap.xml", &[]).status, 200);
});

#[test]
fn an_archive_without_abstracts_says_that_they_are_on_their_way() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    server.indexed();
    for path in PAGES {
        says(&server, path, &[]);
    }
    says(
        &server,
        "/",
        &[
            "0 of 28 texts are summarised, 28 wait.",
            "No abstract yet: it waits for the summarizer.",
        ],
    );
    says(
        &server,
        "/articles/ferrymen-prepare-for-record-number-of-pilgrims",
        &["No abstract yet: it waits for the summarizer.", "None yet."],
    );
}

#[test]
fn an_archive_of_one_undated_article_says_so_everywhere() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let pages = TempDir::new().expect("a folder");
    fs::write(
        pages.path().join("a.txt"),
        "Harbour Pilots Welcome Four New Colleagues\n\nThe pilots of the lower harbour have welcomed four new colleagues, who will \
         guide ships through the northern channel. They were trained for eighteen months on the simulator of the school, and \
         another year beside an older pilot. The harbour master thanked the teachers.\n",
    )
    .expect("a page");
    archive::ingest(database.url(), pages.path());
    let server = Server::start(database.url());
    server.indexed();
    says(
        &server,
        "/",
        &[
            "1 article",
            "No article has a date.",
            "All articles are in English.",
            "Undated",
        ],
    );
    says(&server, "/articles", &["1 article", "Undated"]);
    says(
        &server,
        "/articles/harbour-pilots-welcome-four-new-colleagues",
        &["Undated", "no date: the page gives no evidence of one"],
    );
    says(&server, "/sitemap/undated.xml", &["harbour-pilots"]);
}

#[test]
fn a_merged_article_leads_to_the_one_it_is_in() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let secret = archive::token(database.url(), "editor", "edit");
    let server = Server::start(database.url());
    let found = server.data(
        "{ pages(first: 50) { nodes { articles { id slug } } } }",
        serde_json::json!({}),
    );
    let pages = found["pages"]["nodes"].as_array().expect("pages");
    let several = pages.iter().filter_map(|page| page["articles"].as_array());
    let several = several
        .filter(|articles| articles.len() > 1)
        .max_by_key(|articles| articles.len())
        .expect("a page of several");
    let merged = server.holding(&secret).data(
        "mutation M($input: MergeArticlesInput!) { mergeArticles(input: $input) { outcome article { slug } } }",
        serde_json::json!({ "input": { "articles": [several[0]["id"], several[1]["id"]] } }),
    );
    assert_eq!(merged["mergeArticles"]["outcome"], "MERGED");
    let gone = several[1]["slug"].as_str().expect("a slug");
    let answer = page(&server, &format!("/articles/{gone}"));
    let stays = format!("/articles/{}", several[0]["slug"].as_str().expect("a slug"));
    // The client followed the link.
    assert_eq!(answer.status, 200);
    assert!(
        answer.body.contains(&format!("{stays}\">")),
        "not at {stays}"
    );
}
