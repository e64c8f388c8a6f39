//! The only home of queries. Doors ask it in the words of the domain and get plain values or entities back.

pub mod articles;
pub mod changes;
pub mod editing;
pub mod editions;
pub mod indexed;
mod migrating;
pub mod pages;
mod place;
mod rows;
pub mod save;
pub mod slug;
pub mod summaries;
pub mod tallies;
mod title;
pub mod tokens;
mod touched;
pub mod version;
pub mod window;
mod writing;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use entity::database::{self, OpenError};
use sea_orm::{DatabaseConnection, DbErr};

use place::Place;

/// How many connections a server may hold: twice the cores of a small machine, as more make SQLite slower and larger.
const CONNECTIONS: u32 = 4;

/// The archive in its database. Cheap to clone: clones share the connections.
#[derive(Clone, Debug)]
pub struct Store {
    connection: DatabaseConnection,
    /// Where its file lies; none on PostgreSQL, or in memory.
    place: Option<Arc<Place>>,
    /// Shared by all clones.
    watch: Arc<changes::Watch>,
}

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The tables are not there, or not all.
    #[error("the database lacks {missing} of {known} migrations; run `communique migrate` first")]
    NotMigrated {
        /// Migrations not applied yet.
        missing: usize,
        /// Migrations this program knows.
        known: usize,
    },
    /// The tables are those of a program that knows more.
    #[error(
        "the database was made by a newer communique: this one does not know the migration {unknown}; use the newer one"
    )]
    Newer {
        /// A migration that is applied and that this program does not know.
        unknown: String,
    },
    /// Another file lies where the one lay that is open.
    #[error(
        "another file was put in the place of {} while this program has it open; start the program again",
        path.display()
    )]
    Replaced {
        /// Where the file is looked for.
        path: PathBuf,
    },
    /// The database refused. Its reason stands in the text, so it is not a source: a chain of causes would tell it twice.
    #[error("the database failed: {0}")]
    Database(DbErr),
    /// What was stored cannot be what this program stored.
    #[error("the archive is damaged: {0}")]
    Damaged(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}

impl StoreError {
    /// Of a value that the database wrote as JSON, and that is not the one that is stored there.
    pub(crate) fn unreadable(error: serde_json::Error) -> Self {
        Self::Damaged(format!("a value that cannot be read: {error}"))
    }
}

impl StoreError {
    /// Whether the database refused a text that it was asked to look for, because it can hold none like it: PostgreSQL has
    /// no U+0000. SQLite finds nothing then.
    pub fn is_of_unstorable_text(&self) -> bool {
        let Self::Database(error) = self else {
            return false;
        };
        writing::code(error).as_deref() == Some("22021")
    }
}

impl Store {
    /// Open the database, whatever its tables.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let connection = database::open(url, CONNECTIONS).await?;
        Self::over(connection).placed().await
    }

    /// Open the database and insist that its tables are those this program knows.
    pub async fn open_migrated(url: &str) -> Result<Self, StoreError> {
        Self::open(url).await?.migrated().await
    }

    /// The same, and no statement takes longer than `time`: it ends with an error, whoever still waits for it.
    pub async fn open_within(url: &str, time: Duration) -> Result<Self, StoreError> {
        let connection = database::open_within(url, CONNECTIONS, Some(time)).await?;
        Self::over(connection).placed().await?.migrated().await
    }

    async fn placed(self) -> Result<Self, StoreError> {
        let place = Place::of(&self.connection).await?.map(Arc::new);
        Ok(Self { place, ..self })
    }

    async fn migrated(self) -> Result<Self, StoreError> {
        let migrations = self.migrations().await?;
        let applied = migrations.iter().filter(|(_, applied)| *applied).count();
        if applied < migrations.len() {
            return Err(StoreError::NotMigrated {
                missing: migrations.len() - applied,
                known: migrations.len(),
            });
        }
        self.forget_other_clusters().await?;
        Ok(self)
    }

    /// The store over a connection made elsewhere: a test's, which counts its statements.
    pub fn over(connection: DatabaseConnection) -> Self {
        Self {
            connection,
            place: None,
            watch: Arc::default(),
        }
    }

    /// Let go of the database. On SQLite this folds the write-ahead log into the file, which is then whole by itself.
    pub async fn close(self) -> Result<(), StoreError> {
        self.watch.stop().await;
        Ok(self.connection.close().await?)
    }

    /// Whether the database answers, and is the one that was opened.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.unmoved()?;
        Ok(self.connection.ping().await?)
    }

    /// That no other file was put in the place of the one that is open: what is written to that would be lost, and could
    /// damage the other.
    fn unmoved(&self) -> Result<(), StoreError> {
        match self.place.as_deref().filter(|place| place.was_taken()) {
            Some(place) => Err(StoreError::Replaced {
                path: place.path().to_owned(),
            }),
            None => Ok(()),
        }
    }
}
