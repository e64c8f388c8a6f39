//! Bad input: one clear message, the right exit code, and a store as whole as before.

use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;
use tests::program::{communique, summarizer};
use tests::{Engine, Fresh, archive, on_both_engines};

/// How long a user may be left without a word when the database is not there.
const PROMPT: Duration = Duration::from_secs(15);

/// A page that any reader takes for one article, with this word in its title.
fn good(word: &str) -> String {
    format!(
        "Observatory of {word} Publishes Its Yearly Report\n\n4 June 2024\n\nThe Observatory of {word} published its \
         report for the year on Tuesday, with more readings than in any year before, and thanked the volunteers who took them.\n\n\
         The report can be read in the library of the Observatory, the director said, and copies will be sent to the schools of the town.\n"
    )
}

fn rows(database: &Fresh) -> [i64; 5] {
    ["page", "content", "article", "line", "job"]
        .map(|table| database.number(&format!("SELECT CAST(count(*) AS bigint) FROM {table}")))
}

#[track_caller]
fn is_whole(database: &Fresh) {
    let orphans = "SELECT CAST(count(*) AS bigint) FROM article a WHERE NOT EXISTS (SELECT 1 FROM page p WHERE p.id = a.page_id) \
        OR NOT EXISTS (SELECT 1 FROM job j WHERE j.article_id = a.id)";
    assert_eq!(
        database.number(orphans),
        0,
        "articles without a page or a job"
    );
    let unread = "SELECT CAST(count(*) AS bigint) FROM page p WHERE NOT EXISTS (SELECT 1 FROM content c WHERE c.page_id = p.id)";
    assert_eq!(database.number(unread), 0, "pages without their bytes");
    if database.engine() == Engine::Sqlite {
        assert_eq!(
            database.number(
                "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
            ),
            0
        );
        assert_eq!(
            database.number("SELECT count(*) FROM pragma_foreign_key_check"),
            0
        );
    }
}

/// The pages that are refused, each with words of the reason.
fn bad_pages() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut garbage: Vec<u8> = (0..=255).cycle().take(40_000).collect();
    garbage.splice(0..0, *b"\x7fELF\x02\x01\x01\x00");
    let mut cut = b"Observatory \xff\xfe of the lakes".to_vec();
    cut.extend([0, 1, 2, 3]);
    vec![
        ("empty.txt", Vec::new(), "empty"),
        ("blank.txt", b" \n\n\t\n".to_vec(), ""),
        ("line.txt", vec![b'a'; 50 << 20], ""),
        ("garbage.txt", garbage, ""),
        ("nul.txt", cut, ""),
        (
            "page.html.txt",
            b"<!doctype html><html><head><title>A</title></head><body><p>B</p></body></html>"
                .to_vec(),
            "HTML",
        ),
    ]
}

on_both_engines!(
    a_page_that_cannot_be_read_is_named_and_the_rest_goes_on,
    |database| {
        archive::migrate(database.url());
        for (name, bytes, reason) in bad_pages() {
            let folder = TempDir::new().expect("a temporary folder");
            fs::write(
                folder.path().join("a.txt"),
                good(&format!("Northern{name}")),
            )
            .expect("a page");
            fs::write(folder.path().join(name), bytes).expect("a bad page");
            fs::write(
                folder.path().join("z.txt"),
                good(&format!("Southern{name}")),
            )
            .expect("a page");
            let before = rows(&database);
            let path = folder.path().as_os_str();
            let ended = communique(database.url(), ["ingest".as_ref(), path])
                .within(Duration::from_secs(20))
                .run();
            let _ = ended.refuses(1, &[name, reason]);
            let after = rows(&database);
            assert_eq!(
                after[0],
                before[0] + 2,
                "{name}: the two good pages are stored, the bad one is not"
            );
            assert_eq!(
                after[2],
                before[2] + 2,
                "{name}: one article of each good page"
            );
            is_whole(&database);
        }
    }
);

#[test]
fn a_page_of_only_boilerplate_is_kept_and_said_to_hold_no_article() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let folder = TempDir::new().expect("a temporary folder");
    let page = "Accept all cookies\nHome\nContact\nShare on Facebook\nYour name *\nYour e-mail *\nSubscribe to our newsletter\nAll rights reserved\n";
    fs::write(folder.path().join("menu.txt"), page).expect("a page");
    let ended = communique(
        database.url(),
        ["ingest".as_ref(), folder.path().as_os_str()],
    )
    .run();
    let _ = ended.refuses(0, &["menu.txt", "no article"]);
    assert_eq!(database.number("SELECT count(*) FROM article"), 0);
    is_whole(&database);
}

