//! The orders articles are listed in, and places in them.

use chrono::{DateTime, NaiveDate, Utc};
use entity::article;
use entity::id::ArticleId;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{Order, QueryOrder, Select};

use super::filter::ArticleFilter;
use super::plan::Plan;
use crate::store::window::{End, Window};

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
const BEFORE_ALL: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day");
/// After any day of publication: what an article without one is sorted by, oldest first.
const AFTER_ALL: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

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
    fn value(self, key: &SortKey) -> Value {
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

impl Plan {
    /// The rows of a window, counted from its end.
    pub(super) fn within(
        &self,
        select: Select<article::Entity>,
        window: &Window<ArticlePlace>,
    ) -> Select<article::Entity> {
        let row = || Expr::tuple([self.sorted(), self.id()]);
        let of = |place: &ArticlePlace| {
            Expr::tuple([
                Expr::value(self.order.value(&place.key)),
                Expr::value(place.id.clone()),
            ])
        };
        let ascending = self.order.direction == Direction::Asc;
        let after = window.after.as_ref().map(|place| {
            if ascending {
                row().gt(of(place))
            } else {
                row().lt(of(place))
            }
        });
        let before = window.before.as_ref().map(|place| {
            if ascending {
                row().lt(of(place))
            } else {
                row().gt(of(place))
            }
        });
        let way = match (ascending, window.end) {
            (true, End::First) | (false, End::Last) => Order::Asc,
            (false, End::First) | (true, End::Last) => Order::Desc,
        };
        let mut select = select;
        for side in [after, before].into_iter().flatten() {
            select = select.filter(side);
        }
        select
            .order_by(self.sorted(), way.clone())
            .order_by(self.id(), way)
    }

    /// The condition on the day of publication, said so that the index of the order serves it too.
    pub(super) fn published(&self, filter: &ArticleFilter) -> Option<Expr> {
        let by_day = self.order.field == OrderField::PublishedAt;
        let undated = self.order.value(&SortKey::PublishedOn(None));
        let day = || {
            if by_day {
                self.sorted()
            } else {
                self.out_of_sight("published_on")
            }
        };
        if filter.published_from.is_some() || filter.published_to.is_some() {
            // The days that stand for none lie outside every period.
            let from = filter.published_from.or(BEFORE_ALL.succ_opt());
            let to = filter.published_to.or(AFTER_ALL.pred_opt());
            return Some(day().gte(from).and(day().lte(to)));
        }
        // A range, not an equality: PostgreSQL would take the key for a constant and walk the articles by id instead.
        let newest_first = self.order.direction == Direction::Desc;
        Some(match (filter.undated?, by_day) {
            (true, true) if newest_first => day().lte(undated),
            (true, true) => day().gte(undated),
            (false, true) if newest_first => day().gt(undated),
            (false, true) => day().lt(undated),
            (true, false) => day().is_null(),
            (false, false) => day().is_not_null(),
        })
    }
}
