//! What goes wrong in libtorch, as an error.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Do it; a panic, as `rust-bert` makes of an exception of libtorch, becomes the message of an error.
pub(crate) fn guarded<T>(compute: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(compute)).unwrap_or_else(|panic| {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("a panic without a message");
        // The first line only: libtorch adds a page of C++ frames, and tch prints its line feeds as two letters.
        let line = message.lines().next().unwrap_or_default();
        Err(line.split("\\n").next().unwrap_or_default().to_owned())
    })
}
