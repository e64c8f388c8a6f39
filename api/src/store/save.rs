//! Saving what was read out of a page: one transaction a page, and the same page again changes nothing.

pub(super) mod articles;
pub(super) mod duplicates;
mod names;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use entity::id::{ArticleId, PageId};
use entity::line::Fate as StoredFate;
use entity::{content, line, page};
use sea_orm::prelude::*;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, IntoActiveModel, QueryOrder};
use sha2::{Digest, Sha256};

use super::{Store, StoreError};
use crate::ingest::{Fate, Page, READER, Reading, Reason};

/// Lines inserted by one statement: eight values each, and SQLite takes 32,766.
const LINES_A_STATEMENT: usize = 2_000;

/// What became of one article of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    Inserted,
    /// Its text, language or date was another.
    Changed,
    /// It was there already.
    Unchanged,
}

/// One article of a saved page.
#[derive(Clone, Debug)]
pub struct SavedArticle {
    /// Its id.
    pub id: ArticleId,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether it repeats the text of another.
    pub duplicate: bool,
}

/// What became of one page.
#[derive(Clone, Debug)]
pub struct SavedPage {
    /// Its id.
    pub id: PageId,
    /// Whether the very same page was there already, read by the same reader: then nothing was written.
    pub known: bool,
    /// Its articles in the order of the page.
    pub articles: Vec<SavedArticle>,
}

impl Store {
    /// Store a page of `source` and what was read out of it. A newer version of a page of the same name takes
    /// the place of the older, which is kept; so is every article that only the older has.
    pub async fn save(
        &self,
        source: &str,
        page: &Page,
        reading: &Reading,
        now: DateTime<Utc>,
    ) -> Result<SavedPage, StoreError> {
        self.write(|transaction| async move {
            save_in(&transaction, source, page, reading, Again::IfNewer, now).await
        })
        .await
    }
}

/// Whether a page that is there already is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// If the reader is newer than the one that read it.
    IfNewer,
    /// In any case, as there is more to know of it than its text.
    Anyway,
}

/// The same within a transaction that is committed elsewhere, and that no other save runs beside. What an editor
/// corrected is not read again.
pub(super) async fn save_in(
    transaction: &DatabaseTransaction,
    source: &str,
    page: &Page,
    reading: &Reading,
    again: Again,
    now: DateTime<Utc>,
) -> Result<SavedPage, StoreError> {
    let content_hash = HEXLOWER.encode(&Sha256::digest(&page.bytes));
    let id = PageId::of(&[source, &content_hash]);
    let stored = page::Entity::find_by_id(id.clone())
        .one(transaction)
        .await?;
    if let Some(stored) = &stored
        && stored.superseded_by.is_none()
        && (stored.corrected_at.is_some() || (stored.reader == READER && again == Again::IfNewer))
    {
        let articles = articles::of_page(transaction, &id).await?;
        return Ok(SavedPage {
            id,
            known: true,
            articles,
        });
    }

    // A known page keeps its first name: the same bytes under another name are the same page.
    let name = stored
        .as_ref()
        .map_or(page.name.as_str(), |stored| stored.name.as_str())
        .to_owned();
    let older: Vec<page::Model> = page::Entity::find()
        .filter(page::Column::Source.eq(source))
        .filter(page::Column::Name.eq(&name))
        .filter(page::Column::Id.ne(id.clone()))
        .order_by_asc(page::Column::IngestedAt)
        .all(transaction)
        .await?;

    match stored {
        Some(stored) => {
            let mut stored = stored.into_active_model();
            stored.reader = Set(READER.to_owned());
            stored.superseded_by = Set(None);
            stored.corrected_at = Set(None);
            stored.update(transaction).await?;
            line::Entity::delete_many()
                .filter(line::Column::PageId.eq(id.clone()))
                .exec(transaction)
                .await?;
        }
        None => insert_page(transaction, &id, source, page, content_hash, now).await?,
    }
    for older in &older {
        let mut older = older.clone().into_active_model();
        older.superseded_by = Set(Some(id.clone()));
        older.update(transaction).await?;
    }

    let mut family: Vec<PageId> = older.into_iter().map(|page| page.id).collect();
    family.push(id.clone());
    let articles =
        articles::upsert(transaction, source, &id, &family, &reading.drafts, now).await?;
    insert_lines(transaction, &id, reading, &articles).await?;
    Ok(SavedPage {
        id,
        known: false,
        articles,
    })
}

async fn insert_page(
    transaction: &DatabaseTransaction,
    id: &PageId,
    source: &str,
    page: &Page,
    content_hash: String,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    page::ActiveModel {
        id: Set(id.clone()),
        source: Set(source.to_owned()),
        name: Set(page.name.clone()),
        media_type: Set("text/plain".to_owned()),
        encoding: Set(page.encoding.name().to_owned()),
        content_hash: Set(content_hash),
        byte_count: Set(page.bytes.len() as i64),
        reader: Set(READER.to_owned()),
        ingested_at: Set(now),
        superseded_by: Set(None),
        corrected_at: Set(None),
    }
    .insert(transaction)
    .await?;
    let content = content::ActiveModel {
        page_id: Set(id.clone()),
        bytes: Set(page.bytes.clone()),
    };
    content::Entity::insert(content)
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

async fn insert_lines(
    transaction: &DatabaseTransaction,
    page: &PageId,
    reading: &Reading,
    articles: &[SavedArticle],
) -> Result<(), DbErr> {
    let lines: Vec<line::ActiveModel> = reading
        .lines
        .iter()
        .filter(|line| line.fate != Fate::Rejected(Reason::Blank))
        .map(|line| {
            let (fate, draft, paragraph, reason) = match &line.fate {
                Fate::Title { draft } => (StoredFate::Title, Some(*draft), None, None),
                Fate::Dateline { draft } => (StoredFate::Dateline, Some(*draft), None, None),
                Fate::Paragraph { draft, paragraph } => (
                    StoredFate::Paragraph,
                    Some(*draft),
                    Some(*paragraph as i32),
                    None,
                ),
                Fate::Rejected(reason) => (
                    StoredFate::Rejected,
                    None,
                    None,
                    Some(reason.as_str().to_owned()),
                ),
            };
            line::ActiveModel {
                page_id: Set(page.clone()),
                number: Set(line.number as i32),
                start: Set(line.span.start as i32),
                end: Set(line.span.end as i32),
                fate: Set(fate),
                article_id: Set(draft.map(|draft| articles[draft].id.clone())),
                paragraph: Set(paragraph),
                reason: Set(reason),
            }
        })
        .collect();
    for some in lines.chunks(LINES_A_STATEMENT) {
        line::Entity::insert_many(some.to_vec())
            .exec_without_returning(transaction)
            .await?;
    }
    Ok(())
}
