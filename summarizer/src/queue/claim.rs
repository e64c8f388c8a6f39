//! Taking orders, keeping them, and giving them back.

use std::collections::HashMap;

use entity::id::ArticleId;
use entity::{article, job};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
};

use super::{Order, Queue, QueueError, while_};

/// `$1` owner, `$2` end of the lease, `$3` now, `$4` how many, `$5` and `$6` the models at hand: orders for others are not its.
///
/// One statement, so atomic by itself: on PostgreSQL workers step over each other's rows; on SQLite, where one
/// writes at a time, they wait for each other. `ARRAY` makes PostgreSQL evaluate the choice once, not per row.
const CLAIM_ON_POSTGRES: &str = r#"
UPDATE "job"
SET "state" = 'RUNNING', "attempts" = "attempts" + 1, "lease_owner" = $1, "lease_until" = $2, "updated_at" = $3
WHERE "article_id" = ANY (ARRAY(
    SELECT "article_id" FROM "job"
    WHERE (("state" = 'QUEUED' AND "available_at" <= $3) OR ("state" = 'RUNNING' AND "lease_until" < $3))
      AND (CAST($5 AS text) IS NULL OR "model" IS NULL OR "model" IN (CAST($5 AS text), CAST($6 AS text)))
    ORDER BY "available_at", "article_id" LIMIT $4 FOR UPDATE SKIP LOCKED
))
RETURNING "article_id", "text_hash", "attempts", "model""#;

/// The same for SQLite.
const CLAIM_ON_SQLITE: &str = r#"
UPDATE "job"
SET "state" = 'RUNNING', "attempts" = "attempts" + 1, "lease_owner" = $1, "lease_until" = $2, "updated_at" = $3
WHERE "article_id" IN (
    SELECT "article_id" FROM "job"
    WHERE (("state" = 'QUEUED' AND "available_at" <= $3) OR ("state" = 'RUNNING' AND "lease_until" < $3))
      AND (CAST($5 AS text) IS NULL OR "model" IS NULL OR "model" IN (CAST($5 AS text), CAST($6 AS text)))
    ORDER BY "available_at", "article_id" LIMIT $4
)
RETURNING "article_id", "text_hash", "attempts", "model""#;

/// What the claim returns of an order: article, hash of its text, attempt, and the model that is wanted.
type Claimed = (ArticleId, String, i32, Option<String>);

impl Queue {
    /// Claim up to `most` orders that are due or whose worker is gone, the longest due first.
    ///
    /// # Errors
    /// [`QueueError`]; then nothing is claimed, or what is claimed falls free when the lease ends.
    pub async fn claim(&self, most: u32) -> Result<Vec<Order>, QueueError> {
        let now = self.now();
        let backend = self.database.get_database_backend();
        let sql = match backend {
            DbBackend::Postgres => CLAIM_ON_POSTGRES,
            _ => CLAIM_ON_SQLITE,
        };
        let values = [
            self.owner.clone().into(),
            (now + self.terms.lease).into(),
            now.into(),
            i64::from(most).into(),
            self.models.first().cloned().into(),
            self.models.last().cloned().into(),
        ];
        let claim = Statement::from_sql_and_values(backend, sql, values);
        let rows = self
            .database
            .query_all_raw(claim)
            .await
            .map_err(while_("claiming work"))?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            let read = || -> Result<Claimed, sea_orm::DbErr> {
                Ok((
                    row.try_get("", "article_id")?,
                    row.try_get("", "text_hash")?,
                    row.try_get("", "attempts")?,
                    row.try_get("", "model")?,
                ))
            };
            claimed.push(read().map_err(while_("claiming work"))?);
        }
        self.with_texts(claimed).await
    }

    /// Add the texts. An article that changed between the two statements is left out: its order was renewed.
    async fn with_texts(&self, claimed: Vec<Claimed>) -> Result<Vec<Order>, QueueError> {
        if claimed.is_empty() {
            return Ok(Vec::new());
        }
        let texts: Vec<(ArticleId, String, String, String, String)> = article::Entity::find()
            .select_only()
            .columns([
                article::Column::Id,
                article::Column::TextHash,
                article::Column::Title,
                article::Column::Body,
                article::Column::Language,
            ])
            .filter(article::Column::Id.is_in(claimed.iter().map(|(id, ..)| id.clone())))
            .into_tuple()
            .all(&self.database)
            .await
            .map_err(while_("reading articles"))?;
        let mut texts: HashMap<ArticleId, _> = texts
            .into_iter()
            .map(|(id, text_hash, title, body, language)| (id, (text_hash, title, body, language)))
            .collect();
        let mut orders = Vec::with_capacity(claimed.len());
        for (article, text_hash, attempt, model) in claimed {
            let Some((hash_now, title, body, language)) = texts.remove(&article) else {
                continue;
            };
            let order = Order {
                article,
                text_hash,
                attempt,
                title,
                body,
                language,
                model,
            };
            if hash_now == order.text_hash {
                orders.push(order);
            } else {
                // Without effect if the order was renewed with the text; else it ends as a failure, not in a loop.
                self.fail(&order, "the order is for another text than the article has")
                    .await?;
            }
        }
        // The claim returns rows in any order; work and logs should not.
        orders.sort_by(|left, right| left.article.cmp(&right.article));
        Ok(orders)
    }

    /// Extend the leases of all orders that this worker holds.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn renew(&self) -> Result<(), QueueError> {
        let now = self.now();
        job::Entity::update_many()
            .col_expr(job::Column::LeaseUntil, Expr::value(now + self.terms.lease))
            .col_expr(job::Column::UpdatedAt, Expr::value(now))
            .filter(job::Column::State.eq(job::State::Running))
            .filter(job::Column::LeaseOwner.eq(self.owner.as_str()))
            .exec(&self.database)
            .await
            .map_err(while_("renewing leases"))?;
        Ok(())
    }

    /// Give back all orders that this worker holds, as if it had never claimed them. Returns how many.
    ///
    /// # Errors
    /// [`QueueError`]; then they fall free when the lease ends.
    pub async fn release(&self) -> Result<u64, QueueError> {
        let now = self.now();
        let released = job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(job::State::Queued))
            .col_expr(
                job::Column::Attempts,
                Expr::col(job::Column::Attempts).sub(1),
            )
            .col_expr(job::Column::LeaseOwner, Expr::value(Option::<String>::None))
            .col_expr(
                job::Column::LeaseUntil,
                Expr::value(Option::<chrono::DateTime<chrono::Utc>>::None),
            )
            .col_expr(job::Column::UpdatedAt, Expr::value(now))
            .filter(job::Column::State.eq(job::State::Running))
            .filter(job::Column::LeaseOwner.eq(self.owner.as_str()))
            .exec(&self.database)
            .await
            .map_err(while_("releasing work"))?;
        Ok(released.rows_affected)
    }
}
