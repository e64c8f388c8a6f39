//! `/`: the front page, which says what is in the archive and what is new.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::json;

use super::card::{Card, Pointer, Topic};
use super::chart::Chart;
use super::problem::Problem;
use super::share::{Share, shares};
use super::view::{self, Frame, Section};
use super::{Site, day, language, playground};
use crate::http::Unanswered;

/// Months in the chart.
const MONTHS: u32 = 12;

#[derive(Deserialize)]
struct Data {
    articles: Latest,
    recent: Recent,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Latest {
    total_count: u64,
    nodes: Vec<Card>,
}

#[derive(Deserialize)]
struct Recent {
    nodes: Vec<InStory>,
}

#[derive(Deserialize)]
struct InStory {
    story: Option<Story>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Story {
    id: String,
    title: String,
    article_count: u64,
    first_published_on: Option<String>,
    last_published_on: Option<String>,
    articles: Vec<Pointer>,
}

#[derive(Deserialize)]
struct StatusData {
    status: Status,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    pages: u64,
    duplicates: u64,
    rejected_lines: u64,
    last_ingested_at: Option<String>,
    jobs: Vec<Job>,
    models: Vec<Model>,
}

#[derive(Deserialize)]
struct Job {
    state: String,
    count: u64,
}

#[derive(Deserialize)]
struct Model {
    name: String,
    articles: u64,
}

#[derive(Deserialize)]
struct Counts {
    months: Vec<Count>,
    topics: Vec<Count>,
    languages: Vec<Count>,
}

#[derive(Deserialize)]
struct Count {
    month: Option<String>,
    language: Option<String>,
    topic: Option<Topic>,
    count: u64,
}

/// What the charts show.
struct Charts {
    months: Chart,
    drawing: String,
    topics: Vec<Share>,
    languages: Vec<Share>,
    question: String,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    frame: Frame,
    total: u64,
    latest: Vec<Card>,
    stories: Vec<Story>,
    status: Status,
    /// None while there is no index to count by.
    charts: Option<Charts>,
    question: String,
}

impl Story {
    /// The days it spans, in words.
    fn period(&self) -> String {
        match (&self.first_published_on, &self.last_published_on) {
            (Some(first), Some(last)) if first == last => day::day(first),
            (Some(first), Some(last)) => format!("{} to {}", day::day(first), day::day(last)),
            _ => String::new(),
        }
    }

    /// The language of its title, which is that of one of its articles; empty, which is unknown, if that one is not here.
    fn lang(&self) -> &str {
        let own = self.articles.iter().find(|one| one.title == self.title);
        own.map_or("", Pointer::lang)
    }

    fn others(&self) -> u64 {
        self.article_count
            .saturating_sub(self.articles.len() as u64)
    }
}

impl Status {
    fn jobs(&self, state: &str) -> u64 {
        self.jobs
            .iter()
            .filter(|job| job.state == state)
            .map(|job| job.count)
            .sum()
    }

    fn all_jobs(&self) -> u64 {
        self.jobs.iter().map(|job| job.count).sum()
    }

    fn last(&self) -> Option<String> {
        self.last_ingested_at.as_deref().map(day::moment)
    }

