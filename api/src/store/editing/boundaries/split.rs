//! An article that was two.

use entity::id::ArticleId;
use entity::{article, page};
use sea_orm::prelude::*;
use sea_orm::sea_query::ExprTrait;
use serde_json::json;

use super::lines::Lines;
use super::{TITLE, corrected, renumber};
use crate::ingest::by_hand;
use crate::store::editing::{Deed, EditError, Outcome, Record, refused};
use crate::store::save::articles::{Fields, enqueue, insert, update};
use crate::store::save::duplicates::relink;
use crate::store::{Store, StoreError};

impl Store {
    /// Make an article of its own of the paragraphs from number `at` on, counted from 0. The first of them is its
    /// title, unless one is given. It keeps the date of the other, is hidden if that
    /// is, and stands behind it on the page.
    pub async fn split_article(
        &self,
        deed: &Deed,
        id: &ArticleId,
        at: usize,
        title: Option<&str>,
    ) -> Result<Record, EditError> {
        self.once(deed, |held| async move {
            let transaction = &*held;
            let Some(whole) = crate::store::editing::article(transaction, id).await? else {
                return Ok(Record::not_found());
            };
            if let Some(target) = &whole.merged_into {
                return refused(format!(
                    "article: {id} was merged into {target}; split that one instead"
                ));
            }
            let paragraphs: Vec<&str> = whole.paragraphs().collect();
            if at == 0 || at >= paragraphs.len() {
                return refused(format!(
                    "at: no article can begin at paragraph {at}; \
                     the paragraphs of {id} are 0 to {}, and the first stays",
                    paragraphs.len() - 1
                ));
            }
            let (kept, parted) = paragraphs.split_at(at);
            let (new_title, new_paragraphs) = match title {
                Some(title) => (title, parted),
                None => (parted[0], &parted[1..]),
            };
            if new_paragraphs.is_empty() {
                return refused(
                    "at: that paragraph is the last, and would be a title without a text; \
                     give a title, or begin earlier",
                );
            }
            if new_title.chars().count() > TITLE {
                return refused(format!(
                    "at: the first paragraph is too long to be a title \
                     (more than {TITLE} characters); give one"
                ));
            }
            let first = Fields::of(&by_hand::draft(&whole.title, kept)).dated_as(&whole);
            let second = Fields::of(&by_hand::draft(new_title, new_paragraphs)).dated_as(&whole);
            let page = page::Entity::find_by_id(whole.page_id.clone())
                .one(transaction)
                .await?
                .ok_or_else(|| StoreError::Damaged(format!("page {} is gone", whole.page_id)))?;

            article::Entity::update_many()
                .col_expr(
                    article::Column::Position,
                    Expr::col(article::Column::Position).add(1),
                )
                .filter(article::Column::PageId.eq(page.id.clone()))
                .filter(article::Column::Position.gt(whole.position))
                .exec(transaction)
                .await?;
            let position = whole.position;
            update(transaction, &whole, &first, &page.id, position, deed.at).await?;
            enqueue(transaction, id, &first.text_hash, deed.at).await?;
            let new = insert(
                transaction,
                &page.source,
                &second,
                &page.id,
                position + 1,
                // Or what was hidden would be read again.
                whole.hidden_at,
                deed.at,
            )
            .await?;
            enqueue(transaction, &new, &second.text_hash, deed.at).await?;

            let lines = Lines {
                transaction,
                of: &whole,
            };
            // Paragraphs are few: a page has at most ten million bytes.
            let at = at as i32;
            if title.is_none() {
                lines.entitle(at, &new).await?;
                lines.move_paragraphs(at + 1, &new, -(at + 1)).await?;
            } else {
                lines.move_paragraphs(at, &new, -at).await?;
            }
            for fingerprint in [&whole.fingerprint, &first.fingerprint, &second.fingerprint] {
                relink(transaction, fingerprint).await?;
            }
            renumber(transaction, &page.id).await?;
            corrected(transaction, &page.id, deed.at).await?;
            let was = json!({ "title": whole.title, "paragraphs": paragraphs });
            Ok(Record::of(Outcome::Split, vec![id.clone(), new], was))
        })
        .await
    }
}
