//! `Facets`: how the articles of a list divide.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Error, SimpleObject};
use entity::id::TopicId;

use super::error::Nullable;
use super::loader::{TopicOf, load};
use super::relevance::unanswered;
use super::topic::Topic;
use crate::index::{Group, Part, Wanted};
use crate::search::Search;
use crate::store::articles::ArticleFilter;

/// How the articles of a list divide, on all its pages together. All are counted in one pass over those that pass the
/// filter and the search; an article with two topics counts for both.
#[derive(SimpleObject, Default)]
pub(super) struct Facets {
    /// By topic, the most frequent first.
    topics: Vec<TopicFacet>,
    /// By language, the most frequent first.
    languages: Vec<LanguageFacet>,
    /// By month of publication, the newest first; those without a date at the end.
    months: Vec<MonthFacet>,
    /// By source, the most frequent first.
    sources: Vec<SourceFacet>,
}

/// Articles of one topic.
#[derive(SimpleObject)]
#[graphql(complex)]
struct TopicFacet {
    #[graphql(skip)]
    id: TopicId,
    /// How many.
    count: u64,
}

/// Articles of one language.
#[derive(SimpleObject)]
struct LanguageFacet {
    /// The language, as `Article.language` has it.
    language: String,
    /// How many.
    count: u64,
}

/// Articles of one month.
#[derive(SimpleObject)]
struct MonthFacet {
    /// The month of publication (`2021-03`); none for articles without a date.
    month: Option<String>,
    /// How many.
    count: u64,
}

/// Articles of one source.
#[derive(SimpleObject)]
struct SourceFacet {
    /// The source, as `Page.source` has it.
    source: String,
    /// How many.
    count: u64,
}

#[ComplexObject]
impl TopicFacet {
    /// The topic; none once it is no longer in the vocabulary.
    async fn topic(&self, context: &Context<'_>) -> Nullable<Topic> {
        let row = load(context, TopicOf(self.id.clone())).await.transpose()?;
        Some(row.map(Topic))
    }
}

impl Facets {
    /// Count those that are selected.
    pub(super) async fn count(
        context: &Context<'_>,
        wanted: Option<Arc<Wanted>>,
        filter: ArticleFilter,
    ) -> Result<Self, Error> {
        let selected = context.look_ahead();
        let groups: Vec<Group> = [
            ("topics", Group::Topic),
            ("languages", Group::Language),
            ("months", Group::Month),
            ("sources", Group::Source),
        ]
        .into_iter()
        .filter(|(field, _)| selected.field(field).exists())
        .map(|(_, group)| group)
        .collect();
        if groups.is_empty() {
            return Ok(Self::default());
        }
        let asked = groups.clone();
        let counted = context
            .data_unchecked::<Search>()
            .ask(move |view| view.facets(wanted.as_deref(), &filter, &asked))
            .await
            .map_err(unanswered)?;
        let mut facets = Self::default();
        for (group, counts) in groups.into_iter().zip(counted) {
            facets.fill(group, counts);
        }
        Ok(facets)
    }

    fn fill(&mut self, group: Group, counts: HashMap<Part, u64>) {
        let mut counts: Vec<(Part, u64)> = counts.into_iter().collect();
        if group == Group::Month {
            // `None` is the last of the parts.
            counts.sort_unstable_by_key(|(part, _)| {
                (*part == Part::None, std::cmp::Reverse(part.clone()))
            });
        } else {
            counts.sort_unstable_by_key(|(part, count)| (std::cmp::Reverse(*count), part.clone()));
        }
        for (part, count) in counts {
            match (group, part) {
                (Group::Month, Part::None) => self.months.push(MonthFacet { month: None, count }),
                (_, Part::Month(year, month)) => self.months.push(MonthFacet {
                    month: Some(month_name(year, month)),
                    count,
                }),
                (_, Part::Topic(id)) => self.topics.push(TopicFacet { id, count }),
                (Group::Language, Part::Text(language)) => self.languages.push(LanguageFacet {
                    language: language.to_string(),
                    count,
                }),
                (_, Part::Text(source)) => self.sources.push(SourceFacet {
                    source: source.to_string(),
                    count,
                }),
                // Articles without a topic are in no facet.
                (_, Part::None | Part::Year(_)) => {}
            }
        }
    }
}

/// `2021-03`.
pub(super) fn month_name(year: i32, month: u32) -> String {
    format!("{year:04}-{month:02}")
}
