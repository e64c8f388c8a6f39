//! The same text again: kept, and linked to where it was first seen.

use entity::article;
use entity::id::ArticleId;
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryOrder, QuerySelect};

use super::SavedArticle;

/// Settle who repeats whom among the articles of one text: the one ingested first stands, the others link to it. What
/// was merged into another stands for nothing any more.
pub(in crate::store) async fn relink(
    transaction: &DatabaseTransaction,
    fingerprint: &str,
) -> Result<(), DbErr> {
    let same: Vec<(ArticleId, Option<ArticleId>)> = article::Entity::find()
        .select_only()
        .columns([article::Column::Id, article::Column::DuplicateOf])
        .filter(article::Column::Fingerprint.eq(fingerprint))
        .filter(article::Column::MergedInto.is_null())
        .order_by_asc(article::Column::IngestedAt)
        .order_by_asc(article::Column::Position)
        .order_by_asc(article::Column::Id)
        .into_tuple()
        .all(transaction)
        .await?;
    let Some((first, _)) = same.first().cloned() else {
        return Ok(());
    };
    for (id, linked) in same {
        let link = (id != first).then(|| first.clone());
        if linked != link {
            let row = article::ActiveModel {
                id: Set(id),
                duplicate_of: Set(link),
                ..Default::default()
            };
            article::Entity::update(row).exec(transaction).await?;
        }
    }
    Ok(())
}

/// Say of each saved article whether it now repeats another.
pub(super) async fn mark(
    transaction: &DatabaseTransaction,
    saved: &mut [SavedArticle],
) -> Result<(), DbErr> {
    let duplicates: Vec<ArticleId> = article::Entity::find()
        .select_only()
        .column(article::Column::Id)
        .filter(article::Column::Id.is_in(saved.iter().map(|article| article.id.clone())))
        .filter(article::Column::DuplicateOf.is_not_null())
        .into_tuple()
        .all(transaction)
        .await?;
    for article in saved {
        article.duplicate = duplicates.contains(&article.id);
    }
    Ok(())
}
