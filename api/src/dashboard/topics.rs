//! `/topics` and `/topics/NAME`: the vocabulary, and what is labelled with one of its topics.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::list::{self, Listed};
use super::problem::Problem;
use super::selection::Selection;
use super::view::{self, Frame, Section};
use super::{Site, playground};
use crate::store::slug::slug_of_topic;

#[derive(Deserialize)]
struct Names {
    topics: Vec<TopicName>,
}

/// A topic by its names.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct TopicName {
    pub(super) id: String,
    pub(super) name: String,
    description: String,
}

#[derive(Deserialize)]
struct Counted {
    topics: Vec<TopicCount>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TopicCount {
    id: String,
    name: String,
    description: String,
    article_count: u64,
}

#[derive(Template)]
#[template(path = "topics.html")]
struct All {
    frame: Frame,
    topics: Vec<TopicCount>,
    question: String,
}

#[derive(Template)]
#[template(path = "topic.html")]
struct One {
    frame: Frame,
    topic: TopicName,
    list: Listed,
}

impl TopicName {
    /// Its readable name, for links.
    pub(super) fn slug(&self) -> String {
        slug_of_topic(&self.id, &self.name)
    }

    /// Whether an address means it by this.
    pub(super) fn is_called(&self, called: &str) -> bool {
        self.id == called || self.slug() == called
    }

    /// Where its articles are listed.
    pub(super) fn address(&self) -> String {
        format!("/topics/{}", self.slug())
    }

    #[cfg(test)]
    pub(super) fn made_up(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            description: String::new(),
        }
    }
}

impl TopicCount {
    fn address(&self) -> String {
        format!("/topics/{}", slug_of_topic(&self.id, &self.name))
    }
}

/// The topics of the vocabulary.
pub(super) async fn names(http: &HttpRequest, site: &Site) -> Result<Vec<TopicName>, Problem> {
    let names: Names = site.questions.ask(http, "TopicNames", json!({})).await?;
    Ok(names.topics)
}

/// `GET /topics`.
pub(super) async fn all(http: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    let counted: Counted = site
        .questions
        .ask(&http, "TopicsWithCounts", json!({}))
        .await?;
    let frame = Frame::of(&http, &site, Section::Topics, "Topics", "/topics").about(
        "The topics that press releases of this archive are labelled with, and how many each has.",
    );
    let question = playground::link(site.questions.text("TopicsWithCounts"), &json!({}));
    Ok(view::page(
        &http,
        &All {
            frame,
            topics: counted.topics,
            question,
        },
    ))
}

/// `GET /topics/NAME`.
pub(super) async fn one(
    http: HttpRequest,
    site: web::Data<Site>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let topics = names(&http, &site).await?;
    let Some(topic) = topics.iter().find(|topic| topic.slug() == *slug).cloned() else {
        return Err(Problem::missing(
            "There is no such topic. The page Topics lists all of them.",
        ));
    };
    let path = topic.address();
    let own = Selection::of(http.query_string());
    let list = list::listed(
        &http,
        &site,
        &path,
        &own,
        &own.clone().with("topic", &slug),
        &topics,
    )
    .await?;
    let called = match own.title(&topics).as_str() {
        "" => topic.name.clone(),
        narrowed => format!("{} · {narrowed}", topic.name),
    };
    let frame = Frame::of(&http, &site, Section::Topics, &topic.name, &path)
        .about(topic.description.as_str())
        .fed(&own.feed(Some(&slug)), &called);
    Ok(view::page(&http, &One { frame, topic, list }))
}
