//! Never send twice, never send nothing.

use std::fs;

use tempfile::TempDir;
use tests::{archive, on_both_engines};

use super::{as_json, drafts, refused, vocabulary, weekly};

const SENT: &str = "SELECT CAST(count(*) AS bigint) FROM edition";

on_both_engines!(an_edition_is_sent_once_unless_asked_again, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let edition = as_json(&database, &[])["editionId"].clone();
    // Looking at it is not sending it.
    assert_eq!(database.number(SENT), 0);
    let first = weekly(&database, &["--mark-sent"]).run().succeeds();
    assert!(first.stdout.starts_with("<!doctype html>"), "{first}");
    assert_eq!(database.number(SENT), 1);

    let id = edition.as_str().expect("an id");
    let second = weekly(&database, &["--mark-sent"]).run();
    assert_eq!(second.stdout, "", "{second}");
    refused(second, &[id, "was sent on", "--again"]);
    // The same articles of another period are the same edition; another name makes another.
    refused(
        weekly(&database, &["--mark-sent", "--since", "2019-01-01"]).run(),
        &[id],
    );
    let _ = weekly(&database, &["--mark-sent", "--name", "monthly"])
        .run()
        .succeeds();
    let _ = weekly(&database, &["--mark-sent", "--again"])
        .run()
        .succeeds();
    assert_eq!(database.number(SENT), 2);
    assert_eq!(as_json(&database, &[])["editionId"], edition);
});

on_both_engines!(
    a_digest_with_nothing_in_it_writes_nothing_and_ends_with_3,
    |database| {
        archive::migrate(database.url());
        let folder = TempDir::new().expect("a folder");
        let out = folder.path().join("issue.html");
        let out = out.to_str().expect("a plain path");
        for arguments in [
            &[][..],
            &["--mark-sent"],
            &["--out", out],
            &["--format", "json"],
        ] {
            let ended = weekly(&database, arguments)
                .run()
                .exits(3)
                .says("nothing was published");
            assert_eq!(ended.stdout, "", "{ended}");
        }
        assert!(!fs::exists(out).expect("a look"));
        assert_eq!(database.number(SENT), 0);
    }
);

on_both_engines!(a_file_is_written_whole_or_not_at_all, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| {
        folder
            .path()
            .join(name)
            .to_str()
            .expect("a plain path")
            .to_owned()
    };
    let out = path("issue.md");
    fs::write(&out, "the last issue").expect("a file");
    let printed = weekly(&database, &["--format", "markdown"])
        .run()
        .succeeds()
        .stdout;
    let ended = weekly(&database, &["--format", "markdown", "--out", &out])
        .run()
        .succeeds();
    assert_eq!(ended.stdout, "", "{ended}");
    assert_eq!(fs::read_to_string(&out).expect("the issue"), printed);
    // A folder is in the way, or none is there: the edition is not sent then.
    fs::create_dir(path("taken")).expect("a folder");
    for wrong in [path("taken"), path("none/issue.html")] {
        refused(
            weekly(&database, &["--mark-sent", "--out", &wrong]).run(),
            &["--out: ", "cannot be written"],
        );
        assert_eq!(database.number(SENT), 0, "{wrong}");
    }
    assert_eq!(drafts(folder.path()), 0);
    let _ = weekly(&database, &["--mark-sent", "--out", &out])
        .run()
        .succeeds();
    assert_eq!(database.number(SENT), 1);
});

on_both_engines!(what_makes_no_sense_is_refused_with_what_would, |database| {
    archive::migrate(database.url());
    vocabulary(&database);
    for (arguments, code, words) in [
        (&["--last", "soon"][..], 2, "expected 1d to 3660d"),
        (&["--max-articles", "0"], 2, "expected 1 to 100"),
        (&["--abstract-chars", "9"], 2, "expected 40 to 4000"),
        (&["--name", "Über"], 2, "expected 1 to 64 of a-z"),
        (&["--from", "me"], 2, "expected one like"),
        (&["--again"], 2, "--mark-sent"),
        (&["--topic", "cooking"], 1, "no topic is called \"cooking\""),
        (
            &["--until", "2019-01-01"],
            1,
            "is after the last day of the period",
        ),
        (
            &["--digests", "/nowhere.toml"],
            1,
            "/nowhere.toml: cannot be read",
        ),
    ] {
        let ended = weekly(&database, arguments).run();
        let _ = ended.exits(code).says(words);
    }
});
