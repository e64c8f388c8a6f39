//! The ids and slugs that new articles get.

use chrono::NaiveDate;
use entity::article;
use entity::id::ArticleId;
use sea_orm::DatabaseTransaction;
use sea_orm::prelude::*;

use crate::store::{slug, title};

/// The id of a new article. Several may share source, title and date ("Press release"); they are told apart by a running
/// number, the first that is free.
pub(super) async fn free_id(
    transaction: &DatabaseTransaction,
    source: &str,
    title: &str,
    published_on: Option<NaiveDate>,
) -> Result<ArticleId, DbErr> {
    let title = title::bare(title);
    let date = published_on.map_or_else(String::new, |date| date.to_string());
    let numbered =
        |number: u64| ArticleId::of(&[source, title.as_str(), &date, &number.to_string()]);
    // Articles stay, so the numbers given are those up to some number: a few steps find it among thousands.
    let (mut free, mut below) = (0, 0);
    while is_taken(transaction, &numbered(free)).await? {
        below = free + 1;
        free = 2 * below;
    }
    while below < free {
        let middle = below + (free - below) / 2;
        if is_taken(transaction, &numbered(middle)).await? {
            below = middle + 1;
        } else {
            free = middle;
        }
    }
    Ok(numbered(free))
}

async fn is_taken(transaction: &DatabaseTransaction, id: &ArticleId) -> Result<bool, DbErr> {
    article::Entity::find_by_id(id.clone())
        .exists(transaction)
        .await
}

/// The slug of a new article of this id: that of its title, unless another has it.
pub(super) async fn free_slug(
    transaction: &DatabaseTransaction,
    title: &str,
    id: &ArticleId,
) -> Result<String, DbErr> {
    let slug = slug::of(title);
    let suffix = &id.as_str()[ArticleId::PREFIX.len()..][..8];
    if slug.is_empty() {
        return Ok(suffix.to_owned());
    }
    let of_another = article::Entity::find().filter(article::Column::Slug.eq(&slug));
    Ok(if of_another.exists(transaction).await? {
        format!("{slug}-{suffix}")
    } else {
        slug
    })
}
