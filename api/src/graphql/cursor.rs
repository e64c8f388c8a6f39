//! Cursors: places in a list, opaque to clients.
//!
//! A cursor holds a version, the list it belongs to and the sort keys of its row, so that a page is found by an index
//! however far into the list, and a cursor of another list or order is refused instead of giving a wrong page.

use async_graphql::Error;
use chrono::{DateTime, Datelike, Utc};
use data_encoding::BASE64URL_NOPAD;
use entity::id::{ArticleId, PageId};

use super::date::day;
use super::error::{Code, bad};
use crate::store::articles::{ArticleOrder, ArticlePlace, Direction, OrderField, SortKey};
use crate::store::editing::AuditPlace;
use crate::store::pages::PagePlace;

/// A place in a list that clients hold as a cursor.
pub(crate) trait Place: Sized {
    /// The orders the list can be read in.
    type Order: Copy;

    /// Version, list and order: what the cursors of this list in this order begin with.
    fn list(order: Self::Order) -> &'static str;

    /// The sort keys.
    fn keys(&self) -> [String; 2];

    /// The place of these sort keys in this order; none if they cannot be this list's.
    fn of(order: Self::Order, keys: [&str; 2]) -> Option<Self>;

    /// The cursor.
    fn encode(&self, order: Self::Order) -> String {
        let [first, second] = self.keys();
        BASE64URL_NOPAD.encode(format!("{}\n{first}\n{second}", Self::list(order)).as_bytes())
    }

    /// The place that a cursor given as `argument` stands for.
    fn decode(argument: &str, cursor: &str, order: Self::Order) -> Result<Self, Error> {
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
            [list, first, second] if list == Self::list(order) => {
                Self::of(order, [first, second]).ok_or_else(|| refuse("a damaged cursor"))
            }
            [_, _, _] => Err(refuse("a cursor of another list or order")),
            _ => Err(refuse("not a cursor")),
        }
    }
}

impl Place for ArticlePlace {
    type Order = ArticleOrder;

    fn list(order: ArticleOrder) -> &'static str {
        match (order.field, order.direction) {
            (OrderField::PublishedAt, Direction::Desc) => "2 articles published-desc",
            (OrderField::PublishedAt, Direction::Asc) => "2 articles published-asc",
            (OrderField::Title, Direction::Desc) => "2 articles title-desc",
            (OrderField::Title, Direction::Asc) => "2 articles title-asc",
            (OrderField::IngestedAt, Direction::Desc) => "2 articles ingested-desc",
            (OrderField::IngestedAt, Direction::Asc) => "2 articles ingested-asc",
        }
    }

    fn keys(&self) -> [String; 2] {
        let key = match &self.key {
            SortKey::PublishedOn(day) => day.map(|day| day.to_string()).unwrap_or_default(),
            SortKey::Title(title) => title.clone(),
            SortKey::IngestedAt(moment) => moment.timestamp_micros().to_string(),
        };
        [key, self.id.to_string()]
    }

    fn of(order: ArticleOrder, [key, id]: [&str; 2]) -> Option<Self> {
        let key = match order.field {
            OrderField::PublishedAt if key.is_empty() => SortKey::PublishedOn(None),
            OrderField::PublishedAt => SortKey::PublishedOn(Some(day(key)?)),
            // PostgreSQL's texts cannot hold it.
            OrderField::Title if key.contains('\0') => return None,
            OrderField::Title => SortKey::Title(key.to_owned()),
            OrderField::IngestedAt => SortKey::IngestedAt(moment(key)?),
        };
        let id = ArticleId::parse(id)?;
        Some(Self { key, id })
    }
}

impl Place for PagePlace {
    type Order = ();

    fn list((): ()) -> &'static str {
        "1 pages ingested-desc"
    }

    fn keys(&self) -> [String; 2] {
        [
            self.ingested_at.timestamp_micros().to_string(),
            self.id.to_string(),
        ]
    }

    fn of((): (), [moment, id]: [&str; 2]) -> Option<Self> {
        let ingested_at = self::moment(moment)?;
        let id = PageId::parse(id)?;
        Some(Self { ingested_at, id })
    }
}