    /// How far the summaries are, in a sentence.
    fn progress(&self) -> String {
        let (done, all) = (self.jobs("DONE"), self.all_jobs());
        let open = self.jobs("QUEUED") + self.jobs("RUNNING");
        let failed = match self.jobs("FAILED") {
            0 => String::new(),
            failed => format!(" {failed} could not be summarised."),
        };
        match (all, open) {
            (0, _) => "There is nothing to summarise.".to_owned(),
            (_, 0) if failed.is_empty() => format!("All {all} texts are summarised."),
            (_, 0) => format!("{done} of {all} texts are summarised.{failed}"),
            _ => format!("{done} of {all} texts are summarised, {open} wait.{failed}"),
        }
    }
}

/// `GET /`.
pub(super) async fn get(http: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    let questions = &site.questions;
    let (data, status) = tokio::join!(
        questions.ask::<Data>(&http, "Dashboard", json!({})),
        questions.ask::<StatusData>(&http, "Status", json!({})),
    );
    let (data, status) = (data?, status?.status);
    let newest = data
        .articles
        .nodes
        .iter()
        .find_map(|card| card.published_on.as_deref());
    let newest = newest
        .and_then(|day| day.get(..7))
        .unwrap_or_default()
        .to_owned();
    let charts = charts(&http, &site, &newest).await;
    let frame = Frame::of(&http, &site, Section::Home, "Communiqué", "/").about(format!(
        "{} press releases, summarised, searchable and labelled by topic.",
        data.articles.total_count
    ));
    let home = Home {
        frame,
        total: data.articles.total_count,
        latest: data.articles.nodes,
        stories: stories(data.recent),
        status,
        charts: match charts {
            Ok(charts) => Some(charts),
            Err(unanswered) if unanswered.code == "SEARCH_UNAVAILABLE" => None,
            Err(unanswered) => return Err(unanswered.into()),
        },
        question: playground::link(questions.text("Dashboard"), &json!({})),
    };
    Ok(view::page(&http, &home))
}

/// The stories of the latest articles, each once, at most four.
fn stories(recent: Recent) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    for story in recent.nodes.into_iter().filter_map(|article| article.story) {
        if stories.len() < 4 && !stories.iter().any(|known| known.id == story.id) {
            stories.push(story);
        }
    }
    stories
}

async fn charts(http: &HttpRequest, site: &Site, newest: &str) -> Result<Charts, Unanswered> {
    let months = day::months_until(newest, MONTHS);
    // Without any date there is nothing to draw by month, and the day of the question does not matter.
    let from = months
        .first()
        .map_or_else(|| "2000-01-01".to_owned(), |month| format!("{month}-01"));
    let variables = json!({ "from": from });
    let question = playground::link(site.questions.text("DashboardCounts"), &variables);
    let counts: Counts = site
        .questions
        .ask(http, "DashboardCounts", variables)
        .await?;
    Ok(drawn(counts, months, question))
}

impl Charts {
    /// The last day before what is drawn; none if nothing is.
    fn before(&self) -> Option<chrono::NaiveDate> {
        let (first, _) = day::bounds(self.months.months.first()?)?;
        first.pred_opt()
    }
}

fn drawn(counts: Counts, months: Vec<String>, question: String) -> Charts {
    let by_month = counts.months.into_iter().filter_map(|row| {
        let topic = row.topic.map(|topic| topic.name);
        Some((row.month?, topic, row.count))
    });
    let by_month: Vec<_> = by_month.collect();
    let months = Chart::of(months, &by_month);
    let topics = counts.topics.into_iter().map(|row| match row.topic {
        Some(topic) => (
            topic.name.clone(),
            format!("/topics/{}", topic.slug()),
            row.count,
        ),
        None => ("No topic".to_owned(), String::new(), row.count),
    });
    let languages = counts.languages.into_iter().map(|row| {
        let code = row.language.unwrap_or_default();
        (
            language::name(&code).to_owned(),
            format!("/articles?language={code}"),
            row.count,
        )
    });
    Charts {
        drawing: months.svg("Articles by month and topic"),
        months,
        topics: shares(topics),
        languages: shares(languages),
        question,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn status(jobs: Value) -> Status {
        let all = json!({ "pages": 1, "duplicates": 0, "rejectedLines": 0, "lastIngestedAt": null,
            "jobs": jobs, "models": [] });
        serde_json::from_value(all).expect("a status")
    }

    #[test]
    fn the_title_of_a_story_is_in_the_language_of_its_article() {
        let story = |title: &str| -> Story {
            let articles = [("The lock opens", "en"), ("L’écluse ouvre", "fr")].map(
                |(title, language)| json!({ "slug": "a", "title": title, "language": language, "publishedOn": null }),
            );
            let story = json!({ "id": "s", "title": title, "articleCount": 3, "articles": articles,
                "firstPublishedOn": null, "lastPublishedOn": null });
            serde_json::from_value(story).expect("a story")
        };
        for (title, lang) in [
            ("L’écluse ouvre", "fr"),
            ("The lock opens", "en"),
            ("Another", ""),
        ] {
            assert_eq!(story(title).lang(), lang);
        }
    }

    #[test]
    fn what_has_no_topic_is_not_promised_one() {
        let counts =
            json!({ "months": [], "languages": [], "topics": [{ "topic": null, "count": 2 }] });
        let counts = serde_json::from_value(counts).expect("counts");
        let charts = drawn(counts, Vec::new(), String::new());
        assert_eq!(charts.topics[0].name, "No topic");
    }

    #[test]
    fn the_progress_is_said_in_a_sentence() {
        for (jobs, expected) in [
            (json!([]), "There is nothing to summarise."),
            (
                json!([{ "state": "DONE", "count": 3 }]),
                "All 3 texts are summarised.",
            ),
            (
                json!([{ "state": "DONE", "count": 1 }, { "state": "QUEUED", "count": 2 }, { "state": "RUNNING", "count": 1 }]),
                "1 of 4 texts are summarised, 3 wait.",
            ),
            (
                json!([{ "state": "DONE", "count": 1 }, { "state": "FAILED", "count": 1 }]),
                "1 of 2 texts are summarised. 1 could not be summarised.",
            ),
        ] {
            assert_eq!(status(jobs).progress(), expected);
        }
    }
}
