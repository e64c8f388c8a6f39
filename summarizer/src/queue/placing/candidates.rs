//! The articles that one is compared with: those of the weeks around it; and where a day is not known, those that came
//! into the archive about the same time.

use chrono::{NaiveDate, TimeDelta};
use entity::id::ArticleId;
use entity::{article, embedding};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::member::{Member, is_fresh};
use crate::encoder::Embedding;
use crate::story::{self, Place};

/// An article on the same event.
pub(super) struct Found {
    pub(super) id: ArticleId,
    /// The story it is in already.
    pub(super) story: Option<ArticleId>,
}

/// Vectors held at once.
const VECTORS: u64 = 512;

/// Texts held at once.
const TEXTS: usize = 64;

/// Articles before and after one, in the order in which they came, that it is compared with if either has no day.
const BESIDE: u64 = 500;

/// All articles on the same event as this one, by what is stored now: found in each space that it is in.
pub(super) async fn on_the_same_event(
    transaction: &DatabaseTransaction,
    newcomer: &Member,
) -> Result<Vec<Found>, DbErr> {
    let mut found = Vec::new();
    for place in &newcomer.telling.places {
        in_space(transaction, newcomer, place, &mut found).await?;
    }
    found.sort_by(|one: &Found, other| one.id.cmp(&other.id));
    found.dedup_by(|one, other| one.id == other.id);
    Ok(found)
}

async fn in_space(
    transaction: &DatabaseTransaction,
    newcomer: &Member,
    place: &Place,
    found: &mut Vec<Found>,
) -> Result<(), DbErr> {
    if let Some(day) = newcomer.telling.day {
        let mut after = None;
        loop {
            let rows = window(newcomer, place, day, after).all(transaction).await?;
            after = rows
                .last()
                .and_then(|last| last.published_on.map(|day| (day, last.id.clone())));
            let last = (rows.len() as u64) < VECTORS;
            compare(transaction, newcomer, place, rows, found).await?;
            if last || after.is_none() {
                break;
            }
        }
    }
    for order in [Order::Asc, Order::Desc] {
        let rows = beside(newcomer, place, order).all(transaction).await?;
        compare(transaction, newcomer, place, rows, found).await?;
    }
    Ok(())
}

/// Of these candidates those on the same event. A text is read only where the vectors leave it possible.
async fn compare(
    transaction: &DatabaseTransaction,
    newcomer: &Member,
    place: &Place,
    candidates: Vec<Candidate>,
    found: &mut Vec<Found>,
) -> Result<(), DbErr> {
    let telling = &newcomer.telling;
    let promising: Vec<Candidate> = candidates
        .into_iter()
        .filter(|candidate| candidate.is_promising(place, &telling.language))
        .collect();
    for some in promising.chunks(TEXTS) {
        let ids: Vec<ArticleId> = some.iter().map(|candidate| candidate.id.clone()).collect();
        let members = Member::find_all(transaction, &ids).await?;
        for member in members {
            if !telling.same_event(&member.telling) {
                continue;
            }
            let candidate = some.iter().find(|candidate| candidate.id == member.id);
            found.push(Found {
                story: candidate.and_then(|candidate| candidate.story_id.clone()),
                id: member.id,
            });
        }
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Candidate {
    id: ArticleId,
    language: String,
    published_on: Option<NaiveDate>,
    story_id: Option<ArticleId>,
    vector: Vec<u8>,
}

impl Candidate {
    fn is_promising(&self, place: &Place, language: &str) -> bool {
        let cosine = place
            .embedding
            .similarity(&Embedding::from_bytes(&self.vector));
        story::promising(cosine, place.multilingual, &self.language, language)
    }
}

type Candidates = sea_orm::Selector<sea_orm::SelectModel<Candidate>>;

/// The next of those published within some weeks of this day, in the order of the index on days.
fn window(
    newcomer: &Member,
    place: &Place,
    day: NaiveDate,
    after: Option<(NaiveDate, ArticleId)>,
) -> Candidates {
    let weeks = TimeDelta::days(story::DAYS);
    let from = after.as_ref().map_or(day - weeks, |(last, _)| *last);
    let mut select = candidates(newcomer, place)
        .filter(article::Column::PublishedOn.between(from, day + weeks))
        .order_by_asc(article::Column::PublishedOn)
        .order_by_asc(article::Column::Id)
        .limit(VECTORS);
    if let Some((day, id)) = after {
        select = select.filter(
            key(article::Column::PublishedOn).gt(Expr::tuple([Expr::value(day), Expr::value(id)])),
        );
    }
    select.into_model()
}

/// Those that came just before or after, where this one or they have no day.
fn beside(newcomer: &Member, place: &Place, order: Order) -> Candidates {
    let turn = Expr::tuple([
        Expr::value(newcomer.ingested_at),
        Expr::value(newcomer.id.clone()),
    ]);
    let came = key(article::Column::IngestedAt);
    let came = match order {
        Order::Asc => came.gt(turn),
        _ => came.lt(turn),
    };
    let near = article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(came)
        .order_by(article::Column::IngestedAt, order.clone())
        .order_by(article::Column::Id, order)
        .limit(BESIDE)
        .into_query();
    let undated = match newcomer.telling.day {
        Some(_) => Condition::all().add(article::Column::PublishedOn.is_null()),
        None => Condition::all(),
    };
    candidates(newcomer, place)
        .filter(article::Column::Id.in_subquery(near))
        .filter(undated)
        .into_model()
}

/// What an index on a column and the id sorts by.
fn key(column: article::Column) -> Expr {
    Expr::tuple([
        Expr::col((article::Entity, column)),
        Expr::col((article::Entity, article::Column::Id)),
    ])
}

fn candidates(newcomer: &Member, place: &Place) -> Select<embedding::Entity> {
    embedding::Entity::find()
        .select_only()
        .inner_join(article::Entity)
        .columns([
            article::Column::Id,
            article::Column::Language,
            article::Column::PublishedOn,
            article::Column::StoryId,
        ])
        .column(embedding::Column::Vector)
        .filter(embedding::Column::Model.eq(place.model.as_str()))
        .filter(article::Column::Id.ne(newcomer.id.clone()))
        .filter(article::Column::HiddenAt.is_null())
        .filter(article::Column::DuplicateOf.is_null())
        .filter(is_fresh())
}
