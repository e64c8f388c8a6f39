//! A database brought to where a test begins: with tables, with pages, with abstracts.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::program::{Ended, communique, summarizer};
use crate::shared::workspace;

/// The sample pages of this repository.
#[must_use]
pub fn samples() -> PathBuf {
    workspace().join("samples")
}

/// Creates the tables.
///
/// # Panics
///
/// When `communique migrate up` fails.
#[track_caller]
pub fn migrate(database: &str) {
    let _ = communique(database, ["migrate", "up"]).run().succeeds();
}

/// Reads these pages into a database with tables.
///
/// # Panics
///
/// When a page is refused.
#[track_caller]
pub fn ingest(database: &str, pages: &Path) -> Ended {
    let path = pages.as_os_str();
    communique(database, ["ingest".as_ref(), path])
        .run()
        .succeeds()
}

/// Works the summarizer's queue until it is empty, all languages by the English encoder: what most tests want is an
/// archive, for which loading another encoder each time is not worth the wait. [`summarise_in_all_languages`] loads it.
///
/// # Panics
///
/// When an article fails, or when it takes longer than a loaded machine may need.
#[track_caller]
pub fn summarise(database: &str) -> Ended {
    summarizer(database, ["run", "--multilingual", "off"])
        .within(Duration::from_secs(240))
        .run()
        .succeeds()
}

/// The same as a user has it: with an encoder for all languages.
///
/// # Panics
///
/// As [`summarise`] does.
#[track_caller]
pub fn summarise_in_all_languages(database: &str) -> Ended {
    summarizer(database, ["run"])
        .within(Duration::from_secs(240))
        .run()
        .succeeds()
}

/// All three.
///
/// # Panics
///
/// As they do.
#[track_caller]
pub fn fill(database: &str, pages: &Path) {
    migrate(database);
    ingest(database, pages);
    summarise(database);
}

/// Makes a token with these scopes (`ingest,edit`); its secret.
///
/// # Panics
///
/// When it is refused.
#[track_caller]
pub fn token(database: &str, name: &str, scopes: &str) -> String {
    let words = ["token", "create", "--name", name, "--scope", scopes];
    let made = communique(database, words).run().succeeds();
    made.stdout.trim().to_owned()
}
