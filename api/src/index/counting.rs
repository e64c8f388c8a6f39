//! Counting what was found, by its columns.

use std::collections::HashMap;
use std::sync::Arc;

use entity::id::TopicId;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Weight;
use tantivy::{DocId, Searcher, SegmentReader};

use super::filter::Passing;
use crate::store::articles::ArticleFilter;

/// What articles can be counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Topic: an article counts once for each.
    Topic,
    /// Month of publication.
    Month,
    /// Year of publication.
    Year,
    /// Language.
    Language,
    /// Source.
    Source,
}

/// One value of a group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A month: its year, and its number from 1.
    Month(i32, u32),
    /// A year.
    Year(i32),
    /// A language or a source.
    Text(Arc<str>),
    /// A topic.
    Topic(TopicId),
    /// The article has none: no date, no topic.
    None,
}

/// The numbers of a group in one segment; `NONE` where an article has none.
struct Values {
    group: Group,
    numbers: Numbers,
}

enum Numbers {
    Texts(Option<StrColumn>, Column<u64>),
    Months(Column<i64>),
}

const NONE: i64 = i64::MAX;

impl Values {
    fn of(group: Group, reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let texts = |name: &str| -> tantivy::Result<Numbers> {
            let column = columns.str(name)?;
            let numbers = column.as_ref().map_or_else(
                || Column::build_empty_column(reader.max_doc()),
                |column| column.ords().clone(),
            );
            Ok(Numbers::Texts(column, numbers))
        };
        let numbers = match group {
            Group::Topic => texts("topic")?,
            Group::Language => texts("language")?,
            Group::Source => texts("source")?,
            Group::Month | Group::Year => Numbers::Months(columns.i64("month")?),
        };
        Ok(Self { group, numbers })
    }

    fn each(&self, document: DocId, mut note: impl FnMut(i64)) {
        let mut any = false;
        match &self.numbers {
            Numbers::Texts(_, column) => {
                for number in column.values_for_doc(document) {
                    any = true;
                    note(number.cast_signed());
                }
            }
            Numbers::Months(column) => {
                if let Some(month) = column.first(document) {
                    any = true;
                    note(match self.group {
                        Group::Year => month.div_euclid(12),
                        _ => month,
                    });
                }
            }
        }
        if !any {
            note(NONE);
        }
    }

    fn part(&self, number: i64) -> tantivy::Result<Part> {
        if number == NONE {
            return Ok(Part::None);
        }
        let year = |number: i64| i32::try_from(number).unwrap_or_default();
        Ok(match (&self.numbers, self.group) {
            (Numbers::Months(_), Group::Year) => Part::Year(year(number)),
            (Numbers::Months(_), _) => {
                let month = u32::try_from(number.rem_euclid(12)).unwrap_or_default();
                Part::Month(year(number.div_euclid(12)), month + 1)
            }
            (Numbers::Texts(column, _), group) => {
                let mut text = String::new();
                if let Some(column) = column {
                    column.ord_to_str(number.cast_unsigned(), &mut text)?;
                }
                match group {
                    Group::Topic => Part::Topic(TopicId(text)),
                    _ => Part::Text(text.into()),
                }
            }
        })
    }
}

/// Calls `each` with every document of a segment that was found and passes the filter; all are found without a search.
fn each(
    reader: &SegmentReader,
    weight: Option<&dyn Weight>,
    filter: &ArticleFilter,
    mut each: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let passing = Passing::new(filter, reader)?;
    match weight {
        Some(weight) => weight.for_each_no_score(reader, &mut |documents| {
            for document in documents {
                if passing.holds(*document) {
                    each(*document);
                }
            }
        }),
        None => {
            (0..reader.max_doc())
                .filter(|document| passing.holds(*document))
                .for_each(each);
            Ok(())
        }
    }
}

/// How many articles were found and pass.
pub(super) fn count(
    searcher: &Searcher,
    weight: Option<&dyn Weight>,
    filter: &ArticleFilter,
) -> tantivy::Result<u64> {
    let mut count = 0;
    for reader in searcher.segment_readers() {
        each(reader, weight, filter, |_| count += 1)?;
    }
    Ok(count)
}

/// How many were found of each value of each group, all groups in one pass.
pub(super) fn facets(
    searcher: &Searcher,
    weight: Option<&dyn Weight>,
    filter: &ArticleFilter,
    groups: &[Group],
) -> tantivy::Result<Vec<HashMap<Part, u64>>> {
    let mut counts: Vec<HashMap<Part, u64>> = vec![HashMap::new(); groups.len()];
    for reader in searcher.segment_readers() {
        let mut columns = Vec::new();
        for group in groups {
            columns.push((Values::of(*group, reader)?, Tally::default()));
        }
        each(reader, weight, filter, |document| {
            for (column, tally) in &mut columns {
                column.each(document, |number| tally.add(number));
            }
        })?;
        for ((column, tally), counts) in columns.iter().zip(&mut counts) {
            for (number, count) in tally.counted() {
                *counts.entry(column.part(number)?).or_default() += count;
            }
        }
    }
    Ok(counts)
}

/// How many were found of each combination of values of one or two groups.
pub(super) fn table(
    searcher: &Searcher,
    weight: Option<&dyn Weight>,
    filter: &ArticleFilter,
    groups: &[Group],
) -> tantivy::Result<HashMap<Vec<Part>, u64>> {
    let mut counts: HashMap<Vec<Part>, u64> = HashMap::new();
    for reader in searcher.segment_readers() {
        let columns = groups
            .iter()
            .map(|group| Values::of(*group, reader))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let mut cells: HashMap<[i64; 2], u64> = HashMap::new();
        each(reader, weight, filter, |document| match &columns[..] {
            [one] => one.each(document, |first| {
                *cells.entry([first, 0]).or_default() += 1;
            }),
            [one, other, ..] => one.each(document, |first| {
                other.each(document, |second| {
                    *cells.entry([first, second]).or_default() += 1;
                });
            }),
            [] => {}
        })?;
        for (numbers, count) in cells {
            let parts = columns
                .iter()
                .zip(numbers)
                .map(|(column, number)| column.part(number))
                .collect::<tantivy::Result<Vec<_>>>()?;
            *counts.entry(parts).or_default() += count;
        }
    }
    Ok(counts)
}

/// Counts of small numbers, which lie close together.
#[derive(Default)]
struct Tally {
    first: i64,
    counts: Vec<u64>,
    none: u64,
}

impl Tally {
    fn add(&mut self, number: i64) {
        if number == NONE {
            self.none += 1;
            return;
        }
        if self.counts.is_empty() {
            self.first = number;
        }
        if number < self.first {
            let missing = usize::try_from(self.first - number).unwrap_or_default();
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = number;
        }
        let at = usize::try_from(number - self.first).unwrap_or_default();
        if at >= self.counts.len() {
            self.counts.resize(at + 1, 0);
        }
        self.counts[at] += 1;
    }

    fn counted(&self) -> impl Iterator<Item = (i64, u64)> {
        let counts = self.counts.iter().zip(self.first..);
        counts
            .map(|(count, number)| (number, *count))
            .chain([(NONE, self.none)])
            .filter(|(_, count)| *count > 0)
    }
}
