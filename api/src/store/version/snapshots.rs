//! The version of a PostgreSQL archive: what `pg_current_snapshot()` says, which changes when a transaction that writes
//! begins or ends, in any database of the cluster, and with nothing else.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use tokio::sync::{mpsc, oneshot};
use tracing::warn;

/// Answered with the snapshot; dropped when it could not be read.
type Waiting = oneshot::Sender<Arc<str>>;

/// Asks one connection for all who wait. Cheap to clone; ends with its last clone.
#[derive(Clone, Debug)]
pub(super) struct Snapshots(mpsc::UnboundedSender<Waiting>);

impl Snapshots {
    /// Of this connection. Spawns the task that asks it.
    pub(super) fn of(connection: DatabaseConnection) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        tokio::spawn(answer(connection, receiver));
        Self(sender)
    }

    /// The snapshot by a round trip that begins after this call.
    pub(super) async fn now(&self) -> Option<Arc<str>> {
        let (sender, receiver) = oneshot::channel();
        self.0.send(sender).ok()?;
        receiver.await.ok()
    }
}

/// One round trip for all who came while the last one was under way.
async fn answer(connection: DatabaseConnection, mut receiver: mpsc::UnboundedReceiver<Waiting>) {
    let mut waiting = Vec::new();
    while receiver.recv_many(&mut waiting, usize::MAX).await > 0 {
        match snapshot(&connection).await {
            Ok(snapshot) => {
                for one in waiting.drain(..) {
                    // Who no longer waits needs no answer.
                    let _ = one.send(snapshot.clone());
                }
            }
            Err(error) => {
                warn!(%error, "the version of the archive cannot be read, so replies are made anew");
                waiting.clear();
            }
        }
    }
}

async fn snapshot(connection: &DatabaseConnection) -> Result<Arc<str>, DbErr> {
    let asked = Statement::from_string(
        DbBackend::Postgres,
        "SELECT pg_current_snapshot()::text AS snapshot",
    );
    let row = connection.query_one_raw(asked).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("a snapshot".to_owned()))?;
    let text: String = row.try_get("", "snapshot")?;
    Ok(Arc::from(text))
}
