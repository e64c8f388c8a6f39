//! `/articles/SLUG`: one press release, its abstract tied to the sentences it rests on.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use regex::Regex;
use serde::Deserialize;
use serde_json::json;

use super::body::{self, Cited, Piece, Sentence};
use super::card::{Pointer, Topic, missing};
use super::json_ld::NewsArticle;
use super::problem::Problem;
use super::view::{self, Frame, Section};
use super::{Site, day, language, playground};

#[derive(Deserialize)]
struct Data {
    article: Option<Article>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Article {
    id: String,
    slug: String,
    url: Option<String>,
    title: String,
    language: String,
    published_on: Option<String>,
    date_basis: Option<String>,
    body: String,
    word_count: u32,
    reading_minutes: u32,
    position: u32,
    ingested_at: String,
    summary_status: String,
    #[serde(rename = "abstract")]
    summary: Option<Summary>,
    labels: Vec<Label>,
    page: Page,
    duplicate_of: Option<Pointer>,
    duplicates: Vec<Pointer>,
    story: Option<Story>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    text: String,
    kind: String,
    created_at: String,
    model: String,
    stale: bool,
    sentences: Vec<Sentence>,
}

#[derive(Deserialize)]
struct Label {
    score: f64,
    origin: String,
    evidence: Option<Sentence>,
    topic: Topic,
}

#[derive(Deserialize)]
struct Page {
    id: String,
    name: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Story {
    title: String,
    article_count: u64,
    articles: Vec<Pointer>,
}

#[derive(Deserialize)]
struct RelatedData {
    article: Option<Related>,
}

#[derive(Deserialize)]
struct Related {
    related: Vec<Pointer>,
}

#[derive(Template)]
#[template(path = "article.html")]
struct Shown {
    frame: Frame,
    paragraphs: Vec<Vec<Piece>>,
    cited: Vec<Cited>,
    dated: String,
    /// Of the story.
    translations: Vec<Pointer>,
    others: Vec<Pointer>,
    related: Vec<Pointer>,
    question: String,
    article: Article,
}

/// `GET /articles/SLUG`.
pub(super) async fn get(
    http: HttpRequest,
    site: web::Data<Site>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let variables = json!({ "slug": *slug });
    let question = playground::link(site.questions.text("ArticlePage"), &variables);
    let (data, related) = tokio::join!(
        site.questions
            .ask::<Data>(&http, "ArticlePage", variables.clone()),
        site.questions
            .ask::<RelatedData>(&http, "RelatedArticles", variables),
    );
    let Some(mut article) = data?.article else {
        return Err(Problem::missing(
            "There is no such article, or it is not shown to readers.",
        ));
    };
    if article.slug != *slug {
        // It was merged into this one; its page may part them again, which a browser that keeps the way would not see.
        return Ok(HttpResponse::TemporaryRedirect()
            .insert_header((header::LOCATION, format!("/articles/{}", article.slug)))
            .finish());
    }
    // What says the like is left out while there is no index to tell.
    let related = related
        .ok()
        .and_then(|data| data.article)
        .map(|article| article.related);
    let mut related = related.unwrap_or_default();
    let of_story = article
        .story
        .as_mut()
        .map(|story| std::mem::take(&mut story.articles))
        .unwrap_or_default();
    let of_story = of_story
        .into_iter()
        .filter(|other| other.slug != article.slug);
    let (translations, others): (Vec<_>, Vec<_>) =
        of_story.partition(|other| other.language != article.language);
    let in_story = |slug: &str| {
        translations
            .iter()
            .chain(&others)
            .any(|other| other.slug == slug)
    };
    related.retain(|other| !in_story(&other.slug));

    let said = article
        .summary
        .as_ref()
        .map(|summary| summary.sentences.clone())
        .unwrap_or_default();
    let evidence: Vec<Sentence> = article
        .labels
        .iter()
        .filter_map(|label| label.evidence.clone())
        .collect();
    let text = article
        .summary
        .as_ref()
        .map(|summary| summary.text.as_str())
        .unwrap_or_default();
    let shown = Shown {
        frame: frame(&http, &site, &article),
        paragraphs: body::paragraphs(&article.body, &said, &evidence),
        cited: body::cited(text, &said),
        dated: dated(article.date_basis.as_deref(), &article.body),
        translations,
        others,
        related,
        question,
        article,
    };
    Ok(view::page(&http, &shown))
}

fn frame(http: &HttpRequest, site: &Site, article: &Article) -> Frame {
    let path = format!("/articles/{}", article.slug);
    let mut frame = Frame::of(http, site, Section::Articles, &article.title, &path);
    if let Some(url) = &article.url {
        frame.canonical.clone_from(url);
    }
    // The first text of several that are the same is the one to be found by.
    if let Some(first) = &article.duplicate_of {
        frame.canonical = format!("{}/articles/{}", view::origin(http, site), first.slug);
    }
    let summary = article
        .summary
        .as_ref()
        .map(|summary| summary.text.as_str());
    frame.facts = NewsArticle {
        address: &frame.canonical,
        title: &article.title,
        language: &article.language,
        published_on: article.published_on.as_deref(),
        summary,
        topics: article
            .labels
            .iter()
            .map(|label| label.topic.name.as_str())
            .collect(),
        words: article.word_count,
        publisher: &article.page.source,
        // What the page shows: the text as it came in, or the abstract made of it since.
        modified: article
            .summary
            .as_ref()
            .map_or(&article.ingested_at, |summary| {
                (&summary.created_at).max(&article.ingested_at)
            }),
    }
    .facts();
    frame.kind = "article";
    frame.locale = language::locale(&article.language);
    frame.about(summary.unwrap_or_default())
}

/// Why the date is believed, in words; where the text states it, in the text's.
fn dated(basis: Option<&str>, text: &str) -> String {
    /// A word for a day, with the date beside it.
    static STATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let days = "today|yesterday|tomorrow|aujourd['’]hui|hier|demain";
        Regex::new(&format!(r"(?i)\b(?:{days})\b[^.;\n]{{0,60}}?\b\d{{4}}\b")).ok()
    });
    match basis {
        None => "no date: the page gives no evidence of one".to_owned(),
        Some("STATED") => match STATED.as_ref().and_then(|stated| stated.find(text)) {
            Some(words) => format!("dated from the text: “{}”", words.as_str()),
            None => format!("dated {}", day::basis("STATED")),
        },
        Some(basis) => format!("dated {}", day::basis(basis)),
    }
}

