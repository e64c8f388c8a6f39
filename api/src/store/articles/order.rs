//! The orders articles are listed in, and places in them.

use chrono::{DateTime, NaiveDate, Utc};
use entity::article;
use entity::id::ArticleId;
use sea_orm::prelude::*;

/// What articles are ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OrderField {
    /// Day of publication; those without one stand at the end in both directions.
    #[default]
    PublishedAt,
    /// Title: letters and digits, without regard to case and marks.
    Title,
    /// When it was first ingested.
    IngestedAt,
}

/// Which way an order runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the least: the oldest, the letter A.
    Asc,
    /// From the greatest: the newest, the letter Z.
    #[default]
    Desc,
}

/// An order of articles; ties are settled by id, in the same direction. Newest first unless said otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ArticleOrder {
    /// By what.
    pub field: OrderField,
    /// Which way.
    pub direction: Direction,
}

/// What an article is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// Day of publication.
    PublishedOn(Option<NaiveDate>),
    /// Title as it is sorted.
    Title(String),
    /// When it was first ingested.
    IngestedAt(DateTime<Utc>),
}

/// A place in an ordered list of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticlePlace {
    /// What its article is sorted by.
    pub key: SortKey,
    /// Id of its article.
    pub id: ArticleId,
}

/// Before any day of publication: what an article without one is sorted by, newest first.
pub(super) const BEFORE_ALL: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day");
/// After any day of publication: what an article without one is sorted by, oldest first.
pub(super) const AFTER_ALL: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

impl ArticleOrder {
    /// The place of an article in this order.
    pub fn place(self, row: &article::Model) -> ArticlePlace {
        let key = match self.field {
            OrderField::PublishedAt => SortKey::PublishedOn(row.published_on),
            OrderField::Title => SortKey::Title(row.title_key.clone()),
            OrderField::IngestedAt => SortKey::IngestedAt(row.ingested_at),
        };
        ArticlePlace {
            key,
            id: row.id.clone(),
        }
    }

    /// The column that is sorted, never null. Each has an index with the id: a page is a range of it, read either way.
    pub(super) fn column(self) -> &'static str {
        match (self.field, self.direction) {
            // Both computed by the database from the day of publication; not part of the entity, as nobody writes them.
            (OrderField::PublishedAt, Direction::Desc) => "newest_key",
            (OrderField::PublishedAt, Direction::Asc) => "oldest_key",
            (OrderField::Title, _) => "title_key",
            (OrderField::IngestedAt, _) => "ingested_at",
        }
    }

    /// What stands in that column for this key.
    pub(super) fn value(self, key: &SortKey) -> Value {
        match key {
            SortKey::PublishedOn(day) => day
                .unwrap_or(match self.direction {
                    Direction::Desc => BEFORE_ALL,
                    Direction::Asc => AFTER_ALL,
                })
                .into(),
            SortKey::Title(title) => title.as_str().into(),
            SortKey::IngestedAt(moment) => (*moment).into(),
        }
    }
}
