//! `communique ingest`: what it does, what it says, and that doing it again does nothing.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::program::communique;
use tests::{Fresh, Server, archive, on_both_engines};

const TEXTS: &str = "{ articles(first: 100, filter: { includeDuplicates: true }) { nodes { id slug title publishedOn body \
    ingestedAt page { id name } duplicateOf { id } } } }";

/// A page that any reader takes for one article.
const ARTICLE: &str = "Harbour Board Opens the New Tide Gauge at Port Ellery

Port Ellery, 12 March 2024

The Harbour Board of Port Ellery opened a new tide gauge on Tuesday, the first on this coast that reports \
the height of the sea every minute to anybody who wants to know it.

The gauge replaces a float of 1931 that a keeper read twice a day. Its readings are free of charge, the Board \
said, and will be used for the flood warnings of the whole bay from the autumn on.
";

fn everything(database: &Fresh) -> Value {
    Server::start(database.url()).data(TEXTS, json!({}))
}

fn count(database: &Fresh, table: &str) -> i64 {
    database.number(&format!("SELECT CAST(count(*) AS bigint) FROM {table}"))
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder inside");
        fs::write(path, bytes).expect("a page");
    }
    folder
}

#[track_caller]
fn ingest(database: &Fresh, path: &Path) -> tests::program::Ended {
    archive::ingest(database.url(), path)
}

on_both_engines!(pages_ingested_twice_change_nothing, |database| {
    archive::migrate(database.url());
    let _ = ingest(&database, &archive::samples());
    let before = everything(&database);
    let tables = ["page", "content", "article", "line", "job"];
    let rows = tables.map(|table| count(&database, table));
    assert!(rows.iter().all(|rows| *rows > 0), "{tables:?}: {rows:?}");

    let _ = ingest(&database, &archive::samples()).says("0 new, 0 changed");
    assert_eq!(everything(&database), before);
    assert_eq!(tables.map(|table| count(&database, table)), rows);
});

on_both_engines!(
    the_same_article_on_another_page_is_a_duplicate,
    |database| {
        archive::migrate(database.url());
        let pages = folder(&[("one.txt", ARTICLE.as_bytes())]);
        let _ = ingest(&database, pages.path());
        // The second page has a line more, so that it is another page and not the same one again.
        let again = folder(&[(
            "two.txt",
            format!("Share this page\n\n{ARTICLE}").as_bytes(),
        )]);
        let path = again.path().to_str().expect("a path of plain text");
        let summary = communique(database.url(), ["ingest", "--json", path])
            .run()
            .succeeds()
            .json();
        assert_eq!(summary["duplicates"], 1, "{summary:#}");

        let server = Server::start(database.url());
        let shown = server.data(
            "{ articles { totalCount nodes { page { name } duplicates { page { name } } } } }",
            json!({}),
        );
        assert_eq!(shown["articles"]["totalCount"], 1);
        assert_eq!(
            shown["articles"]["nodes"][0],
            json!({ "page": { "name": "one.txt" }, "duplicates": [{ "page": { "name": "two.txt" } }] })
        );
        let all = "{ articles(filter: { includeDuplicates: true }) { totalCount } }";
        assert_eq!(server.data(all, json!({}))["articles"]["totalCount"], 2);
    }
);

#[test]
fn a_page_changed_at_its_place_keeps_the_id_of_its_article() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let pages = folder(&[("page.txt", ARTICLE.as_bytes())]);
    let _ = ingest(&database, pages.path());
    let before = everything(&database);
    let more = format!(
        "{ARTICLE}\nThe first reading, taken at noon, was three metres and four centimetres above the mark of the chart.\n"
    );
    fs::write(pages.path().join("page.txt"), more).expect("a page");
    let _ = ingest(&database, pages.path());
    let after = everything(&database);

    let (before, after) = (&before["articles"]["nodes"], &after["articles"]["nodes"]);
    assert_eq!(after.as_array().map(Vec::len), Some(1));
    assert_eq!(
        after[0]["id"], before[0]["id"],
        "links in sent newsletters survive"
    );
    assert_eq!(after[0]["slug"], before[0]["slug"]);
    assert_ne!(after[0]["body"], before[0]["body"], "the new text is there");
}

#[test]
fn a_dry_run_says_what_it_would_do_and_does_nothing() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let pages = folder(&[("page.txt", ARTICLE.as_bytes())]);
    let path = pages.path().as_os_str();
    let _ = communique(
        database.url(),
        ["ingest".as_ref(), "--dry-run".as_ref(), path],
    )
    .run()
    .succeeds()
    .says("nothing was stored");
    assert_eq!(count(&database, "page") + count(&database, "article"), 0);
}

on_both_engines!(
    pages_without_a_fault_are_read_without_a_complaint,
    |database| {
        archive::migrate(database.url());
        let ended = ingest(&database, &archive::samples());
        assert_eq!(ended.stderr, "", "{ended}");
    }
);

#[test]
fn a_page_can_come_by_standard_input() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = communique(database.url(), ["ingest", "-"])
        .input(ARTICLE)
        .run()
        .succeeds();
    assert_eq!(count(&database, "article"), 1);
}

