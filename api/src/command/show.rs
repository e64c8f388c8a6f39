//! `communique show`.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::ExitCode;

use anyhow::bail;
use clap::{Args, Subcommand};
use entity::id::ArticleId;
use entity::line::{Fate, Model as Line};
use entity::{article, page};

use crate::ingest::{Page, Reason};
use crate::store::Store;

/// Show what became of something.
#[derive(Args, Debug)]
pub(super) struct Show {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Every line of a page: the article it went to, or why it went to none
    Page {
        /// The page, by id or by name
        page: String,
    },
}

impl Show {
    pub(super) async fn run(self, url: &str) -> anyhow::Result<ExitCode> {
        let store = Store::open_migrated(url).await?;
        let What::Page { page } = self.what;
        let found = store.pages_named(&page).await?;
        let [row] = &found[..] else {
            if found.is_empty() {
                bail!(
                    "no page has the id or the name {page:?}; its name is its path below the folder that was ingested"
                );
            }
            let which: Vec<String> = found
                .iter()
                .map(|page| format!("{} of {}", page.id, page.source))
                .collect();
            bail!(
                "{} pages have the name {page:?}; name one by its id: {}",
                found.len(),
                which.join(", ")
            );
        };
        let lines = store.lines(&row.id).await?;
        let mut ids: Vec<ArticleId> = lines
            .iter()
            .filter_map(|line| line.article_id.clone())
            .collect();
        ids.sort();
        ids.dedup();
        let articles = store.articles_by_id(&ids).await?;
        let text = store.read_page(row).await?;
        store.close().await?;
        print(row, &text, &lines, &articles, &mut std::io::stdout().lock())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn print(
    row: &page::Model,
    page: &Page,
    lines: &[Line],
    articles: &[article::Model],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    writeln!(out, "{} {}", row.id, row.name)?;
    writeln!(
        out,
        "source {}, {}, {} bytes, read by {}",
        row.source, row.encoding, row.byte_count, row.reader
    )?;
    if let Some(newer) = &row.superseded_by {
        writeln!(out, "an older version of {newer}")?;
    }
    // Articles are numbered as they come on this page; one that moved to a newer version keeps its number here.
    let mut numbers: BTreeMap<&ArticleId, usize> = BTreeMap::new();
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    writeln!(out)?;
    for line in lines {
        let fate = match (&line.article_id, &line.reason) {
            (Some(id), _) => {
                let next = numbers.len() + 1;
                let number = *numbers.entry(id).or_insert(next);
                match line.fate {
                    Fate::Title => format!("article {number} title"),
                    Fate::Dateline => format!("article {number} dateline"),
                    _ => format!(
                        "article {number} paragraph {}",
                        line.paragraph.unwrap_or_default() + 1
                    ),
                }
            }
            (None, Some(reason)) => {
                *reasons.entry(reason).or_default() += 1;
                format!("rejected {reason}")
            }
            (None, None) => bail!("line {} of page {} has no fate", line.number, row.id),
        };
        let words = page
            .text
            .get(line.start as usize..line.end as usize)
            .unwrap_or_default();
        writeln!(out, "{:>5}  {fate:<29}  {}", line.number, words.trim())?;
    }
    writeln!(out)?;
    let mut numbered: Vec<(&ArticleId, usize)> = numbers.into_iter().collect();
    numbered.sort_by_key(|(_, number)| *number);
    for (id, number) in numbered {
        let Some(article) = articles.iter().find(|article| article.id == *id) else {
            continue;
        };
        let date = article
            .published_on
            .map_or_else(|| "no date".to_owned(), |date| date.to_string());
        let again = if article.duplicate_of.is_some() {
            ", a duplicate"
        } else {
            ""
        };
        writeln!(
            out,
            "article {number}: {} ({}, {date}{again})",
            article.title, article.language
        )?;
        writeln!(out, "           {} {}", article.id, article.slug)?;
    }
    for (reason, count) in reasons {
        let explanation = reason
            .parse::<Reason>()
            .map(Reason::explain)
            .unwrap_or("a reason of an older reader");
        writeln!(out, "{reason} ({count}): {explanation}")?;
    }
    writeln!(out, "Blank lines are left out.")?;
    Ok(())
}
