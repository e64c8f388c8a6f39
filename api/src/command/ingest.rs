//! `communique ingest`.

mod summary;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use sha2::{Digest, Sha256};

use self::summary::{Read, Summary};
use super::sources::{Entries, Entry};
use crate::clock::Clock;
use crate::ingest::{Page, Repeats, read};
use crate::store::Store;

/// Read pages into the archive.
///
/// A page already there changes nothing. A page that cannot be read or stored is reported, the rest goes on, and the exit code is
/// 1.
#[derive(Args, Debug)]
pub(super) struct Ingest {
    /// Files, folders (their .txt and .text files at any depth), or - for standard input
    #[arg(required = true, value_name = "PATH", env = "COMMUNIQUE_PAGES", value_delimiter = None)]
    paths: Vec<PathBuf>,
    /// Where the pages come from [default: the name of the folder]
    #[arg(long, env = "COMMUNIQUE_SOURCE", value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    source: Option<String>,
    /// Say what would be read; store nothing, open no database
    #[arg(long, env = "COMMUNIQUE_DRY_RUN")]
    dry_run: bool,
    /// Print the result as one JSON object
    #[arg(long, env = "COMMUNIQUE_JSON")]
    json: bool,
}

impl Ingest {
    pub(super) async fn run(self, url: &str, clock: Clock) -> anyhow::Result<ExitCode> {
        let store = if self.dry_run {
            None
        } else {
            Some(Store::open_migrated(url).await?)
        };
        let entries = Entries::at(&self.paths, self.source.as_deref());
        let mut summary = Summary::new(self.dry_run, entries.skipped);
        for (path, why) in entries.refused {
            summary.refuse(path, why);
        }
        let repeats = repeats(store.as_ref(), &entries.pages).await?;
        let none = Repeats::default();
        for entry in &entries.pages {
            let page = match entry.read() {
                Ok(page) => page,
                Err(error) => {
                    summary.refuse(entry.shown(), error.to_string());
                    continue;
                }
            };
            let now = clock.now();
            let repeats = repeats.get(&entry.source).unwrap_or(&none);
            let reading = read(&page, repeats, now.date_naive());
            let saved = match &store {
                None => None,
                Some(store) => match store.save(&entry.source, &page, &reading, now).await {
                    Ok(saved) => Some(saved),
                    Err(error) => {
                        let why = format!("nothing of it was stored: {error}");
                        // Others may fare better, unless there is no database any more.
                        if store.ping().await.is_err() {
                            anyhow::bail!("{}: {why}", entry.shown());
                        }
                        summary.refuse(entry.shown(), why);
                        continue;
                    }
                },
            };
            summary.add(Read {
                entry,
                reading: &reading,
                saved: saved.as_ref(),
            });
        }
        if let Some(store) = store {
            store.close().await?;
        }
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", summary.in_json())?;
        } else {
            summary.in_words(&mut out)?;
        }
        Ok(if summary.complete() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// The lines that many pages of a source share, by source: of the pages to be read and the newest stored ones, each
/// counted once however often it is met.
async fn repeats(
    store: Option<&Store>,
    entries: &[Entry],
) -> anyhow::Result<BTreeMap<String, Repeats>> {
    let mut by_source: BTreeMap<String, Repeats> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut add = |source: &str, page: &Page| {
        if seen.insert((source.to_owned(), Sha256::digest(&page.bytes))) {
            by_source.entry(source.to_owned()).or_default().add(page);
        }
    };
    for entry in entries {
        if let Ok(page) = entry.read() {
            add(&entry.source, &page);
        }
    }
    if let Some(store) = store {
        let sources: BTreeSet<&str> = entries.iter().map(|entry| entry.source.as_str()).collect();
        for source in sources {
            for page in store.newest_pages(source, Repeats::PAGES).await? {
                add(source, &page);
            }
        }
    }
    Ok(by_source)
}
