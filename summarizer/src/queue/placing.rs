//! Putting an article into its story: found among the articles of the weeks around it, never among all.

mod candidates;
mod member;

use chrono::{DateTime, Utc};
use entity::id::ArticleId;
use entity::{article, job};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QuerySelect, TransactionTrait,
};

use super::retry::Retry;
use super::{Queue, QueueError, while_, writing};
use crate::story;
use member::Member;

/// Articles that are placed before others have their turn.
const AT_ONCE: u64 = 16;

impl Queue {
    /// Place some articles that are summarised and were never placed, or whose day, place among the repeats, or
    /// visibility changed since; needs no model. Returns how many: 0 when none is left.
    ///
    /// # Errors
    /// [`QueueError`]; what was placed until then stays so.
    pub async fn place_waiting(&self) -> Result<u64, QueueError> {
        let waiting: Vec<ArticleId> = self
            .waiting()
            .await
            .map_err(while_("looking for articles without a story"))?;
        let mut placed = 0;
        for article in waiting {
            let done = Retry::default().over(|| self.place_one(&article)).await;
            placed += u64::from(done.map_err(while_("placing an article among stories"))?);
        }
        Ok(placed)
    }

    async fn waiting(&self) -> Result<Vec<ArticleId>, DbErr> {
        job::Entity::find()
            .select_only()
            .column(job::Column::ArticleId)
            .inner_join(article::Entity)
            .filter(is_waiting())
            .filter(article::Column::HiddenAt.is_null())
            .order_by_asc(job::Column::ArticleId)
            .limit(AT_ONCE)
            .into_tuple()
            .all(&self.database)
            .await
    }

    /// Whether it did: another worker may have been faster.
    async fn place_one(&self, article: &ArticleId) -> Result<bool, DbErr> {
        let transaction = self.database.begin_with_options(writing()).await?;
        one_at_a_time(&transaction).await?;
        let still = job::Entity::find_by_id(article.clone())
            .filter(is_waiting())
            .one(&transaction)
            .await?;
        if still.is_none() {
            return Ok(false);
        }
        place(&transaction, article).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// The condition that an order is done and its article not placed; exactly that of the index on such orders.
fn is_waiting() -> Condition {
    Condition::all()
        .add(job::Column::PlacedBy.is_null())
        .add(Expr::col((job::Entity, job::Column::State)).eq(Expr::cust("'DONE'")))
}

/// Let no other worker place articles until the end of this transaction, as SQLite's write lock sees to by itself:
/// two that are placed at the same time would not see each other. To be taken before any row is written.
pub(super) async fn one_at_a_time(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        // Any number will do that neither program takes otherwise: that of saving pages, and one.
        transaction
            .execute_unprepared("SELECT pg_advisory_xact_lock(4857923571)")
            .await?;
    }
    Ok(())
}

/// Put an article into the story of those on the same event, or into none, by the embedding that is stored for its
/// text; take it out of the story it was in. A repeat of a text has no story of its own; a hidden article stays as it is.
pub(super) async fn place(transaction: &DatabaseTransaction, id: &ArticleId) -> Result<(), DbErr> {
    let Some(place) = Place::of(transaction, id).await? else {
        return Ok(());
    };
    if place.hidden_at.is_some() {
        return Ok(());
    }
    if let Some(story) = &place.story {
        leave(transaction, id, story).await?;
    }
    if place.repeats.is_none()
        && let Some(newcomer) = Member::find(transaction, id).await?
    {
        let same = candidates::on_the_same_event(transaction, &newcomer).await?;
        if !same.is_empty() {
            join(transaction, id, &same).await?;
        }
    }
    job::Entity::update_many()
        .col_expr(job::Column::PlacedBy, Expr::value(story::METHOD))
        .filter(job::Column::ArticleId.eq(id.clone()))
        .exec(transaction)
        .await?;
    Ok(())
}

/// What of an article decides whether it can be in a story.
#[derive(sea_orm::FromQueryResult)]
struct Place {
    story: Option<ArticleId>,
    repeats: Option<ArticleId>,
    hidden_at: Option<DateTime<Utc>>,
}

impl Place {
    async fn of(transaction: &DatabaseTransaction, id: &ArticleId) -> Result<Option<Self>, DbErr> {
        article::Entity::find_by_id(id.clone())
            .select_only()
            .column_as(article::Column::StoryId, "story")
            .column_as(article::Column::DuplicateOf, "repeats")
            .column(article::Column::HiddenAt)
            .into_model()
            .one(transaction)
            .await
    }
}

/// Take an article out of a story. What no longer hangs together without it parts.
async fn leave(
    transaction: &DatabaseTransaction,
    id: &ArticleId,
    story: &ArticleId,
) -> Result<(), DbErr> {
    let rest = Member::all_of_story(transaction, story, id).await?;
    let mut gone = article::Entity::update_many()
        .col_expr(
            article::Column::StoryId,
            Expr::value(Option::<String>::None),
        )
        .filter(article::Column::StoryId.eq(story.clone()));
    if !rest.complete {
        // Of a story of this size no more is told apart than the article that leaves.
        gone = gone.filter(article::Column::Id.eq(id.clone()));
        gone.exec(transaction).await?;
        return Ok(());
    }
    gone.filter(article::Column::HiddenAt.is_null())
        .exec(transaction)
        .await?;
    let tellings: Vec<_> = rest.members.iter().map(|member| &member.telling).collect();
    let first = story::stories(&tellings);
    for (of, place) in first.iter().enumerate() {
        // The first of each story speaks for it, unless it is alone.
        if of != *place {
            continue;
        }
        let together: Vec<ArticleId> = rest
            .members
            .iter()
            .zip(&first)
            .filter(|(_, first)| *first == place)
            .map(|(member, _)| member.id.clone())
            .collect();
        if together.len() > 1 {
            let one = article::Column::Id.is_in(together.iter().cloned());
            set_story(transaction, Condition::all().add(one), &together[0]).await?;
        }
    }
    Ok(())
}

/// Put an article and those on the same event into one story, with the stories that these are in.
async fn join(
    transaction: &DatabaseTransaction,
    id: &ArticleId,
    same: &[candidates::Found],
) -> Result<(), DbErr> {
    let stories = same.iter().filter_map(|found| found.story.clone());
    let alone = same.iter().filter(|found| found.story.is_none());
    let alone = alone.map(|found| found.id.clone()).chain([id.clone()]);
    let together = Condition::any()
        .add(article::Column::Id.is_in(alone))
        .add(article::Column::StoryId.is_in(stories));
    let first: Option<ArticleId> = article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(together.clone())
        .filter(article::Column::DuplicateOf.is_null())
        .order_by_asc(article::Column::IngestedAt)
        .order_by_asc(article::Column::Id)
        .into_tuple()
        .one(transaction)
        .await?;
    match first {
        Some(first) => set_story(transaction, together, &first).await,
        None => Ok(()),
    }
}

/// A story is named by its first article in the archive, so that no later one changes its name.
async fn set_story(
    transaction: &DatabaseTransaction,
    which: Condition,
    story: &ArticleId,
) -> Result<(), DbErr> {
    let other = article::Column::StoryId
        .is_null()
        .or(article::Column::StoryId.ne(story.clone()));
    article::Entity::update_many()
        .col_expr(article::Column::StoryId, Expr::value(story.clone()))
        .filter(which)
        .filter(other)
        .exec(transaction)
        .await?;
    Ok(())
}
