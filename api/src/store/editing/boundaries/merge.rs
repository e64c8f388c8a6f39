//! Articles that were one.

use entity::article;
use entity::id::ArticleId;
use sea_orm::ActiveValue::Set;
use sea_orm::prelude::*;
use sea_orm::{DatabaseTransaction, QueryOrder};
use serde_json::json;

use super::lines::Lines;
use super::{corrected, renumber};
use crate::ingest::by_hand;
use crate::store::Store;
use crate::store::editing::{Deed, EditError, Outcome, Record, refused};
use crate::store::save::articles::{Fields, enqueue, update};
use crate::store::save::duplicates::relink;

impl Store {
    /// Append the other articles to the one that stands first on the page. Titles that the page prints become
    /// paragraphs. The others are kept, hidden, and their links lead to the first.
    pub async fn merge_articles(
        &self,
        deed: &Deed,
        ids: &[ArticleId],
    ) -> Result<Record, EditError> {
        self.once(deed, |held| async move {
            let transaction = &*held;
            let parts = article::Entity::find()
                .filter(article::Column::Id.is_in(ids.iter().cloned()))
                .order_by_asc(article::Column::Position)
                .order_by_asc(article::Column::Id)
                .all(transaction)
                .await?;
            if ids
                .iter()
                .any(|id| !parts.iter().any(|part| part.id == *id))
            {
                return Ok(Record::not_found());
            }
            let [first, others @ ..] = &parts[..] else {
                return refused("articles: none is given; expected two or more");
            };
            if others.is_empty() {
                return refused("articles: only one is given; expected two or more");
            }
            if let Some(other) = others.iter().find(|other| other.page_id != first.page_id) {
                return refused(format!(
                    "articles: {} and {} are of different pages; expected articles of one page",
                    first.id, other.id
                ));
            }
            if let Some(merged) = parts.iter().find(|part| part.merged_into.is_some()) {
                return refused(format!("articles: {} was merged already", merged.id));
            }
            let with = |hidden| {
                parts
                    .iter()
                    .find(|part| part.hidden_at.is_some() == hidden)
            };
            if let (Some(hidden), Some(shown)) = (with(true), with(false)) {
                return refused(format!(
                    "articles: {} is hidden and {} is shown, and one article is either; hide both first, or show both",
                    hidden.id, shown.id
                ));
            }

            let mut paragraphs: Vec<&str> = first.paragraphs().collect();
            for other in others {
                let lines = Lines {
                    transaction,
                    of: other,
                };
                if lines.print_title().await? {
                    lines
                        .lower_title(&first.id, paragraphs.len() as i32)
                        .await?;
                    paragraphs.push(&other.title);
                }
                // The title's lines are the first's by now, so only the others move here.
                lines
                    .move_paragraphs(0, &first.id, paragraphs.len() as i32)
                    .await?;
                lines.move_dateline(&first.id).await?;
                paragraphs.extend(other.paragraphs());
            }
            let fields = Fields::of(&by_hand::draft(&first.title, &paragraphs)).dated_as(first);
            let page = &first.page_id;
            update(transaction, first, &fields, page, first.position, deed.at).await?;
            enqueue(transaction, &first.id, &fields.text_hash, deed.at).await?;
            for other in others {
                lead_on(transaction, other, &first.id, deed).await?;
            }
            let texts = parts.iter().map(|part| &part.fingerprint);
            for fingerprint in texts.chain([&fields.fingerprint]) {
                relink(transaction, fingerprint).await?;
            }
            renumber(transaction, page).await?;
            corrected(transaction, page, deed.at).await?;
            let was: Vec<_> = parts
                .iter()
                .map(|part| {
                    let paragraphs: Vec<&str> = part.paragraphs().collect();
                    json!({ "article": part.id, "title": part.title, "paragraphs": paragraphs })
                })
                .collect();
            let concerned = parts.iter().map(|part| part.id.clone()).collect();
            Ok(Record::of(Outcome::Merged, concerned, json!(was)))
        })
        .await
    }
}

/// Hide an article that is part of another now, and let its links and those that led to it lead there.
async fn lead_on(
    transaction: &DatabaseTransaction,
    part: &article::Model,
    target: &ArticleId,
    deed: &Deed,
) -> Result<(), DbErr> {
    let row = article::ActiveModel {
        id: Set(part.id.clone()),
        hidden_at: Set(part.hidden_at.or(Some(deed.at))),
        merged_into: Set(Some(target.clone())),
        duplicate_of: Set(None),
        ..Default::default()
    };
    article::Entity::update(row).exec(transaction).await?;
    article::Entity::update_many()
        .col_expr(article::Column::MergedInto, Expr::value(target.clone()))
        .filter(article::Column::MergedInto.eq(part.id.clone()))
        .exec(transaction)
        .await?;
    Ok(())
}
