//! The end of an attempt: everything that was computed and the order's completion, in one transaction; or a failure.

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::TopicId;
use entity::span::{self, Ranking, Spans};
use entity::{abstracts, article, job, label};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QuerySelect, Set, TransactionTrait,
};

use super::retry::Retry;
use super::vector::Vector;
use super::{Claim, Order, Queue, QueueError, abstraction, phrases, placing, while_, writing};
use crate::sentence::Span;
use crate::understanding::Understanding;

/// Scores that differ by less are shown as the same.
const SAME_SCORE: f64 = 5e-4;

/// What a failed attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The order is due again at this moment.
    Retry(DateTime<Utc>),
    /// The order is given up.
    GivenUp,
    /// The claim was no longer in force: nothing was changed.
    Lost,
}

impl Queue {
    /// Save what was understood, put the article into its story and complete the order, all or nothing. Labels by the
    /// model are replaced, unless an editor set the article's labels: those stay alone until the editor gives them back.
    ///
    /// # Errors
    /// [`QueueError`]; then nothing is changed.
    pub async fn complete(
        &self,
        order: &Order,
        understanding: &Understanding,
        model: &str,
        version: &str,
    ) -> Result<Claim, QueueError> {
        Retry::default()
            .over(|| self.try_complete(order, understanding, model, version))
            .await
            .map_err(while_("saving a summary"))
    }

    async fn try_complete(
        &self,
        order: &Order,
        understanding: &Understanding,
        model: &str,
        version: &str,
    ) -> Result<Claim, DbErr> {
        let now = self.now();
        let transaction = self.database.begin_with_options(writing()).await?;
        placing::one_at_a_time(&transaction).await?;
        let completed = job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(job::State::Done))
            .col_expr(job::Column::LeaseOwner, Expr::value(Option::<String>::None))
            .col_expr(
                job::Column::LeaseUntil,
                Expr::value(Option::<DateTime<Utc>>::None),
            )
            .col_expr(job::Column::Error, Expr::value(Option::<String>::None))
            .col_expr(job::Column::UpdatedAt, Expr::value(now))
            .col_expr(job::Column::PlacedBy, Expr::value(Option::<String>::None))
            .filter(self.in_force(order))
            .exec(&transaction)
            .await?;
        if completed.rows_affected == 0 {
            transaction.rollback().await?;
            return Ok(Claim::Lost);
        }
        let stamp = Stamp {
            order,
            model,
            version,
            now,
        };
        stamp.save_abstract(&transaction, understanding).await?;
        let own_words = understanding.own_words.as_ref();
        abstraction::save(&transaction, order, own_words, now).await?;
        stamp.save_labels(&transaction, understanding).await?;
        phrases::save(&transaction, &order.article, &understanding.keyphrases, now).await?;
        if let Some(embedding) = &understanding.embedding {
            let vector = Vector {
                article: &order.article,
                text_hash: &order.text_hash,
                model,
                version,
                multilingual: understanding.maker.multilingual,
                now,
            };
            vector.save(&transaction, embedding).await?;
        }
        placing::place(&transaction, &order.article).await?;
        transaction.commit().await?;
        Ok(Claim::Held)
    }

    /// Record that an attempt failed: due again after a wait that doubles each time, or given up.
    ///
    /// # Errors
    /// [`QueueError`].
    pub async fn fail(&self, order: &Order, message: &str) -> Result<Failure, QueueError> {
        let now = self.now();
        let outcome = if order.attempt < self.terms.attempts {
            let doublings = u32::try_from(order.attempt - 1).unwrap_or(0).min(16);
            let wait = self.terms.retry_after * 2_i32.pow(doublings);
            Failure::Retry(now + wait.max(TimeDelta::zero()))
        } else {
            Failure::GivenUp
        };
        let (state, available_at) = match outcome {
            Failure::Retry(at) => (job::State::Queued, at),
            _ => (job::State::Failed, now),
        };
        let changed = job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(state))
            .col_expr(job::Column::AvailableAt, Expr::value(available_at))
            .col_expr(job::Column::LeaseOwner, Expr::value(Option::<String>::None))
            .col_expr(
                job::Column::LeaseUntil,
                Expr::value(Option::<DateTime<Utc>>::None),
            )
            .col_expr(job::Column::Error, Expr::value(message))
            .col_expr(job::Column::UpdatedAt, Expr::value(now))
            .filter(self.in_force(order))
            .exec(&self.database)
            .await
            .map_err(while_("recording a failure"))?;
        Ok(if changed.rows_affected == 0 {
            Failure::Lost
        } else {
            outcome
        })
    }
}

/// Save an abstract in the place of the one of its kind that the article had. One that says the same keeps its moment, so
/// that readers of feeds are told of it only when there is something new to read.
pub(super) async fn replace_abstract(
    transaction: &DatabaseTransaction,
    mut row: abstracts::ActiveModel,
) -> Result<(), DbErr> {
    if let (Some(article), Some(kind)) = (row.article_id.try_as_ref(), row.kind.try_as_ref()) {
        let before = abstracts::Entity::find_by_id((article.clone(), *kind))
            .one(transaction)
            .await?;
        if let Some(before) = before
            && row.text.try_as_ref() == Some(&before.text)
            && row.sentences.try_as_ref() == Some(&before.sentences)
        {
            row.created_at = Set(before.created_at);
        }
    }
    let again = OnConflict::columns([abstracts::Column::ArticleId, abstracts::Column::Kind])
        .update_columns([
            abstracts::Column::Text,
            abstracts::Column::Sentences,
            abstracts::Column::Ranking,
            abstracts::Column::Model,
            abstracts::Column::ModelVersion,
            abstracts::Column::TextHash,
            abstracts::Column::CreatedAt,
        ])
        .to_owned();
    abstracts::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// What every saved row says about where it comes from.
struct Stamp<'a> {
    order: &'a Order,
    model: &'a str,
    version: &'a str,
    now: DateTime<Utc>,
}

