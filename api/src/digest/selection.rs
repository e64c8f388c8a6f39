//! What is in a digest: read from the store in a fixed number of statements, whatever the size of the archive.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use entity::id::{ArticleId, EditionId, TopicId};
use entity::{article, label, topic};

use super::sent::Choosing;
use super::shelf::Shelf;
use super::wanted::Wanted;
use crate::newsletter::{Candidate, Language, Limits};
use crate::store::articles::{ArticleFilter, ArticleOrder};
use crate::store::slug::topic_slug;
use crate::store::window::{End, Window};
use crate::store::{Store, StoreError};

/// Most articles of a period that are looked at, the newest of them. What is beyond is counted only.
const LOOKED_AT: u64 = 1_000;

/// What is in a digest.
#[derive(Clone, Debug)]
pub struct Selection {
    /// What was wanted.
    pub wanted: Wanted,
    /// Id of the edition: of the digest's name and its articles, in whatever order they stand.
    pub edition: EditionId,
    /// All articles in it, the others of its stories too, in the order of their ids.
    pub articles: Vec<ArticleId>,
    /// First day of its period.
    pub from: NaiveDate,
    /// Last day of its period.
    pub to: NaiveDate,
    /// Articles of the period that fit, whether they are in it or not; without those that were sent before.
    pub found: u64,
    /// Articles that fit and are left out, as an edition of this digest that was sent held them.
    pub sent: usize,
    /// Articles of the period without an abstract: of those that fit but for their topics, where topics are wanted, as
    /// labels come with abstracts; else of those in it.
    pub waiting: u64,
    /// The article that opens it.
    pub lead: Option<Entry>,
    /// The others by topic.
    pub groups: Vec<Group>,
}

/// The articles of one topic.
#[derive(Clone, Debug)]
pub struct Group {
    /// The topic; none for those without one of the topics wanted.
    pub topic: Option<topic::Model>,
    /// Its articles.
    pub entries: Vec<Entry>,
    /// Stories of the topic that found no room.
    pub left_out: usize,
}

/// An article in a digest.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The article.
    pub article: Arc<article::Model>,
    /// Its abstract, as long as wanted; none while there is none.
    pub abstract_: Option<String>,
    /// Its topics with their labels, the surest first.
    pub labels: Vec<(label::Model, topic::Model)>,
    /// The others of its story.
    pub also: Vec<Arc<article::Model>>,
}

/// Why there is no selection.
#[derive(Debug, thiserror::Error)]
pub enum DigestError {
    /// What is wanted makes no sense.
    #[error("{field}: {message}")]
    Wanted {
        /// Which part of it.
        field: &'static str,
        /// What is wrong, and what would be right.
        message: String,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn wrong(field: &'static str, message: impl Into<String>) -> DigestError {
    DigestError::Wanted {
        field,
        message: message.into(),
    }
}

/// The ids of topics given by id or slug, in that order, each once; or which of them is none, and those there are.
pub(super) fn topics_named(names: &[String], all: &[topic::Model]) -> Result<Vec<TopicId>, String> {
    let mut found: Vec<TopicId> = Vec::new();
    // The vocabulary comes with the first summaries: before, no article has a topic, and no name can be wrong.
    if all.is_empty() {
        return Ok(names.iter().cloned().map(TopicId).collect());
    }
    for name in names {
        let named = |topic: &&topic::Model| topic.id.as_str() == name || topic_slug(topic) == *name;
        let Some(topic) = all.iter().find(named) else {
            let known: Vec<String> = all.iter().map(topic_slug).collect();
            let known = known.join(", ");
            return Err(format!("no topic is called {name:?}; there are: {known}"));
        };
        if !found.contains(&topic.id) {
            found.push(topic.id.clone());
        }
    }
    Ok(found)
}

fn given<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.to_vec())
}

