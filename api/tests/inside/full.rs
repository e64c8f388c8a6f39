//! A full disk: what was said to be saved is, and what was not saved is not in the way.

use std::time::Duration;

use entity::database::{open, open_within};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use tests::Fresh;
use tests::database::runtime;

async fn begin(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    connection
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await
}

/// Write once more than there is room for, and then what there is room for.
async fn fill_and_go_on(connection: &DatabaseConnection) -> Result<(), DbErr> {
    connection
        .execute_unprepared("CREATE TABLE note (text text NOT NULL)")
        .await?;
    connection
        .execute_unprepared("PRAGMA max_page_count = 20")
        .await?;
    let transaction = begin(connection).await?;
    let full = transaction
        .execute_unprepared("INSERT INTO note VALUES (hex(zeroblob(1000000)))")
        .await
        .expect_err("there is no room");
    assert!(full.to_string().contains("full"), "{full}");
    drop(transaction);

    // One that is given up: taken for a savepoint of the failed one, it would be left open, and all after it be part of it.
    let transaction = begin(connection).await?;
    transaction
        .execute_unprepared("INSERT INTO note VALUES ('given up')")
        .await?;
    transaction.rollback().await?;

    let transaction = begin(connection).await?;
    transaction
        .execute_unprepared("INSERT INTO note VALUES ('short')")
        .await?;
    transaction.commit().await
}

#[test]
fn what_is_saved_after_the_disk_was_full_stays_saved_and_locks_nobody_out() {
    for time in [None, Some(Duration::from_secs(30))] {
        let database = Fresh::sqlite();
        runtime().block_on(async {
            // One connection, so that the write after the failed one meets what that left.
            let connection = open_within(database.url(), 1, time).await.expect("opens");
            fill_and_go_on(&connection).await.expect("is saved");
            let other = open(database.url(), 1).await.expect("opens");
            let transaction = begin(&other).await.expect("nothing is locked");
            transaction.rollback().await.expect("rolled back");
        });
        assert_eq!(database.number("SELECT count(*) FROM note"), 1, "{time:?}");
    }
}