impl Article {
    fn date(&self) -> Option<String> {
        self.published_on.as_deref().map(day::day)
    }

    fn lang(&self) -> &str {
        language::attribute(&self.language)
    }

    fn language_name(&self) -> &str {
        language::name(&self.language)
    }

    fn read(&self) -> String {
        day::moment(&self.ingested_at)
    }

    fn waits(&self) -> &'static str {
        missing(&self.summary_status)
    }
}

impl Summary {
    /// How it was made, in words.
    fn made(&self) -> String {
        match self.kind.as_str() {
            "EDITED" => "Written by an editor.".to_owned(),
            "ABSTRACTIVE" => format!(
                "In the words of {}, each fact of which is in the text.",
                self.model
            ),
            _ => format!("Sentences of the text itself, chosen by {}.", self.model),
        }
    }
}

impl Label {
    fn name(&self) -> &str {
        &self.topic.name
    }

    fn slug(&self) -> String {
        self.topic.slug()
    }

    fn sure(&self) -> String {
        format!("{:.0} %", self.score * 100.0)
    }

    fn by_editor(&self) -> bool {
        self.origin == "EDITOR"
    }

    /// The name of the sentence that speaks for it.
    fn cites(&self) -> Option<String> {
        self.evidence.as_ref().map(body::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_comes_with_why_it_is_believed() {
        let text = "The agency met today, Thursday, April 1, 2021, in Port-Aurel.";
        for (basis, text, expected) in [
            (None, text, "no date: the page gives no evidence of one"),
            (
                Some("STATED"),
                text,
                "dated from the text: “today, Thursday, April 1, 2021”",
            ),
            (Some("STATED"), "On 1 April.", "dated from the text"),
            (
                Some("STATED"),
                "Aujourd’hui, 2 mai 2022, l’agence",
                "dated from the text: “Aujourd’hui, 2 mai 2022”",
            ),
            (Some("DATELINE"), text, "dated by its dateline"),
            (Some("MENTIONED"), text, "dated from the event it reports"),
        ] {
            assert_eq!(dated(basis, text), expected);
        }
    }
}
