//! `ArticleFilter`: which articles a list, a count or a subscription is about.

use async_graphql::{Context, Enum, Error, ID, InputObject};
use entity::id::{ArticleId, TopicId};
use entity::token::Scope;

use super::date::Date;
use super::error::{Code, bad, storable};
use super::who::Who;
use crate::store::articles::{ArticleFilter as Filter, Match};

/// Which articles; every part given must hold. An empty list is the same as none given.
#[derive(Clone, Debug, InputObject, Default)]
pub(super) struct ArticleFilter {
    /// Labelled with these topics, by id; `topicsMatch` says with how many of them. At most 100.
    topics: Option<Vec<ID>>,
    /// Whether an article needs one of the `topics` or all of them.
    #[graphql(default_with = "TopicsMatch::Any")]
    topics_match: TopicsMatch,
    /// In one of these languages: `["en", "fr"]`, in capitals or not. At most 100.
    languages: Option<Vec<String>>,
    /// Published on this day or later; leaves out articles without a date.
    published_from: Option<Date>,
    /// Published on this day or earlier; leaves out articles without a date.
    published_to: Option<Date>,
    /// `true`: only articles without a date. `false`: only articles with one.
    undated: Option<bool>,
    /// From one of these sources, as `page { source }` names them. At most 100.
    sources: Option<Vec<String>>,
    /// `true`: only articles that have an abstract. `false`: only those that have none yet.
    has_abstract: Option<bool>,
    /// One of these articles, by id. At most 100.
    ids: Option<Vec<ID>>,
    /// Also articles that repeat the text of another.
    #[graphql(default = false)]
    include_duplicates: bool,
    /// Also articles that an editor hid. Needs a token with the scope `edit`.
    #[graphql(default = false)]
    include_hidden: bool,
}

/// How many of the topics asked for an article must have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[graphql(remote = "Match")]
enum TopicsMatch {
    /// At least one of them.
    #[default]
    Any,
    /// Every one of them.
    All,
}

/// Most values of one part of a filter.
const MOST: usize = 100;

impl ArticleFilter {
    /// The filter as the store takes it, for whoever asks: only those who may edit see what is hidden.
    pub(super) fn checked(self, context: &Context<'_>) -> Result<Filter, Error> {
        if self.include_hidden {
            Who::asks(context).needs(Scope::Edit, "includeHidden")?;
        }
        let (from, to) = (
            self.published_from.map(|day| day.0),
            self.published_to.map(|day| day.0),
        );
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let message = format!(
                "filter: publishedFrom {from} is after publishedTo {to}; expected it before"
            );
            return Err(bad(Code::BadUserInput, message));
        }
        if self.undated == Some(true) && (from.is_some() || to.is_some()) {
            let message = "filter: undated articles lie in no period; give either undated: true or publishedFrom and publishedTo";
            return Err(bad(Code::BadUserInput, message));
        }
        let ids = |list: Option<Vec<ID>>| list.map(|ids| ids.into_iter().map(|id| id.0).collect());
        let topics: Option<Vec<String>> = given("topics", ids(self.topics))?;
        let articles: Option<Vec<String>> = given("ids", ids(self.ids))?;
        Ok(Filter {
            topics: topics.map(|ids| ids.into_iter().map(TopicId).collect()),
            topics_match: self.topics_match.into(),
            languages: given("languages", folded(self.languages))?,
            published_from: from,
            published_to: to,
            undated: self.undated,
            sources: given("sources", self.sources)?,
            has_abstract: self.has_abstract,
            ids: articles.map(|ids| ids.into_iter().map(ArticleId).collect()),
            include_duplicates: self.include_duplicates,
            include_hidden: self.include_hidden,
        })
    }
}

/// Codes of languages as they are stored: in small letters.
pub(super) fn folded(languages: Option<Vec<String>>) -> Option<Vec<String>> {
    let small = |code: String| code.to_ascii_lowercase();
    languages.map(|codes| codes.into_iter().map(small).collect())
}

/// The values of one part of the filter, each once; none if the list is empty.
fn given(part: &str, list: Option<Vec<String>>) -> Result<Option<Vec<String>>, Error> {
    let Some(mut list) = list.filter(|list| !list.is_empty()) else {
        return Ok(None);
    };
    if list.len() > MOST {
        let message = format!(
            "filter: {} {part} are given; expected at most {MOST}",
            list.len()
        );
        return Err(bad(Code::BadUserInput, message));
    }
    storable(&format!("filter: {part}"), &list)?;
    list.sort_unstable();
    list.dedup();
    Ok(Some(list))
}
