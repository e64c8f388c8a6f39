//! Which articles pass, told by their columns.

use std::sync::Arc;

use entity::id::ArticleId;
use tantivy::SegmentReader;
use tantivy::columnar::{Column, ColumnIndex, ColumnValues, StrColumn};
use tantivy::fastfield::FastFieldReaders;

use super::document::{DUPLICATE, HIDDEN, SUMMARISED, day_number};
use super::key::Key;
use crate::store::articles::{ArticleFilter, Match};

/// A filter made ready for one segment.
pub(super) struct Passing<'a> {
    reader: &'a SegmentReader,
    flags: Arc<dyn ColumnValues<u64>>,
    /// Flags that are looked at, and as what.
    mask: u64,
    right: u64,
    day: Option<(Column<i64>, i64, i64)>,
    undated: Option<(Column<i64>, bool)>,
    one_of: Vec<OneOf>,
    topics: Option<(Topics, Match)>,
    keys: Option<(Keys, Vec<Key>)>,
}

/// A column of texts and which of them pass.
struct OneOf {
    column: Column<u64>,
    passes: Vec<bool>,
}

/// The topics asked for, by their numbers in the segment.
struct Topics {
    column: Column<u64>,
    wanted: Vec<Option<u64>>,
}

/// The ids of a segment's articles.
pub(super) struct Keys {
    high: Arc<dyn ColumnValues<u64>>,
    low: Arc<dyn ColumnValues<u64>>,
}

/// The values of a column that every article has one of: without a look whether this one has.
pub(super) fn whole(
    columns: &FastFieldReaders,
    name: &str,
) -> tantivy::Result<Arc<dyn ColumnValues<u64>>> {
    let column = columns.u64(name)?;
    Ok(match column.index {
        ColumnIndex::Full => column.values,
        _ => column.first_or_default_col(0),
    })
}

impl Keys {
    pub(super) fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            high: whole(columns, "high")?,
            low: whole(columns, "low")?,
        })
    }

    pub(super) fn get(&self, document: u32) -> Key {
        Key {
            high: self.high(document),
            low: self.low(document),
        }
    }

    /// The first part of a document's key.
    pub(super) fn high(&self, document: u32) -> u64 {
        self.high.get_val(document)
    }

    /// The rest of it.
    pub(super) fn low(&self, document: u32) -> u64 {
        self.low.get_val(document)
    }
}

impl<'a> Passing<'a> {
    pub(super) fn new(filter: &ArticleFilter, reader: &'a SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let (mut mask, mut right) = (0, 0);
        if !filter.include_duplicates {
            mask |= DUPLICATE;
        }
        if !filter.include_hidden {
            mask |= HIDDEN;
        }
        if let Some(wanted) = filter.has_abstract {
            mask |= SUMMARISED;
            right |= if wanted { SUMMARISED } else { 0 };
        }
        let day = match (filter.published_from, filter.published_to) {
            (None, None) => None,
            (from, to) => Some((
                columns.i64("day")?,
                from.map_or(i64::MIN, day_number),
                to.map_or(i64::MAX, day_number),
            )),
        };
        let undated = filter
            .undated
            .map(|undated| Ok::<_, tantivy::TantivyError>((columns.i64("day")?, undated)))
            .transpose()?;
        let mut one_of = Vec::new();
        for (name, wanted) in [("language", &filter.languages), ("source", &filter.sources)] {
            if let Some(wanted) = wanted {
                one_of.push(OneOf::new(columns.str(name)?, reader, wanted)?);
            }
        }
        let topics = match &filter.topics {
            Some(topics) => {
                let column = columns.str("topic")?;
                let wanted = topics
                    .iter()
                    .map(|topic| number(column.as_ref(), topic.as_str()))
                    .collect::<tantivy::Result<_>>()?;
                let column = column.map_or_else(
                    || Column::build_empty_column(reader.max_doc()),
                    |column| column.ords().clone(),
                );
                Some((Topics { column, wanted }, filter.topics_match))
            }
            None => None,
        };
        let keys = match &filter.ids {
            Some(ids) => {
                let mut keys: Vec<Key> = ids.iter().filter_map(key).collect();
                keys.sort_unstable();
                Some((Keys::of(reader)?, keys))
            }
            None => None,
        };
        Ok(Self {
            reader,
            flags: whole(columns, "flags")?,
            mask,
            right,
            day,
            undated,
            one_of,
            topics,
            keys,
        })
    }

    /// Whether this document of the segment passes.
    pub(super) fn holds(&self, document: u32) -> bool {
        if self.flags.get_val(document) & self.mask != self.right
            || self.reader.is_deleted(document)
        {
            return false;
        }
        if let Some((column, from, to)) = &self.day
            && !column
                .first(document)
                .is_some_and(|day| (*from..=*to).contains(&day))
        {
            return false;
        }
        if let Some((column, undated)) = &self.undated
            && column.first(document).is_none() != *undated
        {
            return false;
        }
        self.one_of.iter().all(|one_of| one_of.holds(document))
            && self
                .topics
                .as_ref()
                .is_none_or(|(topics, how_many)| topics.hold(document, *how_many))
            && self
                .keys
                .as_ref()
                .is_none_or(|(keys, wanted)| wanted.binary_search(&keys.get(document)).is_ok())
    }
}

impl OneOf {
    fn new(
        column: Option<StrColumn>,
        reader: &SegmentReader,
        wanted: &[String],
    ) -> tantivy::Result<Self> {
        let Some(column) = column else {
            return Ok(Self {
                column: Column::build_empty_column(reader.max_doc()),
                passes: Vec::new(),
            });
        };
        let mut passes = vec![false; column.num_terms()];
        for text in wanted {
            if let Some(number) = number(Some(&column), text)? {
                passes[number as usize] = true;
            }
        }
        Ok(Self {
            column: column.ords().clone(),
            passes,
        })
    }

    fn holds(&self, document: u32) -> bool {
        let number = self.column.first(document);
        number.is_some_and(|number| self.passes.get(number as usize) == Some(&true))
    }
}

impl Topics {
    fn hold(&self, document: u32, how_many: Match) -> bool {
        let has = |topic: &Option<u64>| {
            topic.is_some_and(|topic| {
                let mut topics = self.column.values_for_doc(document);
                topics.any(|found| found == topic)
            })
        };
        match how_many {
            Match::Any => self.wanted.iter().any(has),
            Match::All => self.wanted.iter().all(has),
        }
    }
}

fn key(id: &ArticleId) -> Option<Key> {
    Key::of(id)
}

/// The number of a text in a column of a segment.
fn number(column: Option<&StrColumn>, text: &str) -> tantivy::Result<Option<u64>> {
    let Some(column) = column else {
        return Ok(None);
    };
    Ok(column.dictionary().term_ord(text.as_bytes())?)
}
