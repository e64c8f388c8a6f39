//! Asking for articles.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, OneofObject};
use entity::id::ArticleId;

use crate::graphql::article::Article;
use crate::graphql::connection::ArticleConnection;
use crate::graphql::error::internal;
use crate::graphql::filter::ArticleFilter;
use crate::graphql::loader::{ArticleOf, load};
use crate::graphql::order::ArticleOrder;
use crate::graphql::paging::Paging;
use crate::graphql::who::Who;
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
}

#[Object]
impl ArticleQueries {
    /// Articles, newest first unless `orderBy` says otherwise. At most 100 at once; 20 unless said otherwise.
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
    ) -> Result<ArticleConnection, Error> {
        let filter = filter.unwrap_or_default().checked_for(Who::asks(context))?;
        let order = order_by.map(Into::into).unwrap_or_default();
        let paging = Paging {
            first,
            after,
            last,
            before,
        };
        ArticleConnection::read(context, filter, order, &paging).await
    }

    /// One article; none if there is no such article.
    async fn article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] by: ArticleBy,
    ) -> Result<Option<Article>, Error> {
        match by {
            ArticleBy::Id(id) => {
                let row = load(context, ArticleOf(ArticleId(id.0))).await?;
                Article::leading_on(context, row).await
            }
            ArticleBy::Slug(slug) => {
                let store = context.data_unchecked::<Store>();
                let row = store.article_by_slug(&slug).await.map_err(internal)?;
                Article::leading_on(context, row.map(Arc::new)).await
            }
        }
    }
}
