//! A list of articles that a search found.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{Context, Error};
use entity::article;
use entity::id::ArticleId;

use super::articles::{ArticleConnection, ArticleEdge, ListPlace, Rows};
use crate::graphql::cursor::Place;
use crate::graphql::error::internal;
use crate::graphql::order::Listing;
use crate::graphql::paging::Paging;
use crate::graphql::relevance::{Ranked, Searched, unanswered, wanted};
use crate::index::{Relevance, Statistics, Wanted};
use crate::search::Search;
use crate::store::Store;
use crate::store::articles::{ArticleFilter, ArticlePlace, Direction};
use crate::store::window::Window;

/// What was searched for, and the statistics it was scored by.
pub(super) struct Found {
    pub(super) wanted: Arc<Wanted>,
    search: Searched,
    statistics: Option<Statistics>,
}

impl Found {
    /// The cursor of a place in a list by relevance.
    pub(super) fn cursor(&self, place: Relevance) -> String {
        let ranked = self.statistics.clone().map(|statistics| Ranked {
            place,
            statistics,
            search: self.search,
        });
        ranked
            .map(|ranked| ranked.encode(self.search))
            .unwrap_or_default()
    }
}

impl ArticleConnection {
    /// The part that is asked for of the list of articles that a search finds, by relevance unless another order is given.
    pub(in crate::graphql) async fn search(
        context: &Context<'_>,
        text: &str,
        filter: ArticleFilter,
        order: Listing,
        paging: &Paging,
    ) -> Result<Self, Error> {
        let wanted = Arc::new(wanted(text)?);
        let direction = match order {
            Listing::By(order) => order.direction,
            Listing::Relevance(direction) => direction,
        };
        let search = Searched::of(text, direction);
        let index = context.data_unchecked::<Search>();
        let (asked, passing) = (wanted.clone(), filter.clone());
        let (places, earlier, later, statistics) = match order {
            Listing::By(order) => {
                let window = paging.window::<ArticlePlace>(order)?;
                let slice = index
                    .ask(move |view| view.in_order(&asked, &passing, order, &window))
                    .await
                    .map_err(unanswered)?;
                let place = |id| (id, ListPlace::Order(order));
                let places: Vec<_> = slice.rows.into_iter().map(place).collect();
                (places, slice.earlier, slice.later, None)
            }
            Listing::Relevance(direction) => {
                let ranked = paging.window::<Ranked>(search)?;
                let begun = ranked.after.as_ref().or(ranked.before.as_ref());
                let begun = begun.map(|place| place.statistics.clone());
                let window = Window {
                    size: ranked.size,
                    end: ranked.end,
                    after: ranked.after.map(|ranked| ranked.place),
                    before: ranked.before.map(|ranked| ranked.place),
                };
                // The index has the best first; the other direction is its list read from the other end.
                let turned = direction == Direction::Asc;
                let window = if turned { window.turned() } else { window };
                let (slice, statistics) = index
                    .ask(move |view| view.by_relevance(&asked, &passing, &window, begun.as_ref()))
                    .await
                    .map_err(unanswered)?;
                let slice = if turned { slice.turned() } else { slice };
                let place = |place: Relevance| (place.id.clone(), ListPlace::Relevance(place));
                let places: Vec<_> = slice.rows.into_iter().map(place).collect();
                (places, slice.earlier, slice.later, Some(statistics))
            }
        };
        let found = Arc::new(Found {
            wanted,
            search,
            statistics,
        });
        let mut articles = articles(context, &places).await?;
        let rows = places.into_iter().filter_map(|(id, place)| {
            // One that was taken out or hidden since the index was written is left out.
            let row = articles.remove(&id).filter(|row| is_wanted(row, &filter))?;
            let found = Some(found.clone());
            Some(ArticleEdge { row, place, found })
        });
        Ok(Self {
            rows: Rows::Read(rows.collect()),
            earlier,
            later,
            filter,
            found: Some(found.clone()),
        })
    }
}

/// Whether the filter still has an article shown: the index may not know yet that it was hidden, or repeats another.
fn is_wanted(row: &article::Model, filter: &ArticleFilter) -> bool {
    (filter.include_hidden || row.hidden_at.is_none())
        && (filter.include_duplicates || row.duplicate_of.is_none())
}

async fn articles(
    context: &Context<'_>,
    places: &[(ArticleId, ListPlace)],
) -> Result<HashMap<ArticleId, Arc<article::Model>>, Error> {
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<ArticleId> = places.iter().map(|(id, _)| id.clone()).collect();
    let store = context.data_unchecked::<Store>();
    let rows = store.articles_by_id(&ids).await.map_err(internal)?;
    let by_id = rows.into_iter().map(|row| (row.id.clone(), Arc::new(row)));
    Ok(by_id.collect())
}
