//! `communique`: see [`api::command`].

use std::process::ExitCode;

// Measured against the system's: fewer instructions a request, and memory given back after a burst.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    api::command::run()
}
