//! When to stop: Ctrl-C, SIGTERM, or the end of whoever started us.

use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};

/// Why the program was told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// SIGINT: somebody pressed Ctrl-C, and what comes after us in a script shall not run.
    Interrupted,
    /// SIGTERM, or the end of standard input of an attached worker: an orderly stop.
    Asked,
}

/// Listen from now on; the future is ready with the first reason. `attached`: also when standard input ends.
pub(super) fn listen(attached: bool) -> Result<impl Future<Output = Reason>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for SIGINT")?;
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => Reason::Interrupted,
            _ = terminate.recv() => Reason::Asked,
            () = input_ends(attached) => Reason::Asked,
        }
    })
}

/// Ready when standard input has ended; never, unless `attached`.
async fn input_ends(attached: bool) {
    if !attached {
        return std::future::pending().await;
    }
    // Reading blocks its thread, which is why the runtime does not wait for it in the end.
    let read = || std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
    // Input that cannot be read has ended, too.
    drop(tokio::task::spawn_blocking(read).await);
}
