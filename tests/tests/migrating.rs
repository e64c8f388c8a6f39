//! `communique migrate`: tables come and go, and what has no tables says so.

use sea_orm::{ConnectionTrait, Database, DbErr};
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

on_both_engines!(
    a_migration_that_ends_in_the_middle_leaves_the_database_as_it_was,
    async |database| -> Result<(), DbErr> {
        let connection = Database::connect(database.url()).await?;
        // What one of the later migrations makes is there already.
        connection
            .execute_unprepared("CREATE TABLE keyphrase (name text)")
            .await?;
        let failed = communique(database.url(), ["migrate"]).run();
        let told = failed.refuses(1, &["keyphrase", "already exists"]).stderr;
        assert_eq!(told.matches("already exists").count(), 1, "{told}");
        let status = communique(database.url(), ["migrate", "status"]).run();
        let status = status.succeeds().stdout;
        assert!(!status.contains("applied"), "{status}");

        connection
            .execute_unprepared("DROP TABLE keyphrase")
            .await?;
        connection.close().await?;
        let _ = communique(database.url(), ["migrate"]).run().succeeds();
        Ok(())
    }
);

on_both_engines!(of_many_that_migrate_at_once_one_does, |database| {
    let running: Vec<_> = (0..4)
        .map(|_| communique(database.url(), ["migrate"]).start())
        .collect();
    let said = running.into_iter().map(|one| one.ended().succeeds().stdout);
    let said: Vec<String> = said.collect();
    let times = |words: &str| said.iter().filter(|said| said.contains(words)).count();
    assert_eq!(
        (times("migrations applied"), times("is up to date")),
        (1, 3),
        "{said:?}"
    );
});

on_both_engines!(
    the_database_of_a_newer_program_is_called_that,
    async |database| -> Result<(), DbErr> {
        archive::migrate(database.url());
        let connection = Database::connect(database.url()).await?;
        connection
            .execute_unprepared("INSERT INTO seaql_migrations VALUES ('m29990101_000001_x', 0)")
            .await?;
        connection.close().await?;
        for command in ["migrate", "status"] {
            let _ = communique(database.url(), [command])
                .run()
                .refuses(1, &["newer", "m29990101_000001_x"]);
        }
        Ok(())
    }
);
