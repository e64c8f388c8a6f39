//! A page of what was found: the first of an order, from a place in it.

use std::collections::BinaryHeap;

use chrono::{DateTime, Utc};
use entity::id::ArticleId;
use tantivy::columnar::Column;
use tantivy::query::Weight;
use tantivy::{Searcher, SegmentReader};

use super::document::day_number;
use super::filter::{Keys, Passing};
use super::key::Key;
use super::title::Titles;
use crate::store::articles::{
    ArticleFilter, ArticleOrder, ArticlePlace, Direction, OrderField, SortKey,
};
use crate::store::window::{End, Window};

/// A place in a list ordered by relevance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relevance {
    /// How well its article fits: only compares, and only among the same statistics.
    pub score: u32,
    /// Id of its article.
    pub id: ArticleId,
}

/// What a list is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Score,
    Day,
    Ingested,
    Title,
}

/// What an article is sorted by: greater is later in the alphabet, newer, or fitting better.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    Number(u64),
    Title(String),
}

/// A place in the order.
type Spot = (Value, Key);

/// Place of a document counted from the end of the window; the least is the first on the page.
type Rank = [u64; 3];

/// Part of an order.
pub(super) struct Part {
    by: By,
    /// Whether greater values come first, as counted from the window's end.
    falling: bool,
    /// What stands for a day that is not there.
    undated: u64,
    near: Option<Spot>,
    far: Option<Spot>,
    count: usize,
}

impl Part {
    pub(super) fn by_relevance(window: &Window<Relevance>) -> Self {
        let spot = |place: &Relevance| {
            let key = Key::of(&place.id)?;
            Some((Value::Number(u64::from(place.score)), key))
        };
        Self::of(By::Score, Direction::Desc, window, spot)
    }

    pub(super) fn by(order: ArticleOrder, window: &Window<ArticlePlace>) -> Self {
        let by = match order.field {
            OrderField::PublishedAt => By::Day,
            OrderField::Title => By::Title,
            OrderField::IngestedAt => By::Ingested,
        };
        let spot = |place: &ArticlePlace| {
            let value = match &place.key {
                SortKey::PublishedOn(Some(day)) => Value::Number(number(day_number(*day))),
                SortKey::PublishedOn(None) => Value::Number(undated(order.direction)),
                SortKey::IngestedAt(moment) => Value::Number(moment_number(*moment)),
                SortKey::Title(title) => Value::Title(title.clone()),
            };
            Some((value, Key::of(&place.id)?))
        };
        Self::of(by, order.direction, window, spot)
    }

    fn of<P>(
        by: By,
        direction: Direction,
        window: &Window<P>,
        spot: impl Fn(&P) -> Option<Spot>,
    ) -> Self {
        let (near, far) = match window.end {
            End::First => (&window.after, &window.before),
            End::Last => (&window.before, &window.after),
        };
        Self {
            by,
            falling: (direction == Direction::Desc) == (window.end == End::First),
            undated: undated(direction),
            near: near.as_ref().and_then(&spot),
            far: far.as_ref().and_then(&spot),
            count: usize::try_from(window.limit()).unwrap_or(usize::MAX),
        }
    }

    fn rank(&self, value: u64, key: Key) -> Rank {
        [value, key.high, key.low].map(|number| self.turned(number))
    }

    /// A number such that the least stands for what comes first; twice turned it is itself again.
    fn turned(&self, number: u64) -> u64 {
        if self.falling { !number } else { number }
    }

    /// What has this rank: its value and its key.
    fn place(&self, [value, high, low]: Rank) -> (u64, Key) {
        let [value, high, low] = self.rank(value, Key { high, low });
        (value, Key { high, low })
    }

    /// The first articles of this part, in the order they are counted in.
    pub(super) fn read(
        &self,
        searcher: &Searcher,
        weight: &dyn Weight,
        filter: &ArticleFilter,
    ) -> tantivy::Result<Vec<(ArticleId, u64)>> {
        let mut found: Vec<(Spot, u64)> = Vec::new();
        let mut best = BinaryHeap::new();
        for reader in searcher.segment_readers() {
            let segment = Segment::of(self, reader, filter)?;
            segment.add(&mut best, weight)?;
            // The number of a title means nothing in another segment; of all else the best of all segments are kept.
            if let Some(titles) = &segment.titles {
                for rank in best.drain() {
                    let (value, key) = self.place(rank);
                    found.push(((Value::Title(titles.text(value)?), key), value));
                }
            }
        }
        for rank in best {
            let (value, key) = self.place(rank);
            found.push(((Value::Number(value), key), value));
        }
        found.sort_unstable_by(|(one, _), (other, _)| {
            if self.falling {
                other.cmp(one)
            } else {
                one.cmp(other)
            }
        });
        found.truncate(self.count);
        Ok(found
            .into_iter()
            .map(|((_, key), value)| (key.id(), value))
            .collect())
    }
}

