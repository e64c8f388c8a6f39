//! The index: made anew, shared between servers, or not to be had.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Fresh, Server, archive, on_both_engines, wait};

use crate::{SEARCH, fill, titles, write_articles};

/// The folder of the index files below the root given to a server.
fn files(root: &Path) -> std::path::PathBuf {
    let archive = fs::read_dir(root).expect("the root of the index").next();
    archive
        .expect("a folder of the archive")
        .expect("it can be read")
        .path()
        .join("words-3")
}

#[test]
fn an_index_that_is_gone_or_damaged_is_made_anew() {
    let database = Fresh::sqlite();
    fill(&database);
    let root = TempDir::new().expect("a folder");
    let start = || {
        let words = ["--summarizer", "off", "--index"].map(std::ffi::OsString::from);
        Server::start_with(
            database.url(),
            words.into_iter().chain([root.path().into()]),
        )
    };
    let works = |server: &Server| {
        wait::eventually("the index is made anew", Duration::from_secs(60), || {
            let answer = server.graphql(SEARCH, json!({ "search": "water" }));
            (answer["data"]["articles"]["totalCount"] == 2).then_some(())
        });
    };
    let server = start();
    works(&server);
    let _ = server.stop();
    // Between two runs: each file cut short in turn, then all gone.
    let names: Vec<_> = fs::read_dir(files(root.path()))
        .expect("the files of the index")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end != "lock"))
        .collect();
    assert!(names.len() >= 4, "{names:?}");
    for name in ["meta.json", ".term", ".idx", ".fast", ".pos", ".fieldnorm"] {
        let found = fs::read_dir(files(root.path())).expect("the files of the index");
        let mut found = found.filter_map(|entry| Some(entry.ok()?.path()));
        let Some(path) = found.find(|path| path.to_string_lossy().ends_with(name)) else {
            continue;
        };
        let bytes = fs::read(&path).expect("a file of the index");
        fs::write(&path, &bytes[..bytes.len() / 2]).expect("it is cut short");
        let server = start();
        works(&server);
        let _ = server.stop();
    }
    fs::remove_dir_all(files(root.path())).expect("the index is removed");
    let server = start();
    works(&server);
    // Under a running server: what is open stays open; the next change makes it anew.
    fs::remove_dir_all(files(root.path())).expect("the index is removed");
    works(&server);
    let more = TempDir::new().expect("a folder");
    let text = "The harbour of the town was dredged for the first time in forty years, so that the large ferries can \
                land there again. The work took nine weeks and cost less than the council had feared.";
    write_articles(more.path(), &[("Harbour Is Dredged", "4 May 2020", text)]);
    let _ = archive::ingest(database.url(), more.path());
    wait::eventually("the new article", Duration::from_secs(60), || {
        let answer = server.graphql(SEARCH, json!({ "search": "harbour" }));
        (answer["data"]["articles"]["totalCount"] == 1).then_some(())
    });
    works(&server);
}

on_both_engines!(two_servers_on_one_archive_find_the_same, |database| {
    fill(&database);
    let (one, other) = (Server::start(database.url()), Server::start(database.url()));
    one.indexed();
    other.indexed();
    let more = TempDir::new().expect("a folder");
    let text = "The harbour of the town was dredged for the first time in forty years, so that the large ferries can \
                land there again. The work took nine weeks and cost less than the council had feared.";
    write_articles(more.path(), &[("Harbour Is Dredged", "4 May 2020", text)]);
    let _ = archive::ingest(database.url(), more.path());
    for server in [&one, &other] {
        assert_eq!(
            titles(server, json!({ "search": "harbour" })),
            ["Harbour Is Dredged"]
        );
    }
    // The one that wrote the index is killed; the other takes over.
    one.kill_9();
    let text = "The theatre of the town opens in the autumn with a play that was written there two hundred years ago. \
                The actors are pupils of the school, and the mayor herself will speak the last words of it.";
    let more = TempDir::new().expect("a folder");
    write_articles(
        more.path(),
        &[("Theatre Opens in Autumn", "5 May 2020", text)],
    );
    let _ = archive::ingest(database.url(), more.path());
    wait::eventually(
        "the other server takes over",
        Duration::from_secs(60),
        || {
            let found = other.graphql(SEARCH, json!({ "search": "theatre" }));
            (found["data"]["articles"]["totalCount"] == 1).then_some(())
        },
    );
});

#[test]
fn without_a_folder_to_write_all_but_search_is_served() {
    let database = Fresh::sqlite();
    fill(&database);
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").expect("a file");
    let words = ["--summarizer", "off", "--index"].map(std::ffi::OsString::from);
    let server = Server::start_with(
        database.url(),
        words.into_iter().chain([file.into_os_string()]),
    );
    let answer = wait::eventually(
        "search says that it is not available",
        Duration::from_secs(60),
        || {
            let answer = server.graphql(SEARCH, json!({ "search": "water" }));
            (!answer["errors"].is_null()).then_some(answer)
        },
    );
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "SEARCH_UNAVAILABLE",
        "{answer}"
    );
    assert!(
        !answer.to_string().contains("file"),
        "no folder is shown to a client: {answer}"
    );
    assert_eq!(
        server.data("{ articles { totalCount } }", json!({}))["articles"]["totalCount"],
        6
    );
    // What asks the index alone is null, with an error of its own; the rest of the answer comes.
    let answer = server.graphql(
        "{ articles(first: 2) { totalCount nodes { title } facets { months { count } } }
           articleCounts(groupBy: [YEAR]) { count } status { articles } }",
        json!({}),
    );
    let data = &answer["data"];
    assert_eq!(data["articles"]["totalCount"], 6, "{answer}");
    assert!(
        data["articles"]["nodes"][1]["title"].is_string(),
        "{answer}"
    );
    for null in ["/articles/facets", "/articleCounts"] {
        assert_eq!(data.pointer(null), Some(&Value::Null), "{null}: {answer}");
    }
    assert_eq!(data["status"]["articles"], 6);
    let errors = answer["errors"].as_array().cloned().expect("errors");
    let mut paths: Vec<String> = errors
        .iter()
        .map(|error| {
            assert_eq!(error["extensions"]["code"], "SEARCH_UNAVAILABLE", "{error}");
            error["path"].to_string()
        })
        .collect();
    paths.sort();
    let expected = [r#"["articleCounts"]"#, r#"["articles","facets"]"#];
    assert_eq!(paths, expected);
    let ended = server.stop();
    assert!(
        ended.stderr.contains("--index takes another folder"),
        "{}",
        ended.stderr
    );
}
