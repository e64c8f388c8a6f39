//! Everything that the entries of a selection are made of, and the selection they make.

use std::collections::HashMap;
use std::sync::Arc;

use entity::id::{ArticleId, TopicId};
use entity::{abstracts, article, label, topic};

use super::selection::{Entry, Group};
use super::wanted::Wanted;
use crate::graphql::abstract_text;
use crate::newsletter::{Chosen, Pick};
use crate::store::{Store, StoreError};

/// Most other articles of a story that are listed.
const ALSO: usize = 10;

/// Everything that the entries of a selection are made of.
pub(super) struct Shelf {
    ids: Vec<ArticleId>,
    most: i32,
    articles: HashMap<ArticleId, Arc<article::Model>>,
    abstracts: HashMap<ArticleId, Vec<abstracts::Model>>,
    labels: HashMap<ArticleId, Vec<label::Model>>,
    topics: HashMap<TopicId, topic::Model>,
}

impl Shelf {
    /// Read for what was chosen, in a fixed number of statements.
    pub(super) async fn fetch(
        store: &Store,
        wanted: &Wanted,
        chosen: &Chosen,
        ids: &[ArticleId],
        labels: HashMap<ArticleId, Vec<label::Model>>,
        vocabulary: Vec<topic::Model>,
    ) -> Result<Self, StoreError> {
        let picks = || {
            let parts = chosen.parts.iter().flat_map(|part| &part.picks);
            chosen.lead.iter().chain(parts)
        };
        let first: Vec<ArticleId> = picks().map(|pick| ids[pick.article].clone()).collect();
        let others = picks().flat_map(|pick| pick.also.iter().take(ALSO));
        let all: Vec<ArticleId> = first
            .iter()
            .cloned()
            .chain(others.map(|place| ids[*place].clone()))
            .collect();
        let mut abstracts: HashMap<ArticleId, Vec<abstracts::Model>> = HashMap::new();
        if !all.is_empty() {
            for row in store.abstracts(&first).await? {
                abstracts
                    .entry(row.article_id.clone())
                    .or_default()
                    .push(row);
            }
        }
        let rows = match all.is_empty() {
            true => Vec::new(),
            false => store.articles_by_id(&all).await?,
        };
        Ok(Self {
            ids: ids.to_vec(),
            most: wanted.abstract_chars.number(),
            articles: rows
                .into_iter()
                .map(|row| (row.id.clone(), Arc::new(row)))
                .collect(),
            abstracts,
            labels,
            topics: vocabulary
                .into_iter()
                .map(|topic| (topic.id.clone(), topic))
                .collect(),
        })
    }

    /// An entry; none if the article went away between two statements.
    fn entry(&mut self, pick: &Pick) -> Option<Entry> {
        let article = self.articles.get(&self.ids[pick.article])?.clone();
        let rows = self.abstracts.remove(&article.id).unwrap_or_default();
        let labels = self.labels.remove(&article.id).unwrap_or_default();
        let named = |row: label::Model| {
            let topic = self.topics.get(&row.topic_id)?.clone();
            Some((row, topic))
        };
        Some(Entry {
            abstract_: abstract_text(&article, rows, self.most),
            labels: labels.into_iter().filter_map(named).collect(),
            also: pick
                .also
                .iter()
                .take(ALSO)
                .filter_map(|place| self.articles.get(&self.ids[*place]).cloned())
                .collect(),
            article,
        })
    }

    /// The article that opens the issue, and the others by topic.
    pub(super) fn arranged(mut self, chosen: Chosen) -> (Option<Entry>, Vec<Group>) {
        let lead = chosen.lead.and_then(|pick| self.entry(&pick));
        let mut groups: Vec<Group> = chosen
            .parts
            .into_iter()
            .map(|part| Group {
                topic: part
                    .topic
                    .and_then(|id| self.topics.get(&TopicId(id)).cloned()),
                entries: part
                    .picks
                    .iter()
                    .filter_map(|pick| self.entry(pick))
                    .collect(),
                left_out: part.left_out,
            })
            .collect();
        groups.retain(|group| !group.entries.is_empty());
        (lead, groups)
    }
}
