//! What is for machines, and what is copied: the site map, `robots.txt`, clippings.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Fresh, Server, on_both_engines};

use crate::{filled, page};

fn addresses(server: &Server, path: &str) -> Vec<String> {
    let answer = server.get(path, &[]);
    assert_eq!(answer.status, 200, "{path}");
    assert!(
        answer.header("content-type").starts_with("application/xml"),
        "{path}"
    );
    let locations = answer.body.split("<loc>").skip(1);
    locations
        .filter_map(|rest| rest.split("</loc>").next())
        .map(|address| address.trim_start_matches(server.origin()).to_owned())
        .collect()
}

on_both_engines!(the_site_map_has_every_article_once, |database| {
    let server = filled(&database);
    let robots = server.get("/robots.txt", &[]);
    assert!(
        robots
            .body
            .contains(&format!("Sitemap: {}/sitemap.xml", server.origin())),
        "{}",
        robots.body
    );
    let mut listed = Vec::new();
    for part in addresses(&server, "/sitemap.xml") {
        listed.extend(addresses(&server, &part));
    }
    let all = server.data("{ articles(first: 100) { nodes { slug } } }", json!({}));
    let all: BTreeSet<String> = all["articles"]["nodes"]
        .as_array()
        .expect("articles")
        .iter()
        .map(|article| format!("/articles/{}", article["slug"].as_str().unwrap_or_default()))
        .collect();
    let articles: Vec<_> = listed
        .iter()
        .filter(|address| address.starts_with("/articles/"))
        .cloned()
        .collect();
    assert_eq!(articles.len(), all.len(), "{articles:?}");
    assert_eq!(articles.into_iter().collect::<BTreeSet<_>>(), all);
    assert!(
        listed
            .iter()
            .any(|address| address == "/topics/environment"),
        "{listed:?}"
    );
    assert_eq!(server.get("/sitemap/2024-99.xml", &[]).status, 404);
});

#[test]
fn addresses_are_those_that_the_server_was_told() {
    let database = Fresh::sqlite();
    tests::archive::migrate(database.url());
    tests::archive::ingest(database.url(), &tests::archive::samples());
    let options = [
        "--summarizer",
        "off",
        "--public-url",
        "https://news.example.org",
    ];
    let server = Server::start_with(database.url(), options);
    server.indexed();
    let answer = page(
        &server,
        "/articles/ferrymen-prepare-for-record-number-of-pilgrims",
    );
    let canonical = "<link rel=\"canonical\" href=\"https://news.example.org/articles/ferrymen-prepare-for-record-number-of-pilgrims\">";
    assert!(answer.body.contains(canonical), "{}", answer.body);
    let map = server.get("/sitemap.xml", &[]);
    assert!(
        map.body
            .contains("<loc>https://news.example.org/sitemap/pages.xml</loc>"),
        "{}",
        map.body
    );
}

#[test]
fn articles_are_copied_in_three_formats_in_the_order_they_were_picked() {
    let database = Fresh::sqlite();
    let server = filled(&database);
    let data = server.data(
        "{ articles(first: 2) { nodes { id slug title abstract { text } } } }",
        json!({}),
    );
    let nodes: Vec<Value> = data["articles"]["nodes"]
        .as_array()
        .cloned()
        .expect("articles");
    let word =
        |place: usize, name: &str| nodes[place][name].as_str().unwrap_or_default().to_owned();
    let (first, second) = (word(0, "id"), word(1, "id"));
    let copied = |format: &str| {
        let answer = server.get(
            &format!("/clippings?article={second}&article={first}&format={format}"),
            &[],
        );
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(
            answer.header("content-type").starts_with("text/plain"),
            "{:?}",
            answer.headers
        );
        answer.body
    };
    for (format, begins) in [
        ("html", "<h3 lang=\"en\" dir=\"auto\"><a href=\""),
        ("markdown", "### ["),
        ("text", ""),
    ] {
        let text = copied(format);
        assert!(text.starts_with(begins), "{text}");
        let places = [1, 0].map(|place| {
            let address = format!("{}/articles/{}", server.origin(), word(place, "slug"));
            text.find(&address)
                .unwrap_or_else(|| panic!("{format}: no {address} in {text}"))
        });
        assert!(places[0] < places[1], "{format}: {text}");
    }
    let summary = nodes[0]["abstract"]["text"].as_str().expect("an abstract");
    assert!(copied("text").contains(summary), "{}", copied("text"));
}
