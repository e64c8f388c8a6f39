//! `communique-summarizer`: abstracts and topic labels by a local transformer.

mod command;

use std::process::ExitCode;

fn main() -> ExitCode {
    keep_memory();
    command::run()
}

/// Have the allocator keep what libtorch frees: it asks for the same megabytes again for the next batch, and a sixth of the time
/// in 32 bits went into the pages of memory that had been given back in between.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(
    unsafe_code,
    reason = "a setting of the C library, before there is another thread"
)]
fn keep_memory() {
    // SAFETY: mallopt takes two numbers, and no thread but this one runs yet.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 32 << 20);
        libc::mallopt(libc::M_TRIM_THRESHOLD, 256 << 20);
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn keep_memory() {}
