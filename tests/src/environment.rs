//! The one place where the tests read the environment.

#![expect(
    clippy::disallowed_methods,
    reason = "the rule sends programs to clap; the tests have no command line of their own"
)]

use std::env;
use std::ffi::OsString;

/// The value of a variable, when it is set and not empty.
#[must_use]
pub fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The value of a variable that must be text.
///
/// # Panics
///
/// When it is not valid Unicode.
#[must_use]
pub fn text(name: &str) -> Option<String> {
    variable(name).map(|value| {
        value
            .into_string()
            .unwrap_or_else(|_| panic!("{name} is not valid Unicode"))
    })
}

/// Whether this is a run that must not skip anything (`CI=true`, as hosted runners and `.ci/run` set it).
#[must_use]
pub fn in_ci() -> bool {
    variable("CI").is_some_and(|value| value == "true" || value == "1")
}
