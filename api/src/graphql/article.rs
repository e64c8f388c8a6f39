//! `Article`.

mod body;

use std::sync::Arc;

use async_graphql::{Context, Enum, Error, ID, Object};
use entity::{article, job};

use super::PublicUrl;
pub(super) use body::reads_body;

use super::abstraction::Abstraction;
use super::abstracts::{Abstract, AbstractStyle, LENGTH};
use super::date::{Date, Moment};
use super::error::{Code, Nullable, bad, internal};
use super::keyphrase::Keyphrase;
use super::label::Label;
use super::loader::{
    AbstractionOf, AbstractsOf, ArticleOf, DuplicatesOf, JobStateOf, KeyphrasesOf, LabelsOf,
    PageOf, StoredAbstractsOf, load,
};
use super::page::Page;
use super::related::{MOST, related};
use super::story::Story;
use super::visible::{led_to_by_id, seen};
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
}

/// Words a minute of a person reading silently, the mean of 190 studies (Brysbaert 2019).
const READING_SPEED: i32 = 238;

pub(super) fn reading_minutes(words: i32) -> i32 {
    let (whole, rest) = (words / READING_SPEED, words % READING_SPEED);
    (whole + i32::from(rest > 0)).max(1)
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

    /// Its address on the web; none unless the server was told its own (`--public-url`).
    async fn url(&self, context: &Context<'_>) -> Option<String> {
        let public: &PublicUrl = context.data_opt()?;
        Some(public.of(&self.0.slug))
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

    /// Minutes that reading it takes, at 238 words a minute, rounded up; at least 1.
    async fn reading_minutes(&self) -> i32 {
        reading_minutes(self.0.word_count)
    }

    /// Place of the article on its page, from 1.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// When it was first ingested.
    async fn ingested_at(&self) -> Moment {
        Moment(self.0.ingested_at)
    }

    /// The article that an editor merged it into, where its text is now.
    async fn merged_into(&self, context: &Context<'_>) -> Nullable<Article> {
        let target = self.0.merged_into.clone()?;
        let row = load(context, ArticleOf(target)).await.transpose()?;
        Some(row.map(Article))
    }

    /// Short summary; none while `summaryStatus` is not `DONE` for the first time. An editor's comes before a model's.
    #[graphql(name = "abstract")]
    async fn abstract_(
        &self,
        context: &Context<'_>,
        #[graphql(
            default_with = "LENGTH",
            desc = "How many characters at most, as a person counts them, from 40 to 4000: sentences are chosen anew to fill them."
        )]
        max_chars: i32,
        #[graphql(
            default_with = "AbstractStyle::Paragraph",
            desc = "How its sentences are set."
        )]
        style: AbstractStyle,
    ) -> Nullable<Abstract> {
        let id = self.0.id.clone();
        let rows = if (max_chars, style) == (LENGTH, AbstractStyle::Paragraph) {
            load(context, StoredAbstractsOf(id)).await
        } else {
            load(context, AbstractsOf(id)).await
        };
        let best =
            |rows: Option<_>| Abstract::best(&self.0, rows.unwrap_or_default(), max_chars, style);
        rows.and_then(best).transpose()
    }

    /// What came of saying it in a model's own words; none if no model was asked to.
    async fn abstraction(&self, context: &Context<'_>) -> Nullable<Abstraction> {
        let row = load(context, AbstractionOf(self.0.id.clone())).await;
        let abstraction = |row| Abstraction {
            article: self.0.clone(),
            row,
        };
        Some(row.transpose()?.map(abstraction))
    }

    /// How far abstract and labels are.
    async fn summary_status(&self, context: &Context<'_>) -> Result<JobState, Error> {
        // Every article gets its job in the transaction that stores it.
        Ok(load(context, JobStateOf(self.0.id.clone()))
            .await?
            .map_or(JobState::Queued, JobState::from))
    }

    /// The phrases by which it would be looked for, the best first, at most 8; empty until it is summarised.
    async fn keyphrases(&self, context: &Context<'_>) -> Result<Vec<Keyphrase>, Error> {
        let phrases = load(context, KeyphrasesOf(self.0.id.clone())).await?;
        let phrases = phrases.unwrap_or_default().into_iter();
        Ok(phrases.map(Keyphrase::from).collect())
    }

    /// Topics, the surest first.
    async fn labels(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those at least so sure, from 0 to 1.")] min_score: Option<f64>,
    ) -> Result<Vec<Label>, Error> {
        if let Some(score) = min_score
            && !(0.0..=1.0).contains(&score)
        {
            let message = format!("minScore: {score} is not a score; expected 0 to 1");
            return Err(bad(Code::BadUserInput, message));
        }
        let rows = load(context, LabelsOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        Ok(rows
            .into_iter()
            .filter(|row| min_score.is_none_or(|least| row.score >= least))
            .map(|row| Label {
                article: self.0.clone(),
                row,
            })
            .collect())
    }

    /// Articles that say the like, nearest first, by the embeddings of their texts; repeats and hidden ones left out. Empty
    /// while its own text was not embedded yet; none, with an error, while there is no search index.
    async fn related(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many; at most 20.", default = 5)] first: i32,
    ) -> Nullable<Vec<Article>> {
        let most = usize::try_from(first).ok().filter(|first| *first <= MOST);
        let Some(most) = most else {
            let message = format!("first: {first} is no number of articles; expected 0 to {MOST}");
            return Some(Err(bad(Code::BadUserInput, message)));
        };
        let found = related(context, &self.0.id).await;
        Some(found.map(|found| found.into_iter().take(most).map(Article).collect()))
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
    async fn duplicate_of(&self, context: &Context<'_>) -> Nullable<Article> {
        let original = self.0.duplicate_of.clone()?;
        led_to_by_id(context, original).await.transpose()
    }

    /// The articles that repeat this one's text, oldest first.
    async fn duplicates(&self, context: &Context<'_>) -> Result<Vec<Article>, Error> {
        let rows = load(context, DuplicatesOf(self.0.id.clone()))
            .await?
            .unwrap_or_default();
        Ok(seen(context, rows))
    }

    /// The story it belongs to; none while it is alone in its story. A repeat of a text has the story of the article
    /// that it repeats.
    async fn story(&self, context: &Context<'_>) -> Nullable<Story> {
        Story::of(context, &self.0).await.transpose()
    }

    /// Whether an editor hid it; only editors see it then.
    async fn hidden(&self) -> bool {
        self.0.hidden_at.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_takes_a_minute_at_least() {
        for (words, minutes) in [
            (0, 1),
            (1, 1),
            (238, 1),
            (239, 2),
            (476, 2),
            (i32::MAX, 9_023_041),
        ] {
            assert_eq!(reading_minutes(words), minutes, "{words}");
        }
    }
}
