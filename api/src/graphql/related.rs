//! Articles that say the like.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Error};
use entity::article;
use entity::id::ArticleId;

use super::relevance::unanswered;
use crate::search::{Search, SearchError};

/// Articles that are compared exactly for each one.
const CANDIDATES: usize = 100;
/// Most that are given for each.
pub(super) const MOST: usize = 20;

/// Asks the index for what is near, many articles at once.
pub(super) struct FromIndex(Search);

/// An article whose like is sought.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct RelatedTo(ArticleId);

/// The loader over a search.
pub(super) fn over(search: Search) -> DataLoader<FromIndex> {
    DataLoader::new(FromIndex(search), tokio::spawn)
}

/// The articles whose embeddings are nearest to that of this one, nearest first, at most [`MOST`].
pub(super) async fn related(
    context: &Context<'_>,
    to: &ArticleId,
) -> Result<Vec<Arc<article::Model>>, Error> {
    let loader = context.data_unchecked::<DataLoader<FromIndex>>();
    let found = loader.load_one(RelatedTo(to.clone())).await;
    let found = found.map_err(|error| {
        // Every article of the batch has the same cause; it is told to each.
        Arc::try_unwrap(error).map_or_else(
            |shared| unanswered(SearchError::Unavailable(shared.to_string().into())),
            unanswered,
        )
    })?;
    Ok(found.unwrap_or_default())
}

impl Loader<RelatedTo> for FromIndex {
    type Value = Vec<Arc<article::Model>>;
    type Error = Arc<SearchError>;

    async fn load(
        &self,
        keys: &[RelatedTo],
    ) -> Result<HashMap<RelatedTo, Self::Value>, Self::Error> {
        Ok(self.near(keys).await?)
    }
}

impl FromIndex {
    async fn near(
        &self,
        keys: &[RelatedTo],
    ) -> Result<HashMap<RelatedTo, Vec<Arc<article::Model>>>, SearchError> {
        let store = self.0.store();
        let ids: Vec<ArticleId> = keys.iter().map(|key| key.0.clone()).collect();
        let own = store.embeddings(&ids).await?;
        if own.is_empty() {
            return Ok(HashMap::new());
        }
        let asked = own.clone();
        let near = self
            .0
            .ask(move |view| view.near(&asked, CANDIDATES))
            .await?;
        let mut all: Vec<ArticleId> = near.iter().flatten().cloned().collect();
        all.sort_unstable();
        all.dedup();
        let vectors: HashMap<ArticleId, (String, Vec<f32>)> = store
            .embeddings(&all)
            .await?
            .into_iter()
            .map(|(id, model, vector)| (id, (model, vector)))
            .collect();
        let mut nearest: Vec<(ArticleId, Vec<ArticleId>)> = Vec::new();
        for ((id, model, vector), candidates) in own.iter().zip(near) {
            let mut compared: Vec<(f32, ArticleId)> = candidates
                .into_iter()
                .filter_map(|candidate| {
                    let (made_by, other) = vectors.get(&candidate)?;
                    (made_by == model).then(|| (cosine(vector, other), candidate))
                })
                .collect();
            compared.sort_unstable_by(|(one, id), (other, other_id)| {
                other.total_cmp(one).then_with(|| id.cmp(other_id))
            });
            compared.truncate(MOST);
            let ids = compared.into_iter().map(|(_, candidate)| candidate);
            nearest.push((id.clone(), ids.collect()));
        }
        let mut shown: Vec<ArticleId> = nearest.iter().flat_map(|(_, ids)| ids.clone()).collect();
        shown.sort_unstable();
        shown.dedup();
        let articles: HashMap<ArticleId, Arc<article::Model>> = store
            .articles_by_id(&shown)
            .await?
            .into_iter()
            // The index may not know yet that it was hidden, or repeats another.
            .filter(|row| row.hidden_at.is_none() && row.duplicate_of.is_none())
            .map(|row| (row.id.clone(), Arc::new(row)))
            .collect();
        let models = |ids: Vec<ArticleId>| {
            let found = ids.iter().filter_map(|id| articles.get(id).cloned());
            found.collect()
        };
        Ok(nearest
            .into_iter()
            .map(|(id, ids)| (RelatedTo(id), models(ids)))
            .collect())
    }
}

/// Vectors are of length 1.
fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
