//! What a client may keep of an answer, and how it asks whether that is still true.

use serde_json::json;
use tests::{Server, archive, on_both_engines};

use crate::{JSON, path, serving};

const STATUS: (&str, &str) = ("query", "{ status { articles } }");

#[test]
fn an_answer_says_how_long_it_may_be_kept() {
    let (_database, unset) = serving(&[]);
    let (_other, server) = serving(&["--max-age", "60"]);
    let asked = path("/graphql", &[STATUS]);
    let wrong = path("/graphql", &[("query", "{ moon }")]);
    for (server, address, expected) in [
        (&unset, "/q/Status", "public, no-cache"),
        (&server, "/q/Status", "public, max-age=60"),
        // Only what has a name of its own.
        (&server, &asked, "public, no-cache"),
        (&server, "/q/Moon", "no-store"),
        (&server, &wrong, "no-store"),
    ] {
        let answer = server.get(address, &[]);
        assert_eq!(answer.header("cache-control"), expected, "{address}");
        let tagged = expected != "no-store";
        assert_eq!(!answer.header("etag").is_empty(), tagged, "{address}");
    }
    let body = json!({ "query": STATUS.1 }).to_string();
    let posted = server.post("/graphql", &[JSON], &body);
    assert_eq!((posted.status, posted.header("etag")), (200, ""));
}

#[test]
fn an_answer_to_who_sent_a_token_is_for_no_one_else() {
    let (database, server) = serving(&["--max-age", "60"]);
    let bearer = format!("Bearer {}", archive::token(database.url(), "ada", "read"));
    for address in ["/q/Status", &path("/graphql", &[STATUS])] {
        let answer = server.get(address, &[("Authorization", &bearer)]);
        assert_eq!(answer.status, 200, "{address}: {}", answer.body);
        let kept = answer.header("cache-control");
        assert!(!kept.contains("public"), "{address}: {kept}");
    }
}

on_both_engines!(
    a_client_that_has_the_answer_is_told_so_until_it_is_another,
    |database| {
        archive::migrate(database.url());
        let server = Server::start(database.url());
        let addresses = ["/q/Status".to_owned(), path("/graphql", &[STATUS])];
        let tags = addresses.clone().map(|address| {
            let answer = server.get(&address, &[]);
            assert_eq!(answer.status, 200, "{address}: {}", answer.body);
            answer.header("etag").to_owned()
        });
        for (address, tag) in addresses.iter().zip(&tags) {
            assert!(tag.starts_with("W/\""), "{address}: {tag}");
            let strong = &tag[2..];
            let listed = format!("\"other\", {tag}");
            for (known, status) in [
                (tag.as_str(), 304),
                (strong, 304),
                (&listed, 304),
                ("*", 304),
                ("\"other\"", 200),
                ("", 200),
            ] {
                let again = server.get(address, &[("If-None-Match", known)]);
                assert_eq!(again.status, status, "{address}: {known}");
                assert_eq!(again.bytes.is_empty(), status == 304, "{address}: {known}");
                assert_eq!(again.header("etag"), tag, "{address}: {known}");
                assert!(!again.header("cache-control").is_empty(), "{address}");
            }
            let packed = server.get(
                address,
                &[("If-None-Match", tag), ("Accept-Encoding", "br, gzip")],
            );
            assert_eq!(packed.status, 304, "{address}");
        }
        // Another process writes; nobody is told the old answer from then on.
        let _ = archive::ingest(database.url(), &archive::samples());
        for (address, tag) in addresses.iter().zip(&tags) {
            let answer = server.get(address, &[("If-None-Match", tag)]);
            assert_eq!(answer.status, 200, "{address}");
            assert!(answer.json()["data"]["status"]["articles"].as_i64() > Some(20));
            assert_ne!(answer.header("etag"), tag, "{address}");
        }
    }
);
