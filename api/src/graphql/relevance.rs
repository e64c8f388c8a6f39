//! Places in a list ordered by relevance, and what is told when there is no search.

use async_graphql::Error;
use entity::id::ArticleId;
use tracing::warn;

use super::cursor::Place;
use super::error::{Code, bad, internal};
use crate::index::{NotWanted, Relevance, Statistics, Wanted};
use crate::search::SearchError;
use crate::store::articles::Direction;

/// A place in the list that one search found, with the statistics it was scored by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    pub(super) place: Relevance,
    pub(super) statistics: Statistics,
    pub(super) search: Searched,
}

/// Which search, a digest of its text, and which way what it found is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Searched {
    text: u32,
    direction: Direction,
}

impl Searched {
    pub(super) fn of(text: &str, direction: Direction) -> Self {
        // FNV-1a: it need only tell a cursor of one search from that of another by mistake.
        let add = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        Self {
            text: text.bytes().fold(0x811c_9dc5, add),
            direction,
        }
    }
}

impl Place for Ranked {
    type Order = Searched;

    fn list(search: Searched) -> &'static str {
        match search.direction {
            Direction::Desc => "1 articles relevance",
            Direction::Asc => "1 articles relevance-asc",
        }
    }

    fn keys(&self) -> [String; 2] {
        let Self {
            place,
            statistics,
            search,
        } = self;
        [
            format!("{} {}", search.text, place.score),
            format!("{} {}", place.id, statistics.encode()),
        ]
    }

    fn of(search: Searched, [numbers, rest]: [&str; 2]) -> Option<Self> {
        let (made_by, score) = numbers.split_once(' ')?;
        let (id, statistics) = rest.split_once(' ')?;
        (made_by.parse() == Ok(search.text)).then_some(())?;
        Some(Self {
            place: Relevance {
                score: score.parse().ok()?,
                id: ArticleId::parse(id)?,
            },
            statistics: Statistics::decode(statistics)?,
            search,
        })
    }
}

/// The search that a text is.
pub(super) fn wanted(text: &str) -> Result<Wanted, Error> {
    Wanted::read(text).map_err(|why: NotWanted| bad(Code::BadUserInput, format!("search: {why}")))
}

/// What a client is told of a search without an answer. The cause is logged; it may name folders.
pub(super) fn unanswered(error: SearchError) -> Error {
    match error {
        SearchError::Store(error) => internal(error),
        error => {
            warn!(cause = %error, "a search has no answer");
            let message = "search is not available at the moment; all that does not search, count or compare is";
            bad(Code::SearchUnavailable, message)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_belongs_to_its_search() {
        let search = Searched::of("water", Direction::Desc);
        let ranked = Ranked {
            place: Relevance {
                score: 7,
                id: ArticleId::of(&["x"]),
            },
            statistics: Statistics::decode("200 30000 17 4").expect("statistics"),
            search,
        };
        let cursor = ranked.encode(search);
        let again = Ranked::decode("after", &cursor, search);
        assert_eq!(again.expect("its own cursor"), ranked);
        for (text, direction) in [("fire", Direction::Desc), ("water", Direction::Asc)] {
            let other = Ranked::decode("after", &cursor, Searched::of(text, direction));
            let error = other.expect_err("a cursor of another search");
            assert!(error.message.starts_with("after: "), "{}", error.message);
        }
    }
}
