//! `Page`.

use async_graphql::{Context, Error, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use entity::page;

use super::article::Article;
use super::error::internal;
use super::loader::{ArticlesOf, PageOf, RejectedOf, TextOf, load};
use crate::ingest::Reason;
use crate::store::StoreError;

/// One ingested document, kept as it was.
pub(super) struct Page(pub(super) page::Model);

/// A line of a page that went to no article.
#[derive(SimpleObject)]
struct RejectedLine {
    /// Number of the line in the page, from 1.
    number: i32,
    /// The line, as it stands in the page, white space at its ends left out.
    text: String,
    /// Why it went to no article: `BOILERPLATE`, `DUPLICATE_PARAGRAPH`, …
    reason: String,
    /// What that reason means.
    explanation: String,
}

/// One ingested document, kept as it was.
#[Object]
impl Page {
    /// Id: of its source and its bytes.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Path of the file below the folder that was ingested.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where it came from, as the person who ingested it named it.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// What it is: `text/plain`.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// How its bytes were decoded: `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`.
    async fn encoding(&self) -> &str {
        &self.0.encoding
    }

    /// How many bytes it has.
    async fn byte_count(&self) -> i64 {
        self.0.byte_count
    }

    /// When it was first ingested.
    async fn ingested_at(&self) -> DateTime<Utc> {
        self.0.ingested_at
    }

    /// The newer version of the page of this name, once there is one.
    async fn superseded_by(&self, context: &Context<'_>) -> Result<Option<Page>, Error> {
        let Some(newer) = &self.0.superseded_by else {
            return Ok(None);
        };
        Ok(load(context, PageOf(newer.clone())).await?.map(Page))
    }

    /// The articles read out of it, in its order, duplicates among them.
    async fn articles(&self, context: &Context<'_>) -> Result<Vec<Article>, Error> {
        let rows = load(context, ArticlesOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        Ok(Article::seen(context, rows))
    }

    /// The lines that went to no article, in their order, with the reason; blank lines are left out.
    async fn rejected_lines(&self, context: &Context<'_>) -> Result<Vec<RejectedLine>, Error> {
        let Some(rows) = load(context, RejectedOf(self.0.id.clone())).await? else {
            return Ok(Vec::new());
        };
        let text = load(context, TextOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        rows.into_iter()
            .map(|row| {
                let line = text.get(row.start as usize..row.end as usize);
                let damaged = || {
                    internal(StoreError::Damaged(format!(
                        "line {} of page {}",
                        row.number, row.page_id
                    )))
                };
                let reason = row.reason.unwrap_or_default();
                // A reason of an older reader may have no explanation any more.
                let explanation = reason
                    .parse::<Reason>()
                    .map(|reason| reason.explain().to_owned())
                    .unwrap_or_default();
                Ok(RejectedLine {
                    number: row.number,
                    text: line.ok_or_else(damaged)?.trim().to_owned(),
                    reason,
                    explanation,
                })
            })
            .collect()
    }
}