impl Selection {
    /// What is in the digest that is wanted today.
    pub async fn read(
        store: &Store,
        wanted: &Wanted,
        today: NaiveDate,
    ) -> Result<Self, DigestError> {
        let (from, to) = wanted.days(today);
        if from > to {
            let message = format!(
                "{from} is after the last day of the period, {to}; expected a day before it"
            );
            return Err(wrong("since", message));
        }
        let vocabulary = store.topics().await?;
        let topics =
            topics_named(&wanted.topics, &vocabulary).map_err(|why| wrong("topics", why))?;
        let filter = ArticleFilter {
            topics: given(&topics),
            languages: given(&wanted.languages),
            sources: given(&wanted.sources),
            published_from: Some(from),
            published_to: Some(to),
            ..ArticleFilter::default()
        };
        let mut found = store.count_articles(&filter).await?;
        let window = Window {
            size: LOOKED_AT,
            end: End::First,
            after: None,
            before: None,
        };
        let mut articles = store
            .articles_without_bodies(&filter, ArticleOrder::default(), &window)
            .await?
            .rows;
        let lead = match &wanted.lead {
            Some(lead) => Some(placed(store, lead, &filter, &mut articles, &mut found).await?),
            None => None,
        };

        let ids: Vec<ArticleId> = articles.iter().map(|row| row.id.clone()).collect();
        let mut labels: HashMap<ArticleId, Vec<label::Model>> = HashMap::new();
        for row in store.labels(&ids).await? {
            labels.entry(row.article_id.clone()).or_default().push(row);
        }
        let candidates: Vec<Candidate> = articles
            .iter()
            .map(|row| Candidate {
                language: row.language.clone(),
                published_on: row.published_on,
                story: row.story_id.as_ref().map(ToString::to_string),
                topics: labels.get(&row.id).map_or_else(Vec::new, |labels| {
                    labels
                        .iter()
                        .map(|label| label.topic_id.to_string())
                        .collect()
                }),
            })
            .collect();
        let sections: Vec<String> = match topics.is_empty() {
            true => vocabulary
                .iter()
                .map(|topic| topic.id.to_string())
                .collect(),
            false => topics.iter().map(ToString::to_string).collect(),
        };
        let preferred = match wanted.languages.is_empty() {
            true => vec![Language::default().code().to_owned()],
            false => wanted.languages.clone(),
        };
        let limits = Limits {
            per_topic: wanted.max_per_topic.number(),
            articles: wanted.max_articles.number(),
        };
        let editions = match wanted.again {
            true => Vec::new(),
            false => store.editions(wanted.name.as_str()).await?,
        };
        let choosing = Choosing {
            name: wanted.name.as_str(),
            ids: &ids,
            candidates: &candidates,
            sections: &sections,
            preferred: &preferred,
            lead,
            limits,
        };
        let made = choosing.after(&editions);
        let shelf = Shelf::fetch(store, wanted, &made.chosen, &ids, labels, vocabulary).await?;
        let (lead, groups) = shelf.arranged(made.chosen);
        let mut selection = Self {
            wanted: wanted.clone(),
            edition: made.edition,
            articles: made.articles,
            from,
            to,
            found: found.saturating_sub(made.sent as u64),
            sent: made.sent,
            waiting: 0,
            lead,
            groups,
        };
        selection.waiting = match topics.is_empty() {
            true => {
                let without = |entry: &&Entry| entry.abstract_.is_none();
                selection.entries().filter(without).count() as u64
            }
            false => {
                let unread = ArticleFilter {
                    topics: None,
                    has_abstract: Some(false),
                    ..filter
                };
                store.count_articles(&unread).await?
            }
        };
        Ok(selection)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.lead.is_none() && self.groups.is_empty()
    }

    /// What is in it, in its order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        let groups = self.groups.iter().flat_map(|group| &group.entries);
        self.lead.iter().chain(groups)
    }
}

/// The place of the lead among the articles; it is put there if it is not there.
async fn placed(
    store: &Store,
    lead: &str,
    filter: &ArticleFilter,
    articles: &mut Vec<article::Model>,
    found: &mut u64,
) -> Result<usize, DigestError> {
    if let Some(place) = articles
        .iter()
        .position(|row| row.id.as_str() == lead || row.slug == lead)
    {
        return Ok(place);
    }
    let row = match ArticleId::parse(lead) {
        Some(id) => store.articles_by_id(&[id]).await?.pop(),
        None => store.article_by_slug(lead).await?,
    };
    let row = row.filter(|row| row.hidden_at.is_none()).ok_or_else(|| {
        wrong(
            "lead",
            format!("there is no article {lead:?}; expected its id or its slug"),
        )
    })?;
    if store
        .passing(filter, std::slice::from_ref(&row.id))
        .await?
        .is_empty()
    {
        *found += 1;
    }
    articles.push(row);
    Ok(articles.len() - 1)
}