#[test]
fn folders_are_read_to_the_bottom_and_pages_named_by_their_path() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let pages = folder(&[("2024/march/page.txt", ARTICLE.as_bytes())]);
    let _ = ingest(&database, pages.path());
    assert_eq!(
        everything(&database)["articles"]["nodes"][0]["page"]["name"],
        "2024/march/page.txt"
    );
}

#[test]
fn the_source_is_what_the_archivist_names_it() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let pages = folder(&[("page.txt", ARTICLE.as_bytes())]);
    let path = pages.path().to_str().expect("a path of plain text");
    let _ = communique(database.url(), ["ingest", path, "--source", "harbour"])
        .run()
        .succeeds();
    let server = Server::start(database.url());
    for (source, expected) in [("harbour", 1), ("lighthouse", 0)] {
        let query = "query Of($source: String!) { articles(filter: { sources: [$source] }) { totalCount nodes { page { source } } } }";
        let found = server.data(query, json!({ "source": source }));
        assert_eq!(found["articles"]["totalCount"], expected, "{source}");
    }
}

#[test]
fn the_summary_can_be_had_as_json() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let samples = archive::samples();
    let path = samples.to_str().expect("a path of plain text");
    let ended = communique(database.url(), ["ingest", "--json", path])
        .run()
        .succeeds();
    let summary = ended.json();
    assert_eq!(
        summary["pages"]["read"],
        count(&database, "page"),
        "{ended}"
    );
    assert_eq!(
        summary["articles"]["new"],
        count(&database, "article"),
        "{ended}"
    );
    assert_eq!(
        summary["documents"].as_array().map(Vec::len),
        summary["pages"]["read"]
            .as_u64()
            .and_then(|read| usize::try_from(read).ok()),
        "{ended}"
    );
    let status = communique(database.url(), ["status", "--json"])
        .run()
        .succeeds()
        .json();
    assert_eq!(status["pages"], count(&database, "page"), "{status:#}");
    let shown = count(&database, "article WHERE duplicate_of IS NULL");
    assert_eq!(status["articles"], shown, "{status:#}");
    assert_eq!(
        status["duplicates"],
        count(&database, "article") - shown,
        "{status:#}"
    );
    assert_eq!(
        status["jobs"]["queued"],
        count(&database, "job"),
        "{status:#}"
    );
}

#[test]
fn every_line_of_a_page_is_accounted_for() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let page = format!("Home | News | Contact\n\n{ARTICLE}\n\nLatest articles\nShare\n");
    let pages = folder(&[("page.txt", page.as_bytes())]);
    let _ = ingest(&database, pages.path());
    let shown = communique(database.url(), ["show", "page", "page.txt"])
        .run()
        .succeeds();
    let lines: Vec<_> = page
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    for line in &lines {
        let start: String = line.chars().take(30).collect();
        let shown_in = shown.stdout.lines().filter(|shown| shown.contains(&start));
        assert!(
            shown_in.count() >= 1,
            "the line {start:?} is not shown\n{shown}"
        );
    }
    let fates = count(
        &database,
        "line WHERE article_id IS NOT NULL OR reason IS NOT NULL",
    );
    assert_eq!(
        fates,
        i64::try_from(lines.len()).expect("few lines"),
        "{shown}"
    );
}

on_both_engines!(
    a_page_that_cannot_be_stored_is_reported_and_the_rest_goes_on,
    |database| {
        archive::migrate(database.url());
        let other = ARTICLE.replace("Port Ellery", "Port Wick");
        let pages = folder(&[
            ("a.txt", ARTICLE.as_bytes()),
            ("b.txt", b"Nothing of note.\n"),
            ("c.txt", other.as_bytes()),
        ]);
        let path = pages.path().to_str().expect("a path of plain text");
        let ingest = |source: &str| {
            communique(
                database.url(),
                ["ingest", "--json", "--source", source, path],
            )
            .run()
        };
        let _ = ingest("one").succeeds();
        // A page in the way, of another id: the database will not have two of the same bytes.
        for copied in [
            "INSERT INTO page (id, source, name, media_type, encoding, content_hash, byte_count, reader, ingested_at) \
             SELECT 'page_x', 'two', 'x.txt', media_type, encoding, content_hash, byte_count, reader, ingested_at \
             FROM page WHERE name = 'b.txt' RETURNING CAST(1 AS bigint)",
            "INSERT INTO content (page_id, bytes) SELECT 'page_x', bytes FROM content \
             WHERE page_id = (SELECT id FROM page WHERE name = 'b.txt') RETURNING CAST(1 AS bigint)",
        ] {
            let _ = database.number(copied);
        }
        let ended = ingest("two")
            .exits(1)
            .says("b.txt: nothing of it was stored: the database failed: ");
        let causes = ended.stderr.to_lowercase();
        assert_eq!(causes.matches("unique constraint").count(), 1, "{ended}");
        let summary = ended.json();
        assert_eq!(summary["pages"]["read"], 2, "{summary:#}");
        assert_eq!(
            summary["pages"]["refused"].as_array().map(Vec::len),
            Some(1)
        );
        assert_eq!(count(&database, "page WHERE source = 'two'"), 3);
        assert_eq!(count(&database, "article"), 4);
    }
);