/// One segment of the index, read for a part of an order.
struct Segment<'a> {
    part: &'a Part,
    reader: &'a SegmentReader,
    passing: Passing<'a>,
    keys: Keys,
    numbers: Option<Column<i64>>,
    titles: Option<Titles>,
    near: Option<Rank>,
    far: Option<Rank>,
}

impl<'a> Segment<'a> {
    fn of(
        part: &'a Part,
        reader: &'a SegmentReader,
        filter: &ArticleFilter,
    ) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let titles = match part.by {
            By::Title => Some(Titles::of(columns.str("title")?, reader)),
            _ => None,
        };
        let bound = |spot: &Option<Spot>| -> tantivy::Result<Option<Rank>> {
            let Some((value, key)) = spot else {
                return Ok(None);
            };
            let value = match (value, &titles) {
                (Value::Number(number), _) => *number,
                (Value::Title(title), Some(titles)) => titles.place(title)?,
                (Value::Title(_), None) => return Ok(None),
            };
            Ok(Some(part.rank(value, *key)))
        };
        let (near, far) = (bound(&part.near)?, bound(&part.far)?);
        Ok(Self {
            part,
            reader,
            passing: Passing::new(filter, reader)?,
            keys: Keys::of(reader)?,
            numbers: match part.by {
                By::Day => Some(columns.i64("day")?),
                By::Ingested => Some(columns.i64("ingested")?),
                By::Score | By::Title => None,
            },
            titles,
            near,
            far,
        })
    }

    /// Put the best of this segment among the best so far.
    fn add(&self, best: &mut BinaryHeap<Rank>, weight: &dyn Weight) -> tantivy::Result<()> {
        if self.part.by == By::Score && self.part.falling {
            // Nothing below the last of a full page can come onto it; what equals it may, by its id.
            let least = |best: &BinaryHeap<Rank>| match best.peek() {
                Some(&[last, ..]) if best.len() == self.part.count => score_of(!last).next_down(),
                _ => f32::MIN,
            };
            weight.for_each_pruning(least(best), self.reader, &mut |document, score| {
                self.offer(best, document, coarse(score));
                least(best)
            })
        } else if self.part.by == By::Score {
            weight.for_each(self.reader, &mut |document, score| {
                self.offer(best, document, coarse(score));
            })
        } else {
            weight.for_each_no_score(self.reader, &mut |documents| {
                for document in documents {
                    self.offer(best, *document, self.value(*document));
                }
            })
        }
    }

    fn value(&self, document: u32) -> u64 {
        match (&self.numbers, &self.titles) {
            (Some(numbers), _) => numbers.first(document).map_or(self.part.undated, number),
            (None, Some(titles)) => titles.value(document),
            (None, None) => 0,
        }
    }

    fn offer(&self, best: &mut BinaryHeap<Rank>, document: u32, value: u64) {
        let last = match best.peek() {
            Some(last) if best.len() == self.part.count => Some(*last),
            _ => None,
        };
        // Most are refused by their value alone, and of those that equal the last most by the first part of their key:
        // no more columns are looked at than it takes.
        let first = self.part.turned(value);
        if last.is_some_and(|last| first > last[0]) {
            return;
        }
        let high = self.keys.high(document);
        let second = self.part.turned(high);
        if last.is_some_and(|last| [first, second] > [last[0], last[1]]) {
            return;
        }
        let low = self.keys.low(document);
        let rank = self.part.rank(value, Key { high, low });
        if last.is_some_and(|last| rank >= last)
            || self.near.is_some_and(|near| rank <= near)
            || self.far.is_some_and(|far| rank >= far)
            || !self.passing.holds(document)
        {
            return;
        }
        if last.is_some() {
            best.pop();
        }
        best.push(rank);
    }
}

/// A score without its last bits, which depend on the order its parts were added in.
fn coarse(score: f32) -> u64 {
    u64::from(score.max(0.0).to_bits() & !0xff)
}

/// The least score that becomes this value.
fn score_of(value: u64) -> f32 {
    f32::from_bits(u32::try_from(value).unwrap_or(u32::MAX))
}

/// A signed number as one that sorts alike.
fn number(signed: i64) -> u64 {
    signed.cast_unsigned() ^ (1 << 63)
}

fn moment_number(moment: DateTime<Utc>) -> u64 {
    number(moment.timestamp_micros())
}

/// The undated stand at the end, whichever the direction.
fn undated(direction: Direction) -> u64 {
    match direction {
        Direction::Asc => u64::MAX,
        Direction::Desc => 0,
    }
}
