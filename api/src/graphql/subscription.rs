//! `Subscription`: what can be waited for.

mod hub;
mod live;
mod root;

use async_graphql::{Context, Error, Subscription};
use futures_util::Stream;
use futures_util::stream::unfold;

use super::article::Article;
use super::error::{Code, bad, internal};
use super::filter::ArticleFilter;
use super::loader::{ArticleOf, load};
pub(super) use hub::Hub;
use hub::{Event, Missed, Subscriber};
pub use live::Live;
pub(super) use root::selects_one_event;

/// What can be waited for in the archive.
pub struct Subscription;

/// What can be waited for, over a WebSocket (`graphql-transport-ws`) or as server-sent events.
#[Subscription]
impl Subscription {
    /// Each article that comes into the archive from now on, whoever ingests it. It has no labels and no abstract yet;
    /// `abstractReady` says when it has.
    async fn article_added(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which articles; all but duplicates unless given.")] filter: Option<
            ArticleFilter,
        >,
    ) -> Result<impl Stream<Item = Result<Article, Error>>, Error> {
        let filter = filter.unwrap_or_default().checked(context)?;
        follow(context, Event::Added, filter).await
    }

    /// Each article that gets an abstract from now on: its first, one of its changed text, or an editor's. Several in
    /// quick succession may come as one.
    async fn abstract_ready(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which articles; all but duplicates unless given.")] filter: Option<
            ArticleFilter,
        >,
    ) -> Result<impl Stream<Item = Result<Article, Error>>, Error> {
        let mut filter = filter.unwrap_or_default().checked(context)?;
        if filter.has_abstract == Some(false) {
            let message =
                "filter: an article whose abstract is ready has one; leave hasAbstract out";
            return Err(bad(Code::BadUserInput, message));
        }
        // The change may have been the end of an abstract.
        filter.has_abstract = Some(true);
        follow(context, Event::Abstract, filter).await
    }
}

/// The articles of an event from now on. Ends with an error when the subscriber cannot keep up.
async fn follow<'a>(
    context: &'a Context<'_>,
    event: Event,
    filter: crate::store::articles::ArticleFilter,
) -> Result<impl Stream<Item = Result<Article, Error>> + use<'a>, Error> {
    let hub = context.data_unchecked::<Hub>();
    let subscriber = hub.subscribe(event, filter).await.map_err(internal)?;
    if let Some(live) = context.data_opt::<Live>() {
        live.set();
    }
    Ok(unfold(Some(subscriber), move |state| async move {
        let mut subscriber: Subscriber = state?;
        loop {
            let id = match subscriber.next().await {
                Ok(id) => id,
                Err(Missed::Lagged) => return Some((Err(lagged()), None)),
                Err(Missed::Failed(cause)) => return Some((Err(internal(cause)), None)),
            };
            match load(context, ArticleOf(id)).await {
                Ok(Some(row)) => return Some((Ok(Article(row)), Some(subscriber))),
                // It has gone meanwhile.
                Ok(None) => {}
                Err(error) => return Some((Err(error), None)),
            }
        }
    }))
}

fn lagged() -> Error {
    bad(
        Code::Lagged,
        "events came faster than they were taken, and some are lost; read what is new by a query, then subscribe again",
    )
}
