//! When something last came to the archive or was corrected in it.

use chrono::{DateTime, Utc};
use entity::{article, audit};
use sea_orm::prelude::*;
use sea_orm::{QueryOrder, QuerySelect};

use super::{Store, StoreError};

impl Store {
    /// When an article last came or changed, or an editor last did something, each found at the end of an index; none in an
    /// empty archive. Of all articles: what a change took out of a list cannot be asked any more.
    pub async fn last_touched(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let corrected: Option<DateTime<Utc>> = audit::Entity::find()
            .select_only()
            .column(audit::Column::At)
            .order_by_desc(audit::Column::Id)
            .into_tuple()
            .one(&self.connection)
            .await?;
        let changed: Option<DateTime<Utc>> = article::Entity::find()
            .select_only()
            .column(article::Column::ChangedAt)
            .order_by_desc(article::Column::ChangedAt)
            .into_tuple()
            .one(&self.connection)
            .await?;
        Ok(corrected.max(changed))
    }
}
