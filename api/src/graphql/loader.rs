//! One loader for all that hangs on a list of things: whatever the size of a page, each kind of thing is one statement.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Error};
use entity::id::{ArticleId, PageId, TopicId};
use entity::{abstraction, abstracts, article, job, keyphrase, label, line, page, topic};

use super::error::internal;
use crate::store::{Store, StoreError};

/// Loads from the store, many keys by one statement.
pub(super) struct FromStore(Store);

/// The loader over a store. It keeps nothing between batches, so it never answers with what was true before.
pub(super) fn over(store: Store) -> DataLoader<FromStore> {
    DataLoader::new(FromStore(store), tokio::spawn)
}

/// The value of a key, by the request's loader.
pub(super) async fn load<K>(
    context: &Context<'_>,
    key: K,
) -> Result<Option<<FromStore as Loader<K>>::Value>, Error>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    FromStore: Loader<K, Error = Arc<StoreError>>,
{
    context
        .data_unchecked::<DataLoader<FromStore>>()
        .load_one(key)
        .await
        .map_err(internal)
}

macro_rules! key {
    ($(#[$doc:meta] $name:ident($id:ty) -> $value:ty = |$store:ident, $ids:ident| $load:expr;)*) => {$(
        #[$doc]
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub(super) struct $name(pub(super) $id);

        impl Loader<$name> for FromStore {
            type Value = $value;
            type Error = Arc<StoreError>;

            async fn load(&self, keys: &[$name]) -> Result<HashMap<$name, $value>, Self::Error> {
                let $ids: Vec<$id> = keys.iter().map(|key| key.0.clone()).collect();
                let $store = &self.0;
                Ok($load)
            }
        }
    )*};
}

key! {
    /// An article.
    ArticleOf(ArticleId) -> Arc<article::Model> = |store, ids| store.articles_by_id(&ids).await?
        .into_iter().map(|row| (ArticleOf(row.id.clone()), Arc::new(row))).collect();
    /// A page.
    PageOf(PageId) -> page::Model = |store, ids| store.pages_by_id(&ids).await?
        .into_iter().map(|row| (PageOf(row.id.clone()), row)).collect();
    /// A topic.
    TopicOf(TopicId) -> topic::Model = |store, ids| store.topics_by_id(&ids).await?
        .into_iter().map(|row| (TopicOf(row.id.clone()), row)).collect();
    /// The abstracts of an article, of all kinds.
    AbstractsOf(ArticleId) -> Vec<abstracts::Model> = |store, ids|
        gather(store.abstracts(&ids).await?, |row| AbstractsOf(row.article_id.clone()));
    /// The same without their rankings, for abstracts of the length they are stored in.
    StoredAbstractsOf(ArticleId) -> Vec<abstracts::Model> = |store, ids|
        gather(store.abstracts_as_stored(&ids).await?, |row| StoredAbstractsOf(row.article_id.clone()));
    /// What came of saying an article in a model's own words.
    AbstractionOf(ArticleId) -> abstraction::Model = |store, ids| store.abstractions(&ids).await?
        .into_iter().map(|row| (AbstractionOf(row.article_id.clone()), row)).collect();
    /// The labels of an article, best first.
    LabelsOf(ArticleId) -> Vec<label::Model> = |store, ids|
        gather(store.labels(&ids).await?, |row| LabelsOf(row.article_id.clone()));
    /// The keyphrases of an article, the best first.
    KeyphrasesOf(ArticleId) -> Vec<keyphrase::Phrase> = |store, ids| store.keyphrases(&ids).await?
        .into_iter().map(|row| (KeyphrasesOf(row.article_id), row.phrases.0)).collect();
    /// How far the summary of an article is.
    JobStateOf(ArticleId) -> job::State = |store, ids| store.job_states(&ids).await?
        .into_iter().map(|(id, state)| (JobStateOf(id), state)).collect();
    /// The articles of a page, in its order.
    ArticlesOf(PageId) -> Vec<article::Model> = |store, ids|
        gather(store.articles_of_pages(&ids).await?, |row| ArticlesOf(row.page_id.clone()));
    /// The articles that repeat one.
    DuplicatesOf(ArticleId) -> Vec<article::Model> = |store, ids|
        gather(store.duplicates_of(&ids).await?, |row| DuplicatesOf(row.duplicate_of.clone().unwrap_or_else(|| row.id.clone())));
    /// The articles of a story, hidden ones among them.
    StoryOf(ArticleId) -> Vec<Arc<article::Model>> = |store, ids| gather(
        store.articles_of_stories(&ids).await?.into_iter().map(Arc::new).collect(),
        |row: &Arc<article::Model>| StoryOf(row.story_id.clone().unwrap_or_else(|| row.id.clone())),
    );
    /// The decoded text of a page.
    TextOf(PageId) -> Arc<str> = |store, ids| store.texts(&ids).await?
        .into_iter().map(|(id, text)| (TextOf(id), Arc::from(text))).collect();
    /// How many articles a topic labels.
    ArticleCountOf(TopicId) -> u64 = |store, ids| store.articles_per_topic(&ids).await?
        .into_iter().map(|(id, count)| (ArticleCountOf(id), count)).collect();
}

/// So many lines of a page after one of them.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct LinesOf {
    /// The page.
    pub(super) page: PageId,
    /// Whether only the rejected ones are meant.
    pub(super) rejected: bool,
    /// How many at most.
    pub(super) first: i32,
    /// Number of the line before them.
    pub(super) after: i32,
}

impl Loader<LinesOf> for FromStore {
    type Value = Vec<line::Model>;
    type Error = Arc<StoreError>;

    async fn load(
        &self,
        keys: &[LinesOf],
    ) -> Result<HashMap<LinesOf, Vec<line::Model>>, Self::Error> {
        // One statement for all pages that are asked for the same lines, as those of one field of a query are.
        let pages = gather(keys.to_vec(), |key| (key.rejected, key.first, key.after));
        let mut found = HashMap::new();
        for ((rejected, first, after), keys) in pages {
            let ids: Vec<PageId> = keys.into_iter().map(|key| key.page).collect();
            let rows = self.0.some_lines(&ids, rejected, first, after).await?;
            found.extend(gather(rows, |row| LinesOf {
                page: row.page_id.clone(),
                rejected,
                first,
                after,
            }));
        }
        Ok(found)
    }
}

/// Rows by key, each key's in the order they came.
fn gather<K: Hash + Eq, R>(rows: Vec<R>, key: impl Fn(&R) -> K) -> HashMap<K, Vec<R>> {
    let mut by_key: HashMap<K, Vec<R>> = HashMap::new();
    for row in rows {
        by_key.entry(key(&row)).or_default().push(row);
    }
    by_key
}
