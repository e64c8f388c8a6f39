//! `communique schema`.

use std::io::Write;
use std::process::ExitCode;

use crate::graphql;

/// Print the schema as `api/schema.graphql` holds it.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    std::io::stdout().write_all(graphql::sdl().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
