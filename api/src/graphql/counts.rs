//! `articleCounts`: how many articles there are of what.

use std::cmp::Reverse;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, Error, Object, SimpleObject};
use entity::id::TopicId;

use super::error::{Code, Nullable, bad};
use super::facets::month_name;
use super::filter::ArticleFilter;
use super::loader::{TopicOf, load};
use super::relevance::{unanswered, wanted};
use super::topic::Topic;
use crate::index::{Group, Part};
use crate::search::Search;

/// Most rows of an answer.
const MOST: i32 = 10_000;

/// Counting articles.
#[derive(Default)]
pub(super) struct CountQueries;

/// What articles are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Group")]
enum ArticleGroup {
    /// Topic; an article with two counts for both.
    Topic,
    /// Month of publication.
    Month,
    /// Year of publication.
    Year,
    /// Language.
    Language,
    /// Source.
    Source,
}

/// How many articles have these in common. What was not grouped by is none, and so is what the articles do not have.
#[derive(SimpleObject, Default)]
#[graphql(complex)]
struct ArticleCount {
    #[graphql(skip)]
    topic_id: Option<TopicId>,
    /// The month of publication (`2021-03`).
    month: Option<String>,
    /// The year of publication.
    year: Option<i32>,
    /// The language.
    language: Option<String>,
    /// The source.
    source: Option<String>,
    /// How many articles.
    count: u64,
}

#[ComplexObject]
impl ArticleCount {
    /// The topic.
    async fn topic(&self, context: &Context<'_>) -> Nullable<Topic> {
        let id = self.topic_id.clone()?;
        let row = load(context, TopicOf(id)).await.transpose()?;
        Some(row.map(Topic))
    }
}

#[Object]
impl CountQueries {
    /// How many articles there are of each topic, month, year, language or source, or of each combination of two of
    /// these; the most frequent first. Repeats and hidden articles are left out unless the filter says otherwise. None,
    /// with an error, while there is no search index.
    async fn article_counts(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What to count by: one or two.")] group_by: Vec<ArticleGroup>,
        #[graphql(desc = "Which articles; all but duplicates unless given.")] filter: Option<
            ArticleFilter,
        >,
        #[graphql(desc = "Only articles that have these words, as in `articles`.")] search: Option<
            String,
        >,
        #[graphql(desc = "Most rows; at most 10,000.", default = 1000)] first: i32,
    ) -> Nullable<Vec<ArticleCount>> {
        Some(ArticleCount::read(context, group_by, filter, search, first).await)
    }
}

impl ArticleCount {
    async fn read(
        context: &Context<'_>,
        group_by: Vec<ArticleGroup>,
        filter: Option<ArticleFilter>,
        search: Option<String>,
        first: i32,
    ) -> Result<Vec<Self>, Error> {
        let mut groups: Vec<Group> = group_by.into_iter().map(Into::into).collect();
        let given = groups.len();
        groups.dedup();
        if groups.len() != given || !(1..=2).contains(&given) {
            let message = format!("groupBy: {given} are given; expected one, or two that differ");
            return Err(bad(Code::BadUserInput, message));
        }
        let Some(most) = usize::try_from(first).ok().filter(|_| first <= MOST) else {
            let message = format!("first: {first} is no number of rows; expected 0 to {MOST}");
            return Err(bad(Code::BadUserInput, message));
        };
        let filter = filter.unwrap_or_default().checked(context)?;
        let wanted = search.as_deref().map(wanted).transpose()?;
        let (asked, wanted) = (groups.clone(), wanted.map(Arc::new));
        let counted = context
            .data_unchecked::<Search>()
            .ask(move |view| view.table(wanted.as_deref(), &filter, &asked))
            .await
            .map_err(unanswered)?;
        let mut counted: Vec<(Vec<Part>, u64)> = counted.into_iter().collect();
        counted.sort_unstable_by(|(parts, count), (other_parts, other)| {
            (Reverse(count), parts).cmp(&(Reverse(other), other_parts))
        });
        counted.truncate(most);
        let row = |(parts, count): (Vec<Part>, u64)| Self::of(&groups, parts, count);
        Ok(counted.into_iter().map(row).collect())
    }

    fn of(groups: &[Group], parts: Vec<Part>, count: u64) -> Self {
        let mut row = Self {
            count,
            ..Self::default()
        };
        for (group, part) in groups.iter().zip(parts) {
            match (group, part) {
                (_, Part::Topic(id)) => row.topic_id = Some(id),
                (_, Part::Month(year, month)) => row.month = Some(month_name(year, month)),
                (_, Part::Year(year)) => row.year = Some(year),
                (Group::Language, Part::Text(language)) => {
                    row.language = Some(language.to_string())
                }
                (_, Part::Text(source)) => row.source = Some(source.to_string()),
                (_, Part::None) => {}
            }
        }
        row
    }
}
