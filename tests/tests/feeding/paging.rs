//! A feed read part by part: RFC 5005's links lead through all of it.

use feed_rs::model::Feed;
use serde_json::json;
use tests::{Server, archive, on_both_engines};

use crate::{articles, entry_id, feed};

/// The path of the link of this kind, if the feed has one.
fn link<'a>(server: &Server, feed: &'a Feed, rel: &str) -> Option<&'a str> {
    let link = feed
        .links
        .iter()
        .find(|link| link.rel.as_deref() == Some(rel))?;
    Some(
        link.href
            .strip_prefix(server.origin())
            .expect("this server's"),
    )
}

fn ids(feed: &Feed) -> Vec<String> {
    feed.entries.iter().map(|entry| entry.id.clone()).collect()
}

on_both_engines!(the_links_of_a_feed_lead_to_every_article_once, |database| {
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let all: Vec<String> = articles(&server, json!({})).iter().map(entry_id).collect();
    assert!(all.len() > 14);
    for begin in ["/feed.atom?size=4", "/feed.rss?size=4"] {
        let (mut read, mut path, mut last) = (Vec::new(), begin.to_owned(), None);
        let mut parts = 0;
        loop {
            let (part, _) = feed(&server, &path);
            assert_eq!(link(&server, &part, "first"), Some(begin));
            assert!((1..=4).contains(&part.entries.len()));
            read.extend(ids(&part));
            parts += 1;
            let next = link(&server, &part, "next").map(str::to_owned);
            last = Some(part).or(last);
            match next {
                Some(next) => path = next,
                None => break,
            }
        }
        assert_eq!(read, all, "{begin}");
        assert_eq!(parts, all.len().div_ceil(4));

        // And back again.
        let mut part = last.expect("a last part");
        let mut back = ids(&part);
        while let Some(previous) = link(&server, &part, "previous").map(str::to_owned) {
            part = feed(&server, &previous).0;
            back.splice(0..0, ids(&part));
        }
        assert_eq!(back, all, "{begin}");
    }

    // JSON Feed knows one link, to what follows.
    let (mut read, mut path) = (Vec::new(), Some("/feed.json?size=4".to_owned()));
    while let Some(at) = path {
        let (part, answer) = feed(&server, &at);
        read.extend(ids(&part));
        let next = answer.json()["next_url"].as_str().map(str::to_owned);
        path = next.map(|next| next.strip_prefix(server.origin()).expect("ours").to_owned());
    }
    assert_eq!(read, all);

    let (whole, _) = feed(&server, "/feed.atom?size=100");
    for rel in ["first", "next", "previous"] {
        assert_eq!(
            link(&server, &whole, rel),
            None,
            "a whole feed has no parts"
        );
    }
});

on_both_engines!(
    what_came_last_stands_first_when_it_is_asked_for,
    |database| {
        archive::migrate(database.url());
        archive::ingest(database.url(), &archive::samples());
        let server = Server::start(database.url());
        let editor = server.holding(&archive::token(database.url(), "ada", "ingest"));
        let old = "Agency Opens a River Station in Northford\n\nThe Agency for Rivers opened a measuring station in Northford \
        today, Thursday, April 1, 1999, in the presence of the mayor and of some forty pupils of the town.\n";
        let ingested = editor.data(
            "mutation($text: String!) { ingestText(input: { text: $text }) { articles { id } } }",
            json!({ "text": old }),
        );
        let id = entry_id(&ingested["ingestText"]["articles"][0]);
        let (by_day, _) = feed(&server, "/feed.atom?size=1");
        assert_ne!(by_day.entries[0].id, id, "it is the oldest by its day");
        let (by_arrival, _) = feed(&server, "/feed.atom?size=1&order=ingested");
        assert_eq!(by_arrival.entries[0].id, id);
    }
);
