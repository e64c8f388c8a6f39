//! Where a change stands among the changes.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

/// A place among the changes; a greater one is later. Written as text to be kept beside what was made of the changes
/// up to it. It has a meaning only in the database it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    transaction: i64,
    id: i64,
}

/// A text that is no position.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no position among the changes; expected two whole numbers, as in \"812-90\"")]
pub struct BadPosition(String);

impl Position {
    /// Before all changes.
    pub const START: Self = Self {
        transaction: -1,
        id: 0,
    };

    pub(super) fn of(transaction: i64, id: i64) -> Self {
        Self { transaction, id }
    }

    pub(super) fn parts(self) -> (i64, i64) {
        (self.transaction, self.id)
    }
}

impl Display for Position {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        // The start has no transaction.
        write!(out, "{}-{}", self.transaction + 1, self.id)
    }
}

impl FromStr for Position {
    type Err = BadPosition;

    fn from_str(text: &str) -> Result<Self, BadPosition> {
        let read = || {
            let (transaction, id) = text.split_once('-')?;
            let number = |digits: &str| {
                let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
                digits.parse::<i64>().ok().filter(|_| plain)
            };
            Some(Self::of(number(transaction)? - 1, number(id)?))
        };
        read().ok_or_else(|| BadPosition(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_the_same_after_it_was_written_and_read() {
        for position in [
            Position::START,
            Position::of(0, 7),
            Position::of(812, 90),
            Position::of(i64::MAX - 1, i64::MAX),
        ] {
            assert_eq!(position.to_string().parse(), Ok(position));
        }
    }

    #[test]
    fn positions_are_ordered_by_transaction_and_then_by_id() {
        let sorted = [
            Position::START,
            Position::of(0, 1),
            Position::of(0, 2),
            Position::of(3, 1),
        ];
        assert!(sorted.is_sorted());
    }

    #[test]
    fn what_is_no_position_is_refused() {
        for text in [
            "",
            "-",
            "1",
            "1-",
            "-1-2",
            "1-+2",
            "a-b",
            "1-2-3",
            "99999999999999999999-1",
        ] {
            assert_eq!(text.parse::<Position>(), Err(BadPosition(text.to_owned())));
        }
    }
}
