//! `communique migrate`: tables come and go, and what has no tables says so.

use tests::archive;
use tests::on_both_engines;
use tests::program::{communique, summarizer};

on_both_engines!(tables_come_go_and_come_again, |database| {
    let migrate = |word: &str| {
        communique(database.url(), ["migrate", word])
            .run()
            .succeeds()
    };
    let _ = migrate("status").says("pending");
    let _ = migrate("up");
    let _ = migrate("status").says("applied");
    assert_eq!(
        database.number("SELECT CAST(count(*) AS bigint) FROM article"),
        0
    );
    let _ = migrate("down");
    let _ = migrate("status").says("pending");
    let _ = migrate("up");
    assert_eq!(
        database.number("SELECT CAST(count(*) AS bigint) FROM article"),
        0
    );
});

on_both_engines!(migrating_twice_changes_nothing, |database| {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let count = || database.number("SELECT CAST(count(*) AS bigint) FROM article");
    let before = count();
    archive::migrate(database.url());
    assert!(before > 0);
    assert_eq!(count(), before);
});

on_both_engines!(migrate_alone_migrates_up, |database| {
    let _ = communique(database.url(), ["migrate"]).run().succeeds();
    assert_eq!(
        database.number("SELECT CAST(count(*) AS bigint) FROM page"),
        0
    );
});

on_both_engines!(without_tables_every_command_says_what_to_run, |database| {
    let samples = archive::samples();
    let samples = samples.to_str().expect("a path of plain text");
    for arguments in [
        &["ingest", samples][..],
        &["status"],
        &["serve", "--listen", "127.0.0.1:0", "--summarizer", "off"],
        &["show", "page", "x"],
    ] {
        let _ = communique(database.url(), arguments)
            .run()
            .exits(1)
            .says("communique migrate");
    }
    let _ = summarizer(database.url(), ["run"])
        .run()
        .exits(1)
        .says("communique migrate");
});

on_both_engines!(
    editions_come_and_go_without_what_was_there_before,
    |database| {
        archive::migrate(database.url());
        let _ = archive::ingest(database.url(), &archive::samples());
        let migrate = |word: &str| {
            communique(database.url(), ["migrate", word])
                .run()
                .succeeds()
        };
        let articles = || database.number("SELECT CAST(count(*) AS bigint) FROM article");
        let before = articles();
        for _ in 0..2 {
            let _ = migrate("down");
            assert_eq!(articles(), before);
            let _ = migrate("up");
            assert_eq!(
                database.number("SELECT CAST(count(*) AS bigint) FROM edition"),
                0
            );
        }
    }
);
