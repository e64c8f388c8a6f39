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
    /// How well it fits the `search`; only with one.
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
    /// Oldest first; A before Z; the best last.
    Asc,
    /// Newest first; Z before A; the best first.
    Desc,
}

/// An order as it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listing {
    /// One that the store has.
    By(Order),
    /// By relevance, which only a search has.
    Relevance(Direction),
}

impl ArticleOrder {
    /// The order of a list, with a search or without.
    pub(super) fn checked(order: Option<Self>, searching: bool) -> Result<Listing, Error> {
        let Some(Self { field, direction }) = order else {
            return Ok(match searching {
                true => Listing::Relevance(Direction::Desc),
                false => Listing::By(Order::default()),
            });
        };
        let direction = direction.into();
        let field = match field {
            ArticleOrderField::PublishedAt => OrderField::PublishedAt,
            ArticleOrderField::Title => OrderField::Title,
            ArticleOrderField::IngestedAt => OrderField::IngestedAt,
            ArticleOrderField::Relevance if !searching => {
                let message = "orderBy: RELEVANCE needs a search; give one, or another order";
                return Err(bad(Code::BadUserInput, message));
            }
            ArticleOrderField::Relevance => return Ok(Listing::Relevance(direction)),
        };
        Ok(Listing::By(Order { field, direction }))
    }
}