#[test]
fn a_path_that_is_not_there_is_named() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("a.txt"), good("Marsh")).expect("a page");
    let there = folder.path().join("a.txt");
    let missing = folder.path().join("missing.txt");
    let ended = communique(
        database.url(),
        ["ingest".as_ref(), missing.as_os_str(), there.as_os_str()],
    )
    .run();
    let _ = ended.refuses(1, &["missing.txt"]);
    assert_eq!(
        database.number("SELECT count(*) FROM article"),
        1,
        "the rest goes on"
    );
    is_whole(&database);
}

/// Databases that cannot be used, each with words that say which and why.
fn bad_databases(folder: &Path) -> Vec<(String, Vec<&'static str>)> {
    let file = folder.join("notes.txt");
    fs::write(&file, "these are notes and no database at all ".repeat(200)).expect("a file");
    vec![
        (
            "mysql://root@localhost/archive".to_owned(),
            vec!["mysql", "sqlite://", "postgres://"],
        ),
        (
            "communique.db".to_owned(),
            vec!["communique.db", "sqlite://"],
        ),
        (String::new(), vec!["DATABASE_URL"]),
        (
            format!("sqlite://{}/none/archive.db?mode=rwc", folder.display()),
            vec!["none/archive.db"],
        ),
        (
            format!("sqlite://{}/absent.db", folder.display()),
            vec!["absent.db"],
        ),
        (
            format!("sqlite://{}?mode=rwc", folder.display()),
            vec!["cannot open"],
        ),
        (
            "sqlite:///proc/archive.db?mode=rwc".to_owned(),
            vec!["/proc/archive.db"],
        ),
        (
            format!("sqlite://{}?mode=rwc", file.display()),
            vec!["notes.txt"],
        ),
        (
            "postgres://ada:secret@127.0.0.1:9/archive".to_owned(),
            vec!["127.0.0.1:9"],
        ),
    ]
}

#[test]
fn a_database_that_cannot_be_used_is_named_without_its_password() {
    let folder = TempDir::new().expect("a temporary folder");
    let samples = archive::samples();
    for (url, words) in bad_databases(folder.path()) {
        for arguments in [
            &["migrate"][..],
            &["status"],
            &["ingest", samples.to_str().expect("plain text")],
        ] {
            let ended = communique(&url, arguments).folder(folder.path()).run();
            let ended = ended.refuses(1, &words);
            assert!(!ended.stderr.contains("secret"), "{ended}");
            assert!(ended.took < PROMPT, "a user waits in vain\n{ended}");
        }
        let ended = summarizer(&url, ["run"]).folder(folder.path()).run();
        let _ = ended.refuses(1, &words);
    }
}

#[test]
fn a_database_that_may_only_be_read_is_not_written() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let before = rows(&database);
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("a.txt"), good("Marsh")).expect("a page");
    let url = database.url().replace("mode=rwc", "mode=ro");
    let ended = communique(&url, ["ingest".as_ref(), folder.path().as_os_str()]).run();
    let _ = ended.refuses(1, &["read"]);
    assert_eq!(rows(&database), before);
}

#[test]
fn a_wrong_command_line_is_usage_and_exits_with_2() {
    for arguments in [
        &["ingest"][..],
        &["serve", "--port", "1"],
        &["migrate", "sideways"],
        &["brew"],
        &["serve", "--listen", "nowhere"],
        &[],
    ] {
        let ended = communique("sqlite::memory:", arguments).run().exits(2);
        assert!(
            ended.stderr.to_lowercase().contains("usage") || ended.stderr.contains("--help"),
            "{ended}"
        );
    }
    for arguments in [
        &["run", "--lease-seconds", "soon"][..],
        &["brew"],
        &["text"],
        &[],
    ] {
        let _ = summarizer("sqlite::memory:", arguments).run().exits(2);
    }
}

#[test]
fn an_address_in_use_is_named() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("its address").to_string();
    let ended = communique(
        database.url(),
        ["serve", "--summarizer", "off", "--listen", &address],
    )
    .run();
    let _ = ended.refuses(1, &[&address]);
}
