//! `/pages` and `/pages/ID`: what was ingested, and what became of every line of it.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::card::{PageInfo, Pointer};
use super::problem::Problem;
use super::selection::Selection;
use super::view::{self, Frame, Section};
use super::{Site, day, playground};

/// Lines shown at once.
const LINES: usize = 400;

#[derive(Deserialize)]
struct Listed {
    pages: Pages,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pages {
    total_count: u64,
    page_info: PageInfo,
    nodes: Vec<Ingested>,
}

/// An ingested page in the list.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ingested {
    id: String,
    name: String,
    source: String,
    ingested_at: String,
    superseded_by: Option<Id>,
    articles: Vec<Pointer>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Deserialize)]
struct Found {
    page: Option<Page>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    id: String,
    name: String,
    source: String,
    media_type: String,
    encoding: String,
    byte_count: u64,
    ingested_at: String,
    superseded_by: Option<Id>,
    articles: Vec<Pointer>,
    lines: Vec<Line>,
}

/// A line and what became of it.
#[derive(Deserialize)]
struct Line {
    number: u64,
    text: String,
    fate: String,
    reason: Option<String>,
    explanation: Option<String>,
    article: Option<Slug>,
}

#[derive(Deserialize)]
struct Slug {
    slug: String,
}

/// A line as it is shown.
struct Shown {
    number: u64,
    text: String,
    /// `title`, `dateline`, `paragraph` or `rejected`.
    fate: String,
    /// In words; of a rejected line the reason.
    word: String,
    explanation: String,
    /// Which of the page's articles it is in, from 1; 0 for none.
    article: usize,
    slug: String,
    /// Its name as the target of a link, if it is the first of its article.
    id: Option<String>,
    /// Whether lines between this and the one before are blank.
    gap: bool,
}

#[derive(Template)]
#[template(path = "pages.html")]
struct All {
    frame: Frame,
    pages: Pages,
    newer: Option<String>,
    older: Option<String>,
    question: String,
}

#[derive(Template)]
#[template(path = "page.html")]
struct One {
    frame: Frame,
    page: Page,
    lines: Vec<Shown>,
    rejected: usize,
    more: Option<u64>,
    question: String,
}

/// `GET /pages`.
pub(super) async fn all(http: HttpRequest, site: web::Data<Site>) -> Result<HttpResponse, Problem> {
    let selection = Selection::of(http.query_string());
    let mut variables = Map::new();
    match (selection.one("after"), selection.one("before")) {
        ("", "") => {}
        (after, "") => drop(variables.insert("after".to_owned(), json!(after))),
        (_, before) => {
            variables.insert("before".to_owned(), json!(before));
            variables.insert("last".to_owned(), json!(20));
        }
    }
    let variables = Value::Object(variables);
    let question = playground::link(site.questions.text("PageList"), &variables);
    let Listed { mut pages } = site.questions.ask(&http, "PageList", variables).await?;
    let info = &mut pages.page_info;
    let newer = info.start_cursor.take().filter(|_| info.has_previous_page);
    let older = info.end_cursor.take().filter(|_| info.has_next_page);
    let none = Selection::default();
    let frame = Frame::of(&http, &site, Section::Pages, "Ingested pages", "/pages")
        .about("The pages that this archive was made of, and what became of every line of them.");
    let shown = All {
        frame,
        pages,
        newer: newer.map(|cursor| none.page("/pages", "before", &cursor)),
        older: older.map(|cursor| none.page("/pages", "after", &cursor)),
        question,
    };
    Ok(view::page(&http, &shown))
}

/// `GET /pages/ID`.
pub(super) async fn one(
    http: HttpRequest,
    site: web::Data<Site>,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let after: u64 = match Selection::of(http.query_string()).one("after") {
        "" => 0,
        number => number
            .parse()
            .ok()
            .filter(|number| *number <= i32::MAX as u64)
            .ok_or_else(|| Problem::bad(format!("{number:?} is no number of a line.")))?,
    };
    let variables = json!({ "id": *id, "first": LINES, "after": after });
    let question = playground::link(site.questions.text("PageLines"), &variables);
    let Found { page } = site.questions.ask(&http, "PageLines", variables).await?;
    let Some(mut page) = page else {
        return Err(Problem::missing(
            "There is no such page. The list of ingested pages has all of them.",
        ));
    };
    let lines = std::mem::take(&mut page.lines);
    let more = lines
        .last()
        .map(|line| line.number)
        .filter(|_| lines.len() == LINES);
    let lines = shown(lines, &page.articles, after);
    let path = format!("/pages/{}", page.id);
    let frame = Frame::of(&http, &site, Section::Pages, &page.name, &path)
        .about("What became of every line of this page.");
    let rejected = lines.iter().filter(|line| line.fate == "rejected").count();
    Ok(view::page(
        &http,
        &One {
            frame,
            page,
            lines,
            rejected,
            more,
            question,
        },
    ))
}

fn shown(lines: Vec<Line>, articles: &[Pointer], after: u64) -> Vec<Shown> {
    let mut before = after;
    let mut begun: Vec<String> = Vec::new();
    let lines = lines.into_iter().map(|line| {
        let slug = line.article.map(|article| article.slug).unwrap_or_default();
        let article = articles
            .iter()
            .position(|article| article.slug == slug)
            .map_or(0, |place| place + 1);
        // A page that is read on begins in the middle of an article.
        let first = article > 0 && after == 0 && !begun.contains(&slug);
        if first {
            begun.push(slug.clone());
        }
        let gap = line.number > before + 1;
        before = line.number;
        Shown {
            number: line.number,
            text: line.text,
            word: word(&line.fate, line.reason.as_deref()),
            fate: line.fate.to_ascii_lowercase(),
            explanation: line.explanation.unwrap_or_default(),
            article,
            id: first.then(|| slug.clone()),
            slug,
            gap,
        }
    });
    lines.collect()
}

/// What became of a line, in a word or two.
fn word(fate: &str, reason: Option<&str>) -> String {
    let shown = reason.unwrap_or(fate).replace('_', " ");
    shown.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_says_which_article_it_went_to_or_why_to_none() {
        let pointer = |slug: &str| -> Pointer {
            serde_json::from_value(
                json!({ "slug": slug, "title": "T", "language": "en", "publishedOn": null }),
            )
            .expect("a pointer")
        };
        let line = |number, fate: &str, slug: Option<&str>, reason: Option<&str>| -> Line {
            serde_json::from_value(
                json!({ "number": number, "text": "x", "fate": fate, "reason": reason,
                "explanation": null, "article": slug.map(|slug| json!({ "slug": slug })) }),
            )
            .expect("a line")
        };
        let lines = vec![
            line(1, "REJECTED", None, Some("BEFORE_TITLE")),
            line(2, "TITLE", Some("b"), None),
            line(4, "PARAGRAPH", Some("b"), None),
        ];
        let shown = shown(lines, &[pointer("a"), pointer("b")], 0);
        let said: Vec<_> = shown
            .iter()
            .map(|line| {
                (
                    line.word.as_str(),
                    line.article,
                    line.id.as_deref(),
                    line.gap,
                )
            })
            .collect();
        assert_eq!(
            said,
            [
                ("before title", 0, None, false),
                ("title", 2, Some("b"), false),
                ("paragraph", 2, None, true)
            ]
        );
    }
}
