//! How what Communiqué stores came to be stored.
//!
//! Architecture invariant: a migration never imports `entity`. Entities follow the present; a migration says what
//! was true on its day and is not edited once released.

pub use sea_orm_migration::{MigrationStatus, MigratorTrait, seaql_migrations};

mod m20261122_000001_archive;
mod m20261124_000001_editing;
mod m20261125_000001_stories;
mod m20261125_000002_editions;
mod m20261126_000001_spaces;
mod m20261126_000002_teaching;
mod m20261126_000003_keyphrases;
mod m20261126_000004_abstraction;
mod m20261127_000001_changed;

use sea_orm_migration::MigrationTrait;

/// All migrations, oldest first.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_archive::Migration),
            Box::new(m20261124_000001_editing::Migration),
            Box::new(m20261125_000001_stories::Migration),
            Box::new(m20261125_000002_editions::Migration),
            Box::new(m20261126_000001_spaces::Migration),
            Box::new(m20261126_000002_teaching::Migration),
            Box::new(m20261126_000003_keyphrases::Migration),
            Box::new(m20261126_000004_abstraction::Migration),
            Box::new(m20261127_000001_changed::Migration),
        ]
    }
}
