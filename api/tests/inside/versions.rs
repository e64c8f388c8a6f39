//! The version of the archive moves with every committed write, whoever makes it, and with nothing else.

use api::store::Store;
use api::store::version::Versions;
use sea_orm::{ConnectionTrait, Database, TransactionTrait};
use tests::{Engine, on_both_engines};

type Tested = Result<(), Box<dyn std::error::Error>>;

const WRITE: &str =
    "INSERT INTO topic (id, name, names, description, position) VALUES ('t', 't', '{}', '', 1)";
const UNDO: &str = "DELETE FROM topic";

on_both_engines!(
    a_version_stays_until_somebody_commits,
    async |database| -> Tested {
        let store = Store::open(database.url()).await?;
        store.migrate_up().await?;
        let versions = Versions::open(database.url()).await?;
        let other = Database::connect(database.url()).await?;

        let mut before = versions.now().await;
        assert!(before.is_some());
        for _ in 0..100 {
            store.topics().await?;
            // A server of PostgreSQL may have other databases, whose writers move the version too.
            if database.engine() == Engine::Sqlite {
                assert_eq!(versions.now().await, before, "reading is no write");
            }
            other.execute_unprepared(WRITE).await?;
            let written = versions.now().await;
            assert!(written.is_some());
            assert_ne!(written, before, "a write that was acknowledged is seen");
            other.execute_unprepared(UNDO).await?;
            let undone = versions.now().await;
            assert_ne!(undone, written);
            assert_ne!(undone, before, "the same rows again are another version");
            before = undone;
        }

        let begun = other.begin().await?;
        begun.execute_unprepared(WRITE).await?;
        let under_way = versions.now().await;
        begun.rollback().await?;
        // SQLite writes nothing before the commit; PostgreSQL shows that somebody is at work.
        if database.engine() == Engine::Sqlite {
            assert_eq!(under_way, before);
            assert_eq!(
                versions.now().await,
                before,
                "what was rolled back was never written"
            );
        }
        Ok(())
    }
);

on_both_engines!(
    a_version_is_told_again_after_everybody_left,
    async |database| -> Tested {
        let versions = Versions::open(database.url()).await?;
        let mut seen = Vec::new();
        for round in 0..5 {
            let store = Store::open(database.url()).await?;
            store.migrate_up().await?;
            let other = Database::connect(database.url()).await?;
            other
                .execute_unprepared(if round % 2 == 0 { WRITE } else { UNDO })
                .await?;
            let version = versions.now().await;
            assert!(version.is_some(), "round {round}");
            assert!(!seen.contains(&version), "round {round}");
            assert_eq!(store.topics().await?.len(), (round + 1) % 2);
            seen.push(version);
            // On SQLite the last to leave folds the log into the database and takes its index away.
            other.close().await?;
            store.close().await?;
        }
        Ok(())
    }
);

#[test]
fn a_database_in_memory_has_no_version() {
    tests::database::runtime().block_on(async {
        let versions = Versions::open("sqlite::memory:").await.expect("opens");
        assert_eq!(versions.now().await, None);
    });
}
