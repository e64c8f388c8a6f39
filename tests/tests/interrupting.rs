//! kill -9 at any moment loses nothing: what was stored is whole, and the next run finishes the work.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::program::{communique, summarizer};
use tests::wait::eventually;
use tests::{Fresh, Server, archive, on_both_engines};

const PATIENCE: Duration = Duration::from_secs(60);

const STORED: &str = "query Stored($after: String) { articles(first: 100, after: $after, filter: { includeDuplicates: true }) { \
    pageInfo { hasNextPage endCursor } \
    nodes { id title publishedOn body summaryStatus abstract { text } labels { score topic { id } } page { name } } } }";

fn stored(database: &Fresh) -> Vec<Value> {
    let server = Server::start(database.url());
    let mut articles = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut page = server.data(STORED, json!({ "after": after }))["articles"].take();
        articles.append(page["nodes"].as_array_mut().expect("a list of articles"));
        if page["pageInfo"]["hasNextPage"] == false {
            return articles;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

fn count(database: &Fresh, of: &str) -> i64 {
    database.number(&format!("SELECT CAST(count(*) AS bigint) FROM {of}"))
}

/// Pages of one article each, all different.
fn pages(number: usize) -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    for index in 0..number {
        let page = format!(
            "Ferry Company Adds Boat Number {index} to the Island Line\n\n{} March 2024\n\n\
             The Ferry Company of the Outer Islands put its boat number {index} into service on the line to the lighthouse, \
             where the queue at the pier had grown longer every summer since the bridge was closed.\n\n\
             Tickets for boat number {index} cost as much as before, the Company said, and dogs travel free of charge.\n",
            1 + index % 28
        );
        fs::write(folder.path().join(format!("{index:04}.txt")), page).expect("a page");
    }
    folder
}

#[track_caller]
fn kill_an_ingest(database: &Fresh, pages: &Path, at: i64) {
    let running = communique(database.url(), ["ingest".as_ref(), pages.as_os_str()]).start();
    eventually("some pages", PATIENCE, || {
        (count(database, "page") >= at).then_some(())
    });
    let _ = running.kill_9();
    assert_eq!(
        count(
            database,
            "page p WHERE NOT EXISTS (SELECT 1 FROM content c WHERE c.page_id = p.id) \
            OR NOT EXISTS (SELECT 1 FROM article a WHERE a.page_id = p.id)"
        ),
        0,
        "a page is stored with all that was read out of it, or not at all"
    );
    assert_eq!(
        count(
            database,
            "article a WHERE NOT EXISTS (SELECT 1 FROM job j WHERE j.article_id = a.id)"
        ),
        0
    );
}

on_both_engines!(
    an_ingest_killed_at_any_moment_is_finished_by_the_next,
    |database| {
        let pages = pages(300);
        archive::migrate(database.url());
        for at in [1, 60, 200] {
            kill_an_ingest(&database, pages.path(), at);
        }
        let _ = archive::ingest(database.url(), pages.path());

        let whole = Fresh::new(database.engine()).expect("the engine of the first");
        archive::migrate(whole.url());
        let _ = archive::ingest(whole.url(), pages.path());
        assert_eq!(count(&database, "article"), 300);
        assert_eq!(stored(&database), stored(&whole));
    }
);

on_both_engines!(
    a_summarizer_killed_at_any_moment_loses_nothing,
    |database| {
        let batch = 4;
        archive::migrate(database.url());
        let _ = archive::ingest(database.url(), &archive::samples());
        let all = count(&database, "job");
        let run = || {
            summarizer(
                database.url(),
                [
                    "run",
                    "--lease-seconds",
                    "2",
                    "--batch",
                    "4",
                    "--multilingual",
                    "off",
                ],
            )
            .within(Duration::from_secs(200))
        };
        let kills = [1, all / 3, all * 2 / 3];
        for at in kills {
            let running = run().start();
            eventually("some abstracts", PATIENCE, || {
                (count(&database, "abstract") >= at).then_some(())
            });
            let _ = running.kill_9();
            let half = "job WHERE state = 'DONE' AND NOT EXISTS (SELECT 1 FROM abstract a WHERE a.article_id = job.article_id)";
            assert_eq!(
                count(&database, half),
                0,
                "a job is done with its abstract stored, or not done"
            );
        }
        let _ = run().run().succeeds();
        assert_eq!(count(&database, "job WHERE state = 'DONE'"), all);

        // What each kill had in hand is begun again: the batch at the model and the one fetched meanwhile.
        let attempts = database.number("SELECT CAST(sum(attempts) AS bigint) FROM job");
        let most = all + i64::try_from(kills.len()).expect("few") * 2 * batch;
        assert!(
            (all..=most).contains(&attempts),
            "{attempts} attempts for {all} articles; at most {most}"
        );

        let whole = Fresh::new(database.engine()).expect("the engine of the first");
        archive::fill(whole.url(), &archive::samples());
        assert_eq!(stored(&database), stored(&whole));
    }
);

on_both_engines!(
    two_summarizers_share_the_work_and_do_none_twice,
    |database| {
        archive::migrate(database.url());
        let _ = archive::ingest(database.url(), &archive::samples());
        let run = || {
            summarizer(database.url(), ["run", "--batch", "2"])
                .within(Duration::from_secs(200))
                .start()
        };
        let (one, other) = (run(), run());
        let _ = one.ended().succeeds();
        let _ = other.ended().succeeds();
        assert_eq!(count(&database, "job WHERE state <> 'DONE'"), 0);
        assert_eq!(
            count(&database, "job WHERE attempts <> 1"),
            0,
            "an article taken by one is left alone by the other"
        );
    }
);

#[test]
fn a_summarizer_asked_to_stop_gives_back_what_it_holds() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let running = summarizer(database.url(), ["run", "--watch", "--batch", "2"])
        .within(Duration::from_secs(200))
        .start();
    eventually("the first abstracts", PATIENCE, || {
        (count(&database, "abstract") > 0).then_some(())
    });
    running.signal(tests::program::Signal::TERM);
    let _ = running.ended().succeeds();
    assert_eq!(
        count(&database, "job WHERE state = 'RUNNING'"),
        0,
        "nobody has to wait for a lease to end"
    );
    let _ = archive::summarise(database.url());
    assert_eq!(count(&database, "job WHERE state <> 'DONE'"), 0);
}
