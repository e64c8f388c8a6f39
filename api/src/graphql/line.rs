//! `Line` and `RejectedLine`: what became of the lines of a page.

use async_graphql::{Context, Enum, Error, Object, SimpleObject};
use entity::line;

use super::article::Article;
use super::error::{Nullable, internal};
use super::visible::led_to_by_id;
use crate::ingest::Reason;
use crate::store::StoreError;

/// A line of a page and what became of it.
pub(super) struct Line {
    row: line::Model,
    text: String,
}

/// A line of a page that went to no article.
#[derive(SimpleObject)]
pub(super) struct RejectedLine {
    /// Number of the line in the page, from 1.
    number: i32,
    /// The line, as it stands in the page, white space at its ends left out.
    text: String,
    /// Why it went to no article: `BOILERPLATE`, `DUPLICATE_PARAGRAPH`, …
    reason: String,
    /// What that reason means.
    explanation: String,
}

/// What became of a line of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "line::Fate")]
enum LineFate {
    /// It is in the title of an article.
    Title,
    /// It is the line that dates an article.
    Dateline,
    /// It is in a paragraph of an article.
    Paragraph,
    /// It is in no article; `reason` says why.
    Rejected,
}

/// The words of a stored line, in the decoded text of its page.
fn words(page: &str, row: &line::Model) -> Result<String, Error> {
    let line = page.get(row.start as usize..row.end as usize);
    let damaged = || {
        internal(StoreError::Damaged(format!(
            "line {} of page {}",
            row.number, row.page_id
        )))
    };
    Ok(line.ok_or_else(damaged)?.trim().to_owned())
}

/// What a reason means. A reason of an older reader may have no explanation any more.
fn explained(reason: &str) -> String {
    reason
        .parse::<Reason>()
        .map(|reason| reason.explain().to_owned())
        .unwrap_or_default()
}

impl Line {
    /// A stored line of a page with this text.
    pub(super) fn of(page: &str, row: line::Model) -> Result<Self, Error> {
        let text = words(page, &row)?;
        Ok(Self { row, text })
    }
}

impl RejectedLine {
    /// A stored line, that was rejected, of a page with this text.
    pub(super) fn of(page: &str, row: line::Model) -> Result<Self, Error> {
        let text = words(page, &row)?;
        let reason = row.reason.unwrap_or_default();
        Ok(Self {
            number: row.number,
            text,
            explanation: explained(&reason),
            reason,
        })
    }
}

/// A line of a page and what became of it.
#[Object]
impl Line {
    /// Number of the line in the page, from 1.
    async fn number(&self) -> i32 {
        self.row.number
    }

    /// The line, as it stands in the page, white space at its ends left out.
    async fn text(&self) -> &str {
        &self.text
    }

    /// What became of it.
    async fn fate(&self) -> LineFate {
        self.row.fate.into()
    }

    /// The article it went to; none exactly if it was rejected, or if the article is hidden.
    async fn article(&self, context: &Context<'_>) -> Nullable<Article> {
        let id = self.row.article_id.clone()?;
        led_to_by_id(context, id).await.transpose()
    }

    /// Which paragraph of the article it is in, from 0; given exactly for a line of a paragraph.
    async fn paragraph(&self) -> Option<i32> {
        self.row.paragraph
    }

    /// Why it went to no article: `BOILERPLATE`, `DUPLICATE_PARAGRAPH`, … Given exactly if it was rejected.
    async fn reason(&self) -> Option<&str> {
        self.row.reason.as_deref()
    }

    /// What that reason means.
    async fn explanation(&self) -> Option<String> {
        self.row.reason.as_deref().map(explained)
    }
}
