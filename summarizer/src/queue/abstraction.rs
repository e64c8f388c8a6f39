//! Saving what came of saying an article in a model's own words: the abstract, or why there is none.

use chrono::{DateTime, Utc};
use entity::abstraction::{self, Ground, Grounds};
use entity::abstracts::{self, Kind};
use entity::job;
use entity::span::{Ranking, Spans};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Set,
};

use super::completion::{replace_abstract, stored};
use super::{Order, Queue, QueueError, while_};
use crate::abstractive::{OwnWords, Wording};
use crate::grounding::Grounded;

impl Queue {
    /// Put articles that are done back into the queue unless this model was asked about their text: so a model that the
    /// user brings later is asked about what is there already. What they have stays until the new is ready. Returns how
    /// many.
    ///
    /// # Errors
    /// [`QueueError`]; then nothing is changed.
    pub async fn order_wording(&self, model: &str, version: &str) -> Result<u64, QueueError> {
        let asked = abstraction::Entity::find()
            .select_only()
            .column(abstraction::Column::ArticleId)
            .filter(abstraction::Column::Model.eq(model))
            .filter(abstraction::Column::ModelVersion.eq(version))
            .filter(
                Expr::col((abstraction::Entity, abstraction::Column::TextHash))
                    .equals((job::Entity, job::Column::TextHash)),
            )
            .into_query();
        let ordered = self
            .put_back()
            .filter(job::Column::State.eq(job::State::Done))
            .filter(job::Column::ArticleId.not_in_subquery(asked))
            .exec(&self.database)
            .await
            .map_err(while_("ordering abstracts in a model's own words"))?;
        Ok(ordered.rows_affected)
    }
}

/// Save the attempt; without one, forget those of another text, which would stand before what is true now.
pub(super) async fn save(
    transaction: &DatabaseTransaction,
    order: &Order,
    attempt: Option<&OwnWords>,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let Some(attempt) = attempt else {
        return forget_older(transaction, order).await;
    };
    let (kept, refused) = match &attempt.wording {
        Wording::Written(sentences) => (sentences.as_slice(), None),
        Wording::Refused(reason) => (&[][..], Some(reason.clone())),
    };
    match attempt.text() {
        Some(text) => save_abstract(transaction, order, attempt, text, now).await?,
        None => {
            of_article(order).exec(transaction).await?;
        }
    }
    let row = abstraction::ActiveModel {
        article_id: Set(order.article.clone()),
        refused: Set(refused),
        sentences: Set(Grounds(kept.iter().map(ground).collect())),
        model: Set(attempt.model.clone()),
        model_version: Set(attempt.version.clone()),
        text_hash: Set(order.text_hash.clone()),
        created_at: Set(now),
    };
    let again = OnConflict::column(abstraction::Column::ArticleId)
        .update_columns([
            abstraction::Column::Refused,
            abstraction::Column::Sentences,
            abstraction::Column::Model,
            abstraction::Column::ModelVersion,
            abstraction::Column::TextHash,
            abstraction::Column::CreatedAt,
        ])
        .to_owned();
    abstraction::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

async fn save_abstract(
    transaction: &DatabaseTransaction,
    order: &Order,
    attempt: &OwnWords,
    text: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = abstracts::ActiveModel {
        article_id: Set(order.article.clone()),
        kind: Set(Kind::Abstractive),
        text: Set(text),
        sentences: Set(Spans(attempt.support().into_iter().map(stored).collect())),
        ranking: Set(Ranking::default()),
        model: Set(attempt.model.clone()),
        model_version: Set(attempt.version.clone()),
        text_hash: Set(order.text_hash.clone()),
        created_at: Set(now),
    };
    replace_abstract(transaction, row).await
}

async fn forget_older(transaction: &DatabaseTransaction, order: &Order) -> Result<(), DbErr> {
    of_article(order)
        .filter(abstracts::Column::TextHash.ne(order.text_hash.as_str()))
        .exec(transaction)
        .await?;
    abstraction::Entity::delete_many()
        .filter(abstraction::Column::ArticleId.eq(order.article.clone()))
        .filter(abstraction::Column::TextHash.ne(order.text_hash.as_str()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// The deletion of the article's abstract in a model's own words.
fn of_article(order: &Order) -> sea_orm::DeleteMany<abstracts::Entity> {
    abstracts::Entity::delete_many()
        .filter(abstracts::Column::ArticleId.eq(order.article.clone()))
        .filter(abstracts::Column::Kind.eq(Kind::Abstractive))
}

fn ground(sentence: &Grounded) -> Ground {
    Ground {
        text: sentence.text.clone(),
        support: sentence.support.iter().copied().map(stored).collect(),
    }
}
