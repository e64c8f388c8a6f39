//! Never send twice, never send nothing.

use std::collections::BTreeSet;
use std::fs;

use tempfile::TempDir;
use tests::{archive, on_both_engines};

use serde_json::Value;

use super::{as_json, drafts, items, refused, vocabulary, weekly};

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

/// Every article of an issue, the others of its stories too.
fn held(issue: &Value) -> BTreeSet<String> {
    let items = items(issue);
    let also = items.iter().flat_map(|item| item["also"].as_array());
    items
        .iter()
        .chain(also.flatten())
        .map(|one| one["id"].as_str().expect("an id").to_owned())
        .collect()
}

on_both_engines!(an_article_is_in_one_sent_issue_only, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let roomy = ["--max-per-topic", "100", "--max-articles", "100"];
    let with = |more: &[&'static str], until: &str| -> Vec<String> {
        let words = roomy.iter().chain(more).map(|word| (*word).to_owned());
        words
            .chain(["--until".to_owned(), until.to_owned()])
            .collect()
    };
    let asked = |words: Vec<String>| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        as_json(&database, &words)
    };
    let ended = |words: Vec<String>| {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        weekly(&database, &words).run()
    };
    let whole = as_json(&database, &roomy);
    let mut days: Vec<String> = items(&whole)
        .iter()
        .filter_map(|item| item["publishedOn"].as_str().map(str::to_owned))
        .collect();
    days.sort();
    let (oldest, middle, newest) = (&days[0], &days[days.len() / 2], &days[days.len() - 1]);

    let first = held(&asked(with(&["--mark-sent"], middle)));
    let second = asked(with(&["--mark-sent"], newest));
    assert!(!first.is_empty() && !held(&second).is_empty());
    assert_eq!(held(&second).intersection(&first).count(), 0);
    assert_eq!(held(&whole), &held(&second) | &first);
    // Either of them again is refused, or shown, as the edition it is.
    for until in [middle, newest] {
        refused(ended(with(&["--mark-sent"], until)), &["was sent on"]);
    }
    assert_eq!(asked(with(&[], newest))["editionId"], second["editionId"]);
    // Some of what was sent, and nothing else: there is nothing to send.
    let nothing = ended(with(&["--mark-sent"], oldest)).exits(3);
    let nothing = nothing.says("nothing new was published").says("--again");
    assert_eq!(nothing.stdout, "", "{nothing}");
    let again = held(&asked(with(&["--again"], newest)));
    assert_eq!(again, held(&whole));
    // Another digest has sent nothing yet.
    let monthly = as_json(&database, &[&roomy[..], &["--name", "monthly"]].concat());
    assert_eq!(held(&monthly), held(&whole));
});

on_both_engines!(
    the_order_of_sections_and_of_a_story_makes_no_other_edition,
    |database| {
        archive::fill(database.url(), &archive::samples());
        let roomy = ["--max-per-topic", "100", "--max-articles", "100"];
        let id = |more: &[&str]| {
            let issue = as_json(&database, &[&roomy[..], more].concat());
            (issue["editionId"].clone(), held(&issue))
        };
        let there = as_json(&database, &roomy);
        let topics: Vec<&str> = there["sections"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|section| section["topicId"].as_str())
            .collect();
        assert!(topics.len() > 1, "{there:#}");
        let backwards: Vec<&str> = topics.iter().rev().copied().collect();
        let (forth, back) = (topics.join(","), backwards.join(","));
        assert_eq!(id(&["--topic", &forth]), id(&["--topic", &back]));
        // Another article of each story comes first, and what came first is among the others.
        assert_eq!(id(&["--language", "en,fr"]), id(&["--language", "fr,en"]));
    }
);

on_both_engines!(
    an_archive_that_is_not_summarised_yet_says_so_and_not_that_nothing_was_published,
    |database| {
        archive::migrate(database.url());
        let _ = archive::ingest(database.url(), &archive::samples());
        let ended = weekly(&database, &["--topic", "education"]).run().exits(3);
        let _ = ended.says("articles wait to be summarised and labelled");
        let ended = weekly(&database, &[]).run().succeeds();
        let _ = ended
            .says("without an abstract yet")
            .says("communique status");
    }
);

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
        (
            &["--language", "klingon"],
            2,
            "is not a code of a language; expected one like en or fr",
        ),
        (&["--since", "yesterday"], 2, "expected one like 2026-01-31"),
        (
            &["--since", "2026-13-01"],
            2,
            "expected one like 2026-01-31",
        ),
        (&["--until", "1-1-1"], 2, "expected one like 2026-01-31"),
        (
            &["--topic", ""],
            2,
            "a topic without a name; expected an id or a name",
        ),
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
