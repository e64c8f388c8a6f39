//! Reading what was found page by page.

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Server, archive, on_both_engines};

use crate::{SEARCH, fill, titles, write_articles};

on_both_engines!(
    pages_of_a_search_neither_skip_nor_repeat_while_articles_come,
    |database| {
        fill(&database);
        let server = Server::start(database.url());
        server.indexed();
        let whole = titles(&server, json!({ "search": "the", "first": 100 }));
        assert_eq!(whole.len(), 5);
        let by = |direction: &str| json!({ "field": "RELEVANCE", "direction": direction });
        for (forward, direction) in [
            (true, "DESC"),
            (false, "DESC"),
            (true, "ASC"),
            (false, "ASC"),
        ] {
            let (mut read, mut cursor) = (Vec::new(), Value::Null);
            loop {
                let variables = if forward {
                    json!({ "search": "the", "first": 2, "after": cursor, "orderBy": by(direction) })
                } else {
                    json!({ "search": "the", "last": 2, "before": cursor, "orderBy": by(direction) })
                };
                let list = server.data(SEARCH, variables)["articles"].take();
                let edges = list["edges"].as_array().cloned().unwrap_or_default();
                let page: Vec<String> = edges
                    .iter()
                    .filter_map(|edge| edge["node"]["title"].as_str().map(str::to_owned))
                    .collect();
                // On the way there is always something behind the reader.
                let behind = if forward {
                    "hasPreviousPage"
                } else {
                    "hasNextPage"
                };
                assert_eq!(list["pageInfo"][behind], !read.is_empty(), "{list}");
                let more = if forward {
                    read.extend(page);
                    cursor = list["pageInfo"]["endCursor"].clone();
                    &list["pageInfo"]["hasNextPage"]
                } else {
                    read.splice(0..0, page);
                    cursor = list["pageInfo"]["startCursor"].clone();
                    &list["pageInfo"]["hasPreviousPage"]
                };
                if *more != true {
                    break;
                }
            }
            if direction == "ASC" {
                read.reverse();
            }
            assert_eq!(read, whole, "forward: {forward}, {direction}");
        }
        // Half is read; then as many articles come again, half of them with the word, which changes how rare it is.
        let first = server.data(SEARCH, json!({ "search": "the", "first": 2 }))["articles"].take();
        let more = TempDir::new().expect("a folder");
        let days = ["5 May 2020", "6 May 2020", "7 May 2020", "8 May 2020"];
        let new: Vec<(String, &str, String)> = days
        .iter()
        .enumerate()
        .map(|(number, day)| {
            let text = format!(
                "The station number {number} of the agency was closed for the winter. The ice on the river had reached the \
                 bridge, and the people of the villages were asked to stay away from the banks until the spring."
            );
            (format!("Station Number {number} Closes"), *day, text)
        })
        .collect();
        let new: Vec<(&str, &str, &str)> = new
            .iter()
            .map(|(title, day, text)| (title.as_str(), *day, text.as_str()))
            .collect();
        write_articles(more.path(), &new);
        let _ = archive::ingest(database.url(), more.path());
        // What another process committed is found at once.
        assert_eq!(
            titles(&server, json!({ "search": "winter station" })).len(),
            4
        );
        let rest =
            json!({ "search": "the", "first": 100, "after": first["pageInfo"]["endCursor"] });
        let rest = titles(&server, rest);
        let old: Vec<&String> = rest.iter().filter(|title| whole.contains(title)).collect();
        assert_eq!(old, whole[2..].iter().collect::<Vec<_>>());
        // A cursor is of its search.
        let other = server.graphql(
            SEARCH,
            json!({ "search": "water", "after": first["pageInfo"]["endCursor"] }),
        );
        assert_eq!(other["errors"][0]["extensions"]["code"], "BAD_CURSOR");
        let turned = server.graphql(
            SEARCH,
            json!({ "search": "the", "after": first["pageInfo"]["endCursor"], "orderBy": by("ASC") }),
        );
        assert_eq!(turned["errors"][0]["extensions"]["code"], "BAD_CURSOR");
    }
);
