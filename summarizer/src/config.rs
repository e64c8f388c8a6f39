//! The process environment, read here and nowhere else: where the encoder lies by default.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folder in which `make setup` leaves the encoder: `$COMMUNIQUE_CACHE/models/all-MiniLM-L6-v2`, else
/// the same below `$XDG_CACHE_HOME/communique`, else below `~/.cache/communique`.
#[must_use]
pub fn default_model_folder() -> PathBuf {
    #[allow(
        clippy::disallowed_methods,
        reason = "this module is where the environment is read"
    )]
    default_model_folder_in(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
}

fn default_model_folder_in(variable: impl Fn(&str) -> Option<OsString>) -> PathBuf {
    let cache = variable("COMMUNIQUE_CACHE").map_or_else(
        || {
            variable("XDG_CACHE_HOME")
                .map_or_else(
                    || PathBuf::from(variable("HOME").unwrap_or_default()).join(".cache"),
                    PathBuf::from,
                )
                .join("communique")
        },
        PathBuf::from,
    );
    cache.join("models").join("all-MiniLM-L6-v2")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_named_first_wins() {
        let table: [(&[(&str, &str)], &str); 3] = [
            (
                &[
                    ("COMMUNIQUE_CACHE", "/a"),
                    ("XDG_CACHE_HOME", "/b"),
                    ("HOME", "/c"),
                ],
                "/a/models/all-MiniLM-L6-v2",
            ),
            (
                &[("XDG_CACHE_HOME", "/b"), ("HOME", "/c")],
                "/b/communique/models/all-MiniLM-L6-v2",
            ),
            (
                &[("HOME", "/c")],
                "/c/.cache/communique/models/all-MiniLM-L6-v2",
            ),
        ];
        for (variables, expected) in table {
            let folder = default_model_folder_in(|name| {
                let found = variables.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| OsString::from(value))
            });
            assert_eq!(folder, PathBuf::from(expected), "with {variables:?}");
        }
    }
}
