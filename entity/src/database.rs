//! Opening the database: the one place that knows how both processes must hold it.

mod pool;
mod stopwatch;

use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

/// Where the database is unless the user says otherwise: a file in the working folder.
pub const DEFAULT_URL: &str = "sqlite://communique.db?mode=rwc";

/// Why a database could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The URL is neither SQLite's nor PostgreSQL's.
    Scheme {
        /// What stands before the colon.
        scheme: String,
    },
    /// The database did not let us in; names it without its password.
    Connect {
        /// The database, password left out.
        database: String,
        /// What the driver says.
        cause: DbErr,
    },
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Scheme { scheme } => write!(
                formatter,
                "DATABASE_URL begins with {scheme:?}; expected sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME"
            ),
            Self::Connect { database, cause } => {
                let hint = if database.starts_with("sqlite") {
                    "the file and its folder must be writable; mode=rwc makes a file that is missing, not a folder"
                } else {
                    "a server must take connections there, and know the user and the database"
                };
                write!(
                    formatter,
                    "cannot open the database {database}: {cause}; {hint}"
                )
            }
        }
    }
}

impl std::error::Error for OpenError {}

/// Open the database at `url` with at most `connections` connections at once.
///
/// SQLite: write-ahead log, so that readers and the one writer do not wait for each other; a busy timeout of
/// 30 s for writers that do; foreign keys checked.
pub async fn open(url: &str, connections: u32) -> Result<DatabaseConnection, OpenError> {
    open_within(url, connections, None).await
}

/// The same, and no statement takes longer than `time`: the database ends it with an error, whoever still waits for it.
/// On SQLite the time is that of a connection between being taken from its pool and given back.
pub async fn open_within(
    url: &str,
    connections: u32,
    time: Option<Duration>,
) -> Result<DatabaseConnection, OpenError> {
    let scheme = url.split(':').next().unwrap_or_default();
    if !matches!(scheme, "sqlite" | "postgres" | "postgresql") {
        return Err(OpenError::Scheme {
            scheme: scheme.to_owned(),
        });
    }
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        // Also how long a server that takes no connections is waited for.
        .acquire_timeout(Duration::from_secs(10))
        // A connection that was idle for less is not asked whether it is still there: it saves a round trip.
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(30))
                .foreign_keys(true)
        })
        .map_sqlx_sqlite_pool_opts(move |pool| pool::tended(pool, time));
    if let Some(time) = time {
        options.statement_timeout(time);
    }
    Database::connect(options)
        .await
        .map_err(|cause| OpenError::Connect {
            database: without_password(url),
            cause,
        })
}

/// `postgres://user:secret@host/name` → `postgres://user@host/name`.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let Some((user, host)) = rest.rsplit_once('@') else {
        return url.to_owned();
    };
    let user = user.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}@{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            (
                "postgres://ada:secret@db/archive",
                "postgres://ada@db/archive",
            ),
            (
                "postgres://ada:se@cret@db/archive",
                "postgres://ada@db/archive",
            ),
            ("postgres://db/archive", "postgres://db/archive"),
            (
                "sqlite://communique.db?mode=rwc",
                "sqlite://communique.db?mode=rwc",
            ),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
