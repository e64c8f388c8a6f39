//! `Article`.

use std::sync::Arc;

use async_graphql::{Context, Enum, Error, ID, Object};
use chrono::{DateTime, Utc};
use entity::{article, job};

use super::abstracts::Abstract;
use super::date::Date;
use super::error::internal;
use super::label::Label;
use super::loader::{AbstractsOf, ArticleOf, DuplicatesOf, JobStateOf, LabelsOf, PageOf, load};
use super::page::Page;
use super::who::Who;
use crate::store::StoreError;

/// A press release read out of a page.
pub(super) struct Article(pub(super) Arc<article::Model>);

/// Why the day of publication is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "article::DateBasis")]
enum DateBasis {
    /// It stands on a line of its own.
    Dateline,
    /// A feed or the page's markup says so.
    Metadata,
    /// The text says "today", "tomorrow" or "yesterday" beside a date.
    Stated,
    /// It is the date of the event reported.
    Mentioned,
}

/// How far the summary of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "job::State")]
pub(super) enum JobState {
    /// Waiting for the summarizer.
    Queued,
    /// In the summarizer's hands.
    Running,
    /// There.
    Done,
    /// Given up after several attempts.
    Failed,
}

impl Article {
    pub(super) fn of(row: article::Model) -> Self {
        Self(Arc::new(row))
    }

    /// Those of the articles that whoever asks may see.
    pub(super) fn seen(context: &Context<'_>, rows: Vec<article::Model>) -> Vec<Self> {
        let who = Who::asks(context);
        let rows = rows.into_iter().filter(|row| who.sees(row));
        rows.map(Self::of).collect()
    }

    /// The article that a link means: for a reader, the one that it was merged into, and none if it is hidden.
    pub(super) async fn leading_on(
        context: &Context<'_>,
        row: Option<Arc<article::Model>>,
    ) -> Result<Option<Self>, Error> {
        let who = Who::asks(context);
        Ok(match row {
            Some(row) if who.sees(&row) => Some(Self(row)),
            Some(row) => match &row.merged_into {
                Some(target) => load(context, ArticleOf(target.clone()))
                    .await?
                    .filter(|row| who.sees(row))
                    .map(Self),
                None => None,
            },
            None => None,
        })
    }
}

/// A press release read out of a page.
#[Object]
impl Article {
    /// Id; stays the same when the page is read again.
    pub(super) async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Readable name for links; stays the same when the page is read again.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Language of the text: ISO 639-1 (`en`, `fr`), or 639-3 where that has none; `und` when it cannot be told.
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// Day of publication; none when the page gives no evidence of it. `dateBasis` says why it is believed.
    async fn published_on(&self) -> Option<Date> {
        self.0.published_on.map(Date)
    }

    /// Why `publishedOn` is believed; none exactly when that is none.
    async fn date_basis(&self) -> Option<DateBasis> {
        self.0.date_basis.map(DateBasis::from)
    }

    /// The paragraphs of the text, in order.
    async fn paragraphs(&self) -> Vec<&str> {
        self.0.paragraphs().collect()
    }

    /// The text: the paragraphs with an empty line between them. Positions of sentences count in it.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Words of the text.
    async fn word_count(&self) -> i32 {
        self.0.word_count
    }

    /// Place of the article on its page, from 1.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// When it was first ingested.
    async fn ingested_at(&self) -> DateTime<Utc> {
        self.0.ingested_at
    }

    /// Whether an editor hid it from readers; only those who may edit get to see it then.
    async fn hidden(&self) -> bool {
        self.0.hidden_at.is_some()
    }

    /// The article that an editor merged it into, where its text is now.
    async fn merged_into(&self, context: &Context<'_>) -> Result<Option<Article>, Error> {
        let Some(target) = &self.0.merged_into else {
            return Ok(None);
        };
        Ok(load(context, ArticleOf(target.clone())).await?.map(Article))
    }

    /// Short summary; none while `summaryStatus` is not `DONE` for the first time. An editor's comes before a model's.
    #[graphql(name = "abstract")]
    async fn abstract_(&self, context: &Context<'_>) -> Result<Option<Abstract>, Error> {
        let rows = load(context, AbstractsOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        Ok(Abstract::best(&self.0, rows))
    }

    /// How far abstract and labels are.
    async fn summary_status(&self, context: &Context<'_>) -> Result<JobState, Error> {
        // Every article gets its job in the transaction that stores it.
        Ok(load(context, JobStateOf(self.0.id.clone()))
            .await?
            .map_or(JobState::Queued, JobState::from))
    }

    /// Topics, the surest first.
    async fn labels(&self, context: &Context<'_>) -> Result<Vec<Label>, Error> {
        let rows = load(context, LabelsOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        Ok(rows
            .into_iter()
            .map(|row| Label {
                article: self.0.clone(),
                row,
            })
            .collect())
    }

    /// The page it was read out of.
    async fn page(&self, context: &Context<'_>) -> Result<Page, Error> {
        let page = load(context, PageOf(self.0.page_id.clone())).await?;
        page.map(Page).ok_or_else(|| {
            internal(StoreError::Damaged(format!(
                "page {} is gone",
                self.0.page_id
            )))
        })
    }

    /// The article first seen with this text, when this one repeats it.
    async fn duplicate_of(&self, context: &Context<'_>) -> Result<Option<Article>, Error> {
        let Some(original) = &self.0.duplicate_of else {
            return Ok(None);
        };
        Ok(load(context, ArticleOf(original.clone()))
            .await?
            .filter(|row| Who::asks(context).sees(row))
            .map(Article))
    }

    /// The articles that repeat this one's text, oldest first.
    async fn duplicates(&self, context: &Context<'_>) -> Result<Vec<Article>, Error> {
        let rows = load(context, DuplicatesOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        Ok(Article::seen(context, rows))
    }
}
