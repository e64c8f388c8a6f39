//! `ArticleConnection`: a list of articles, a page at a time.

use std::sync::Arc;

use async_graphql::{Context, Error, Object};
use entity::article;

use super::PageInfo;
use super::found::Found;
use super::written::{Answer, Written};
use crate::graphql::abstracts::shown;
use crate::graphql::article::{Article, reads_body};
use crate::graphql::cursor::Place;
use crate::graphql::error::{Nullable, internal};
use crate::graphql::facets::Facets;
use crate::graphql::highlight::{Highlight, highlights};
use crate::graphql::loader::{AbstractsOf, load};
use crate::graphql::paging::Paging;
use crate::graphql::relevance::unanswered;
use crate::index::Relevance;
use crate::search::Search;
use crate::store::Store;
use crate::store::articles::{ArticleFilter, ArticleOrder, ArticlePlace};

/// A page of a list of articles.
pub(in crate::graphql) struct ArticleConnection {
    pub(super) rows: Rows,
    pub(super) earlier: bool,
    pub(super) later: bool,
    pub(super) filter: ArticleFilter,
    /// What was searched for.
    pub(super) found: Option<Arc<Found>>,
}

/// The rows of a page.
pub(super) enum Rows {
    /// As they were read.
    Read(Vec<ArticleEdge>),
    /// As they are answered.
    Written(Written),
}

/// An article and its place in the list.
#[derive(Clone)]
pub(super) struct ArticleEdge {
    pub(super) row: Arc<article::Model>,
    pub(super) place: ListPlace,
    pub(super) found: Option<Arc<Found>>,
}

/// A place in the list.
#[derive(Clone)]
pub(super) enum ListPlace {
    /// In an order of the store.
    Order(ArticleOrder),
    /// By relevance.
    Relevance(Relevance),
}

impl ArticleConnection {
    /// The part of the list that is asked for.
    pub(in crate::graphql) async fn read(
        context: &Context<'_>,
        filter: ArticleFilter,
        order: ArticleOrder,
        paging: &Paging,
    ) -> Result<Self, Error> {
        let window = paging.window::<ArticlePlace>(order)?;
        if let Some(written) = Self::written(context, &filter, order, &window).await? {
            return Ok(written);
        }
        let store = context.data_unchecked::<Store>();
        let slice = match reads_bodies(context) {
            true => store.articles(&filter, order, &window).await,
            false => store.articles_without_bodies(&filter, order, &window).await,
        }
        .map_err(internal)?;
        let edge = |row| ArticleEdge {
            row: Arc::new(row),
            place: ListPlace::Order(order),
            found: None,
        };
        Ok(Self {
            rows: Rows::Read(slice.rows.into_iter().map(edge).collect()),
            earlier: slice.earlier,
            later: slice.later,
            filter,
            found: None,
        })
    }
}

impl ArticleEdge {
    fn place(&self) -> String {
        match (&self.place, &self.found) {
            (ListPlace::Order(order), _) => order.place(&self.row).encode(*order),
            (ListPlace::Relevance(place), Some(found)) => found.cursor(place.clone()),
            // Only what was searched for has a relevance.
            (ListPlace::Relevance(_), None) => String::new(),
        }
    }
}

/// Whether what is selected of the list reads the text of its articles. What is not known to leave it alone does.
fn reads_bodies(context: &Context<'_>) -> bool {
    let list = context.field();
    let mut selected = list.selection_set();
    selected.any(|of_list| match of_list.name() {
        "nodes" => reads_body(&of_list),
        "edges" => of_list.selection_set().any(|of_edge| match of_edge.name() {
            "node" => reads_body(&of_edge),
            "cursor" | "__typename" => false,
            _ => true,
        }),
        "pageInfo" | "totalCount" | "facets" | "__typename" => false,
        _ => true,
    })
}

/// A list of articles, a page at a time.
#[Object]
impl ArticleConnection {
    /// Where this page lies in the list, and the cursors to read on.
    async fn page_info(&self) -> PageInfo {
        let (start_cursor, end_cursor) = match &self.rows {
            Rows::Read(rows) => (
                rows.first().map(ArticleEdge::place),
                rows.last().map(ArticleEdge::place),
            ),
            Rows::Written(written) => (written.start_cursor.clone(), written.end_cursor.clone()),
        };
        PageInfo {
            has_previous_page: self.earlier,
            has_next_page: self.later,
            start_cursor,
            end_cursor,
        }
    }

    /// The articles of this page, each with its cursor.
    async fn edges(&self) -> Answer<Vec<ArticleEdge>> {
        match &self.rows {
            Rows::Read(rows) => Answer::Rows(rows.clone()),
            Rows::Written(written) => Answer::Json(written.edges.clone().unwrap_or_default()),
        }
    }

    /// The articles of this page.
    async fn nodes(&self) -> Answer<Vec<Article>> {
        let article = |edge: &ArticleEdge| Article(edge.row.clone());
        match &self.rows {
            Rows::Read(rows) => Answer::Rows(rows.iter().map(article).collect()),
            Rows::Written(written) => Answer::Json(written.nodes.clone().unwrap_or_default()),
        }
    }

    /// How many articles pass the filter and the search, on all pages of the list together. Counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<u64, Error> {
        let filter = self.filter.clone();
        match self.found.clone() {
            Some(found) => context
                .data_unchecked::<Search>()
                .ask(move |view| view.count(Some(&found.wanted), &filter))
                .await
                .map_err(unanswered),
            None => context
                .data_unchecked::<Store>()
                .count_articles(&filter)
                .await
                .map_err(internal),
        }
    }

    /// How the articles that pass the filter and the search divide by topic, language, month and source, on all pages of
    /// the list together. Counted only when asked for. None, with an error, while there is no search index.
    async fn facets(&self, context: &Context<'_>) -> Nullable<Facets> {
        let wanted = self.found.as_ref().map(|found| found.wanted.clone());
        Some(Facets::count(context, wanted, self.filter.clone()).await)
    }
}

/// An article and its place in the list.
#[Object]
impl ArticleEdge {
    /// The article.
    async fn node(&self) -> Article {
        Article(self.row.clone())
    }

    /// Its place in the list, to be passed as `after` or `before` under the same order and search.
    async fn cursor(&self) -> String {
        self.place()
    }

    /// Where the article has what was searched for, in the first 100,000 bytes of its text; empty without a search.
    async fn highlights(&self, context: &Context<'_>) -> Result<Vec<Highlight>, Error> {
        let Some(found) = &self.found else {
            return Ok(Vec::new());
        };
        let row = &self.row;
        let rows = load(context, AbstractsOf(row.id.clone())).await?;
        let summary = shown(rows.unwrap_or_default());
        let summary = summary.as_ref().map(|row| row.text.as_str());
        Ok(highlights(
            &found.wanted,
            &row.language,
            &row.title,
            summary,
            &row.body,
        ))
    }
}
