//! Articles as entries of a feed. Whatever makes a list of articles can make a feed of it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::{ArticleId, PageId, TopicId};
use entity::{abstracts, article, label, topic};

use crate::feed::{Category, Entry, entry_id};
use crate::graphql::{PublicUrl, shown};
use crate::store::{Store, StoreError};

/// What is shown of articles beside themselves.
struct Around {
    abstracts: HashMap<ArticleId, Vec<abstracts::Model>>,
    labels: HashMap<ArticleId, Vec<label::Model>>,
    topics: HashMap<TopicId, topic::Model>,
    sources: HashMap<PageId, String>,
}

/// The entries of these articles, in their order, by a fixed number of statements. Topics are named in the language, where
/// they have a name in it.
pub(super) async fn of(
    store: &Store,
    articles: &[article::Model],
    language: Option<&str>,
    base: &PublicUrl,
) -> Result<Vec<Entry>, StoreError> {
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    let mut around = Around::read(store, articles).await?;
    Ok(articles
        .iter()
        .map(|article| around.entry(article, language, base))
        .collect())
}

impl Around {
    async fn read(store: &Store, articles: &[article::Model]) -> Result<Self, StoreError> {
        let ids: Vec<ArticleId> = articles.iter().map(|row| row.id.clone()).collect();
        let mut pages: Vec<PageId> = articles.iter().map(|row| row.page_id.clone()).collect();
        pages.sort_unstable();
        pages.dedup();
        let mut around = Self {
            abstracts: HashMap::new(),
            labels: HashMap::new(),
            topics: HashMap::new(),
            sources: HashMap::new(),
        };
        for row in store.abstracts_as_stored(&ids).await? {
            let of = around.abstracts.entry(row.article_id.clone());
            of.or_default().push(row);
        }
        for row in store.labels(&ids).await? {
            let of = around.labels.entry(row.article_id.clone());
            of.or_default().push(row);
        }
        for row in store.topics().await? {
            around.topics.insert(row.id.clone(), row);
        }
        for row in store.pages_by_id(&pages).await? {
            around.sources.insert(row.id, row.source);
        }
        Ok(around)
    }

    fn entry(
        &mut self,
        article: &article::Model,
        language: Option<&str>,
        base: &PublicUrl,
    ) -> Entry {
        let summary = shown(self.abstracts.remove(&article.id).unwrap_or_default());
        let labels = self.labels.remove(&article.id).unwrap_or_default();
        let category = |label: &label::Model| {
            let topic = self.topics.get(&label.topic_id)?;
            Some(Category {
                id: topic.id.to_string(),
                name: name(topic, language).to_owned(),
            })
        };
        let known = article.language != "und";
        Entry {
            id: entry_id(article.id.as_str()),
            url: base.at(&format!("/articles/{}", article.slug)),
            title: article.title.clone(),
            language: known.then(|| article.language.clone()),
            published_on: article.published_on,
            updated: updated(article, summary.as_ref(), &labels),
            source: self
                .sources
                .get(&article.page_id)
                .cloned()
                .unwrap_or_default(),
            summary: summary.map(|summary| summary.text),
            paragraphs: article.paragraphs().map(str::to_owned).collect(),
            categories: labels.iter().filter_map(category).collect(),
        }
    }
}

/// The name of a topic in a language, in English where it has none in it.
pub(super) fn name<'a>(topic: &'a topic::Model, language: Option<&str>) -> &'a str {
    let translated = language.and_then(|language| topic.names.0.get(language));
    translated.unwrap_or(&topic.name)
}

/// When what a feed shows of an article last changed: its text, its abstract or its labels.
fn updated(
    article: &article::Model,
    summary: Option<&abstracts::Model>,
    labels: &[label::Model],
) -> DateTime<Utc> {
    let labelled = labels.iter().map(|label| label.created_at);
    labelled
        .chain(summary.map(|summary| summary.created_at))
        .chain(article.labels_set_at)
        .fold(article.changed_at, Ord::max)
}
