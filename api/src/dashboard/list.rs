//! `/articles` and `/search`: lists of articles, narrowed by everything the API can narrow by.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::card::{Card, Found, PageInfo, Topic};
use super::problem::Problem;
use super::selection::{Chip, Selection};
use super::topics::{self, TopicName};
use super::view::{self, Frame, Section};
use super::{Site, language, playground};

#[derive(Deserialize)]
struct Data {
    articles: Articles,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Articles {
    total_count: u64,
    page_info: PageInfo,
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    highlights: Vec<Found>,
    node: Card,
}

#[derive(Deserialize)]
struct FacetData {
    articles: Facetted,
}

#[derive(Deserialize)]
struct Facetted {
    facets: Facets,
}

#[derive(Default, Deserialize)]
struct Facets {
    topics: Vec<TopicFacet>,
    languages: Vec<LanguageFacet>,
    sources: Vec<SourceFacet>,
}

#[derive(Deserialize)]
struct TopicFacet {
    count: u64,
    topic: Option<Topic>,
}

#[derive(Deserialize)]
struct LanguageFacet {
    language: String,
    count: u64,
}

#[derive(Deserialize)]
struct SourceFacet {
    source: String,
    count: u64,
}

/// A page of a list.
pub(super) struct Listed {
    pub(super) total: u64,
    pub(super) articles: Vec<Card>,
    pub(super) newer: Option<String>,
    pub(super) older: Option<String>,
    /// The question behind it, in the playground.
    pub(super) question: String,
}

/// One of several that may be chosen.
struct Choice {
    value: String,
    name: String,
    /// How many articles it would leave, where that is known.
    count: Option<u64>,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "articles.html")]
struct Page {
    frame: Frame,
    path: &'static str,
    heading: &'static str,
    selection: Selection,
    chips: Vec<Chip>,
    topics: Vec<Choice>,
    languages: Vec<Choice>,
    sources: Vec<Choice>,
    list: Option<Listed>,
}

/// `GET /articles`.
pub(super) async fn articles(
    http: HttpRequest,
    site: web::Data<Site>,
) -> Result<HttpResponse, Problem> {
    let about = "Press releases, newest first, by topic, language, date and words.";
    page(
        &http,
        &site,
        Section::Articles,
        "/articles",
        "Articles",
        about,
    )
    .await
}

/// `GET /search`.
pub(super) async fn search(
    http: HttpRequest,
    site: web::Data<Site>,
) -> Result<HttpResponse, Problem> {
    let about = "Search the press releases of this archive by the words in them.";
    page(&http, &site, Section::Search, "/search", "Search", about).await
}

async fn page(
    http: &HttpRequest,
    site: &Site,
    section: Section,
    path: &'static str,
    heading: &'static str,
    about: &str,
) -> Result<HttpResponse, Problem> {
    let selection = Selection::of(http.query_string());
    let names = topics::names(http, site).await?;
    let asks = section != Section::Search || selection.narrows();
    let (list, facets) = tokio::join!(
        async {
            match asks {
                true => listed(http, site, path, &selection, &selection, &names)
                    .await
                    .map(Some),
                false => Ok(None),
            }
        },
        facets(http, site, &selection, &names),
    );
    let title = match selection.one("q") {
        "" => heading.to_owned(),
        words => format!("{words} – {heading}"),
    };
    let mut frame = Frame::of(http, site, section, &title, &selection.address(path))
        .about(about)
        .fed(&selection.feed(None), &selection.title(&names));
    frame.sought = selection.one("q").to_owned();
    let shown = Page {
        frame,
        path,
        heading,
        chips: selection.chips(path, &names),
        topics: topic_choices(&facets, &names, &selection),
        languages: language_choices(&facets, &selection),
        sources: source_choices(&facets, &selection),
        selection,
        list: list?,
    };
    Ok(view::page(http, &shown))
}

/// The page of a list that is asked for: `own` stands in its address, `all` is what it shows.
pub(super) async fn listed(
    http: &HttpRequest,
    site: &Site,
    path: &str,
    own: &Selection,
    all: &Selection,
    topics: &[TopicName],
) -> Result<Listed, Problem> {
    let variables = all.variables(topics)?;
    let question = playground::link(site.questions.text("ArticleList"), &variables);
    let Data { articles } = site.questions.ask(http, "ArticleList", variables).await?;
    let info = articles.page_info;
    let newer = info.start_cursor.filter(|_| info.has_previous_page);
    let older = info.end_cursor.filter(|_| info.has_next_page);
    let cards = articles.edges.into_iter().map(|edge| Card {
        found: edge.highlights,
        ..edge.node
    });
    Ok(Listed {
        total: articles.total_count,
        articles: cards.collect(),
        newer: newer.map(|cursor| own.page(path, "before", &cursor)),
        older: older.map(|cursor| own.page(path, "after", &cursor)),
        question,
    })
}

/// How the list divides. While there is no index this is not known, and the list is shown all the same.
async fn facets(
    http: &HttpRequest,
    site: &Site,
    selection: &Selection,
    topics: &[TopicName],
) -> Option<Facets> {
    let filter = selection.filter(topics).ok()?;
    let words = Some(selection.one("q")).filter(|words| !words.is_empty());
    let variables = json!({ "filter": filter, "search": words });
    let data = site
        .questions
        .ask::<FacetData>(http, "ArticleFacets", variables)
        .await;
    data.ok().map(|data| data.articles.facets)
}

fn topic_choices(
    facets: &Option<Facets>,
    topics: &[TopicName],
    selection: &Selection,
) -> Vec<Choice> {
    let counted = |id: &str| {
        let facets = facets.as_ref()?.topics.iter();
        let found = facets.filter(|facet| facet.topic.as_ref().is_some_and(|topic| topic.id == id));
        Some(found.map(|facet| facet.count).sum())
    };
    let choices = topics.iter().map(|topic| Choice {
        value: topic.slug(),
        name: topic.name.clone(),
        count: counted(&topic.id),
        chosen: selection.has("topic", &topic.slug()),
    });
    // What would leave nothing is no choice.
    choices
        .filter(|choice| choice.chosen || choice.count != Some(0))
        .collect()
}

fn language_choices(facets: &Option<Facets>, selection: &Selection) -> Vec<Choice> {
    let facets = facets.iter().flat_map(|facets| &facets.languages);
    let choices = facets.map(|facet| Choice {
        value: facet.language.clone(),
        name: language::name(&facet.language).to_owned(),
        count: Some(facet.count),
        chosen: selection.has("language", &facet.language),
    });
    choices.collect()
}

fn source_choices(facets: &Option<Facets>, selection: &Selection) -> Vec<Choice> {
    let facets = facets.iter().flat_map(|facets| &facets.sources);
    let choices = facets.map(|facet| Choice {
        value: facet.source.clone(),
        name: facet.source.clone(),
        count: Some(facet.count),
        chosen: selection.has("source", &facet.source),
    });
    choices.collect()
}
