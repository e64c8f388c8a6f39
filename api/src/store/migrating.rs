//! Making the tables and taking them back: all of it in one transaction, so that whoever is interrupted leaves the tables as
//! they were; and one at a time, so that whoever comes second finds it done.

use migration::{MigrationStatus, Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr};

use super::{Store, StoreError};

impl Store {
    /// Apply migrations not applied yet; their number.
    pub async fn migrate_up(&self) -> Result<usize, StoreError> {
        let transaction = self.begin_alone().await?;
        let pending = Migrator::get_pending_migrations(&transaction)
            .await
            .map_err(told)?
            .len();
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        Ok(pending)
    }

    /// Take back the newest migration applied; whether there was one.
    pub async fn migrate_down(&self) -> Result<bool, StoreError> {
        let transaction = self.begin_alone().await?;
        let applied = Migrator::get_applied_migrations(&transaction)
            .await
            .map_err(told)?
            .len();
        Migrator::down(&transaction, Some(1)).await?;
        transaction.commit().await?;
        Ok(applied > 0)
    }

    /// Every migration by name, oldest first, and whether it is applied.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let all = Migrator::get_migration_with_status_read_only(&self.connection)
            .await
            .map_err(told)?;
        Ok(all
            .iter()
            .map(|migration| {
                let applied = migration.status() == MigrationStatus::Applied;
                (migration.name().to_owned(), applied)
            })
            .collect())
    }

    /// A transaction during which nobody else migrates, as SQLite's write lock sees to by itself.
    async fn begin_alone(&self) -> Result<DatabaseTransaction, DbErr> {
        let transaction = self.begin().await?;
        if transaction.get_database_backend() == DbBackend::Postgres {
            // Any number will do that neither program takes otherwise: that of saving pages, and two.
            transaction
                .execute_unprepared("SELECT pg_advisory_xact_lock(4857923572)")
                .await?;
        }
        Ok(transaction)
    }
}

/// A migration that is applied and unknown is one of a newer program; the migrator says so in words only.
fn told(error: DbErr) -> StoreError {
    match &error {
        DbErr::Custom(text) if text.contains("its file is missing") => StoreError::Newer {
            unknown: text.split('\'').nth(1).unwrap_or_default().to_owned(),
        },
        _ => error.into(),
    }
}
