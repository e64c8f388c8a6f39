//! `communique migrate`.

use std::io::Write;
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
        let done = match self.direction {
            Direction::Up => match store.migrate_up().await? {
                0 => "the database is up to date".to_owned(),
                1 => "1 migration applied".to_owned(),
                count => format!("{count} migrations applied"),
            },
            Direction::Down => match store.migrate_down().await? {
                true => "1 migration taken back".to_owned(),
                false => "no migration is applied".to_owned(),
            },
            Direction::Status => {
                let migrations = store.migrations().await?.into_iter();
                let lines: Vec<String> = migrations
                    .map(|(name, applied)| match applied {
                        true => format!("applied {name}"),
                        false => format!("pending {name}"),
                    })
                    .collect();
                lines.join("\n")
            }
        };
        store.close().await?;
        writeln!(std::io::stdout(), "{done}")?;
        Ok(ExitCode::SUCCESS)
    }
}
