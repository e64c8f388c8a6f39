//! Reading the audit.

use chrono::{DateTime, Utc};
use entity::{audit, token};
use sea_orm::prelude::*;
use sea_orm::{Order, QueryOrder, QuerySelect};

use super::{Record, record};
use crate::store::window::{End, Slice, Window};
use crate::store::{Store, StoreError};

/// A place in the audit: newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AuditPlace(pub i64);

/// One row of the audit.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number: later ones are greater.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// Name of the token.
    pub by: String,
    /// The mutation.
    pub action: String,
    /// The client's name for it.
    pub client_mutation_id: Option<String>,
    /// What was asked for.
    pub request: Json,
    /// What came of it.
    pub record: Record,
}

impl Store {
    /// The rows of the audit in a window, newest first.
    pub async fn audit(&self, window: &Window<AuditPlace>) -> Result<Slice<Entry>, StoreError> {
        let mut select = audit::Entity::find().find_also_related(token::Entity);
        if let Some(AuditPlace(id)) = window.after {
            select = select.filter(audit::Column::Id.lt(id));
        }
        if let Some(AuditPlace(id)) = window.before {
            select = select.filter(audit::Column::Id.gt(id));
        }
        let order = match window.end {
            End::First => Order::Desc,
            End::Last => Order::Asc,
        };
        let rows = select
            .order_by(audit::Column::Id, order)
            .limit(window.limit())
            .all(&self.connection)
            .await?;
        let entries: Result<Vec<Entry>, StoreError> = rows
            .into_iter()
            .map(|(row, token)| {
                let token = token.ok_or_else(|| {
                    StoreError::Damaged(format!("token {} is gone", row.token_id))
                })?;
                Ok(Entry {
                    id: row.id,
                    at: row.at,
                    by: token.name,
                    action: row.action,
                    client_mutation_id: row.client_mutation_id,
                    request: row.request,
                    record: record(row.outcome)?,
                })
            })
            .collect();
        Ok(window.slice(entries?))
    }

    /// How many rows the audit has.
    pub async fn count_audit(&self) -> Result<u64, StoreError> {
        Ok(audit::Entity::find().count(&self.connection).await?)
    }
}
