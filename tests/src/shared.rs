//! Where the real pages lie that may be read but not copied into the repository.

use std::path::{Path, PathBuf};

use crate::environment;

/// The folder of the workspace: where `Cargo.lock` and the `Makefile` are.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// The folder `shared` beside the checkout (`$COMMUNIQUE_SHARED` first, for checkouts that lie elsewhere);
/// nothing, and a printed line that says so, on a machine that has none.
#[must_use]
pub fn shared() -> Option<PathBuf> {
    let folder = match environment::variable("COMMUNIQUE_SHARED") {
        Some(named) => PathBuf::from(named),
        None => workspace().join("../shared"),
    };
    if folder.is_dir() {
        return Some(folder);
    }
    println!(
        "skipped: {} is not a folder; set COMMUNIQUE_SHARED to the folder that holds `seeds`",
        folder.display()
    );
    None
}

/// The folder of the five seed pages and their `expected.json`, where [`shared`] has it.
#[must_use]
pub fn seeds() -> Option<PathBuf> {
    shared()
        .map(|folder| folder.join("seeds"))
        .filter(|seeds| seeds.join("expected.json").is_file())
}

/// The folder of the encoder, where `make setup` linked it into this checkout.
///
/// # Panics
///
/// When it is not there.
#[must_use]
pub fn encoder() -> PathBuf {
    let folder = workspace().join(".cache/models/all-MiniLM-L6-v2");
    assert!(
        folder.join("SHA256SUMS").is_file(),
        "{} is not there; run `make setup`",
        folder.display()
    );
    folder
}
