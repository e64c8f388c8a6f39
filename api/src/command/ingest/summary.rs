//! What an ingest did, for people and for programs.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use crate::command::sources::Entry;
use crate::command::tell;
use crate::ingest::{Fate, Reading, Reason};
use crate::store::save::{Outcome, SavedPage};

/// One page that was read.
pub(super) struct Read<'a> {
    /// Where it was.
    pub(super) entry: &'a Entry,
    /// What was read out of it.
    pub(super) reading: &'a Reading,
    /// What became of it; none when nothing is stored.
    pub(super) saved: Option<&'a SavedPage>,
}

/// What an ingest did.
pub(super) struct Summary {
    dry_run: bool,
    skipped: BTreeMap<String, usize>,
    refused: Vec<(String, String)>,
    pages: usize,
    known: usize,
    articles: usize,
    outcomes: [usize; 3],
    duplicates: usize,
    rejected_lines: usize,
    documents: Vec<Value>,
}

impl Summary {
    pub(super) fn new(dry_run: bool, skipped: BTreeMap<String, usize>) -> Self {
        Self {
            dry_run,
            skipped,
            refused: Vec::new(),
            pages: 0,
            known: 0,
            articles: 0,
            outcomes: [0; 3],
            duplicates: 0,
            rejected_lines: 0,
            documents: Vec::new(),
        }
    }

    /// A page could not be read or stored: say so at once, and count it.
    pub(super) fn refuse(&mut self, path: String, why: String) {
        tell(format_args!("communique: {}: {why}", legible(&path)));
        self.refused.push((path, why));
    }

    /// A page was read.
    pub(super) fn add(&mut self, read: Read<'_>) {
        let Read {
            entry,
            reading,
            saved,
        } = read;
        if reading.drafts.is_empty() {
            let (shown, name) = (legible(&entry.shown()), legible(&entry.name));
            tell(format_args!(
                "communique: {shown}: no article was found in it; `communique show page {name}` says why of each line"
            ));
        }
        let rejected = reading
            .lines
            .iter()
            .filter(|line| matches!(line.fate, Fate::Rejected(reason) if reason != Reason::Blank))
            .count();
        self.pages += 1;
        self.articles += reading.drafts.len();
        self.rejected_lines += rejected;
        if let Some(saved) = saved {
            self.known += usize::from(saved.known);
            self.duplicates += saved
                .articles
                .iter()
                .filter(|article| article.duplicate)
                .count();
            for article in &saved.articles {
                self.outcomes[article.outcome as usize] += 1;
            }
        }
        let articles: Vec<Value> = reading
            .drafts
            .iter()
            .enumerate()
            .map(|(index, draft)| {
                let saved = saved.and_then(|saved| saved.articles.get(index));
                json!({
                    "id": saved.map(|saved| saved.id.as_str()),
                    "outcome": saved.map(|saved| name(saved.outcome)),
                    "duplicate": saved.map(|saved| saved.duplicate),
                    "title": draft.title.text,
                    "language": draft.language,
                    "publishedOn": draft.published.as_ref().map(|published| published.on.to_string()),
                    "dateBasis": draft.published.as_ref().map(|published| published.basis.as_str()),
                    "paragraphs": draft.paragraphs.len(),
                    "wordCount": draft.word_count(),
                })
            })
            .collect();
        self.documents.push(json!({
            "path": entry.shown(),
            "source": entry.source,
            "name": entry.name,
            "id": saved.map(|saved| saved.id.as_str()),
            "known": saved.map(|saved| saved.known),
            "rejectedLines": rejected,
            "articles": articles,
        }));
    }

    /// Whether every page could be read and stored.
    pub(super) fn complete(&self) -> bool {
        self.refused.is_empty()
    }

    pub(super) fn in_json(&self) -> Value {
        let refused: Vec<Value> = self
            .refused
            .iter()
            .map(|(path, why)| json!({ "path": path, "reason": why }))
            .collect();
        let [new, changed, unchanged] = self.outcomes;
        json!({
            "dryRun": self.dry_run,
            "pages": { "read": self.pages, "known": self.known, "refused": refused, "skipped": self.skipped },
            "articles": { "read": self.articles, "new": new, "changed": changed, "unchanged": unchanged },
            "duplicates": self.duplicates,
            "rejectedLines": self.rejected_lines,
            "documents": self.documents,
        })
    }

    pub(super) fn in_words(&self, out: &mut impl Write) -> std::io::Result<()> {
        if self.dry_run {
            for document in &self.documents {
                let path = document["path"].as_str().unwrap_or_default();
                writeln!(out, "{}", legible(path))?;
                for article in document["articles"].as_array().into_iter().flatten() {
                    let date = article["publishedOn"].as_str().unwrap_or("no date");
                    let title = article["title"].as_str().unwrap_or_default();
                    writeln!(out, "  {date:<10}  {title}")?;
                }
            }
            writeln!(out, "dry run: nothing was stored")?;
        }
        let [new, changed, unchanged] = self.outcomes;
        write!(out, "pages       {} read", self.pages)?;
        if !self.dry_run {
            write!(out, " ({} known already)", self.known)?;
        }
        writeln!(out, ", {} refused", self.refused.len())?;
        if self.dry_run {
            writeln!(out, "articles    {}", self.articles)?;
        } else {
            writeln!(
                out,
                "articles    {new} new, {changed} changed, {unchanged} unchanged"
            )?;
            writeln!(out, "duplicates  {}", self.duplicates)?;
        }
        writeln!(out, "rejected    {} lines", self.rejected_lines)?;
        if !self.skipped.is_empty() {
            let kinds: Vec<String> = self
                .skipped
                .iter()
                .map(|(ending, count)| match ending.as_str() {
                    "" => format!("{count} without an ending"),
                    ending => format!("{count} .{ending}"),
                })
                .collect();
            writeln!(
                out,
                "left alone  {} (only .txt and .text are taken from folders)",
                kinds.join(", ")
            )?;
        }
        Ok(())
    }
}

/// The name of a file as one line that a terminal takes for text, whatever is in it.
fn legible(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Inserted => "INSERTED",
        Outcome::Changed => "CHANGED",
        Outcome::Unchanged => "UNCHANGED",
    }
}
