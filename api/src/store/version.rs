//! Which state of the archive a reply is of: a version that every committed write moves, whichever process makes it.
//!
//! Two versions that are equal stand for the same stored rows. A version asked for after a write was acknowledged is never
//! one from before it. So a reply made after version V was read may stand for all requests that find V still there.

mod snapshots;
mod wal_index;

use std::sync::Arc;

use entity::database;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use self::snapshots::Snapshots;
use self::wal_index::WalIndex;
use super::StoreError;

/// One state of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// SQLite: the header of the index of the write-ahead log, which each commit changes.
    WalIndex([u8; wal_index::HEADER]),
    /// PostgreSQL: which transactions have ended, as a snapshot says it.
    Snapshot(Arc<str>),
}

/// Tells the version of the archive as often as it is asked. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Versions(Source);

#[derive(Clone, Debug)]
enum Source {
    WalIndex(Arc<WalIndex>),
    Snapshots(Snapshots),
    /// A database in memory, which no other process sees and nobody caches.
    Untold,
}

impl Versions {
    /// Of the database at `url`, by a connection of its own, so that it never waits behind a query.
    ///
    /// # Errors
    ///
    /// When the database cannot be opened or does not say what it is.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let connection = database::open(url, 1).await?;
        if connection.get_database_backend() == DbBackend::Postgres {
            return Ok(Self(Source::Snapshots(Snapshots::of(connection))));
        }
        let named = Statement::from_string(
            DbBackend::Sqlite,
            "SELECT file FROM pragma_database_list WHERE name = 'main'",
        );
        let row = connection.query_one_raw(named).await?;
        let file: String = row
            .map(|row| row.try_get("", "file"))
            .transpose()?
            .unwrap_or_default();
        connection.close().await?;
        Ok(Self(if file.is_empty() {
            Source::Untold
        } else {
            Source::WalIndex(Arc::new(WalIndex::of(&file)))
        }))
    }

    /// The version now; none when it cannot be told: then nothing is known to be the same as before.
    pub async fn now(&self) -> Option<Version> {
        match &self.0 {
            Source::WalIndex(index) => index.header().map(Version::WalIndex),
            Source::Snapshots(snapshots) => snapshots.now().await.map(Version::Snapshot),
            Source::Untold => None,
        }
    }
}
