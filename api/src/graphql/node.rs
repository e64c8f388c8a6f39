//! `Node`: whatever has an id.

use async_graphql::{Context, Error, ID, Interface};
use entity::id::{ArticleId, PageId, TopicId};

use super::article::Article;
use super::loader::{ArticleOf, PageOf, TopicOf, load};
use super::page::Page;
use super::story::Story;
use super::topic::Topic;
use super::visible::sees;

/// An article, a page, a story or a topic: what `node` finds by its id.
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
    /// Articles on the same event.
    Story(Story),
    /// An entry of the vocabulary.
    Topic(Topic),
}

impl Node {
    /// The thing of this id, if there is one.
    pub(super) async fn load(context: &Context<'_>, id: ID) -> Result<Option<Self>, Error> {
        Ok(if id.starts_with(ArticleId::PREFIX) {
            let row = load(context, ArticleOf(ArticleId(id.0))).await?;
            // Whatever comes back has the id that was asked for: a merged article leads nowhere here.
            row.filter(|row| sees(context, row))
                .map(Article)
                .map(Self::Article)
        } else if id.starts_with(PageId::PREFIX) {
            load(context, PageOf(PageId(id.0)))
                .await?
                .map(Page)
                .map(Self::Page)
        } else if id.starts_with(Story::PREFIX) {
            Story::by_id(context, &id).await?.map(Self::Story)
        } else {
            load(context, TopicOf(TopicId(id.0)))
                .await?
                .map(Topic)
                .map(Self::Topic)
        })
    }
}
