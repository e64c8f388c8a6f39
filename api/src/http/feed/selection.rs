//! The articles of a feed, read out of the archive.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::ArticleId;
use entity::{article, topic};

use super::Feeds;
use super::answer::Refused;
use super::asked::{Asked, OF_A_PART};
use super::entries::name;
use crate::dashboard::language_name;
use crate::feed::{Entry, Format, Head, Parts, View, feed_id};
use crate::graphql::{Place, PublicUrl};
use crate::search::Search;
use crate::store::articles::{ArticleFilter, ArticleOrder, Match};
use crate::store::slug::topic_slug;
use crate::store::window::Slice;
use crate::store::{Store, StoreError};

/// What a feed of everything is called.
pub(super) const NAME: &str = "Communiqué";

/// The articles of a feed, and what the feed says of itself.
pub(super) struct Selection {
    /// The articles, in their order.
    pub(super) articles: Vec<article::Model>,
    /// The language of all, where one was asked for.
    pub(super) language: Option<String>,
    /// Whether they were searched for.
    pub(super) searched: bool,
    view: View,
    title: String,
    id: String,
    order: ArticleOrder,
    earlier: bool,
    later: bool,
    /// When the tables were made: before anything else.
    made: DateTime<Utc>,
    /// When an article last came or was corrected, anywhere in the archive.
    touched: Option<DateTime<Utc>>,
}

impl Selection {
    /// The articles asked for; refused if a topic is not there.
    pub(super) async fn read(feeds: &Feeds, mut asked: Asked) -> Result<Self, Refused> {
        let store = &feeds.store;
        let topics = topics(store, &asked).await?;
        // Its address has the topic by its slug, however it was asked for.
        if let Some(topic) = &mut asked.view.topic
            && let Some(found) = topics.iter().find(|found| is_called(found, topic))
        {
            *topic = topic_slug(found);
        }
        // Before the articles: what comes meanwhile may then be newer than this, and is asked for again.
        let touched = store.last_touched().await?;
        let made = store.made_at().await?;
        let filter = filter(&asked, &topics);
        let language = Some(&asked.languages)
            .filter(|languages| languages.len() == 1)
            .and_then(|languages| languages.first().cloned());
        let title = title(&asked, &topics, language.as_deref());
        let id = feed_id(&format!("archive-{made}"), &identity(&asked, &topics));
        let slice = match &asked.search {
            Some((_, wanted)) => {
                let search = &feeds.search;
                let (wanted, order, window) = (wanted.clone(), asked.order, asked.window);
                let found = search
                    .ask(move |view| view.in_order(&wanted, &filter, order, &window))
                    .await?;
                found_articles(search, found, asked.duplicates).await?
            }
            None => store.articles(&filter, asked.order, &asked.window).await?,
        };
        Ok(Self {
            articles: slice.rows,
            language,
            searched: asked.search.is_some(),
            view: asked.view,
            title,
            id,
            order: asked.order,
            earlier: slice.earlier,
            later: slice.later,
            made: DateTime::from_timestamp(made, 0).unwrap_or(DateTime::UNIX_EPOCH),
            touched,
        })
    }

    /// What the feed of these entries says of itself in this format.
    pub(super) fn head(&self, entries: &[Entry], format: Format, base: &PublicUrl) -> Head {
        let whole = self.view.without(&OF_A_PART);
        let part = |name: &str, article: Option<&article::Model>| {
            let cursor = self.order.place(article?).encode(self.order);
            Some(base.at(&whole.with(name, &cursor).feed(format)))
        };
        let newest = entries.iter().map(|entry| entry.updated).max();
        Head {
            id: self.id.clone(),
            title: self.title.clone(),
            language: self.language.clone(),
            updated: newest.unwrap_or(self.made),
            page: base.at(&whole.without(&["order", "size"]).page()),
            addresses: Format::ALL.map(|format| (format, base.at(&self.view.feed(format)))),
            parts: Parts {
                first: (self.earlier || self.later).then(|| base.at(&whole.feed(format))),
                next: part("after", self.articles.last().filter(|_| self.later)),
                previous: part("before", self.articles.first().filter(|_| self.earlier)),
            },
        }
    }

    /// When the feed last changed, at the latest, given when its newest entry did. What an editor hid or showed again has no
    /// such date, but a trace among the corrections. None where the index chose, which follows the archive at a distance.
    pub(super) fn changed(&self, newest: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let changed = self.touched.map_or(newest, |touched| touched.max(newest));
        (!self.searched).then_some(changed)
    }
}

