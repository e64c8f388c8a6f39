//! Editions of digests that were sent.

use chrono::{DateTime, Utc};
use entity::edition;
use entity::id::EditionId;
use sea_orm::ActiveValue::Set;
use sea_orm::QueryOrder;
use sea_orm::prelude::*;
use sea_orm::sea_query::OnConflict;

use super::{Store, StoreError};

impl Store {
    /// The edition of this id, if it was sent.
    pub async fn edition(&self, id: &EditionId) -> Result<Option<edition::Model>, StoreError> {
        Ok(edition::Entity::find_by_id(id.clone())
            .one(&self.connection)
            .await?)
    }

    /// The editions of a digest that were sent, in the order they were sent. All of them: an article that opens an issue may
    /// be of any day, and is left out of the issue of that day.
    pub async fn editions(&self, name: &str) -> Result<Vec<edition::Model>, StoreError> {
        Ok(edition::Entity::find()
            .filter(edition::Column::Name.eq(name))
            .order_by_asc(edition::Column::SentAt)
            .order_by_asc(edition::Column::Id)
            .all(&self.connection)
            .await?)
    }

    /// Keep that an edition is sent; whether this was the first to say so. Of two at the same time, one is.
    pub async fn keep_edition(&self, row: edition::Model) -> Result<bool, StoreError> {
        let row = edition::ActiveModel {
            id: Set(row.id),
            name: Set(row.name),
            period_from: Set(row.period_from),
            period_to: Set(row.period_to),
            articles: Set(row.articles),
            sent_at: Set(row.sent_at),
        };
        let mut known = OnConflict::column(edition::Column::Id);
        known.do_nothing();
        let inserted = edition::Entity::insert(row)
            .on_conflict(known)
            .exec_without_returning(&self.connection)
            .await?;
        Ok(inserted > 0)
    }

    /// Keep that an edition was sent once more.
    pub async fn resend_edition(
        &self,
        id: &EditionId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        edition::Entity::update_many()
            .col_expr(edition::Column::SentAt, Expr::value(now))
            .filter(edition::Column::Id.eq(id.clone()))
            .exec(&self.connection)
            .await?;
        Ok(())
    }

    /// Forget an edition that could not be written after all.
    pub async fn forget_edition(&self, id: &EditionId) -> Result<(), StoreError> {
        edition::Entity::delete_by_id(id.clone())
            .exec(&self.connection)
            .await?;
        Ok(())
    }
}
