//! A fresh, empty database for each test, on either engine, gone when the test ends.

use std::collections::hash_map::RandomState;
use std::fmt::Write as _;
use std::hash::{BuildHasher, Hasher};
use std::thread;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::environment;

/// The database engines Communiqué runs on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Engine {
    /// A file in a folder of its own under the system's temporary folder.
    Sqlite,
    /// A database of its own in the cluster that `PGHOST`, `PGPORT`, `PGUSER` and `PGPASSWORD` name.
    Postgres,
}

/// An empty database that nobody else uses; dropping it removes it.
#[derive(Debug)]
pub struct Fresh {
    url: String,
    place: Place,
}

#[derive(Debug)]
enum Place {
    // Held only so that it is removed with the rest.
    Folder { _held: TempDir },
    Cluster { server: String, name: String },
}

impl Fresh {
    /// Creates an empty database; nothing, and a printed line that says so, where there is no PostgreSQL.
    ///
    /// # Panics
    ///
    /// When the database cannot be created; and under `CI=true` when no PostgreSQL is there, because a test
    /// skipped for want of a server would otherwise look like one that passed.
    #[must_use]
    pub fn new(engine: Engine) -> Option<Self> {
        match engine {
            Engine::Sqlite => Some(Self::sqlite()),
            Engine::Postgres => Self::postgres(),
        }
    }

    /// An SQLite database in a temporary folder; the file is created by whoever connects first.
    ///
    /// # Panics
    ///
    /// When the temporary folder cannot be created.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder for an SQLite file");
        let file = folder.path().join("test.db");
        Self {
            url: format!("sqlite://{}?mode=rwc", file.display()),
            place: Place::Folder { _held: folder },
        }
    }

    fn postgres() -> Option<Self> {
        let Some(server) = Cluster::from_environment() else {
            let hint =
                "PGHOST is not set; run `make test`, or put `pg_virtualenv` before the command";
            assert!(!environment::in_ci(), "no PostgreSQL to test with: {hint}");
            println!("skipped: {hint}");
            return None;
        };
        let name = format!(
            "communique_test_{:016x}",
            RandomState::new().build_hasher().finish()
        );
        let admin = server.url("postgres");
        // template0 and C: the same encoding and order whatever locale the cluster was made in.
        administer(
            &admin,
            format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"),
        )
        .unwrap_or_else(|error| panic!("cannot create a database on {}: {error}", server.shown()));
        Some(Self {
            url: server.url(&name),
            place: Place::Cluster {
                server: admin,
                name,
            },
        })
    }

    /// The address to give as `DATABASE_URL`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The one number that a statement of SQL gives: what is really stored, whatever the programs say of it.
    ///
    /// # Panics
    ///
    /// When the database refuses the statement or answers it with anything but one whole number.
    #[must_use]
    #[track_caller]
    pub fn number(&self, sql: &str) -> i64 {
        let asked = sql.to_owned();
        let answer = on_a_thread(self.url.clone(), async move |connection| {
            let statement = Statement::from_string(connection.get_database_backend(), asked);
            let row = connection.query_one_raw(statement).await?;
            row.ok_or_else(|| DbErr::RecordNotFound("no row".to_owned()))?
                .try_get_by_index(0)
        });
        answer.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Which engine it is on.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.place {
            Place::Folder { .. } => Engine::Sqlite,
            Place::Cluster { .. } => Engine::Postgres,
        }
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if let Place::Cluster { server, name } = &self.place {
            // FORCE: a connection that a failing test left open must not keep the database.
            if let Err(error) = administer(
                server,
                format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            ) {
                println!("the test database {name} stays behind: {error}");
            }
        }
    }
}

/// What libpq's environment variables say about the cluster to use.
struct Cluster {
    host: String,
    port: String,
    user: String,
    password: Option<String>,
}

impl Cluster {
    fn from_environment() -> Option<Self> {
        Some(Self {
            host: environment::text("PGHOST")?,
            port: environment::text("PGPORT").unwrap_or_else(|| "5432".to_owned()),
            user: environment::text("PGUSER").unwrap_or_else(|| "postgres".to_owned()),
            password: environment::text("PGPASSWORD"),
        })
    }

    fn url(&self, database: &str) -> String {
        let mut url = format!("postgres://{}", percent_encoded(&self.user));
        if let Some(password) = &self.password {
            let _ = write!(url, ":{}", percent_encoded(password));
        }
        // A host that starts with a slash is the folder of a Unix socket, which has no place before the path.
        if self.host.starts_with('/') {
            let _ = write!(
                url,
                "@localhost:{}/{database}?host={}",
                self.port,
                percent_encoded(&self.host)
            );
        } else {
            let _ = write!(url, "@{}:{}/{database}", self.host, self.port);
        }
        url
    }

    fn shown(&self) -> String {
        format!("{}:{} as {}", self.host, self.port, self.user)
    }
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

fn administer(url: &str, statement: String) -> Result<(), DbErr> {
    on_a_thread(url.to_owned(), async move |connection| {
        connection.execute_unprepared(&statement).await.map(drop)
    })
}

/// Does something on a thread of its own, so that it can be called with or without a runtime around it.
fn on_a_thread<T: Send + 'static>(
    url: String,
    work: impl AsyncFnOnce(&DatabaseConnection) -> Result<T, DbErr> + Send + 'static,
) -> Result<T, DbErr> {
    thread::spawn(move || {
        runtime().block_on(async {
            let connection = Database::connect(url).await?;
            let done = work(&connection).await;
            connection.close().await?;
            done
        })
    })
    .join()
    .expect("the thread that asks the database does not panic")
}

/// A runtime with more than one thread, as the programs have.
///
/// # Panics
///
/// When the system has no threads left.
#[must_use]
pub fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime for the test")
}
