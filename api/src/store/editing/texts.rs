//! Texts sent by hand: pages like any other.

use serde_json::json;

use super::{Deed, EditError, Outcome, Record};
use crate::ingest::{Fate, Page, Reading, Reason};
use crate::store::Store;
use crate::store::save::{self, Again, save_in};

/// A text that was read, to be stored as a page.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where it comes from.
    pub source: String,
    /// The page.
    pub page: Page,
    /// What was read out of it.
    pub reading: Reading,
    /// Whether a date was told beside it, which the same page again does not say.
    pub dated: bool,
}

impl Store {
    /// Store a text as a page and what was read out of it as articles.
    pub async fn ingest_text(&self, deed: &Deed, text: &Text) -> Result<Record, EditError> {
        self.once(deed, |held| async move {
            let transaction = &*held;
            let again = if text.dated {
                Again::Anyway
            } else {
                Again::IfNewer
            };
            let Text {
                source,
                page,
                reading,
                ..
            } = text;
            let saved = save_in(transaction, source, page, reading, again, deed.at).await?;
            let any = |outcome| {
                saved
                    .articles
                    .iter()
                    .any(|article| article.outcome == outcome)
            };
            let outcome = if saved.articles.is_empty() {
                Outcome::NothingRead
            } else if any(save::Outcome::Inserted) {
                Outcome::Inserted
            } else if any(save::Outcome::Changed) {
                Outcome::Changed
            } else {
                Outcome::Unchanged
            };
            let rejected = reading.lines.iter().filter(
                |line| matches!(line.fate, Fate::Rejected(reason) if reason != Reason::Blank),
            );
            let record = Record {
                outcome,
                articles: saved
                    .articles
                    .iter()
                    .map(|article| article.id.clone())
                    .collect(),
                before: json!({ "pageKnown": saved.known }),
                page: Some(saved.id),
                count: Some(rejected.count() as u64),
            };
            Ok(record)
        })
        .await
    }
}
