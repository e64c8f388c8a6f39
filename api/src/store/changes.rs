//! Following the archive: what changed, in the order of the commits, whoever wrote it.

mod position;
mod watch;

use std::time::Duration;

use entity::change::{self, Kind};
use entity::id::ArticleId;
use sea_orm::prelude::*;
use sea_orm::sea_query::SimpleExpr;
use sea_orm::{DbBackend, ExprTrait, FromQueryResult, QueryOrder, QuerySelect, QueryTrait};

pub use position::{BadPosition, Position};
pub(super) use watch::Watch;

use super::{Store, StoreError};

/// The first and the longest pause before what is committed, but may still be overtaken, is looked at again.
const PAUSES: (Duration, Duration) = (Duration::from_millis(5), Duration::from_millis(500));

/// PostgreSQL: the first transaction that may still put a change into this database. Transactions of the whole cluster are
/// numbered together, and one that runs long in another database must not hold changes back here; which of those that
/// run are another's is told by the locks that they hold on their own numbers. One that cannot be told counts as ours.
const FIRST_RUNNING: &str = "(SELECT coalesce(min(running), pg_snapshot_xmax(pg_current_snapshot()))::text::bigint \
    FROM pg_snapshot_xip(pg_current_snapshot()) AS running WHERE running::xid NOT IN (\
    SELECT transactionid FROM pg_locks JOIN pg_stat_activity USING (pid) \
    WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted AND datname <> current_database()))";

/// One change of the archive. An older change of the same kind of the same article is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands among the changes.
    pub at: Position,
    /// The article, which may be gone.
    pub article: ArticleId,
    /// What changed.
    pub kind: Kind,
}

/// Follows the changes after a position. Several may follow one store: they share what wakes them.
#[derive(Debug)]
pub struct Follower {
    store: Store,
    after: Position,
    wakes: watch::Wakes,
}

#[derive(FromQueryResult)]
struct Row {
    transaction: i64,
    id: i64,
    article_id: ArticleId,
    kind: Kind,
    settled: bool,
}

impl Store {
    /// The changes after a position in the order of their commits, at most `limit`.
    ///
    /// None is ever skipped: on PostgreSQL, where a transaction may commit after a later one, a change is given only
    /// once no transaction before it runs any more.
    pub async fn changes(&self, after: &Position, limit: u64) -> Result<Vec<Change>, StoreError> {
        Ok(self.settled(after, limit).await?.0)
    }

    /// The position of the newest change: whoever follows from here misses nothing that commits from now on. Of what
    /// committed just before, some may come again.
    pub async fn newest_change(&self) -> Result<Position, StoreError> {
        let newest = change::Entity::find()
            .filter(self.is_settled())
            .apply_if(self.ordering_transaction(), |select, column| {
                select.order_by_desc(column)
            })
            .order_by_desc(change::Column::Id)
            .one(&self.connection)
            .await?;
        Ok(newest.map_or(Position::START, |row| Position::of(row.transaction, row.id)))
    }

    /// Follow the changes after a position. Nothing watches the database but while somebody follows.
    pub fn follow(&self, after: Position) -> Follower {
        Follower {
            wakes: self.watch.join(&self.connection),
            store: self.clone(),
            after,
        }
    }

    /// Wake those who follow this store: whoever writes by it calls this after the commit, so that they need not wait
    /// until it is noticed.
    pub(crate) fn written(&self) {
        self.watch.wake();
    }

    /// An archive that was restored from another PostgreSQL has changes of that one's transactions, which may be numbers
    /// that this one has not reached: have them come before all others, so that they are not waited for.
    pub(super) async fn forget_other_clusters(&self) -> Result<(), StoreError> {
        if self.connection.get_database_backend() == DbBackend::Postgres {
            change::Entity::update_many()
                .col_expr(change::Column::Transaction, Expr::value(0))
                .filter(Expr::col(change::Column::Transaction).gte(Expr::cust(
                    "pg_snapshot_xmax(pg_current_snapshot())::text::bigint",
                )))
                .exec(&self.connection)
                .await?;
        }
        Ok(())
    }

    /// The changes that are settled, and whether others wait for a transaction before them to end.
    async fn settled(
        &self,
        after: &Position,
        limit: u64,
    ) -> Result<(Vec<Change>, bool), StoreError> {
        let (transaction, id) = after.parts();
        let later = match self.ordering_transaction() {
            Some(column) => SimpleExpr::tuple([Expr::col(column), Expr::col(change::Column::Id)])
                .gt(SimpleExpr::tuple([Expr::val(transaction), Expr::val(id)])),
            None => change::Column::Id.gt(id),
        };
        let rows = change::Entity::find()
            .expr_as(self.is_settled(), "settled")
            .filter(later)
            .apply_if(self.ordering_transaction(), |select, column| {
                select.order_by_asc(column)
            })
            .order_by_asc(change::Column::Id)
            .limit(limit)
            .into_model::<Row>()
            .all(&self.connection)
            .await?;
        // They are sorted by transaction, so those that are settled come first.
        let count = rows.partition_point(|row| row.settled);
        let waiting = count < rows.len();
        let changes = rows.into_iter().take(count).map(|row| Change {
            at: Position::of(row.transaction, row.id),
            article: row.article_id,
            kind: row.kind,
        });
        Ok((changes.collect(), waiting))
    }

    /// What changes are sorted by before their ids. SQLite has one writer at a time, so there the ids alone are in the order
    /// of the commits; and of two columns it would use but the first of the index, and walk all changes each time.
    fn ordering_transaction(&self) -> Option<change::Column> {
        let backend = self.connection.get_database_backend();
        (backend == DbBackend::Postgres).then_some(change::Column::Transaction)
    }

    /// Whether no transaction that still runs may put a change before this one.
    fn is_settled(&self) -> SimpleExpr {
        match self.connection.get_database_backend() {
            DbBackend::Postgres => {
                Expr::col(change::Column::Transaction).lt(Expr::cust(FIRST_RUNNING))
            }
            _ => Expr::val(true),
        }
    }
}

impl Follower {
    /// The next changes, at least one and at most `limit`: waits until there is one. May be dropped while it waits and
    /// called again; also after an error, when the next call looks again.
    pub async fn next(&mut self, limit: u64) -> Result<Vec<Change>, StoreError> {
        let mut pause = PAUSES.0;
        loop {
            // Before it looks, so that what commits meanwhile wakes it.
            self.wakes.seen();
            let (changes, waiting) = self.store.settled(&self.after, limit).await?;
            if let Some(last) = changes.last() {
                self.after = last.at;
                return Ok(changes);
            }
            if waiting {
                // Nothing announces that a transaction without changes has ended.
                let _ = tokio::time::timeout(pause, self.wakes.next()).await;
                pause = (pause * 2).min(PAUSES.1);
            } else {
                self.wakes.next().await;
            }
        }
    }

    /// The position up to which changes were given.
    pub fn position(&self) -> Position {
        self.after
    }
}
