//! Feeds: every view of the archive as Atom, RSS or JSON Feed, at `/feed.atom?…` (and `/articles.atom?…`, `/search.atom?…`, as its
//! pages are called) and `/topics/SLUG.atom`; the digests of a
//! server, at `/digest/NAME.atom`; and all feeds of topics as OPML, at `/topics.opml`.

mod answer;
mod asked;
mod digest;
mod entries;
mod selection;

use actix_web::middleware::{Compress, from_fn};
use actix_web::{HttpRequest, HttpResponse, web};

use self::answer::{Answer, Refused};
use self::asked::Asked;
use self::selection::Selection;
use super::{base, cache, log, resource_to_read, squeeze};
use crate::feed::{self, Format, Subscription, View};
use crate::graphql::{self, PublicUrl, Schema};
use crate::search::Search;
use crate::store::Store;
use crate::store::slug::topic_slug;

/// What all feeds of a server share.
pub(super) struct Feeds {
    store: Store,
    search: Search,
    public: Option<PublicUrl>,
    /// How long others may keep a feed without asking again, in seconds.
    max_age: u32,
}

impl Feeds {
    /// The feeds of an archive, searched and named as a schema has it.
    pub(super) fn of(schema: &Schema, store: Store, max_age: u32) -> Self {
        Self {
            store,
            search: graphql::search(schema),
            public: graphql::public_url(schema),
            max_age,
        }
    }
}

/// Where feeds are.
pub(super) fn routes(config: &mut web::ServiceConfig) {
    let kept = |resource: actix_web::Resource| {
        resource
            .wrap(from_fn(squeeze::spare))
            .wrap(Compress::default())
            .wrap(from_fn(cache::reply))
    };
    config
        .service(kept(resource_to_read("/feed.{format:atom|rss|json}", all)))
        .service(kept(resource_to_read(
            "/articles.{format:atom|rss|json}",
            all,
        )))
        .service(kept(resource_to_read(
            "/search.{format:atom|rss|json}",
            all,
        )))
        .service(kept(resource_to_read(
            "/topics/{topic}.{format:atom|rss|json}",
            of_topic,
        )))
        .service(kept(resource_to_read("/topics.opml", topics)))
        .service(resource_to_read(
            "/digest/{name}.{format:atom|rss|feed\\.json}",
            digest::get,
        ));
}

/// `GET /feed.FORMAT`: the articles that the parameters ask for.
async fn all(
    http: HttpRequest,
    feeds: web::Data<Feeds>,
    extension: web::Path<String>,
) -> HttpResponse {
    sent(&http, &feeds, None, &extension).await
}

/// `GET /topics/SLUG.FORMAT`: those of a topic.
async fn of_topic(
    http: HttpRequest,
    feeds: web::Data<Feeds>,
    path: web::Path<(String, String)>,
) -> HttpResponse {
    let (topic, extension) = path.into_inner();
    sent(&http, &feeds, Some(topic), &extension).await
}

/// `GET /topics.opml`: the feeds there are of all articles and of each topic.
async fn topics(http: HttpRequest, feeds: web::Data<Feeds>) -> HttpResponse {
    let listed = subscriptions(&http, &feeds).await;
    answer::send(&http, feeds.max_age, listed)
}

async fn sent(
    http: &HttpRequest,
    feeds: &Feeds,
    topic: Option<String>,
    extension: &str,
) -> HttpResponse {
    let written = match Format::of(extension) {
        Some(format) => written(http, feeds, topic, format).await,
        // The routes let no other pass.
        None => Err(Refused::NotFound("no such feed".to_owned())),
    };
    answer::send(http, feeds.max_age, written)
}

async fn written(
    http: &HttpRequest,
    feeds: &Feeds,
    topic: Option<String>,
    format: Format,
) -> Result<Answer, Refused> {
    let asked = Asked::read(topic, http.query_string()).map_err(Refused::Wrong)?;
    let base = base(http, feeds.public.as_ref());
    let selection = Selection::read(feeds, asked).await?;
    let entries = entries::of(
        &feeds.store,
        &selection.articles,
        selection.language.as_deref(),
        &base,
    )
    .await?;
    let head = selection.head(&entries, format, &base);
    Ok(Answer {
        media_type: format.media_type(),
        body: feed::write(&head, &entries, format)?,
        changed: selection.changed(head.updated),
        of_the_archive: !selection.searched,
    })
}

async fn subscriptions(http: &HttpRequest, feeds: &Feeds) -> Result<Answer, Refused> {
    let base = base(http, feeds.public.as_ref());
    let subscription = |view: View, title: String, description: Option<String>| Subscription {
        title,
        description,
        feed: base.at(&view.feed(Format::Atom)),
        page: base.at(&view.page()),
    };
    let mut listed = vec![subscription(
        View::default(),
        selection::NAME.to_owned(),
        None,
    )];
    for topic in feeds.store.topics().await? {
        let title = format!("{}: {}", selection::NAME, topic.name);
        let view = View::of_topic(&topic_slug(&topic));
        listed.push(subscription(view, title, Some(topic.description)));
    }
    Ok(Answer {
        media_type: "text/x-opml",
        body: feed::subscriptions(&listed)?,
        changed: None,
        of_the_archive: true,
    })
}
