//! The orders articles are listed in, and places in them.

use chrono::{DateTime, NaiveDate, Utc};
use entity::article;
use entity::id::ArticleId;
use sea_orm::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{Order, QueryOrder, Select};

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
    fn column(self) -> SimpleExpr {
        let column = match (self.field, self.direction) {
            // Both computed by the database from the day of publication; not part of the entity, as nobody writes them.
            (OrderField::PublishedAt, Direction::Desc) => "newest_key",
            (OrderField::PublishedAt, Direction::Asc) => "oldest_key",
            (OrderField::Title, _) => "title_key",
            (OrderField::IngestedAt, _) => "ingested_at",
        };
        Expr::col((article::Entity, column))
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

    /// The rows of a window, counted from its end.
    pub(super) fn within(
        self,
        select: Select<article::Entity>,
        window: &Window<ArticlePlace>,
    ) -> Select<article::Entity> {
        let id = || Expr::col((article::Entity, article::Column::Id));
        let row = || Expr::tuple([self.column(), id()]);
        let of = |place: &ArticlePlace| {
            Expr::tuple([
                Expr::value(self.value(&place.key)),
                Expr::value(place.id.clone()),
            ])
        };
        let ascending = self.direction == Direction::Asc;
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
            .order_by(self.column(), way.clone())
            .order_by(id(), way)
    }

    /// The condition that the day of publication lies between two, said so that the index of this order serves it too.
    pub(super) fn published(
        self,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    ) -> Option<SimpleExpr> {
        if from.is_none() && to.is_none() {
            return None;
        }
        let day = match self.field {
            OrderField::PublishedAt => self.column(),
            _ => Expr::col((article::Entity, article::Column::PublishedOn)),
        };
        // The day that stands for none lies outside every period.
        let from = from.unwrap_or(BEFORE_ALL.succ_opt().expect("a day"));
        let to = to.unwrap_or(AFTER_ALL.pred_opt().expect("a day"));
        Some(day.clone().gte(from).and(day.lte(to)))
    }
}
