//! Waiting for what another process does, with a deadline.

use std::thread;
use std::time::{Duration, Instant};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks again and again until there is something to see.
///
/// Only for what cannot be waited for otherwise: a process that another started, a row that another wrote.
///
/// # Panics
///
/// When there is still nothing after `deadline`; `what` says what was waited for.
#[track_caller]
pub fn eventually<T>(what: &str, deadline: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(
            started.elapsed() < deadline,
            "waited {deadline:?} in vain for {what}"
        );
        thread::park_timeout(PAUSE);
    }
}
