//! Where the file of a SQLite archive lies, and whether it is still the one that was opened.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::StoreError;

/// A file that is open, and where it lay then.
#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    file: Identity,
}

/// Device and inode.
type Identity = (u64, u64);

impl Place {
    /// Of the database that is open; none if it is no file.
    pub(super) async fn of(connection: &DatabaseConnection) -> Result<Option<Self>, StoreError> {
        if connection.get_database_backend() != DbBackend::Sqlite {
            return Ok(None);
        }
        let named = Statement::from_string(
            DbBackend::Sqlite,
            "SELECT file FROM pragma_database_list WHERE name = 'main'",
        );
        let row = connection.query_one_raw(named).await?;
        let path: String = row
            .map(|row| row.try_get("", "file"))
            .transpose()?
            .unwrap_or_default();
        let path = PathBuf::from(path);
        Ok(identity(&path).map(|file| Self { path, file }))
    }

    /// Where it lay.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether another file, or none, lies there now.
    pub(super) fn was_taken(&self) -> bool {
        identity(&self.path) != Some(self.file)
    }
}

fn identity(path: &Path) -> Option<Identity> {
    let file = path.metadata().ok()?;
    Some((file.dev(), file.ino()))
}
