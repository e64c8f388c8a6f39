//! Opening the database: the one place that knows how both processes must hold it.

mod address;
mod pool;
mod stopwatch;

use std::time::Duration;

use sea_orm::sqlx::postgres::PgConnectOptions;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _};
use sea_orm::{ConnAcquireErr, ConnectOptions, Database, DatabaseConnection, DbErr, RuntimeErr};

use address::without_password;

/// Where the database is unless the user says otherwise: a file in the working folder.
pub const DEFAULT_URL: &str = "sqlite://communique.db?mode=rwc";

/// How long a database that could not be opened in time is given to say why.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a database could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The URL is neither SQLite's nor PostgreSQL's.
    Scheme {
        /// What stands before the colon.
        scheme: String,
    },
    /// The URL cannot be read.
    Url {
        /// The database, password left out.
        database: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The database did not let us in; names it without its password.
    Connect {
        /// The database, password left out.
        database: String,
        /// What the driver says.
        cause: String,
    },
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Scheme { scheme } => write!(
                formatter,
                "DATABASE_URL begins with {scheme:?}; expected sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME"
            ),
            Self::Url { database, cause } => {
                let hint = if database.starts_with("sqlite") {
                    "expected sqlite://FILE?mode=rwc"
                } else {
                    "expected postgres://USER:PASSWORD@HOST/NAME, with # / ? @ in the password as %23 %2F %3F %40"
                };
                write!(
                    formatter,
                    "DATABASE_URL {database} cannot be read: {cause}; {hint}"
                )
            }
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
    let unreadable = |cause: sqlx::Error| OpenError::Url {
        database: without_password(url),
        cause: cause.to_string().replace(url, &without_password(url)),
    };
    let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
    let plain = match scheme {
        "sqlite" => Plain::Sqlite(Box::new(url.parse().map_err(unreadable)?)),
        "postgres" | "postgresql" if rest.starts_with("//") => {
            Plain::Postgres(Box::new(url.parse().map_err(unreadable)?))
        }
        _ => {
            return Err(OpenError::Scheme {
                scheme: scheme.to_owned(),
            });
        }
    };
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        // Also how long a server that takes no connections is waited for.
        .acquire_timeout(Duration::from_secs(10))
        // A connection that was idle for less is not asked whether it is still there: it saves a round trip.
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| held(sqlite).busy_timeout(Duration::from_secs(30)))
        .map_sqlx_sqlite_pool_opts(move |pool| pool::tended(pool, time));
    if let Some(time) = time {
        options.statement_timeout(time);
    }
    match Database::connect(options).await {
        Ok(connection) => Ok(connection),
        Err(error) => Err(OpenError::Connect {
            database: without_password(url),
            cause: match timed_out(&error) {
                // The pool says only that it waited; what it waited for, one connection does.
                true => plain.trouble().await.unwrap_or_else(|| error.to_string()),
                false => error.to_string(),
            },
        }),
    }
}

/// How every connection to SQLite must be.
fn held(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
}

fn timed_out(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(ConnAcquireErr::Timeout) => true,
        DbErr::Conn(RuntimeErr::SqlxError(error)) => matches!(**error, sqlx::Error::PoolTimedOut),
        _ => false,
    }
}

/// What one connection needs, outside any pool.
enum Plain {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(Box<PgConnectOptions>),
}

impl Plain {
    /// Why no connection can be made; none when it can, or nothing is said in time.
    async fn trouble(self) -> Option<String> {
        let error = match self {
            Self::Sqlite(options) => {
                let made = held(*options).busy_timeout(PATIENCE).connect().await;
                made.err()?
            }
            Self::Postgres(options) => {
                let made = tokio::time::timeout(PATIENCE, options.connect()).await;
                match made {
                    Ok(made) => made.err()?,
                    Err(_) => return Some("nothing answers there".to_owned()),
                }
            }
        };
        Some(error.to_string())
    }
}
