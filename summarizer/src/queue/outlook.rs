//! How much there is to do, and when.

use chrono::{DateTime, Utc};
use entity::id::ArticleId;
use entity::{article, job};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait};

use super::{Queue, QueueError, while_};

/// The state of the whole queue, all workers' orders included; without those that want another model than the one at
/// hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outlook {
    /// Orders to be claimed now or after a wait.
    pub queued: u64,
    /// Orders that some worker holds, or held when it died.
    pub running: u64,
    /// Orders given up.
    pub failed: u64,
    /// When the next order can be claimed at the latest, unless its worker renews it: now or earlier if one can be
    /// at once; `None` when there is nothing to do.
    pub next: Option<DateTime<Utc>>,
}

impl Outlook {
    /// Orders that are neither done nor given up.
    #[must_use]
    pub fn unfinished(&self) -> u64 {
        self.queued + self.running
    }
}

impl Queue {
    /// Count the orders.
    ///
    /// # Errors
    /// [`QueueError`]; [`QueueError::NotMigrated`] when there is no queue.
    pub async fn outlook(&self) -> Result<Outlook, QueueError> {
        type Row = (
            job::State,
            i64,
            Option<DateTime<Utc>>,
            Option<DateTime<Utc>>,
        );
        let rows: Vec<Row> = job::Entity::find()
            .select_only()
            .column(job::Column::State)
            .column_as(job::Column::ArticleId.count(), "orders")
            .column_as(job::Column::AvailableAt.min(), "available_at")
            .column_as(job::Column::LeaseUntil.min(), "lease_until")
            .filter(self.of_these_models())
            .group_by(job::Column::State)
            .into_tuple()
            .all(&self.database)
            .await
            .map_err(while_("counting the work"))?;
        let mut outlook = Outlook::default();
        for (state, orders, available_at, lease_until) in rows {
            let orders = u64::try_from(orders).unwrap_or_default();
            let due = match state {
                job::State::Queued => {
                    outlook.queued = orders;
                    available_at
                }
                job::State::Running => {
                    outlook.running = orders;
                    lease_until
                }
                job::State::Failed => {
                    outlook.failed = orders;
                    None
                }
                job::State::Done => None,
            };
            outlook.next = [outlook.next, due].into_iter().flatten().min();
        }
        Ok(outlook)
    }

    /// Put orders that were given up back into the queue. Returns how many.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn retry_failed(&self) -> Result<u64, QueueError> {
        let changed = self
            .put_back()
            .filter(job::Column::State.eq(job::State::Failed))
            .exec(&self.database)
            .await
            .map_err(while_("putting failed work back"))?;
        Ok(changed.rows_affected)
    }

    /// Orders given up at or after `since`: article, title, message.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn failures(
        &self,
        since: DateTime<Utc>,
    ) -> Result<Vec<(ArticleId, String, String)>, QueueError> {
        let rows: Vec<(ArticleId, String, Option<String>)> = job::Entity::find()
            .select_only()
            .column(job::Column::ArticleId)
            .column(article::Column::Title)
            .column(job::Column::Error)
            .join(sea_orm::JoinType::InnerJoin, job::Relation::Article.def())
            .filter(job::Column::State.eq(job::State::Failed))
            .filter(job::Column::UpdatedAt.gte(since))
            .order_by_asc(job::Column::ArticleId)
            .into_tuple()
            .all(&self.database)
            .await
            .map_err(while_("reading failures"))?;
        let said =
            |(id, title, error): (_, _, Option<String>)| (id, title, error.unwrap_or_default());
        Ok(rows.into_iter().map(said).collect())
    }
}
