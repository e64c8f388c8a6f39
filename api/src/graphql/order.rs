//! `ArticleOrder`: the orders articles can be listed in.

use async_graphql::{Enum, Error, InputObject};

use super::error::{Code, bad};

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
enum ArticleOrderField {
    /// How well it fits the `search`, best first; only with one, and only in this direction.
    Relevance,
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

impl ArticleOrder {
    /// The order as the store takes it; none for relevance, which only a search has.
    pub(super) fn checked(order: Option<Self>, searching: bool) -> Result<Option<Order>, Error> {
        let Some(Self { field, direction }) = order else {
            return Ok((!searching).then(Order::default));
        };
        let field = match field {
            ArticleOrderField::PublishedAt => OrderField::PublishedAt,
            ArticleOrderField::Title => OrderField::Title,
            ArticleOrderField::IngestedAt => OrderField::IngestedAt,
            ArticleOrderField::Relevance if !searching => {
                let message = "orderBy: RELEVANCE needs a search; give one, or another order";
                return Err(bad(Code::BadUserInput, message));
            }
            ArticleOrderField::Relevance if direction == OrderDirection::Asc => {
                let message = "orderBy: RELEVANCE has the best first; expected the direction DESC";
                return Err(bad(Code::BadUserInput, message));
            }
            ArticleOrderField::Relevance => return Ok(None),
        };
        Ok(Some(Order {
            field,
            direction: direction.into(),
        }))
    }
}
