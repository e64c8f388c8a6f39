//! `Query`: what can be asked.

use async_graphql::connection::{Connection, Edge};
use async_graphql::{Context, Error, ID, InputObject, Object, OneofObject};
use entity::id::{ArticleId, PageId, TopicId};
use futures_util::future::try_join_all;

use super::article::Article;
use super::cursor::Place;
use super::date::Date;
use super::error::{Code, bad, internal};
use super::loader::{ArticleOf, PageOf, load};
use super::node::Node;
use super::page::Page;
use super::paging::window;
use super::status::Status;
use super::topic::Topic;
use crate::store::Store;
use crate::store::articles::{ArticleFilter as Filter, ArticlePlace};
use crate::store::pages::PagePlace;

/// What can be asked of the archive.
pub struct Query;

/// Which articles; every part given must hold. An empty list is the same as none given.
#[derive(InputObject, Default)]
struct ArticleFilter {
    /// Labelled with at least one of these topics, by id.
    topics: Option<Vec<ID>>,
    /// In one of these languages: `["en", "fr"]`.
    languages: Option<Vec<String>>,
    /// Published on this day or later; leaves out articles without a date.
    published_from: Option<Date>,
    /// Published on this day or earlier; leaves out articles without a date.
    published_to: Option<Date>,
    /// From one of these sources.
    sources: Option<Vec<String>>,
    /// Also articles that repeat the text of another.
    #[graphql(default = false)]
    include_duplicates: bool,
}

/// One way to name an article.
#[derive(OneofObject)]
enum ArticleBy {
    /// By id.
    Id(ID),
    /// By slug.
    Slug(String),
}

/// More about a list of articles.
struct ArticleTotals(Filter);

/// More about a list of articles.
#[Object(name = "ArticleTotals")]
impl ArticleTotals {
    /// How many articles pass the filter, on all pages of the list together. Counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<u64, Error> {
        store(context)
            .count_articles(&self.0)
            .await
            .map_err(internal)
    }
}

/// More about a list of pages.
struct PageTotals(Option<String>);

/// More about a list of pages.
#[Object(name = "PageTotals")]
impl PageTotals {
    /// How many pages there are on all pages of the list together. Counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<u64, Error> {
        store(context)
            .count_pages(self.0.as_deref())
            .await
            .map_err(internal)
    }
}

/// What can be asked of the archive.
#[Object]
impl Query {
    /// Articles, newest first, those without a date at the end. At most 100 at once; 20 unless said otherwise.
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
    ) -> Result<Connection<String, Article, ArticleTotals>, Error> {
        let filter = filter.unwrap_or_default().checked()?;
        let slice = store(context)
            .articles(
                &filter,
                &window::<ArticlePlace>(first, after, last, before)?,
            )
            .await
            .map_err(internal)?;
        let mut connection =
            Connection::with_additional_fields(slice.earlier, slice.later, ArticleTotals(filter));
        connection.edges.extend(slice.rows.into_iter().map(|row| {
            let place = ArticlePlace {
                published_on: row.published_on,
                id: row.id.clone(),
            };
            Edge::new(place.encode(), Article::of(row))
        }));
        Ok(connection)
    }

    /// One article; none if there is no such article.
    async fn article(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which one.")] by: ArticleBy,
    ) -> Result<Option<Article>, Error> {
        match by {
            ArticleBy::Id(id) => Ok(load(context, ArticleOf(ArticleId(id.0)))
                .await?
                .map(Article)),
            ArticleBy::Slug(slug) => {
                let row = store(context)
                    .article_by_slug(&slug)
                    .await
                    .map_err(internal)?;
                Ok(row.map(Article::of))
            }
        }
    }

    /// Whatever has this id; none if nothing has.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<Node>, Error> {
        Node::load(context, id).await
    }

    /// Whatever has these ids, in their order, with none where nothing has. At most 100 at once.
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The ids.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>, Error> {
        if ids.len() > 100 {
            return Err(bad(
                Code::BadUserInput,
                format!("ids: {} are given; expected at most 100", ids.len()),
            ));
        }
        try_join_all(ids.into_iter().map(|id| Node::load(context, id))).await
    }

    /// The topics of the vocabulary, in its order.
    async fn topics(&self, context: &Context<'_>) -> Result<Vec<Topic>, Error> {
        let rows = store(context).topics().await.map_err(internal)?;
        Ok(rows.into_iter().map(Topic).collect())
    }

    /// One page, with its articles and the lines that went to none; none if there is no such page.
    async fn page(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id of the page.")] id: ID,
    ) -> Result<Option<Page>, Error> {
        Ok(load(context, PageOf(PageId(id.0))).await?.map(Page))
    }

    /// Pages, newest first. At most 100 at once; 20 unless said otherwise.
    async fn pages(
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
        #[graphql(desc = "Only pages from this source.")] source: Option<String>,
    ) -> Result<Connection<String, Page, PageTotals>, Error> {
        let slice = store(context)
            .pages(
                source.as_deref(),
                &window::<PagePlace>(first, after, last, before)?,
            )
            .await
            .map_err(internal)?;
        let mut connection =
            Connection::with_additional_fields(slice.earlier, slice.later, PageTotals(source));
        connection.edges.extend(slice.rows.into_iter().map(|row| {
            let place = PagePlace {
                ingested_at: row.ingested_at,
                id: row.id.clone(),
            };
            Edge::new(place.encode(), Page(row))
        }));
        Ok(connection)
    }

    /// How the archive stands: what is stored and how far the summaries are.
    async fn status(&self, context: &Context<'_>) -> Result<Status, Error> {
        Ok(store(context).tallies().await.map_err(internal)?.into())
    }
}

impl ArticleFilter {
    fn checked(self) -> Result<Filter, Error> {
        let (from, to) = (
            self.published_from.map(|day| day.0),
            self.published_to.map(|day| day.0),
        );
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            let message = format!(
                "filter: publishedFrom {from} is after publishedTo {to}; expected it before"
            );
            return Err(bad(Code::BadUserInput, message));
        }
        Ok(Filter {
            topics: given(self.topics).map(|ids| ids.into_iter().map(|id| TopicId(id.0)).collect()),
            languages: given(self.languages),
            published_from: from,
            published_to: to,
            sources: given(self.sources),
            include_duplicates: self.include_duplicates,
        })
    }
}

fn given<T>(list: Option<Vec<T>>) -> Option<Vec<T>> {
    list.filter(|list| !list.is_empty())
}

fn store<'a>(context: &Context<'a>) -> &'a Store {
    context.data_unchecked()
}
