//! Articles of a page: found again by title, else by text, else new.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::HEXLOWER;
use entity::article::{self, DateBasis};
use entity::id::{ArticleId, PageId};
use entity::job::{self, State};
use sea_orm::prelude::*;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};

use super::{Outcome, SavedArticle, duplicates, names};
use crate::ingest::{Basis, Draft};
use crate::store::title;

/// The articles of a page already stored, in its order, none of them changed.
pub(in crate::store) async fn of_page(
    transaction: &DatabaseTransaction,
    page: &PageId,
) -> Result<Vec<SavedArticle>, DbErr> {
    let articles = article::Entity::find()
        .filter(article::Column::PageId.eq(page.clone()))
        .order_by_asc(article::Column::Position)
        .all(transaction)
        .await?;
    Ok(articles
        .into_iter()
        .map(|article| SavedArticle {
            id: article.id,
            outcome: Outcome::Unchanged,
            duplicate: article.duplicate_of.is_some(),
        })
        .collect())
}

/// Store the drafts of `page`. `family` is the page and its other versions: an article of one of them with the
/// draft's title, or failing that its text, is the same article and keeps its id and slug.
pub(in crate::store) async fn upsert(
    transaction: &DatabaseTransaction,
    source: &str,
    page: &PageId,
    family: &[PageId],
    drafts: &[Draft],
    now: DateTime<Utc>,
) -> Result<Vec<SavedArticle>, DbErr> {
    let mut known = article::Entity::find()
        .filter(article::Column::PageId.is_in(family.iter().cloned()))
        .order_by_asc(article::Column::Position)
        .all(transaction)
        .await?;
    let mut saved = Vec::with_capacity(drafts.len());
    // Texts that came or went: who repeats whom is settled once all articles of the page stand.
    let mut touched: BTreeSet<String> = BTreeSet::new();
    let fields: Vec<Fields> = drafts.iter().map(Fields::of).collect();
    let titles: Vec<String> = fields
        .iter()
        .map(|fields| title::bare(&fields.title))
        .collect();
    for (index, mut fields) in fields.into_iter().enumerate() {
        let title = &titles[index];
        let again = known
            .iter()
            .position(|article| title::bare(&article.title) == *title)
            .or_else(|| {
                known.iter().position(|article| {
                    // Not one whose title another draft will claim.
                    article.fingerprint == fields.fingerprint
                        && !titles.contains(&title::bare(&article.title))
                })
            });
        let position = index as i32 + 1;
        let (id, outcome) = match again.map(|again| known.remove(again)) {
            Some(before) => {
                fields.keep_told_date(&before);
                let outcome = if fields.equal(&before) {
                    Outcome::Unchanged
                } else {
                    Outcome::Changed
                };
                // What was merged into another linked to none, and none to it.
                if before.fingerprint != fields.fingerprint || before.merged_into.is_some() {
                    touched.extend([before.fingerprint.clone(), fields.fingerprint.clone()]);
                }
                update(transaction, &before, &fields, page, position, now).await?;
                if before.text_hash != fields.text_hash {
                    enqueue(transaction, &before.id, &fields.text_hash, now).await?;
                }
                (before.id, outcome)
            }
            None => {
                let id = insert(transaction, source, &fields, page, position, None, now).await?;
                enqueue(transaction, &id, &fields.text_hash, now).await?;
                touched.insert(fields.fingerprint.clone());
                (id, Outcome::Inserted)
            }
        };
        saved.push(SavedArticle {
            id,
            outcome,
            duplicate: false,
        });
    }
    for fingerprint in touched {
        duplicates::relink(transaction, &fingerprint).await?;
    }
    duplicates::mark(transaction, &mut saved).await?;
    Ok(saved)
}

/// What a draft says of its article, as it is stored.
pub(in crate::store) struct Fields {
    title: String,
    language: String,
    published_on: Option<NaiveDate>,
    date_basis: Option<DateBasis>,
    body: String,
    word_count: i32,
    pub(in crate::store) fingerprint: String,
    pub(in crate::store) text_hash: String,
}

impl Fields {
    pub(in crate::store) fn of(draft: &Draft) -> Self {
        let body = draft.body();
        let mut hash = Sha256::new();
        for part in [draft.title.text.as_str(), &draft.language, &body] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        Self {
            title: draft.title.text.clone(),
            language: draft.language.clone(),
            published_on: draft.published.as_ref().map(|published| published.on),
            date_basis: draft
                .published
                .as_ref()
                .map(|published| match published.basis {
                    Basis::Dateline => DateBasis::Dateline,
                    Basis::Metadata => DateBasis::Metadata,
                    Basis::Stated => DateBasis::Stated,
                    Basis::Mentioned => DateBasis::Mentioned,
                }),
            word_count: draft.word_count() as i32,
            fingerprint: draft.fingerprint(),
            text_hash: HEXLOWER.encode(&hash.finalize()),
            body,
        }
    }

