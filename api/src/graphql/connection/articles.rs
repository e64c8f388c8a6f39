//! `ArticleConnection`: a list of articles, a page at a time.

use std::sync::Arc;

use async_graphql::{Context, Error, Object};
use entity::article;

use super::PageInfo;
use crate::graphql::article::Article;
use crate::graphql::cursor::Place;
use crate::graphql::error::internal;
use crate::graphql::paging::Paging;
use crate::store::Store;
use crate::store::articles::{ArticleFilter, ArticleOrder, ArticlePlace};

/// A page of a list of articles.
pub(in crate::graphql) struct ArticleConnection {
    rows: Vec<Arc<article::Model>>,
    earlier: bool,
    later: bool,
    filter: ArticleFilter,
    order: ArticleOrder,
}

/// An article and its place in the list.
struct ArticleEdge {
    row: Arc<article::Model>,
    order: ArticleOrder,
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
        let slice = context
            .data_unchecked::<Store>()
            .articles(&filter, order, &window)
            .await
            .map_err(internal)?;
        Ok(Self {
            rows: slice.rows.into_iter().map(Arc::new).collect(),
            earlier: slice.earlier,
            later: slice.later,
            filter,
            order,
        })
    }

    fn cursor(&self, row: &article::Model) -> String {
        self.order.place(row).encode(self.order)
    }
}

/// A list of articles, a page at a time.
#[Object]
impl ArticleConnection {
    /// Where this page lies in the list, and the cursors to read on.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.earlier,
            has_next_page: self.later,
            start_cursor: self.rows.first().map(|row| self.cursor(row)),
            end_cursor: self.rows.last().map(|row| self.cursor(row)),
        }
    }

    /// The articles of this page, each with its cursor.
    async fn edges(&self) -> Vec<ArticleEdge> {
        let edge = |row: &Arc<article::Model>| ArticleEdge {
            row: row.clone(),
            order: self.order,
        };
        self.rows.iter().map(edge).collect()
    }

    /// The articles of this page.
    async fn nodes(&self) -> Vec<Article> {
        self.rows.iter().cloned().map(Article).collect()
    }

    /// How many articles pass the filter, on all pages of the list together. Counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<u64, Error> {
        context
            .data_unchecked::<Store>()
            .count_articles(&self.filter)
            .await
            .map_err(internal)
    }
}

/// An article and its place in the list.
#[Object]
impl ArticleEdge {
    /// The article.
    async fn node(&self) -> Article {
        Article(self.row.clone())
    }

    /// Its place in the list, to be passed as `after` or `before` under the same order.
    async fn cursor(&self) -> String {
        self.order.place(&self.row).encode(self.order)
    }
}
