//! `communique migrate`.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use crate::store::Store;

/// Create or take back the tables of the archive.
#[derive(Args, Debug)]
pub(super) struct Migrate {
    /// What to do
    #[arg(value_enum, default_value = "up", env = "COMMUNIQUE_MIGRATE")]
    direction: Direction,
}

/// What to do with the migrations.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Direction {
    /// Apply all that are not applied yet
    Up,
    /// Take back the newest one, and what is stored in its tables with it
    Down,
    /// Say which are applied
    Status,
}

impl Migrate {
    pub(super) async fn run(self, url: &str) -> anyhow::Result<ExitCode> {
        let store = Store::open(url).await?;
        match self.direction {
            Direction::Up => match store.migrate_up().await? {
                0 => println!("the database is up to date"),
                1 => println!("1 migration applied"),
                count => println!("{count} migrations applied"),
            },
            Direction::Down => match store.migrate_down().await? {
                true => println!("1 migration taken back"),
                false => println!("no migration is applied"),
            },
            Direction::Status => {
                for (name, applied) in store.migrations().await? {
                    println!("{} {name}", if applied { "applied" } else { "pending" });
                }
            }
        }
        store.close().await?;
        Ok(ExitCode::SUCCESS)
    }
}
