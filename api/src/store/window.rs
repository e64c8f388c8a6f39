//! A window on an ordered list: so many rows from one of its ends, between two places in it.

/// Which end the rows are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// From the first row on.
    First,
    /// From the last row back.
    Last,
}

/// So many rows, between two places (both left out). `P` is a place in the order: the sort keys of a row.
#[derive(Clone, Debug)]
pub struct Window<P> {
    /// How many rows at the most.
    pub size: u64,
    /// The end they are counted from.
    pub end: End,
    /// Only rows after this place.
    pub after: Option<P>,
    /// Only rows before this place.
    pub before: Option<P>,
}

/// The rows in a window, in the list's order.
#[derive(Clone, Debug)]
pub struct Slice<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Whether rows precede them.
    pub earlier: bool,
    /// Whether rows follow them.
    pub later: bool,
}

impl<T> Slice<T> {
    /// The same rows in the list read from its other end.
    pub(crate) fn turned(mut self) -> Self {
        self.rows.reverse();
        Self {
            rows: self.rows,
            earlier: self.later,
            later: self.earlier,
        }
    }
}

impl<P> Window<P> {
    /// The same rows in the list read from its other end.
    pub(crate) fn turned(self) -> Self {
        Self {
            size: self.size,
            end: match self.end {
                End::First => End::Last,
                End::Last => End::First,
            },
            after: self.before,
            before: self.after,
        }
    }

    /// How many rows to ask for: one more than wanted tells whether there are more.
    pub(crate) fn limit(&self) -> u64 {
        self.size + 1
    }

    /// Make a slice of the rows found, which come counted from the window's end.
    pub(crate) fn slice<T>(&self, mut rows: Vec<T>) -> Slice<T> {
        let more = rows.len() as u64 > self.size;
        rows.truncate(self.size as usize);
        match self.end {
            End::First => Slice {
                rows,
                earlier: self.after.is_some(),
                later: more,
            },
            End::Last => {
                rows.reverse();
                Slice {
                    rows,
                    earlier: more,
                    later: self.before.is_some(),
                }
            }
        }
    }
}
