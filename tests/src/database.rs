//! A fresh, empty database for each test, on either engine, gone when the test ends.

use std::collections::hash_map::RandomState;
use std::fmt::{Debug, Write as _};
use std::future::Future;
use std::hash::{BuildHasher, Hasher};
use std::thread;

use sea_orm::{ConnectionTrait, Database, DbErr};
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

/// Runs one statement on a thread of its own, so that it can be called with or without a runtime around it.
fn administer(url: &str, statement: String) -> Result<(), DbErr> {
    let url = url.to_owned();
    thread::spawn(move || {
        runtime().block_on(async {
            let connection = Database::connect(url).await?;
            connection.execute_unprepared(&statement).await?;
            connection.close().await
        })
    })
    .join()
    .expect("the thread that administers the cluster does not panic")
}

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime for the test")
}

/// What a test body may return: nothing, or a result whose error fails the test.
pub trait Verdict {
    /// Panics with the error, if there is one.
    fn deliver(self);
}

impl Verdict for () {
    fn deliver(self) {}
}

impl<E: Debug> Verdict for Result<(), E> {
    fn deliver(self) {
        if let Err(error) = self {
            panic!("{error:?}");
        }
    }
}

/// Runs an asynchronous body on a fresh database; skips as [`Fresh::new`] does. [`on_both_engines!`](crate::on_both_engines) calls it.
///
/// # Panics
///
/// As [`Fresh::new`] and the body do.
pub fn block_on<F, T>(engine: Engine, body: impl FnOnce(Fresh) -> F)
where
    F: Future<Output = T>,
    T: Verdict,
{
    with(engine, |database| runtime().block_on(body(database)));
}

/// Runs a body on a fresh database; skips as [`Fresh::new`] does. [`on_both_engines!`](crate::on_both_engines) calls it.
///
/// # Panics
///
/// As [`Fresh::new`] and the body do.
pub fn with<T: Verdict>(engine: Engine, body: impl FnOnce(Fresh) -> T) {
    if let Some(database) = Fresh::new(engine) {
        body(database).deliver();
    }
}

/// One test body, two tests: `name::sqlite` and `name::postgres`, each with a fresh database.
///
/// ```ignore
/// on_both_engines!(a_page_ingested_twice_changes_nothing, async |database| {
///     let store = Store::connect(database.url()).await.expect("connects");
/// });
/// on_both_engines!(status_of_an_empty_archive_is_all_zero, |database| -> Result<(), Error> {
///     // the same without a runtime
/// });
/// ```
#[macro_export]
macro_rules! on_both_engines {
    ($(#[$attribute:meta])* $name:ident, async |$database:ident| $(-> $output:ty)? $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn on_one_engine($database: $crate::Fresh) $(-> $output)? $body

            $crate::on_both_engines!(@tests block_on, $(#[$attribute])*);
        }
    };
    ($(#[$attribute:meta])* $name:ident, |$database:ident| $(-> $output:ty)? $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            fn on_one_engine($database: $crate::Fresh) $(-> $output)? $body

            $crate::on_both_engines!(@tests with, $(#[$attribute])*);
        }
    };
    (@tests $run:ident, $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[test]
        fn sqlite() {
            $crate::database::$run($crate::Engine::Sqlite, on_one_engine);
        }

        $(#[$attribute])*
        #[test]
        fn postgres() {
            $crate::database::$run($crate::Engine::Postgres, on_one_engine);
        }
    };
}
