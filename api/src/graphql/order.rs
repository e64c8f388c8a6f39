//! `ArticleOrder`: the orders articles can be listed in.

use async_graphql::{Enum, InputObject};

use crate::store::articles::{ArticleOrder as Order, Direction, OrderField};

/// An order of articles. Where two are equal in it, their ids decide, so that every article has its place.
#[derive(Clone, Copy, Debug, InputObject)]
pub(super) struct ArticleOrder {
    /// What to order by.
    field: ArticleOrderField,
    /// Which way.
    #[graphql(default_with = "OrderDirection::Desc")]
    direction: OrderDirection,
}

/// What articles can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "OrderField")]
enum ArticleOrderField {
    /// The day of publication. Articles without one stand at the end, whichever the direction.
    PublishedAt,
    /// The title: by its letters and digits, as if it had neither capitals nor accents.
    Title,
    /// When it was first ingested.
    IngestedAt,
}

/// Which way an order runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Direction")]
enum OrderDirection {
    /// Oldest first; A before Z.
    Asc,
    /// Newest first; Z before A.
    Desc,
}

impl From<ArticleOrder> for Order {
    fn from(order: ArticleOrder) -> Self {
        Self {
            field: order.field.into(),
            direction: order.direction.into(),
        }
    }
}
