//! Titles of a segment, which are numbered in their order.

use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

/// The titles of a segment. The title numbered n has the value 2 n + 1, so that there is one between any two.
pub(super) struct Titles {
    column: Option<StrColumn>,
    numbers: Column<u64>,
}

impl Titles {
    pub(super) fn of(column: Option<StrColumn>, reader: &SegmentReader) -> Self {
        let numbers = column.as_ref().map_or_else(
            || Column::build_empty_column(reader.max_doc()),
            |column| column.ords().clone(),
        );
        Self { column, numbers }
    }

    pub(super) fn value(&self, document: u32) -> u64 {
        self.numbers
            .first(document)
            .map_or(0, |number| number * 2 + 1)
    }

    /// The value of a title, or that between its neighbours where the segment does not have it.
    pub(super) fn place(&self, title: &str) -> tantivy::Result<u64> {
        let Some(column) = &self.column else {
            return Ok(0);
        };
        if let Some(number) = column.dictionary().term_ord(title.as_bytes())? {
            return Ok(number * 2 + 1);
        }
        // By halves: the dictionary says nothing of what follows its last word.
        let (mut from, mut to) = (0, column.num_terms() as u64);
        while from < to {
            let middle = from.midpoint(to);
            if self.text(middle * 2 + 1)?.as_str() < title {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        Ok(from * 2)
    }

    /// The title of this value.
    pub(super) fn text(&self, value: u64) -> tantivy::Result<String> {
        let mut text = String::new();
        if let Some(column) = &self.column {
            column.ord_to_str(value / 2, &mut text)?;
        }
        Ok(text)
    }
}
