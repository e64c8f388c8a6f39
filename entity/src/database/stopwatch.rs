//! Statements of SQLite end when they take too long, as those of PostgreSQL do by its `statement_timeout`.
//!
//! SQLite runs a statement on a thread of its connection until it ends, whether anybody still waits for it or not. It
//! asks a handler now and then whether to go on; this one says no once its time is over. It cannot see a statement
//! begin, so it starts the clock when it is first asked, and a connection that goes back to its pool after it was
//! asked gets a new clock. Most statements end before it is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx::Error;
use sea_orm::sqlx::sqlite::SqliteConnection;

/// How many steps of SQLite's machine lie between two questions: about a millisecond.
const STEPS: i32 = 100_000;

/// The time that a statement may take, on all connections of a pool.
#[derive(Clone, Debug)]
pub(super) struct Stopwatch {
    limit: Duration,
    /// Clocks that run.
    running: Arc<AtomicUsize>,
}

/// One connection's clock.
struct Clock {
    stopwatch: Stopwatch,
    started: Option<Instant>,
}

impl Stopwatch {
    /// One for the connections of one pool, of which no statement shall take longer than `limit`.
    pub(super) fn of(limit: Duration) -> Self {
        Self {
            limit,
            running: Arc::default(),
        }
    }

    /// A connection goes back to its pool: its next statement has the whole time again.
    pub(super) async fn rewind(self, connection: &mut SqliteConnection) -> Result<(), Error> {
        if self.running.load(Ordering::Relaxed) > 0 {
            self.attach(connection).await?;
        }
        Ok(())
    }

    /// Give the connection a clock that stands still, in the place of the one it has. Waits for its statement to end.
    pub(super) async fn attach(self, connection: &mut SqliteConnection) -> Result<(), Error> {
        let mut clock = Clock {
            stopwatch: self,
            started: None,
        };
        let mut handle = connection.lock_handle().await?;
        handle.set_progress_handler(STEPS, move || clock.goes_on(Instant::now()));
        Ok(())
    }
}

impl Clock {
    /// Whether the statement may go on.
    fn goes_on(&mut self, now: Instant) -> bool {
        let started = *self.started.get_or_insert_with(|| {
            self.stopwatch.running.fetch_add(1, Ordering::Relaxed);
            now
        });
        now.duration_since(started) < self.stopwatch.limit
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        if self.started.is_some() {
            self.stopwatch.running.fetch_sub(1, Ordering::Relaxed);
        }
    }
}
