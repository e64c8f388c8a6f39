//! `first`, `after`, `last`, `before`: which part of a list is wanted.

use async_graphql::Error;

use super::cursor::Place;
use super::error::{Code, bad};
use crate::store::window::{End, Window};

/// Rows on a page when neither `first` nor `last` is given.
const DEFAULT_SIZE: u64 = 20;
/// Most rows on a page.
const MAX_SIZE: i32 = 100;

/// The paging arguments of a Relay connection.
#[derive(Debug, Default)]
pub(super) struct Paging {
    /// How many from the start.
    pub(super) first: Option<i32>,
    /// Only what follows this cursor.
    pub(super) after: Option<String>,
    /// How many from the end.
    pub(super) last: Option<i32>,
    /// Only what precedes this cursor.
    pub(super) before: Option<String>,
}

impl Paging {
    /// The window they ask for, on a list in this order.
    pub(super) fn window<P: Place>(&self, order: P::Order) -> Result<Window<P>, Error> {
        let (size, end) = match (self.first, self.last) {
            (Some(_), Some(_)) => {
                return Err(bad(
                    Code::BadUserInput,
                    "first and last are both given; give one of them",
                ));
            }
            (None, Some(last)) => (size("last", last)?, End::Last),
            (Some(first), None) => (size("first", first)?, End::First),
            (None, None) => (DEFAULT_SIZE, End::First),
        };
        let place = |argument, cursor: &Option<String>| {
            let cursor = cursor.as_deref();
            cursor
                .map(|cursor| P::decode(argument, cursor, order))
                .transpose()
        };
        Ok(Window {
            size,
            end,
            after: place("after", &self.after)?,
            before: place("before", &self.before)?,
        })
    }
}

fn size(argument: &str, size: i32) -> Result<u64, Error> {
    match u64::try_from(size) {
        Ok(natural) if size <= MAX_SIZE => Ok(natural),
        _ => Err(bad(
            Code::BadUserInput,
            format!("{argument}: {size} is not a page size; expected 0 to {MAX_SIZE}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::articles::{ArticleOrder, ArticlePlace};

    #[test]
    fn a_page_has_a_size_within_bounds() {
        for (first, last, expected) in [
            (None, None, Some((20, End::First))),
            (Some(0), None, Some((0, End::First))),
            (Some(100), None, Some((100, End::First))),
            (None, Some(5), Some((5, End::Last))),
            (Some(101), None, None),
            (Some(-1), None, None),
            (None, Some(-1), None),
            (Some(1), Some(1), None),
        ] {
            let paging = Paging {
                first,
                last,
                ..Paging::default()
            };
            let window = paging.window::<ArticlePlace>(ArticleOrder::default()).ok();
            assert_eq!(
                window.map(|window| (window.size, window.end)),
                expected,
                "{first:?} {last:?}"
            );
        }
    }
}
