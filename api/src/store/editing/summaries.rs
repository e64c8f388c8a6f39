//! Ordering summaries again.

use chrono::{DateTime, Utc};
use entity::job::{self, State};
use entity::{abstracts, article, embedding};
use sea_orm::prelude::*;
use sea_orm::{QuerySelect, QueryTrait, SelectExt};
use serde_json::json;

use super::{Deed, EditError, Outcome, Record};
use crate::store::articles::{self, ArticleFilter};
use crate::store::{Store, StoreError};

impl Store {
    /// Order a new summary of every article that passes the filter, of a model of this name if one is given. The
    /// summaries there are stand until then.
    pub async fn resummarize(
        &self,
        deed: &Deed,
        filter: &ArticleFilter,
        model: Option<&str>,
    ) -> Result<Record, EditError> {
        self.once(deed, |held| async move {
            let transaction = &*held;
            let passing = article::Entity::find()
                .select_only()
                .column(article::Column::Id)
                .filter(articles::condition(filter, transaction).await?)
                .into_query();
            let ordered = job::Entity::update_many()
                .col_expr(job::Column::State, Expr::value(State::Queued))
                .col_expr(job::Column::Attempts, Expr::value(0))
                .col_expr(job::Column::AvailableAt, Expr::value(deed.at))
                .col_expr(job::Column::LeaseOwner, Expr::value(Option::<String>::None))
                .col_expr(
                    job::Column::LeaseUntil,
                    Expr::value(Option::<DateTime<Utc>>::None),
                )
                .col_expr(job::Column::Error, Expr::value(Option::<String>::None))
                .col_expr(job::Column::UpdatedAt, Expr::value(deed.at))
                .col_expr(
                    job::Column::Model,
                    Expr::value(model.map(ToOwned::to_owned)),
                )
                .filter(job::Column::ArticleId.in_subquery(passing))
                .exec(transaction)
                .await?;
            let outcome = if ordered.rows_affected == 0 {
                Outcome::Unchanged
            } else {
                Outcome::Queued
            };
            let mut record = Record::of(outcome, Vec::new(), json!(null));
            record.count = Some(ordered.rows_affected);
            Ok(record)
        })
        .await
    }

    /// Whether anything in the archive was made by a model of this name: an abstract or an embedding.
    pub async fn knows_model(&self, name: &str) -> Result<bool, StoreError> {
        let abstracts = abstracts::Entity::find().filter(abstracts::Column::Model.eq(name));
        let embeddings = embedding::Entity::find().filter(embedding::Column::Model.eq(name));
        Ok(
            abstracts.exists(&self.connection).await?
                || embeddings.exists(&self.connection).await?,
        )
    }
}
