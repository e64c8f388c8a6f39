//! What a SQLite connection goes through when it is made, and when it comes back to its pool.
//!
//! SQLite ends a transaction by itself when the disk is full or fails. The driver's ROLLBACK fails then, and the driver goes
//! on counting one transaction for the connection: each later BEGIN on it becomes a SAVEPOINT, of which nothing is ever
//! committed, and which holds the write lock. So a connection of which a transaction is still counted is closed instead of
//! given out again; SQLite rolls back what may be open on it.

use std::time::Duration;

use sea_orm::sqlx::pool::PoolOptions;
use sea_orm::sqlx::sqlite::SqliteConnection;
use sea_orm::sqlx::{Connection, Error, Sqlite};

use super::stopwatch::Stopwatch;

/// Let no connection go back to the pool in a transaction; and no statement take longer than `time`, if one is given.
pub(super) fn tended(pool: PoolOptions<Sqlite>, time: Option<Duration>) -> PoolOptions<Sqlite> {
    let made = time.map(Stopwatch::of);
    let released = made.clone();
    pool.after_connect(move |connection, _| {
        let stopwatch = made.clone();
        Box::pin(async move {
            match stopwatch {
                Some(stopwatch) => stopwatch.attach(connection).await,
                None => Ok(()),
            }
        })
    })
    .after_release(move |connection, _| {
        let stopwatch = released.clone();
        Box::pin(async move {
            if let Some(stopwatch) = stopwatch {
                stopwatch.rewind(connection).await?;
            }
            is_free(connection).await
        })
    })
}

/// Whether the connection is in no transaction, once what was asked of it is done.
async fn is_free(connection: &mut SqliteConnection) -> Result<bool, Error> {
    if connection.is_in_transaction() {
        // The ROLLBACK of a transaction that was dropped is only queued; the answer to a ping comes after it.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}