impl Stamp<'_> {
    async fn save_abstract(
        &self,
        transaction: &DatabaseTransaction,
        understanding: &Understanding,
    ) -> Result<(), DbErr> {
        let kind = abstracts::Kind::Extractive;
        let Some(found) = &understanding.abstract_ else {
            abstracts::Entity::delete_by_id((self.order.article.clone(), kind))
                .exec(transaction)
                .await?;
            return Ok(());
        };
        let ranking = understanding.ranking.iter().map(|ranked| {
            let span::Span { start, end } = stored(ranked.span);
            #[allow(
                clippy::cast_possible_truncation,
                reason = "a score is comparable within one article, no more"
            )]
            let score = ((ranked.score * 1e4).round() / 1e4) as f32;
            span::Ranked {
                start,
                end,
                score,
                omissible: ranked.omissible.iter().copied().map(stored).collect(),
                passing: u32::try_from(ranked.passing).unwrap_or(u32::MAX),
                leans_on: ranked.leans_on.map(stored),
            }
        });
        let row = abstracts::ActiveModel {
            article_id: Set(self.order.article.clone()),
            kind: Set(kind),
            text: Set(found.text.clone()),
            sentences: Set(Spans(found.sentences.iter().copied().map(stored).collect())),
            ranking: Set(Ranking(ranking.collect())),
            model: Set(self.model.to_owned()),
            model_version: Set(self.version.to_owned()),
            text_hash: Set(self.order.text_hash.clone()),
            created_at: Set(self.now),
        };
        replace_abstract(transaction, row).await
    }

    async fn save_labels(
        &self,
        transaction: &DatabaseTransaction,
        understanding: &Understanding,
    ) -> Result<(), DbErr> {
        // The row is held until the commit, so that an editor who sets labels now comes before us or after, not between.
        let editors = article::Entity::find_by_id(self.order.article.clone())
            .select_only()
            .column(article::Column::LabelsSetAt)
            .lock_shared()
            .into_tuple::<Option<DateTime<Utc>>>()
            .one(transaction)
            .await?;
        if editors.flatten().is_some() {
            return Ok(());
        }
        let models = Condition::all()
            .add(label::Column::ArticleId.eq(self.order.article.clone()))
            .add(label::Column::Origin.eq(label::Origin::Model));
        let before = label::Entity::find()
            .filter(models.clone())
            .all(transaction)
            .await?;
        let created_at = same_labels(&before, understanding).unwrap_or(self.now);
        label::Entity::delete_many()
            .filter(models)
            .exec(transaction)
            .await?;
        if understanding.labels.is_empty() {
            return Ok(());
        }
        let judge = understanding.judge.as_ref();
        let model = judge.map_or(self.model, |judge| &judge.name);
        let rows = understanding.labels.iter().map(|found| {
            let evidence = found.evidence.map(places);
            label::ActiveModel {
                article_id: Set(self.order.article.clone()),
                topic_id: Set(TopicId(found.topic.clone())),
                score: Set(found.score),
                evidence_start: Set(evidence.map(|(start, _)| start)),
                evidence_end: Set(evidence.map(|(_, end)| end)),
                origin: Set(label::Origin::Model),
                model: Set(Some(model.to_owned())),
                created_at: Set(created_at),
            }
        });
        // What is left there is an editor's, and stays.
        let mut keep = OnConflict::columns([label::Column::ArticleId, label::Column::TopicId]);
        keep.do_nothing();
        let mut insert = sea_orm::QueryTrait::into_query(label::Entity::insert_many(rows));
        transaction.execute(insert.on_conflict(keep)).await?;
        Ok(())
    }
}

/// When the labels that an article had were assigned, if they are those that were found again: then nobody sees a change.
/// All or none, as one that goes leaves no trace in those that stay.
fn same_labels(before: &[label::Model], understanding: &Understanding) -> Option<DateTime<Utc>> {
    let same = |label: &label::Model| {
        understanding.labels.iter().any(|found| {
            found.topic == label.topic_id.0 && (found.score - label.score).abs() < SAME_SCORE
        })
    };
    (before.len() == understanding.labels.len() && before.iter().all(same))
        .then(|| before.iter().map(|label| label.created_at).max())
        .flatten()
}

pub(super) fn stored(span: Span) -> span::Span {
    let place = |value| u32::try_from(value).unwrap_or(u32::MAX);
    span::Span {
        start: place(span.start),
        end: place(span.end),
    }
}

fn places(span: Span) -> (i32, i32) {
    let place = |value| i32::try_from(value).unwrap_or(i32::MAX);
    (place(span.start), place(span.end))
}