impl Place for AuditPlace {
    type Order = ();

    fn list((): ()) -> &'static str {
        "1 audit made-desc"
    }

    fn keys(&self) -> [String; 2] {
        [self.0.to_string(), String::new()]
    }

    fn of((): (), [number, nothing]: [&str; 2]) -> Option<Self> {
        let number = number.parse().ok().map(Self);
        number.filter(|_| nothing.is_empty())
    }
}

/// A moment of the years that both databases sort alike, in microseconds.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::from_timestamp_micros(text.parse().ok()?)?;
    (1..=9999).contains(&moment.year()).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orders() -> Vec<ArticleOrder> {
        let fields = [
            OrderField::PublishedAt,
            OrderField::Title,
            OrderField::IngestedAt,
        ];
        let both = |field| [Direction::Asc, Direction::Desc].map(|direction| (field, direction));
        fields
            .into_iter()
            .flat_map(both)
            .map(|(field, direction)| ArticleOrder { field, direction })
            .collect()
    }

    fn key(order: ArticleOrder) -> SortKey {
        match order.field {
            OrderField::PublishedAt => SortKey::PublishedOn("2021-03-15".parse().ok()),
            OrderField::Title => SortKey::Title("a title".to_owned()),
            OrderField::IngestedAt => SortKey::IngestedAt(DateTime::UNIX_EPOCH),
        }
    }

    fn place(key: SortKey) -> ArticlePlace {
        ArticlePlace {
            key,
            id: ArticleId::of(&["x"]),
        }
    }

    #[test]
    fn a_cursor_gives_back_its_place() {
        for order in orders() {
            let place = place(key(order));
            let cursor = place.encode(order);
            assert_eq!(
                ArticlePlace::decode("after", &cursor, order).expect("its own cursor"),
                place
            );
        }
        let (undated, order) = (place(SortKey::PublishedOn(None)), ArticleOrder::default());
        let again = ArticlePlace::decode("after", &undated.encode(order), order);
        assert_eq!(again.expect("its own cursor"), undated);
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        for made in orders() {
            let cursor = place(key(made)).encode(made);
            for read in orders() {
                let read_again = ArticlePlace::decode("after", &cursor, read);
                assert_eq!(read_again.is_ok(), made == read, "{made:?} as {read:?}");
            }
        }
    }

    #[test]
    fn a_cursor_that_is_not_this_lists_is_refused() {
        let order = ArticleOrder::default();
        let article = place(SortKey::PublishedOn(None)).encode(order);
        assert!(PagePlace::decode("after", &article, ()).is_err());
        for cursor in [
            "",
            "?",
            "abc",
            &article[..article.len() - 1],
            &article[..article.len() - 4],
            &article[..article.len() - 12],
            &BASE64URL_NOPAD.encode(b"a\nb\nc"),
        ] {
            let error = ArticlePlace::decode("after", cursor, order).expect_err(cursor);
            assert!(error.message.starts_with("after: "), "{}", error.message);
        }
    }
    #[test]
    fn a_cursor_whose_keys_no_row_can_have_is_refused() {
        let id = ArticleId::of(&["x"]);
        for order in orders() {
            let keys = match order.field {
                OrderField::PublishedAt => {
                    ["-9999-01-01", "+12026-01-01", "2026-1-2", "0000-01-01"]
                }
                OrderField::Title => ["a\0b", "\0", "b\0", "\0\0"],
                OrderField::IngestedAt => [
                    "9223372036854775807",
                    "-9223372036854775808",
                    "253402300800000000",
                    "-62135596800000001",
                ],
            };
            for key in keys {
                let text = format!("{}\n{key}\n{id}", ArticlePlace::list(order));
                let cursor = BASE64URL_NOPAD.encode(text.as_bytes());
                assert!(
                    ArticlePlace::decode("after", &cursor, order).is_err(),
                    "{key:?}"
                );
            }
        }
    }
}
