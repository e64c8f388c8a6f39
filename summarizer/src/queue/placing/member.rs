//! What is read of an article to compare it with others.

use chrono::{DateTime, NaiveDate, Utc};
use entity::id::ArticleId;
use entity::{article, embedding};
use sea_orm::sea_query::{Expr, ExprTrait, Func, SimpleExpr};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::encoder::Embedding;
use crate::story::{Names, Place, Telling};

/// An article that stands in a story or may.
pub(super) struct Member {
    pub(super) id: ArticleId,
    pub(super) ingested_at: DateTime<Utc>,
    pub(super) telling: Telling,
}

/// The members of a story, the first in the archive first.
pub(super) struct Members {
    pub(super) members: Vec<Member>,
    /// Whether these are all.
    pub(super) complete: bool,
}

/// Members of a story that are compared with each other, which costs the square of their number.
const MOST: u64 = 500;

/// Characters of a body that are read for its names.
const READ: i32 = 4_000;

impl Member {
    /// The article; none if it has no embedding of the text it has now.
    pub(super) async fn find(
        transaction: &DatabaseTransaction,
        id: &ArticleId,
    ) -> Result<Option<Self>, DbErr> {
        let found = Self::find_all(transaction, std::slice::from_ref(id)).await?;
        Ok(found.into_iter().next())
    }

    /// Of these articles those that can be compared, the first in the archive first.
    pub(super) async fn find_all(
        transaction: &DatabaseTransaction,
        ids: &[ArticleId],
    ) -> Result<Vec<Self>, DbErr> {
        let rows = comparable()
            .filter(article::Column::Id.is_in(ids.iter().cloned()))
            .order_by_asc(article::Column::IngestedAt)
            .order_by_asc(article::Column::Id)
            .order_by_desc(embedding::Column::CreatedAt)
            .order_by_asc(embedding::Column::Model)
            .into_model::<Row>()
            .all(transaction)
            .await?;
        let mut members: Vec<Self> = Vec::new();
        for row in rows {
            match members.last_mut() {
                Some(last) if last.id == row.id => last.telling.places.push(row.place()),
                _ => members.push(row.member()),
            }
        }
        Ok(members)
    }

    /// Of a story those that can be compared, without one.
    pub(super) async fn all_of_story(
        transaction: &DatabaseTransaction,
        story: &ArticleId,
        without: &ArticleId,
    ) -> Result<Members, DbErr> {
        // First who they are, by the index on stories; a database that joins first may read all vectors.
        let ids: Vec<ArticleId> = article::Entity::find()
            .select_only()
            .column(article::Column::Id)
            .filter(article::Column::StoryId.eq(story.clone()))
            .filter(article::Column::Id.ne(without.clone()))
            .limit(MOST + 1)
            .into_tuple()
            .all(transaction)
            .await?;
        let complete = ids.len() as u64 <= MOST;
        let members = Self::find_all(transaction, &ids).await?;
        Ok(Members { members, complete })
    }
}

/// The condition that an embedding is of the text that its article has now.
pub(super) fn is_fresh() -> SimpleExpr {
    Expr::col((embedding::Entity, embedding::Column::TextHash))
        .equals((article::Entity, article::Column::TextHash))
}

/// Articles that are neither hidden nor repeats, each with its embeddings.
fn comparable() -> Select<embedding::Entity> {
    let beginning = Func::cust("substr")
        .arg(Expr::col((article::Entity, article::Column::Body)))
        .arg(1)
        .arg(READ);
    embedding::Entity::find()
        .select_only()
        .inner_join(article::Entity)
        .columns([
            article::Column::Id,
            article::Column::Title,
            article::Column::Language,
            article::Column::PublishedOn,
            article::Column::IngestedAt,
        ])
        .columns([
            embedding::Column::Model,
            embedding::Column::Multilingual,
            embedding::Column::Vector,
        ])
        .expr_as(beginning, "beginning")
        .filter(article::Column::HiddenAt.is_null())
        .filter(article::Column::DuplicateOf.is_null())
        .filter(is_fresh())
}

#[derive(FromQueryResult)]
struct Row {
    id: ArticleId,
    title: String,
    beginning: String,
    language: String,
    published_on: Option<NaiveDate>,
    ingested_at: DateTime<Utc>,
    model: String,
    multilingual: bool,
    vector: Vec<u8>,
}

impl Row {
    /// The article, with the place of this row.
    fn member(self) -> Member {
        let place = self.place();
        Member {
            id: self.id,
            ingested_at: self.ingested_at,
            telling: Telling {
                day: self.published_on,
                names: Names::of(&self.title, &self.beginning),
                language: self.language,
                places: vec![place],
            },
        }
    }

    fn place(&self) -> Place {
        Place {
            model: self.model.clone(),
            multilingual: self.multilingual,
            embedding: Embedding::from_bytes(&self.vector),
        }
    }
}
