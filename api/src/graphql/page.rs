//! `Page`.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object};
use entity::{line, page};

use super::article::Article;
use super::date::Moment;
use super::error::{Code, Nullable, bad};
use super::line::{Line, RejectedLine};
use super::loader::{ArticlesOf, LinesOf, PageOf, TextOf, load};
use super::visible::seen;

/// One ingested document, kept as it was.
pub(super) struct Page(pub(super) page::Model);

/// Most lines of a page that are given at once.
const MOST_LINES: i32 = 1_000;

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
    async fn ingested_at(&self) -> Moment {
        Moment(self.0.ingested_at)
    }

    /// The newer version of the page of this name, once there is one.
    async fn superseded_by(&self, context: &Context<'_>) -> Nullable<Page> {
        let newer = self.0.superseded_by.clone()?;
        let row = load(context, PageOf(newer)).await.transpose()?;
        Some(row.map(Page))
    }

    /// The articles read out of it, in its order, duplicates among them.
    async fn articles(&self, context: &Context<'_>) -> Result<Vec<Article>, Error> {
        let rows = load(context, ArticlesOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        Ok(seen(context, rows))
    }

    /// Its lines, in their order, and what became of each; blank lines are left out. To read on, pass the number of the
    /// last line received as `after`; the end is reached when fewer come than were asked for.
    async fn lines(
        &self,
        context: &Context<'_>,
        #[graphql(default = 100, desc = "How many at most, up to 1000.")] first: i32,
        #[graphql(default = 0, desc = "Only lines after the one of this number.")] after: i32,
    ) -> Result<Vec<Line>, Error> {
        let (rows, text) = self.some_lines(context, false, first, after).await?;
        rows.into_iter().map(|row| Line::of(&text, row)).collect()
    }

    /// The lines that went to no article, in their order, with the reason; blank lines are left out. To read on, pass the
    /// number of the last line received as `after`; the end is reached when fewer come than were asked for.
    async fn rejected_lines(
        &self,
        context: &Context<'_>,
        #[graphql(default = 100, desc = "How many at most, up to 1000.")] first: i32,
        #[graphql(default = 0, desc = "Only lines after the one of this number.")] after: i32,
    ) -> Result<Vec<RejectedLine>, Error> {
        let (rows, text) = self.some_lines(context, true, first, after).await?;
        rows.into_iter()
            .map(|row| RejectedLine::of(&text, row))
            .collect()
    }
}

impl Page {
    /// So many lines, all or only the rejected, after the one of a number; and the text they stand in.
    async fn some_lines(
        &self,
        context: &Context<'_>,
        rejected: bool,
        first: i32,
        after: i32,
    ) -> Result<(Vec<line::Model>, Arc<str>), Error> {
        if !(0..=MOST_LINES).contains(&first) {
            let message =
                format!("first: {first} is not a number of lines; expected 0 to {MOST_LINES}");
            return Err(bad(Code::BadUserInput, message));
        }
        if after < 0 {
            let message = format!("after: {after} is not the number of a line; expected 0 or more");
            return Err(bad(Code::BadUserInput, message));
        }
        let asked = LinesOf {
            page: self.0.id.clone(),
            rejected,
            first,
            after,
        };
        let Some(rows) = load(context, asked).await? else {
            return Ok((Vec::new(), Arc::default()));
        };
        let text = load(context, TextOf(self.0.id.clone())).await?;
        Ok((rows, text.unwrap_or_default()))
    }
}
