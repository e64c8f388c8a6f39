//! `Node`: whatever has an id.

use async_graphql::{Context, Error, ID, Interface};
use entity::id::{ArticleId, PageId, TopicId};

use super::article::Article;
use super::loader::{ArticleOf, PageOf, TopicOf, load};
use super::page::Page;
use super::topic::Topic;
use super::who::Who;

/// Whatever has an id.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Id, unique among all things of the archive."
))]
pub(super) enum Node {
    /// A press release.
    Article(Article),
    /// An ingested document.
    Page(Page),
    /// An entry of the vocabulary.
    Topic(Topic),
}

impl Node {
    /// The thing of this id, if there is one.
    pub(super) async fn load(context: &Context<'_>, id: ID) -> Result<Option<Self>, Error> {
        Ok(if id.starts_with(ArticleId::PREFIX) {
            load(context, ArticleOf(ArticleId(id.0)))
                .await?
                .filter(|row| Who::asks(context).sees(row))
                .map(Article)
                .map(Self::Article)
        } else if id.starts_with(PageId::PREFIX) {
            load(context, PageOf(PageId(id.0)))
                .await?
                .map(Page)
                .map(Self::Page)
        } else {
            load(context, TopicOf(TopicId(id.0)))
                .await?
                .map(Topic)
                .map(Self::Topic)
        })
    }
}
