//! When to stop: Ctrl-C, SIGTERM, or the end of whoever started us.

use anyhow::{Context, Result};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// Why the program was told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// SIGINT: somebody pressed Ctrl-C, and what comes after us in a script shall not run.
    Interrupted,
    /// SIGTERM, or the end of standard input of an attached worker: an orderly stop.
    Asked,
}

/// Listen from now on; the receiver gets the first reason. `attached`: also when standard input ends.
pub(super) fn listen(attached: bool) -> Result<oneshot::Receiver<Reason>> {
    let mut interrupt = signal(SignalKind::interrupt()).context("listening for SIGINT")?;
    let mut terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
    let (tell, told) = oneshot::channel();
    tokio::spawn(async move {
        let detached = async {
            if attached {
                // A thread that reads blocks, which is why the runtime does not wait for it in the end.
                let read = || std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
                drop(tokio::task::spawn_blocking(read).await);
            } else {
                std::future::pending::<()>().await;
            }
        };
        let reason = tokio::select! {
            _ = interrupt.recv() => Reason::Interrupted,
            _ = terminate.recv() => Reason::Asked,
            () = detached => Reason::Asked,
        };
        // Nobody listens any more if the work ended by itself.
        let _ = tell.send(reason);
    });
    Ok(told)
}
