//! A feed asked for again: nothing is sent while nothing changed, and what changed says so.

use std::collections::HashMap;
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Server, archive, on_both_engines};

use crate::{FORMATS, articles, entry_id, feed, titles};

const EDIT: &str = "mutation($id: ID!, $text: String) { editAbstract(input: { article: $id, text: $text }) { outcome } }";
const HIDE: &str = "mutation($id: ID!) { hideArticle(input: { article: $id }) { outcome } }";

/// When each article last changed, as the feed says.
fn updated(server: &Server) -> HashMap<String, String> {
    let (read, _) = feed(server, "/feed.atom?size=100");
    let entries = read.entries.into_iter();
    entries
        .map(|entry| (entry.id, entry.updated.expect("a moment").to_rfc3339()))
        .collect()
}

on_both_engines!(a_feed_is_sent_again_only_when_it_changed, |database| {
    archive::migrate(database.url());
    archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let editor = server.holding(&archive::token(database.url(), "ada", "edit"));
    let id = articles(&server, json!({}))[0]["id"].take();
    for (format, _) in FORMATS {
        let path = format!("/feed.{format}");
        let first = server.get(&path, &[]);
        assert_eq!(first.header("cache-control"), "public, no-cache");
        let (tag, date) = (first.header("etag"), first.header("last-modified"));
        assert!(
            tag.starts_with("W/\"") && date.ends_with("GMT"),
            "{tag} {date}"
        );
        for (header, value) in [("If-None-Match", tag), ("If-Modified-Since", date)] {
            let again = server.get(&path, &[(header, value)]);
            assert_eq!((again.status, again.body.as_str()), (304, ""), "{header}");
            assert_eq!(again.header("etag"), tag);
        }
        for (header, value) in [
            ("If-None-Match", "W/\"another\""),
            ("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"),
        ] {
            assert_eq!(
                server.get(&path, &[(header, value)]).status,
                200,
                "{header}"
            );
        }
        // The tag is the surer witness.
        let both = [
            ("If-None-Match", "W/\"another\""),
            ("If-Modified-Since", date),
        ];
        assert_eq!(server.get(&path, &both).status, 200);
        assert_eq!(server.call("HEAD", &path, &[]).header("etag"), tag);

        let changed = editor.data(
            EDIT,
            json!({ "id": id, "text": format!("Said anew in {format}.") }),
        );
        assert_eq!(changed["editAbstract"]["outcome"], "EDITED", "{changed}");
        let anew = server.get(&path, &[("If-None-Match", tag)]);
        assert_eq!(anew.status, 200);
        assert!(anew.body.contains(&format!("Said anew in {format}.")));
    }
    let secret = archive::token(database.url(), "bob", "read");
    let bearer = format!("Bearer {secret}");
    let whose = server.get("/feed.atom", &[("Authorization", &bearer)]);
    assert_eq!(whose.header("cache-control"), "private, no-cache");
});

on_both_engines!(only_what_changed_is_said_to_have_changed, |database| {
    let pages = TempDir::new().expect("a folder");
    let page = |name: &str, place: &str| {
        let text = format!(
            "Agency Opens a River Station in {place}\n\n15 March 2021\n\nThe Agency for Rivers opened a measuring station in \
             {place} in the presence of the mayor and of some forty pupils of the town, who asked many questions.\n"
        );
        fs::write(pages.path().join(name), text).expect("a page");
    };
    page("one.txt", "Northford");
    page("two.txt", "Southport");
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), pages.path());
    let server = Server::start(database.url());
    let editor = server.holding(&archive::token(database.url(), "ada", "edit"));
    let before = updated(&server);
    let whole = server.get("/feed.atom", &[]).body;

    let _ = archive::ingest(database.url(), pages.path());
    assert_eq!(
        server.get("/feed.atom", &[]).body,
        whole,
        "the same pages are the same feed"
    );

    // Another text under the same title.
    let text = "Agency Opens a River Station in Northford\n\n15 March 2021\n\nThe Agency for Rivers opened a station in \
        Northford after a delay of two years, as the mayor and some forty pupils of the town had hoped for so long.\n";
    fs::write(pages.path().join("one.txt"), text).expect("a page");
    let _ = archive::ingest(database.url(), pages.path());
    let after = updated(&server);
    let moved: Vec<&String> = before
        .keys()
        .filter(|id| before[*id] != after[*id])
        .collect();
    let changed = articles(&server, json!({}));
    let is = |place: &str| {
        let title = |article: &&Value| {
            article["title"]
                .as_str()
                .unwrap_or_default()
                .ends_with(place)
        };
        changed.iter().find(title).expect(place)
    };
    assert_eq!(moved, [&entry_id(is("Northford"))]);

    let south = &is("Southport")["id"];
    let _ = editor.data(EDIT, json!({ "id": south, "text": "A station opened." }));
    let edited = updated(&server);
    assert!(edited[&entry_id(is("Southport"))] > after[&entry_id(is("Southport"))]);
    assert_eq!(
        edited[&entry_id(is("Northford"))],
        after[&entry_id(is("Northford"))]
    );

    // What an editor hides goes, and the feed says that it changed.
    let (shown, answer) = feed(&server, "/feed.atom");
    assert_eq!(titles(&shown).len(), 2);
    let _ = editor.data(HIDE, json!({ "id": south }));
    let (rest, _) = feed(&server, "/feed.atom");
    assert_eq!(titles(&rest), ["Agency Opens a River Station in Northford"]);
    let stale = server.get("/feed.atom", &[("If-None-Match", answer.header("etag"))]);
    assert_eq!(stale.status, 200);
});

on_both_engines!(an_empty_archive_has_feeds, |database| {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    for (format, _) in FORMATS {
        let path = format!("/feed.{format}");
        let (read, answer) = feed(&server, &path);
        assert!(read.entries.is_empty());
        assert_eq!(
            server.get(&path, &[]).body,
            answer.body,
            "nothing moves by itself"
        );
    }
    let list = server.get("/topics.opml", &[]);
    assert!(list.body.contains("/feed.atom\""), "{}", list.body);
});
