//! The summarizer as a child of the server: started, started again when it ends, stopped with the server.
//!
//! It is another process so that a crash or an out-of-memory of the C++ runtime cannot take the server down. It is told
//! to stop by the end of its standard input, which also comes when the server is killed: no orphan is left.

use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tracing::{error, info, warn};

/// Its file name.
const PROGRAM: &str = "communique-summarizer";
/// First and longest pause before it is started again.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];
/// How long it may take to put down what it has in hand.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which summarizer runs beside the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The one beside this program, if there is one.
    Auto,
    /// None.
    Off,
    /// This one.
    Program(PathBuf),
}

impl FromStr for Choice {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "auto" => Self::Auto,
            "off" => Self::Off,
            path => Self::Program(PathBuf::from(path)),
        })
    }
}

impl Choice {
    /// The program to run; an error if one is named that is not there.
    pub(super) fn program(&self) -> anyhow::Result<Option<PathBuf>> {
        match self {
            Self::Off => Ok(None),
            Self::Program(path) if path.is_file() => Ok(Some(path.clone())),
            Self::Program(path) => {
                bail!(
                    "--summarizer: {} is not a file; expected auto, off or the path of {PROGRAM}",
                    path.display()
                )
            }
            Self::Auto => {
                let own = std::env::current_exe().context("cannot tell where this program lies")?;
                let beside = own.parent().unwrap_or(Path::new(".")).join(PROGRAM);
                Ok(beside.is_file().then_some(beside))
            }
        }
    }
}

/// A summarizer that is kept running.
pub(super) struct Summarizer {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Summarizer {
    /// Start it on the database at `url`, and again with growing pauses whenever it ends.
    pub(super) fn start(program: PathBuf, url: String) -> Self {
        let (stop, stopped) = oneshot::channel();
        Self {
            stop,
            task: tokio::spawn(keep(program, url, stopped)),
        }
    }

    /// Let it put down what it has in hand, and wait until it has ended.
    pub(super) async fn stop(self) {
        // Nobody listens any more exactly when the task has ended.
        let _ = self.stop.send(());
        if let Err(cause) = self.task.await {
            error!(%cause, "the summarizer's keeper failed");
        }
    }
}

async fn keep(program: PathBuf, url: String, mut stopped: oneshot::Receiver<()>) {
    let mut pause = PAUSES[0];
    loop {
        let started = Instant::now();
        match spawn(&program, &url) {
            Ok(mut child) => {
                // Held apart, as waiting for the child would close it.
                let input = child.stdin.take();
                info!(program = %program.display(), pid = child.id(), "the summarizer runs");
                tokio::select! {
                    _ = &mut stopped => {
                        drop(input);
                        return end(child).await;
                    }
                    status = child.wait() => match status {
                        Ok(status) => warn!(%status, "the summarizer ended"),
                        Err(cause) => error!(%cause, "the summarizer is lost"),
                    },
                }
            }
            Err(cause) => {
                error!(%cause, program = %program.display(), "the summarizer cannot be started")
            }
        }
        if started.elapsed() > PAUSES[1] {
            pause = PAUSES[0];
        }
        info!(
            seconds = pause.as_secs(),
            "the summarizer is started again after a pause"
        );
        tokio::select! {
            _ = &mut stopped => return,
            () = sleep(pause) => {}
        }
        pause = (pause * 2).min(PAUSES[1]);
    }
}

fn spawn(program: &Path, url: &str) -> std::io::Result<Child> {
    Command::new(program)
        .args(["run", "--watch", "--attached"])
        // By the environment, as the arguments of a process are for everyone to see.
        .env("DATABASE_URL", url)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        // Ctrl-C in a terminal reaches the whole group: the server alone shall decide when the summarizer ends.
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

/// Wait for a child whose standard input has ended.
async fn end(mut child: Child) {
    match timeout(PATIENCE, child.wait()).await {
        Ok(Ok(status)) => info!(%status, "the summarizer ended"),
        Ok(Err(cause)) => error!(%cause, "the summarizer is lost"),
        Err(_) => {
            warn!(
                "the summarizer does not end by itself and is killed; its lease runs out and its articles are taken up again"
            );
            if let Err(cause) = child.kill().await {
                error!(%cause, "the summarizer cannot be killed");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summarizer_that_is_not_there_is_refused_by_name() {
        let choice: Choice = "/no/such/summarizer".parse().expect("any text is a choice");
        let error = choice.program().expect_err("it is not there").to_string();
        assert!(error.contains("/no/such/summarizer"), "{error}");
        assert_eq!(
            "off"
                .parse::<Choice>()
                .expect("any text is a choice")
                .program()
                .ok(),
            Some(None)
        );
    }
}
