//! When an article was published, and why we believe it.
//!
//! Dates are looked for around years of four digits (`mention`), in English and French. A line of its own or the head of the first
//! paragraph is a dateline (`dateline`); "today, Thursday, April 1, 2021" states the day; the day of the reported event is a mention.
//! `belief` weighs them: a date is published only with evidence, and lies at most one day after the day of ingest (UTC).

use std::fmt;

use chrono::NaiveDate;

mod belief;
mod beside;
mod dateline;
mod mention;
mod token;

pub use belief::latest_day;
pub(super) use belief::{Figures, Sources, publication};
pub(super) use dateline::{is_dateline, is_signed, opening_dateline};

/// Why a date of publication is believed, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// A line of its own, or the head of the first paragraph ("Rabat, 15 March 2021 – …").
    Dateline,
    /// Told beside the text: by a feed or an HTML page.
    Metadata,
    /// The text says which day "today", "tomorrow" or "yesterday" is.
    Stated,
    /// The day of the reported event.
    Mentioned,
}

impl Basis {
    /// The stable name it is stored and shown under.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Dateline => "DATELINE",
            Basis::Metadata => "METADATA",
            Basis::Stated => "STATED",
            Basis::Mentioned => "MENTIONED",
        }
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A date of publication with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub on: NaiveDate,
    /// Why it is believed.
    pub basis: Basis,
    /// The words it was read from.
    pub evidence: String,
}

#[cfg(test)]
mod tests;
