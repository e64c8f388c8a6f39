//! Connections that stay open: WebSockets and event streams. How many there may be, and their end with the server's.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// How much of what stays open there may be, and what each may do.
#[derive(Clone, Debug)]
pub struct StandingLimits {
    /// WebSockets and event streams at once, on the whole server.
    pub connections: usize,
    /// Operations that run on them at once, on the whole server.
    pub operations: usize,
    /// Operations that run at once on one WebSocket.
    pub operations_each: usize,
    /// Bytes of one message to a WebSocket, its fragments together.
    pub message: usize,
    /// Frames that a WebSocket may send a second, twice as many at once.
    pub rate: u32,
    /// After how long a WebSocket on which nothing runs, and that says nothing, is closed.
    pub idle: Duration,
}

impl Default for StandingLimits {
    fn default() -> Self {
        Self {
            connections: 500,
            operations: 5_000,
            operations_each: 100,
            message: 1_000_000,
            rate: 100,
            idle: Duration::from_secs(60),
        }
    }
}

/// What all that stays open shares.
pub(super) struct Standing {
    pub(super) limits: StandingLimits,
    connections: Arc<Semaphore>,
    operations: Arc<Semaphore>,
    ending: watch::Receiver<()>,
}

/// A place among those that there may be; given back when dropped.
pub(super) struct Place {
    _held: OwnedSemaphorePermit,
}

/// Becomes ready when the server ends.
#[derive(Clone)]
pub(super) struct Ending(watch::Receiver<()>);

impl Standing {
    /// What shares these limits, until the sender of `ending` is dropped.
    pub(super) fn within(limits: StandingLimits, ending: watch::Receiver<()>) -> Self {
        Self {
            connections: Arc::new(Semaphore::new(limits.connections)),
            operations: Arc::new(Semaphore::new(limits.operations)),
            limits,
            ending,
        }
    }

    /// A place for one more connection, if there is one.
    pub(super) fn connection(&self) -> Option<Place> {
        self.connections
            .clone()
            .try_acquire_owned()
            .ok()
            .map(Place::of)
    }

    /// A place for one more operation, if there is one.
    pub(super) fn operation(&self) -> Option<Place> {
        self.operations
            .clone()
            .try_acquire_owned()
            .ok()
            .map(Place::of)
    }

    /// The end of the server.
    pub(super) fn ending(&self) -> Ending {
        Ending(self.ending.clone())
    }
}

impl Place {
    fn of(permit: OwnedSemaphorePermit) -> Self {
        Self { _held: permit }
    }
}

impl Ending {
    /// Wait for the end of the server.
    pub(super) async fn come(&mut self) {
        // Nothing is ever sent: what comes is the sender's end.
        while self.0.changed().await.is_ok() {}
    }
}

/// A receiver whose sender is dropped when the process is told to end.
pub(super) fn until_signal() -> std::io::Result<watch::Receiver<()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    let (sender, receiver) = watch::channel(());
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        drop(sender);
    });
    Ok(receiver)
}
