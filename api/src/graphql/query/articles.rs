//! Asking for articles.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, OneofObject};
use entity::id::ArticleId;

use crate::graphql::address;
use crate::graphql::article::Article;
use crate::graphql::connection::ArticleConnection;
use crate::graphql::error::{Nullable, internal, storable};
use crate::graphql::filter::ArticleFilter;
use crate::graphql::order::{ArticleOrder, Listing};
use crate::graphql::paging::Paging;
use crate::graphql::visible::{led_to, led_to_by_id};
use crate::store::Store;

/// Asking for articles.
#[derive(Default)]
pub(super) struct ArticleQueries;

/// One way to name an article.
#[derive(OneofObject)]
enum ArticleBy {
    /// By id.
    Id(ID),
    /// By slug.
    Slug(String),
    /// By its address on the web, as `url` gives it.
    Url(String),
}

#[Object]
impl ArticleQueries {
    /// Articles, newest first, or best first when searching, unless `orderBy` says otherwise. At most 100 at once; 20 unless said otherwise.
    #[allow(clippy::too_many_arguments)]
    async fn articles(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "How many, from the start of the list or from `after` on.")] first: Option<
            i32,
        >,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "How many, from the end of the list or from `before` back.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Which articles; all but duplicates unless given.")] filter: Option<
            ArticleFilter,
        >,
        #[graphql(
            desc = "In which order; newest first unless given. A cursor belongs to its order."
        )]
        order_by: Option<ArticleOrder>,
        #[graphql(
            desc = "Only articles that have all these words, in any of their forms and with or without accents. \
                    `\"words that follow each other\"`, `-without` and `beginning*` are understood; everything else is \
                    text. Ordered by relevance unless `orderBy` says otherwise."
        )]
        search: Option<String>,
    ) -> Result<ArticleConnection, Error> {
        let filter = filter.unwrap_or_default().checked(context)?;
        let order = ArticleOrder::checked(order_by, search.is_some())?;
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        match (search, order) {
            (None, Listing::By(order)) => {
                ArticleConnection::read(context, filter, order, &paging).await
            }
            // By relevance there is nothing but what a search finds.
            (search, order) => {
                let search = search.unwrap_or_default();
                ArticleConnection::search(context, &search, filter, order, &paging).await
            }
        }
    }

    /// One article; none if there is no such article. One that was merged into another leads to that.
    async fn article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] by: ArticleBy,
    ) -> Nullable<Article> {
        by.find(context).await.transpose()
    }
}

impl ArticleBy {
    async fn find(self, context: &Context<'_>) -> Result<Option<Article>, Error> {
        let slug = match self {
            Self::Id(id) => {
                storable("by: id", [&id.0])?;
                return led_to_by_id(context, ArticleId(id.0)).await;
            }
            Self::Slug(slug) => {
                storable("by: slug", [&slug])?;
                Some(slug)
            }
            Self::Url(url) => {
                storable("by: url", [&url])?;
                address::slug(context.data_opt(), &url)?
            }
        };
        let Some(slug) = slug else {
            return Ok(None);
        };
        let store = context.data_unchecked::<Store>();
        let row = store.article_by_slug(&slug).await.map_err(internal)?;
        led_to(context, row.map(Arc::new)).await
    }
}
