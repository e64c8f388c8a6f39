//! Cursors: places in a list, opaque to clients.
//!
//! A cursor holds a version, the list it belongs to and the sort keys of its row, so that a page is found by an index
//! however far into the list, and a cursor of another list or order is refused instead of giving a wrong page.

use async_graphql::Error;
use chrono::DateTime;
use data_encoding::BASE64URL_NOPAD;
use entity::id::{ArticleId, PageId};

use super::error::{Code, bad};
use crate::store::articles::ArticlePlace;
use crate::store::pages::PagePlace;

/// A place in a list that clients hold as a cursor.
pub(super) trait Place: Sized {
    /// Version and list: what this list's cursors begin with.
    const LIST: &'static str;

    /// The sort keys.
    fn keys(&self) -> [String; 2];

    /// The place of these sort keys; none if they cannot be this list's.
    fn of(keys: [&str; 2]) -> Option<Self>;

    /// The cursor.
    fn encode(&self) -> String {
        let [first, second] = self.keys();
        BASE64URL_NOPAD.encode(format!("{}\n{first}\n{second}", Self::LIST).as_bytes())
    }

    /// The place that a cursor given as `argument` stands for.
    fn decode(argument: &str, cursor: &str) -> Result<Self, Error> {
        let refuse = |why| {
            bad(
                Code::BadCursor,
                format!("{argument}: {why}; pass on a cursor of this list as it was received"),
            )
        };
        let bytes = BASE64URL_NOPAD
            .decode(cursor.as_bytes())
            .map_err(|_| refuse("not a cursor"))?;
        let text = String::from_utf8(bytes).map_err(|_| refuse("not a cursor"))?;
        let parts: Vec<&str> = text.split('\n').collect();
        match parts[..] {
            [list, first, second] if list == Self::LIST => {
                Self::of([first, second]).ok_or_else(|| refuse("a damaged cursor"))
            }
            [_, _, _] => Err(refuse("a cursor of another list or order")),
            _ => Err(refuse("not a cursor")),
        }
    }
}

impl Place for ArticlePlace {
    const LIST: &'static str = "1 articles published-desc";

    fn keys(&self) -> [String; 2] {
        [
            self.published_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
            self.id.to_string(),
        ]
    }

    fn of([day, id]: [&str; 2]) -> Option<Self> {
        let published_on = if day.is_empty() {
            None
        } else {
            Some(day.parse().ok()?)
        };
        let id = ArticleId::parse(id)?;
        Some(Self { published_on, id })
    }
}

impl Place for PagePlace {
    const LIST: &'static str = "1 pages ingested-desc";

    fn keys(&self) -> [String; 2] {
        [
            self.ingested_at.timestamp_micros().to_string(),
            self.id.to_string(),
        ]
    }

    fn of([moment, id]: [&str; 2]) -> Option<Self> {
        let ingested_at = DateTime::from_timestamp_micros(moment.parse().ok()?)?;
        let id = PageId::parse(id)?;
        Some(Self { ingested_at, id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_gives_back_its_place() {
        for published_on in [None, "2021-03-15".parse().ok()] {
            let place = ArticlePlace {
                published_on,
                id: ArticleId::of(&["x"]),
            };
            assert_eq!(
                ArticlePlace::decode("after", &place.encode()).expect("its own cursor"),
                place
            );
        }
    }

    #[test]
    fn a_cursor_that_is_not_this_lists_is_refused() {
        let article = ArticlePlace {
            published_on: None,
            id: ArticleId::of(&["x"]),
        }
        .encode();
        assert!(PagePlace::decode("after", &article).is_err());
        for cursor in [
            "",
            "?",
            "abc",
            &article[..article.len() - 1],
            &article[..article.len() - 4],
            &article[..article.len() - 12],
            &BASE64URL_NOPAD.encode(b"a\nb\nc"),
        ] {
            let error = ArticlePlace::decode("after", cursor).expect_err(cursor);
            assert!(error.message.starts_with("after: "), "{}", error.message);
        }
    }
}
