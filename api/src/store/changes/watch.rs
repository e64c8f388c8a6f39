//! Noticing that somebody wrote, in this process or another, so that those who follow need not ask all the time.
//!
//! PostgreSQL says so to whoever listens. SQLite does not, so it is asked: a number that moves with every commit of
//! another connection. Both only while somebody follows.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, Connection};
use sea_orm::{DatabaseConnection, DbBackend};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tracing::warn;

/// The channel that the triggers of PostgreSQL notify.
const CHANNEL: &str = "communique_change";
/// How often SQLite is asked.
const ASK: Duration = Duration::from_millis(100);
/// How often those who follow are woken besides, on PostgreSQL; and how long after a failure it is tried again.
const BESIDES: Duration = Duration::from_secs(1);

/// The watch over one database. It is kept only while somebody follows.
#[derive(Debug, Default)]
pub(in crate::store) struct Watch(Mutex<Weak<Watcher>>);

/// Tells one follower that somebody wrote.
#[derive(Debug)]
pub(super) struct Wakes {
    woken: watch::Receiver<()>,
    // Held only so that the watch goes on.
    _held: Arc<Watcher>,
}

#[derive(Debug)]
struct Watcher {
    wake: watch::Sender<()>,
    stop: Arc<Notify>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Watch {
    /// Have somebody follow; the first one starts the watch.
    pub(super) fn join(&self, connection: &DatabaseConnection) -> Wakes {
        let mut current = lock(&self.0);
        let watcher = current.upgrade().unwrap_or_else(|| {
            let started = Watcher::start(connection);
            *current = Arc::downgrade(&started);
            started
        });
        Wakes {
            woken: watcher.wake.subscribe(),
            _held: watcher,
        }
    }

    /// Wake all who follow.
    pub(super) fn wake(&self) {
        if let Some(watcher) = lock(&self.0).upgrade() {
            watcher.wake.send_replace(());
        }
    }

    /// End the watch and wait until it has let go of the database.
    pub(in crate::store) async fn stop(&self) {
        let watcher = lock(&self.0).upgrade();
        let task = watcher.and_then(|watcher| {
            watcher.stop.notify_one();
            lock(&watcher.task).take()
        });
        if let Some(task) = task {
            // It may have ended with its runtime: then there is nothing to wait for.
            let _ = task.await;
        }
    }
}

impl Wakes {
    /// Forget what happened until now.
    pub(super) fn seen(&mut self) {
        self.woken.mark_unchanged();
    }

    /// Wait until somebody wrote since [`seen`](Self::seen) or the last call.
    pub(super) async fn next(&mut self) {
        // The sender lives as long as the watcher, which is held.
        let _ = self.woken.changed().await;
    }
}

impl Watcher {
    fn start(connection: &DatabaseConnection) -> Arc<Self> {
        let (wake, _) = watch::channel(());
        let stop = Arc::new(Notify::new());
        let (waking, stopped) = (wake.clone(), stop.clone());
        let task = match connection.get_database_backend() {
            DbBackend::Postgres => {
                let options = connection.get_postgres_connection_pool().connect_options();
                tokio::spawn(async move {
                    let listening = listen(&options, &waking);
                    tokio::select! {
                        () = listening => {}
                        () = every_second(&waking) => {}
                        () = stopped.notified() => {}
                    }
                })
            }
            _ => {
                let options = connection.get_sqlite_connection_pool().connect_options();
                tokio::spawn(async move { ask(&options, &waking, &stopped).await })
            }
        };
        Arc::new(Self {
            wake,
            stop,
            task: Mutex::new(Some(task)),
        })
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.stop.notify_one();
    }
}

/// Listen to PostgreSQL, for ever, whatever happens to the connection.
async fn listen(options: &PgConnectOptions, wake: &watch::Sender<()>) {
    loop {
        if let Err(cause) = listen_once(options, wake).await {
            warn!(%cause, "cannot listen for changes; they are looked for every second until it succeeds");
        }
        tokio::time::sleep(BESIDES).await;
    }
}

async fn listen_once(
    options: &PgConnectOptions,
    wake: &watch::Sender<()>,
) -> Result<(), sqlx::Error> {
    // A connection of its own, so that it is not one less for queries.
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .max_lifetime(None)
        .idle_timeout(None)
        .connect_with(options.clone())
        .await?;
    let mut listener = PgListener::connect_with(&pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // Also when it begins to listen, and listens again: what happened before that was not heard.
        wake.send_replace(());
        listener.try_recv().await?;
        while listener.next_buffered().is_some() {}
    }
}

/// A notification may get lost with a connection, and none comes when the last transaction before a change ends.
async fn every_second(wake: &watch::Sender<()>) {
    loop {
        tokio::time::sleep(BESIDES).await;
        wake.send_replace(());
    }
}

/// Ask SQLite whether another connection has written, until told to stop.
async fn ask(options: &SqliteConnectOptions, wake: &watch::Sender<()>, stopped: &Notify) {
    loop {
        let failed = match SqliteConnection::connect_with(options).await {
            Ok(mut connection) => {
                let failed = tokio::select! {
                    failed = ask_over(&mut connection, wake) => failed,
                    () = stopped.notified() => {
                        // It only read: there is nothing that could be lost.
                        let _ = connection.close().await;
                        return;
                    }
                };
                let _ = connection.close().await;
                failed
            }
            Err(failed) => failed,
        };
        warn!(cause = %failed, "cannot ask for changes; trying again");
        wake.send_replace(());
        tokio::select! {
            () = tokio::time::sleep(BESIDES) => {}
            () = stopped.notified() => return,
        }
    }
}

async fn ask_over(connection: &mut SqliteConnection, wake: &watch::Sender<()>) -> sqlx::Error {
    let mut last = None;
    loop {
        match sqlx::query_scalar::<_, i64>("PRAGMA data_version")
            .fetch_one(&mut *connection)
            .await
        {
            Ok(version) => {
                if last.replace(version) != Some(version) {
                    wake.send_replace(());
                }
            }
            Err(failed) => return failed,
        }
        tokio::time::sleep(ASK).await;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What it guards is whole after every statement, so a panic elsewhere does not harm it.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
