//! Transactions that write.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, RuntimeErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use super::{Store, StoreError};

/// A transaction as long as it is worked in. Not a reference: the futures of work that borrows cannot be told to be `Send`.
pub(super) type Held = Arc<DatabaseTransaction>;

/// How often a transaction is begun at most.
const ATTEMPTS: usize = 5;

/// PostgreSQL's codes for a deadlock and for a transaction that cannot be put in order with another.
const IN_THE_WAY: [&str; 2] = ["40P01", "40001"];

/// Why a transaction was not committed, which may be that the database ended it.
pub(super) trait Ended: From<DbErr> {
    /// What the database said.
    fn by_the_database(&self) -> Option<&DbErr>;
}

impl Ended for StoreError {
    fn by_the_database(&self) -> Option<&DbErr> {
        match self {
            Self::Database(error) => Some(error),
            _ => None,
        }
    }
}

impl Store {
    /// Write something in one transaction, beside which no other deed and no save runs, and wake those who follow this
    /// store. An error leaves nothing behind. The work is begun anew if PostgreSQL ended it so that another could go on: we
    /// write an article and then its job, the summarizer ends a job and then places its article and others.
    pub(super) async fn write<T, E, F>(&self, work: impl Fn(Held) -> F) -> Result<T, E>
    where
        E: Ended,
        F: Future<Output = Result<T, E>>,
    {
        let mut attempt = 1;
        loop {
            match self.write_once(&work).await {
                Err(error) if attempt < ATTEMPTS && stood_in_the_way(&error) => attempt += 1,
                outcome => return outcome,
            }
        }
    }

    /// A transaction that will write, in the file that was opened. On SQLite it takes the write lock at once: one that began
    /// by reading could not be promoted while another writes, and would fail instead of waiting.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        self.unmoved()
            .map_err(|replaced| DbErr::Custom(replaced.to_string()))?;
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.connection.begin_with_options(options).await
    }

    async fn write_once<T, E, F>(&self, work: &impl Fn(Held) -> F) -> Result<T, E>
    where
        E: Ended,
        F: Future<Output = Result<T, E>>,
    {
        let transaction = self.begin().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            // As that lock does on SQLite: whether an id or a slug is free, and who repeats whom, is asked first and written
            // after. Any number will do that no other program takes in this database: the first letters of our name.
            transaction
                .execute_unprepared("SELECT pg_advisory_xact_lock(4857923570)")
                .await?;
        }
        let held = Arc::new(transaction);
        let written = work(held.clone()).await?;
        Arc::into_inner(held)
            .expect("the work is done, and let go of its transaction")
            .commit()
            .await?;
        self.written();
        Ok(written)
    }
}

fn stood_in_the_way(error: &impl Ended) -> bool {
    let code = error.by_the_database().and_then(code);
    let found = code.is_some_and(|code| IN_THE_WAY.contains(&code.as_str()));
    if found {
        tracing::debug!("a transaction that stood in another's way is tried again");
    }
    found
}

/// The database's own code for what went wrong, if it was the database that said so.
pub(super) fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    let code = error.as_database_error()?.code()?;
    Some(code.into_owned())
}
