//! Trying a transaction again that the database ended so that another could go on.

use std::future::Future;

use sea_orm::sqlx::Error as Driver;
use sea_orm::{DbErr, RuntimeErr};

/// Attempts that are left.
pub(super) struct Retry(u32);

impl Default for Retry {
    fn default() -> Self {
        Self(5)
    }
}

impl Retry {
    /// Do it until it is done, fails for a reason of its own, or was ended too often. Rows of articles are written by
    /// servers as well, each in its own order: PostgreSQL ends one of two that wait for each other.
    pub(super) async fn over<T, F>(mut self, attempt: impl Fn() -> F) -> Result<T, DbErr>
    where
        F: Future<Output = Result<T, DbErr>>,
    {
        loop {
            match attempt().await {
                Err(error) if self.0 > 1 && stood_in_the_way(&error) => {
                    self.0 -= 1;
                    tracing::debug!(%error, "tried again");
                }
                outcome => return outcome,
            }
        }
    }
}

/// PostgreSQL's codes for a deadlock and for a transaction that cannot be put in order with another.
const IN_THE_WAY: [&str; 2] = ["40P01", "40001"];

fn stood_in_the_way(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    let error: &Driver = error;
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| IN_THE_WAY.contains(&code.as_ref()))
}
