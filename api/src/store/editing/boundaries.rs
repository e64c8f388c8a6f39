//! Where articles begin and end on their page, when the reader got it wrong. The lines of the page move with the
//! paragraphs, and the page is not read again by a newer reader.

mod lines;
mod merge;
mod split;

use chrono::{DateTime, Utc};
use entity::id::PageId;
use entity::{article, page};
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryOrder, QuerySelect};

/// Longest title, in characters.
pub const TITLE: usize = 300;

/// Keep that an editor corrected the page.
async fn corrected(
    transaction: &DatabaseTransaction,
    page: &PageId,
    at: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = page::ActiveModel {
        id: Set(page.clone()),
        corrected_at: Set(Some(at)),
        ..Default::default()
    };
    page::Entity::update(row).exec(transaction).await?;
    Ok(())
}

/// Number the articles of a page anew, in the order they stand in; those merged into others come last.
async fn renumber(transaction: &DatabaseTransaction, page: &PageId) -> Result<(), DbErr> {
    let rows: Vec<(entity::id::ArticleId, i32)> = article::Entity::find()
        .select_only()
        .columns([article::Column::Id, article::Column::Position])
        .filter(article::Column::PageId.eq(page.clone()))
        .order_by_asc(article::Column::MergedInto.is_not_null())
        .order_by_asc(article::Column::Position)
        .order_by_asc(article::Column::Id)
        .into_tuple()
        .all(transaction)
        .await?;
    for ((id, position), wanted) in rows.into_iter().zip(1..) {
        if position != wanted {
            let row = article::ActiveModel {
                id: Set(id),
                position: Set(wanted),
                ..Default::default()
            };
            article::Entity::update(row).exec(transaction).await?;
        }
    }
    Ok(())
}
