//! Where the search index is kept.

use std::path::PathBuf;

use clap::Args;

use crate::search::{self, Search};
use crate::store::Store;

/// Where the search index is kept.
#[derive(Args, Debug)]
pub(super) struct Indexing {
    /// Folder of the search index, which is made and kept in step by itself and may be deleted. Default: beside the SQLite
    /// file, with .index after its name; for PostgreSQL the user's cache folder
    #[arg(long, env = "COMMUNIQUE_INDEX", value_name = "FOLDER")]
    index: Option<PathBuf>,
    /// The user's cache folder
    #[arg(long, env = "XDG_CACHE_HOME", hide = true, value_name = "FOLDER")]
    cache: Option<PathBuf>,
}

impl Indexing {
    /// Begin to keep the index of this archive. It is not waited for: the server answers meanwhile.
    pub(super) async fn start(self, store: &Store, url: &str) -> anyhow::Result<Search> {
        let archive = search::archive_name(store, url).await?;
        Ok(Search::start(store.clone(), self.root(url), &archive))
    }

    fn root(self, url: &str) -> PathBuf {
        if let Some(given) = self.index {
            return given;
        }
        if let Some(file) = sqlite_file(url) {
            return PathBuf::from(format!("{file}.index"));
        }
        let cache = self
            .cache
            .or_else(|| Some(std::env::home_dir()?.join(".cache")));
        cache
            .unwrap_or_else(std::env::temp_dir)
            .join("communique/index")
    }
}

/// The file of an SQLite database; none of one in memory, and of other databases.
fn sqlite_file(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    let path = path.split('?').next().unwrap_or(path);
    (!path.is_empty() && path != ":memory:").then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_lies_beside_an_sqlite_file_and_else_in_the_cache() {
        for (url, index, root) in [
            (
                "sqlite://communique.db?mode=rwc",
                None,
                "communique.db.index",
            ),
            ("sqlite:///var/a.db", None, "/var/a.db.index"),
            ("sqlite:///var/a.db", Some("/x"), "/x"),
            ("postgres://ada@db/archive", None, "/cache/communique/index"),
            ("sqlite::memory:", None, "/cache/communique/index"),
        ] {
            let indexing = Indexing {
                index: index.map(PathBuf::from),
                cache: Some(PathBuf::from("/cache")),
            };
            assert_eq!(indexing.root(url), PathBuf::from(root), "{url}");
        }
    }
}
