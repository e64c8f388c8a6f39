//! The process environment, read here and nowhere else: where the encoders lie by default.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::model::import::NAME;

/// The folder in which `make setup` leaves the English encoder: `all-MiniLM-L6-v2` in [`cache`]`/models`.
#[must_use]
pub fn default_model_folder() -> PathBuf {
    cache().join("models").join("all-MiniLM-L6-v2")
}

/// The folder in which `make setup` leaves the encoder of all other languages.
#[must_use]
pub fn default_multilingual_folder() -> PathBuf {
    cache().join("models").join(NAME)
}

/// The folder in which `make setup` leaves what the multilingual encoder is made of.
#[must_use]
pub fn default_sources() -> PathBuf {
    cache().join("sources").join(NAME)
}

/// Where models are kept for all checkouts: `$COMMUNIQUE_CACHE`, else `$XDG_CACHE_HOME/communique`, else
/// `~/.cache/communique`.
#[must_use]
pub fn cache() -> PathBuf {
    #[allow(
        clippy::disallowed_methods,
        reason = "this module is where the environment is read"
    )]
    cache_in(|name| std::env::var_os(name).filter(|value| !value.is_empty()))
}

fn cache_in(variable: impl Fn(&str) -> Option<OsString>) -> PathBuf {
    variable("COMMUNIQUE_CACHE").map_or_else(
        || {
            variable("XDG_CACHE_HOME")
                .map_or_else(
                    || PathBuf::from(variable("HOME").unwrap_or_default()).join(".cache"),
                    PathBuf::from,
                )
                .join("communique")
        },
        PathBuf::from,
    )
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
                "/a",
            ),
            (&[("XDG_CACHE_HOME", "/b"), ("HOME", "/c")], "/b/communique"),
            (&[("HOME", "/c")], "/c/.cache/communique"),
        ];
        for (variables, expected) in table {
            let folder = cache_in(|name| {
                let found = variables.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| OsString::from(value))
            });
            assert_eq!(folder, PathBuf::from(expected), "with {variables:?}");
        }
    }
}
