//! `/articles` and `/search`: lists of articles, narrowed by everything the API can narrow by.

use actix_web::{HttpRequest, HttpResponse, ResponseError as _, web};
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
    /// Why there is no list; what was filled in stays, to be mended.
    refused: Option<Problem>,
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
    let (list, refused) = match list {
        Ok(list) => (list, None),
        Err(problem) => (None, Some(problem)),
    };
    let mut frame = match (&refused, selection.one("q")) {
        // There is nothing of it to link to.
        (Some(problem), _) => Frame {
            section,
            ..Frame::bare(problem.heading())
        },
        (None, words) => {
            let title = match words {
                "" => heading.to_owned(),
                words => format!("{words} – {heading}"),
            };
            Frame::of(http, site, section, &title, &selection.address(path))
                .about(about)
                .fed(&selection.feed(None), &selection.title(&names))
        }
    };
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
        list,
        refused,
    };
    Ok(match &shown.refused {
        None => view::page(http, &shown),
        Some(problem) => view::html(problem.status_code(), &shown),
    })
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
///
/// A value that is chosen beside others of its group adds to the list: how much is counted without the choice in its group.
async fn facets(
    http: &HttpRequest,
    site: &Site,
    selection: &Selection,
    topics: &[TopicName],
) -> Option<Facets> {
    let widened = |name| async move {
        match selection.widened(name) {
            Some(widened) => counted(http, site, &widened, topics).await,
            None => None,
        }
    };
    let (all, of_topics, of_languages, of_sources) = tokio::join!(
        counted(http, site, selection, topics),
        widened("topic"),
        widened("language"),
        widened("source"),
    );
    let all = all?;
    Some(Facets {
        topics: of_topics.map_or(all.topics, |widened| widened.topics),
        languages: of_languages.map_or(all.languages, |widened| widened.languages),
        sources: of_sources.map_or(all.sources, |widened| widened.sources),
    })
}

async fn counted(
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
        chosen: selection.has_topic(topic),
    });
    // What would leave nothing is no choice.
    choices
        .filter(|choice| choice.chosen || choice.count != Some(0))
        .collect()
}

fn language_choices(facets: &Option<Facets>, selection: &Selection) -> Vec<Choice> {
    let facets = facets.as_ref().map(|facets| {
        let counts = facets.languages.iter();
        counts.map(|facet| (facet.language.as_str(), facet.count))
    });
    let named = |code: &str| language::name(code).to_owned();
    choices("language", facets, selection, named)
}

fn source_choices(facets: &Option<Facets>, selection: &Selection) -> Vec<Choice> {
    let facets = facets.as_ref().map(|facets| {
        let counts = facets.sources.iter();
        counts.map(|facet| (facet.source.as_str(), facet.count))
    });
    choices("source", facets, selection, str::to_owned)
}

/// What is found, and after it what is chosen though nothing has it: it could not be taken back otherwise.
fn choices<'a>(
    parameter: &str,
    found: Option<impl Iterator<Item = (&'a str, u64)>>,
    selection: &Selection,
    named: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let known = found.is_some();
    let choice = |value: &str, count| Choice {
        value: value.to_owned(),
        name: named(value),
        count,
        chosen: selection.has(parameter, value),
    };
    let found = found.into_iter().flatten();
    let mut choices: Vec<Choice> = found
        .map(|(value, count)| choice(value, Some(count)))
        .collect();
    for value in selection.all(parameter) {
        if !choices.iter().any(|choice| choice.value == value) {
            choices.push(choice(value, known.then_some(0)));
        }
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_stays_in_the_form_though_nothing_is_found() {
        let facets = |languages: &[(&str, u64)]| Facets {
            languages: languages
                .iter()
                .map(|&(language, count)| LanguageFacet {
                    language: language.to_owned(),
                    count,
                })
                .collect(),
            ..Facets::default()
        };
        let selection = Selection::of("language=fr&language=de&language=fr&source=wire");
        for (facets, expected) in [
            (
                Some(facets(&[("en", 3), ("fr", 2)])),
                &[
                    ("English", Some(3), false),
                    ("French", Some(2), true),
                    ("German", Some(0), true),
                ][..],
            ),
            (None, &[("French", None, true), ("German", None, true)]),
        ] {
            let choices = language_choices(&facets, &selection);
            let shown: Vec<_> = choices
                .iter()
                .map(|choice| (choice.name.as_str(), choice.count, choice.chosen))
                .collect();
            assert_eq!(shown, expected);
        }
        let sources = source_choices(&Some(Facets::default()), &selection);
        assert_eq!((sources.len(), sources[0].count), (1, Some(0)));
    }
}