fn filter(asked: &Asked, topics: &[topic::Model]) -> ArticleFilter {
    let given = |values: &std::collections::BTreeSet<String>| {
        Some(values.iter().cloned().collect::<Vec<_>>()).filter(|values| !values.is_empty())
    };
    let ids: Vec<_> = topics.iter().map(|topic| topic.id.clone()).collect();
    ArticleFilter {
        topics: Some(ids).filter(|ids| !ids.is_empty()),
        languages: given(&asked.languages),
        published_from: asked.from,
        published_to: asked.to,
        sources: given(&asked.sources),
        topics_match: asked.topics_match,
        undated: asked.undated,
        has_abstract: asked.has_abstract,
        include_duplicates: asked.duplicates,
        ..ArticleFilter::default()
    }
}

/// The topics asked for, in the order of the vocabulary.
async fn topics(store: &Store, asked: &Asked) -> Result<Vec<topic::Model>, Refused> {
    if asked.topics.is_empty() {
        return Ok(Vec::new());
    }
    let all = store.topics().await?;
    let mut found: Vec<topic::Model> = Vec::new();
    for name in &asked.topics {
        let topic = all
            .iter()
            .find(|topic| is_called(topic, name))
            .ok_or_else(|| {
                let text =
                    format!("there is no topic {name:?}; /topics.opml lists those there are");
                Refused::NotFound(text)
            })?;
        if !found.contains(topic) {
            found.push(topic.clone());
        }
    }
    found.sort_by_key(|topic| topic.position);
    Ok(found)
}

/// Whether a topic has this id or slug.
fn is_called(topic: &topic::Model, name: &str) -> bool {
    topic.id.as_str() == name || topic_slug(topic) == name
}

/// The articles found, in their order; one that was taken out since is left out.
async fn found_articles(
    search: &Search,
    found: Slice<ArticleId>,
    duplicates: bool,
) -> Result<Slice<article::Model>, StoreError> {
    let rows = search.store().articles_by_id(&found.rows).await?;
    let mut by_id: HashMap<ArticleId, article::Model> = rows
        .into_iter()
        .filter(|row| row.hidden_at.is_none() && (duplicates || row.duplicate_of.is_none()))
        .map(|row| (row.id.clone(), row))
        .collect();
    let rows = found.rows.iter().filter_map(|id| by_id.remove(id));
    Ok(Slice {
        rows: rows.collect(),
        earlier: found.earlier,
        later: found.later,
    })
}

/// What a person calls the feed: what narrows it down, one after the other.
fn title(asked: &Asked, topics: &[topic::Model], language: Option<&str>) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut list = |values: Vec<String>| {
        if !values.is_empty() {
            parts.push(values.join(", "));
        }
    };
    list(
        topics
            .iter()
            .map(|topic| name(topic, language).to_owned())
            .collect(),
    );
    list(asked.sources.iter().cloned().collect());
    let named = asked.languages.iter().map(|code| language_name(code));
    list(named.map(str::to_owned).collect());
    list(match (asked.from, asked.to) {
        (None, None) => Vec::new(),
        (from, to) => {
            let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
            vec![format!(
                "{}–{}",
                day(from).unwrap_or_default(),
                day(to).unwrap_or_default()
            )]
        }
    });
    for (given, with, without) in [
        (asked.undated, "without a date", "with a date"),
        (
            asked.has_abstract,
            "with an abstract",
            "without an abstract",
        ),
        (asked.duplicates.then_some(true), "repeats too", ""),
    ] {
        list(
            given
                .map(|yes| if yes { with } else { without }.to_owned())
                .into_iter()
                .collect(),
        );
    }
    list(
        asked
            .search
            .iter()
            .map(|(text, _)| format!("“{text}”"))
            .collect(),
    );
    match parts.is_empty() {
        true => NAME.to_owned(),
        false => format!("{NAME}: {}", parts.join(" · ")),
    }
}

/// What tells the feed from others of its archive, whatever the format and however its address was written.
fn identity(asked: &Asked, topics: &[topic::Model]) -> String {
    let mut view = View::default();
    let mut add = |name: &str, value: &str| view = view.with(name, value);
    for topic in topics {
        add("topic", topic.id.as_str());
    }
    // Of one topic, any and all are the same.
    if asked.topics_match == Match::All && topics.len() > 1 {
        add("match", "all");
    }
    for language in &asked.languages {
        add("language", language);
    }
    for source in &asked.sources {
        add("source", source);
    }
    for (name, day) in [("from", asked.from), ("to", asked.to)] {
        if let Some(day) = day {
            add(name, &day.to_string());
        }
    }
    for (name, given) in [
        ("undated", asked.undated),
        ("abstract", asked.has_abstract),
        ("duplicates", asked.duplicates.then_some(true)),
    ] {
        if let Some(yes) = given {
            add(name, if yes { "yes" } else { "no" });
        }
    }
    if let Some((text, _)) = &asked.search {
        add("search", text);
    }
    if asked.order != ArticleOrder::default() {
        add("order", "ingested");
    }
    view.page().replacen("/articles", "feed", 1)
}