    /// The same, dated as another article is.
    pub(in crate::store) fn dated_as(mut self, other: &article::Model) -> Self {
        (self.published_on, self.date_basis) = (other.published_on, other.date_basis);
        self
    }

    /// A date that was told beside the text stands until another is told or the page itself prints one.
    fn keep_told_date(&mut self, before: &article::Model) {
        let printed = matches!(
            self.date_basis,
            Some(DateBasis::Dateline | DateBasis::Metadata)
        );
        if before.date_basis == Some(DateBasis::Metadata) && !printed {
            (self.published_on, self.date_basis) = (before.published_on, before.date_basis);
        }
    }

    fn equal(&self, stored: &article::Model) -> bool {
        self.text_hash == stored.text_hash
            && self.published_on == stored.published_on
            && self.date_basis == stored.date_basis
    }
}

pub(in crate::store) async fn update(
    transaction: &DatabaseTransaction,
    before: &article::Model,
    fields: &Fields,
    page: &PageId,
    position: i32,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let mut row = article::ActiveModel {
        id: Set(before.id.clone()),
        ..Default::default()
    };
    row.page_id = Set(page.clone());
    row.position = Set(position);
    if let Some(whole) = &before.merged_into {
        // A newer version of its page has it as an article of its own. It was hidden as a part; what an editor hid with the
        // whole stays hidden.
        let hidden: Option<Option<DateTime<Utc>>> = article::Entity::find_by_id(whole.clone())
            .select_only()
            .column(article::Column::HiddenAt)
            .into_tuple()
            .one(transaction)
            .await?;
        row.merged_into = Set(None);
        row.hidden_at = Set(hidden.flatten());
        row.changed_at = Set(now);
    }
    if !fields.equal(before) {
        row.title = Set(fields.title.clone());
        row.title_key = Set(title::key(&fields.title));
        row.language = Set(fields.language.clone());
        row.published_on = Set(fields.published_on);
        row.date_basis = Set(fields.date_basis);
        row.body = Set(fields.body.clone());
        row.word_count = Set(fields.word_count);
        row.fingerprint = Set(fields.fingerprint.clone());
        row.text_hash = Set(fields.text_hash.clone());
        row.changed_at = Set(now);
    }
    article::Entity::update(row).exec(transaction).await?;
    Ok(())
}

pub(in crate::store) async fn insert(
    transaction: &DatabaseTransaction,
    source: &str,
    fields: &Fields,
    page: &PageId,
    position: i32,
    hidden_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<ArticleId, DbErr> {
    let id = names::free_id(transaction, source, &fields.title, fields.published_on).await?;
    let slug = names::free_slug(transaction, &fields.title, &id).await?;
    let row = article::ActiveModel {
        id: Set(id.clone()),
        page_id: Set(page.clone()),
        position: Set(position),
        slug: Set(slug),
        title: Set(fields.title.clone()),
        language: Set(fields.language.clone()),
        published_on: Set(fields.published_on),
        date_basis: Set(fields.date_basis),
        body: Set(fields.body.clone()),
        word_count: Set(fields.word_count),
        fingerprint: Set(fields.fingerprint.clone()),
        text_hash: Set(fields.text_hash.clone()),
        duplicate_of: Set(None),
        ingested_at: Set(now),
        changed_at: Set(now),
        title_key: Set(title::key(&fields.title)),
        hidden_at: Set(hidden_at),
        ..Default::default()
    };
    article::Entity::insert(row)
        .exec_without_returning(transaction)
        .await?;
    Ok(id)
}

/// Order a summary of this text, whatever became of an order for another.
pub(in crate::store) async fn enqueue(
    transaction: &DatabaseTransaction,
    article: &ArticleId,
    text_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let order = job::ActiveModel {
        article_id: Set(article.clone()),
        text_hash: Set(text_hash.to_owned()),
        state: Set(State::Queued),
        attempts: Set(0),
        available_at: Set(now),
        lease_owner: Set(None),
        lease_until: Set(None),
        error: Set(None),
        updated_at: Set(now),
        model: Set(None),
        placed_by: Set(None),
    };
    let again = OnConflict::column(job::Column::ArticleId)
        .update_columns([
            job::Column::TextHash,
            job::Column::State,
            job::Column::Attempts,
            job::Column::AvailableAt,
            job::Column::LeaseOwner,
            job::Column::LeaseUntil,
            job::Column::Error,
            job::Column::UpdatedAt,
            job::Column::Model,
            job::Column::PlacedBy,
        ])
        .to_owned();
    job::Entity::insert(order)
        .on_conflict(again)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}
